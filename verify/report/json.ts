/**
 * The report for programs: one JSON object.
 *
 * @module
 */
import type { CaseVerdict } from "../judge.ts";
import { provenance, reproduction, summaryOf } from "./summary.ts";

/** Writes verdicts as JSON; numbers that JSON lacks are the strings `NaN`, `Infinity` and `-Infinity`. */
export function jsonReport(results: readonly CaseVerdict[]): string {
  const cases = results.map((result) => ({ ...result, reproduce: reproduction(result.id) }));
  return JSON.stringify({ golden: provenance(), summary: summaryOf(results), cases }, writable, 2);
}

function writable(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value)
    ? String(value)
    : Object.is(value, -0)
    ? "-0"
    : value;
}
