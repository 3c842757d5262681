/**
 * What a reporter is.
 *
 * @module
 */
import type { CaseVerdict } from "../verify/case_verdict.ts";

/** What a report is written with. */
export interface ReportOptions {
  /** Whether to colour the text; for terminals. */
  readonly color?: boolean;
  /** The command that made the verdicts, without `--case`; `deno task verify` by default. */
  readonly command?: string;
}

/** Writes verdicts as text, without a line end. */
export type Reporter = (results: readonly CaseVerdict[], options: ReportOptions) => string;
