/**
 * The report as TAP version 14: one test point per case and instance.
 *
 * @module
 */
import { describe, describeMissing } from "../verify/describe.ts";
import type { CaseVerdict } from "../verify/case_verdict.ts";
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
    if (right) return [point];
    const wrong = [
      ...tensors.filter((t) => !t.right).map(describe),
      ...missing.map(describeMissing),
    ].map((text) => `    - ${JSON.stringify(text)}`);
    return [
      point,
      "  ---",
      "  wrong:",
      ...wrong,
      `  reproduce: ${JSON.stringify(reproduction(result.id, options))}`,
      "  ...",
    ];
  });
  return ["TAP version 14", `1..${results.length}`, ...points, `# ${summaryLine(results)}`].join(
    "\n",
  );
}
