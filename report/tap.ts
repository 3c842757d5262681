/**
 * The report as TAP version 14: one test point per case and instance.
 *
 * @module
 */
import { describe, describeMissing } from "../verify/describe.ts";
import type { CaseVerdict } from "../verify/case_verdict.ts";
import { outcomeOf } from "../verify/verdict.ts";
import { checkReport } from "./check.ts";
import type { ReportOptions } from "./reporter.ts";
import { reproduction, resultName, summaryLine } from "./summary.ts";

/** Writes verdicts in the Test Anything Protocol. */
export function tapReport(results: readonly CaseVerdict[], options: ReportOptions): string {
  checkReport(results, options);
  const points = results.flatMap((result, i) => {
    const { verdict, right, tensors, missing = [] } = result;
    const name = resultName(result).replace(/[\\#]/g, "\\$&").replace(/\s+/g, " ");
    const point = `${right ? "ok" : "not ok"} ${i + 1} - ${name} (${verdict})`;
    const open = tensors.filter((t) => outcomeOf(t) === "not checked").map(describe);
    if (right && open.length === 0) return [point];
    const wrong = [
      ...tensors.filter((t) => !t.right).map(describe),
      ...missing.map(describeMissing),
    ];
    const list = (name: string, texts: readonly string[]) =>
      texts.length === 0
        ? []
        : [`  ${name}:`, ...texts.map((text) => `    - ${JSON.stringify(text)}`)];
    return [
      point,
      "  ---",
      ...list("wrong", wrong),
      ...list("not checked", open),
      `  reproduce: ${JSON.stringify(reproduction(result.id, options))}`,
      "  ...",
    ];
  });
  return ["TAP version 14", `1..${results.length}`, ...points, `# ${summaryLine(results)}`].join(
    "\n",
  );
}
