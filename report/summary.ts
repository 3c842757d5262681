/**
 * What every report says at its end.
 *
 * @module
 */
import { counted } from "../core/words.ts";
import { blockKey, goldens } from "../golden/mod.ts";
import type { CaseVerdict } from "../verify/case_verdict.ts";
import { type Outcome, outcomeOf } from "../verify/verdict.ts";
import type { ReportOptions } from "./reporter.ts";

/** Totals over a run. */
export interface Summary {
  readonly cases: number;
  /** How many cases have something wrong. */
  readonly failed: number;
  /** How many more have something of which nothing was found out. */
  readonly notChecked: number;
  /** How many instances of cases were judged. */
  readonly instances: number;
  /** How many elements were compared, once per witness. */
  readonly comparisons: number;
  /** How many of them are `unchecked`: the budget is as large as the value. */
  readonly unchecked: number;
  /** How many tensors had to be there and are not, counted once per instance. */
  readonly missing: number;
  /** Captured numbers that the judged cases are bound to. */
  readonly captured: number;
  /** Those of them that every such case reproduced to the last printed digit. */
  readonly printed: number;
}

/** Counts what a run judged. */
export function summaryOf(results: readonly CaseVerdict[]): Summary {
  const blocks = new Map<string, { size: number; printed: number }>();
  let comparisons = 0, unchecked = 0;
  for (const { counts, source } of results.flatMap(({ tensors }) => tensors)) {
    const size = Object.values(counts).reduce((a, b) => a + b);
    comparisons += size;
    unchecked += counts.unchecked;
    if (source === null) continue;
    const key = blockKey(source);
    const printed = Math.min(counts.bits + counts.printed, blocks.get(key)?.printed ?? size);
    blocks.set(key, { size, printed });
  }
  const total = (field: "size" | "printed") =>
    [...blocks.values()].reduce((sum, block) => sum + block[field], 0);
  const idsOf = (outcome: Outcome) =>
    new Set(results.filter((result) => outcomeOf(result) === outcome).map(({ id }) => id));
  const wrong = idsOf("wrong");
  return {
    cases: new Set(results.map(({ id }) => id)).size,
    failed: wrong.size,
    notChecked: idsOf("not checked").difference(wrong).size,
    instances: results.length,
    comparisons,
    unchecked,
    missing: results.reduce((count, { missing = [] }) => count + missing.length, 0),
    captured: total("size"),
    printed: total("printed"),
  };
}

/** The summary as one line. */
export function summaryLine(results: readonly CaseVerdict[]): string {
  const { cases, failed, notChecked, instances, comparisons, unchecked, missing, ...known } =
    summaryOf(results);
  const { captured, printed } = known;
  const of = instances > cases ? `, ${instances} instances` : "";
  const numbers = captured === 0 ? "" : `, ${printed} of ${captured} captured numbers printed`;
  const absent = missing === 0 ? "" : `, ${counted(missing, "required tensor")} missing`;
  const open = notChecked === 0 ? "" : `, ${notChecked} not checked`;
  const vacuous = unchecked === 0 ? "" : `, ${unchecked} unchecked`;
  return `${cases - failed - notChecked} of ${cases} cases right${open}${of}, ${
    counted(comparisons, "comparison")
  }${vacuous}${numbers}${absent}`;
}

/** The id of a case, and the number of its instance where that is not 0. */
export function resultName({ id, instance = 0 }: CaseVerdict): string {
  return instance === 0 ? id : `${id} instance ${instance}`;
}

/** The command that judges one case again. */
export function reproduction(
  id: string,
  { command = "deno task verify" }: ReportOptions = {},
): string {
  return `${command} --case ${shellQuoted(id)}`;
}

/** A word as a POSIX shell reads it. */
export function shellQuoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The libraries and files that golden values were captured from. */
export function provenance(): string {
  const sources = new Map(goldens().map((golden) => [golden.source.sha256, golden]));
  return [...sources.values()].map(({ source, libraries }) => {
    const names = libraries.map(({ name, version }) =>
      `${name} ${version ?? "(version not printed)"}`
    );
    return `${source.file}: ${names.join(", ")}`;
  }).join("; ");
}
