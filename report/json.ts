/**
 * The report for programs: one JSON object.
 *
 * @module
 */
import type { CaseVerdict, TensorVerdict } from "../verify/case_verdict.ts";
import { outcomeOf, shareOf } from "../verify/verdict.ts";
import { checkReport } from "./check.ts";
import type { ReportOptions } from "./reporter.ts";
import { provenance, reproduction, summaryOf } from "./summary.ts";

/**
 * Writes verdicts as JSON; numbers that JSON lacks are the strings `NaN`, `Infinity`,
 * `-Infinity` and `-0`.
 */
export function jsonReport(results: readonly CaseVerdict[], options: ReportOptions): string {
  checkReport(results, options);
  const cases = results.map((result) => ({
    ...result,
    outcome: outcomeOf(result),
    tensors: result.tensors.map(withShare),
    reproduce: reproduction(result.id, options),
  }));
  return JSON.stringify({ golden: provenance(), summary: summaryOf(results), cases }, writable, 2);
}

function withShare(verdict: TensorVerdict): object {
  const { worst } = verdict;
  const outcome = outcomeOf(verdict);
  return {
    ...verdict,
    outcome,
    worst: worst === null ? null : { ...worst, share: shareOf(worst) },
  };
}

/** Numbers that JSON lacks, as text. */
export function writable(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value)
    ? String(value)
    : Object.is(value, -0)
    ? "-0"
    : value;
}
