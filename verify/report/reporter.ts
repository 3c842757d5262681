/**
 * What a reporter is.
 *
 * @module
 */
import type { CaseVerdict } from "../judge.ts";

/** What a report is written with. */
export interface ReportOptions {
  /** Whether to colour the text; for terminals. */
  color: boolean;
}

/** Writes verdicts as text, without a line end. */
export type Reporter = (results: readonly CaseVerdict[], options: ReportOptions) => string;
