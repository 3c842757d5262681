/**
 * The report as TAP version 14: one test point per case.
 *
 * @module
 */
import { type CaseVerdict, describe } from "../judge.ts";
import { reproduction, summaryLine } from "./summary.ts";

/** Writes verdicts in the Test Anything Protocol. */
export function tapReport(results: readonly CaseVerdict[]): string {
  const points = results.flatMap(({ id, verdict, right, tensors }, i) => {
    const point = `${right ? "ok" : "not ok"} ${i + 1} - ${id} (${verdict})`;
    if (right) return [point];
    const wrong = tensors.filter((t) => !t.right).map((t) =>
      `    - ${JSON.stringify(describe(t))}`
    );
    return [
      point,
      "  ---",
      "  wrong:",
      ...wrong,
      `  reproduce: ${JSON.stringify(reproduction(id))}`,
      "  ...",
    ];
  });
  return ["TAP version 14", `1..${results.length}`, ...points, `# ${summaryLine(results)}`].join(
    "\n",
  );
}
