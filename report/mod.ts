/**
 * Reports: verdicts as text for people and for other programs.
 *
 * @module
 */
import { jsonReport } from "./json.ts";
import { junitReport } from "./junit.ts";
import type { Reporter } from "./reporter.ts";
import { tableReport } from "./table.ts";
import { tapReport } from "./tap.ts";

export type { Reporter, ReportOptions } from "./reporter.ts";

/** All reporters by name. */
export const reporters = {
  table: tableReport,
  json: jsonReport,
  junit: junitReport,
  tap: tapReport,
} as const satisfies Record<string, Reporter>;

/** The name of a reporter. */
export type ReporterName = keyof typeof reporters;
