/**
 * The report for people: one line per case, tensor and witness.
 *
 * @module
 */
import { shortestText } from "../core/float32.ts";
import type { CaseVerdict } from "../verify/case_verdict.ts";
import { describeMissing, expectedText, shareText, ulpText } from "../verify/describe.ts";
import { type Outcome, outcomeOf, shareOf, type Verdict } from "../verify/verdict.ts";
import { type MergedCase, type MergedTensor, mergeInstances, type MissingTensor } from "./merge.ts";
import { checkReport } from "./check.ts";
import type { ReportOptions } from "./reporter.ts";
import { reproduction, summaryLine } from "./summary.ts";

const colors: Record<Verdict, number> = {
  bits: 32,
  printed: 32,
  within: 36,
  unchecked: 33,
  undecidable: 33,
  fail: 31,
};

/** How a tensor is marked. */
const marks: Record<Outcome, string> = { right: " ", wrong: "!", "not checked": "?" };

/** The verdict whose colour the title of a case has. */
const titleColors: Record<Outcome, Verdict> = {
  right: "bits",
  wrong: "fail",
  "not checked": "unchecked",
};

/** A column: its heading, and whether its texts stand at the right. */
const columns = [
  ["tensor", "left"],
  ["witness", "left"],
  ["verdict", "left"],
  ["ULP", "right"],
  ["budget", "right"],
  ["share", "right"],
  ["worst element", "left"],
] as const;

/**
 * Writes verdicts as an aligned table: of every tensor the worst element, how far it is off, its
 * budget and the share used.
 *
 * The instances of a case are taken together. What is wrong is marked `!`, what was not checked `?`,
 * and a wrong case has the command that reproduces it.
 */
export function tableReport(results: readonly CaseVerdict[], options: ReportOptions): string {
  checkReport(results, options);
  const cases = mergeInstances(results);
  const rows = cases.map(({ tensors }) => tensors.map(cells));
  const widths = columns.map(([heading], column) =>
    rows.flat().reduce((width, row) => Math.max(width, row[column]!.length), heading.length)
  );
  const paint = (verdict: Verdict, text: string) =>
    options.color ? `\x1b[${colors[verdict]}m${text}\x1b[0m` : text;
  const line = (mark: string, texts: readonly string[], verdict?: Verdict) => {
    const aligned = texts.map((text, i) =>
      columns[i]![1] === "left" ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)
    );
    if (verdict !== undefined) aligned[2] = paint(verdict, aligned[2]!);
    return `${mark} ${aligned.join("  ")}`.trimEnd();
  };
  const lines = cases.flatMap((merged, i) => [
    paint(titleColors[outcomeOf(merged)], title(merged)),
    ...merged.tensors.flatMap((t, j) => [
      line(marks[outcomeOf(t)], rows[i]![j]!, t.verdict),
      ...isFirstCause(merged, j) ? [`  likely cause: ${t.cause}`] : [],
    ]),
    ...merged.missing.map((absent) => `! ${missingText(absent, merged.count)}`),
    ...(merged.right ? [] : [`  to reproduce: ${reproduction(merged.id, options)}`]),
  ]);
  return [line(" ", columns.map(([heading]) => heading)), ...lines, "", summaryLine(results)]
    .join("\n");
}

/** Whether a tensor's cause is told below its verdict: once, below the first witness. */
function isFirstCause({ tensors }: MergedCase, j: number): boolean {
  const { tensor, cause } = tensors[j]!;
  return cause !== undefined &&
    tensors.findIndex((t) => t.tensor === tensor && t.cause !== undefined) === j;
}

function title({ id, count, inputsGiven, wrong }: MergedCase): string {
  const at = inputsGiven ? ", at given inputs" : "";
  if (count === 1) return `${id}${at}`;
  const shown = wrong.slice(0, 10).join(", ") + (wrong.length > 10 ? ", …" : "");
  return `${id}${at}, ${count} instances${wrong.length > 0 ? `, wrong: ${shown}` : ""}`;
}

function missingText({ name, count, instance }: MissingTensor, instances: number): string {
  const where = count === instances ? "" : ` in ${count} of them, first in instance ${instance}`;
  return `${describeMissing(name)}${where}`;
}

function cells({ tensor, witness, source, verdict, worst, instance }: MergedTensor): string[] {
  const known = source === null ? witness : `${witness} cell ${source.cell}`;
  if (worst === null) return [tensor, known, verdict, "", "", "", "no elements"];
  const { value, expected, distance, budget, index } = worst;
  const where = [
    ...(instance === 0 ? [] : [`instance ${instance}`]),
    ...(index.length === 0 ? [] : [`[${index.join("][")}]`]),
  ].join(" ");
  // Where bits decide there is no budget.
  const numbers = verdict === "undecidable"
    ? ["-", "-", "-"]
    : witness === "own"
    ? [ulpText(distance), "-", "-"]
    : [ulpText(distance), ulpText(budget), shareText(shareOf(worst))];
  const element = `${shortestText(value)}, expected ${expectedText(expected, witness)}`;
  return [tensor, known, verdict, ...numbers, where === "" ? element : `${where} ${element}`];
}
