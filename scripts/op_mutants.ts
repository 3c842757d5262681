/**
 * What `deno task mutants` prints of the bugs that follow from the rows of ops.
 *
 * @module
 */
import { shareText } from "../verify/mutants/committed.ts";
import type { OpMutantReport } from "../verify/mutants/forms.ts";

const OUTCOMES = ["killed", "equal", "survived"] as const;

/** How many bugs came to what: a line per form, then one per reason why some can't show. */
export function formTable(reports: readonly OpMutantReport[]): string {
  const forms = Map.groupBy(reports, ({ form }) => form);
  const equal = reports.filter(({ outcome }) => outcome === "equal");
  const reasons = [...Map.groupBy(equal, ({ reason }) => reason)]
    .map(([reason, list]) => [reason, list.length] as const)
    .sort(([, a], [, b]) => b - a);
  const line = (form: string, cells: readonly unknown[]) =>
    [form.padEnd(12), ...cells.map((cell) => String(cell).padStart(8))].join("  ");
  return [
    line("form", ["ops", "bugs", ...OUTCOMES]),
    ...[...forms].map(([form, list]) =>
      line(form, [
        new Set(list.map(({ op }) => op)).size,
        list.length,
        ...OUTCOMES.map((outcome) => list.filter((report) => report.outcome === outcome).length),
      ])
    ),
    ...reasons.map(([reason, count]) => `equal: ${reason} (${count})`),
  ].join("\n");
}

/** How many bugs were caught of those that can show. */
export function opSummary(reports: readonly OpMutantReport[]): string {
  const count = (wanted: OpMutantReport["outcome"]) =>
    reports.filter(({ outcome }) => outcome === wanted).length;
  const able = reports.length - count("equal");
  const ops = new Set(reports.map(({ op }) => op)).size;
  return `${count("killed")} of ${able} bugs caught on graphs of ${ops} op${ops === 1 ? "" : "s"}`;
}

/** A line per bug: what it came to, the budget it used, and why it can't show. */
export function opList(reports: readonly OpMutantReport[], faults: readonly string[]): string {
  const lines = reports.map(({ name, outcome, share, reason }) => {
    const budget = outcome === "equal" ? "" : shareText(share);
    const why = reason === "" ? "" : `  (${reason})`;
    return `${outcome.padEnd(8)}  ${budget.padStart(8)}  ${name}${why}`;
  });
  return [...lines, "", ...faults, opSummary(reports)].join("\n");
}
