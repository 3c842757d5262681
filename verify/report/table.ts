/**
 * The report for people: one line per case, tensor and witness.
 *
 * @module
 */
import { type CaseVerdict, describe, type TensorVerdict, ulpText } from "../judge.ts";
import type { Verdict } from "../verdict.ts";
import type { ReportOptions } from "./reporter.ts";
import { reproduction, summaryLine } from "./summary.ts";

const colors: Record<Verdict, number> = {
  bits: 32,
  printed: 32,
  within: 36,
  undecidable: 33,
  fail: 31,
};

/** Writes verdicts as an aligned table; for every failure the worst element and the command that reproduces it. */
export function tableReport(results: readonly CaseVerdict[], { color }: ReportOptions): string {
  const paint = (verdict: Verdict, text: string) =>
    color ? `\x1b[${colors[verdict]}m${text}\x1b[0m` : text;
  const names = results.flatMap(({ tensors }) => tensors.map(({ tensor }) => tensor.length));
  const width = Math.max(6, ...names);
  const header = `  ${
    "tensor".padEnd(width)
  }  witness         verdict      worst ULP     budget  at`;
  const lines = results.flatMap((result) => [
    paint(result.right ? "bits" : "fail", result.id),
    ...result.tensors.flatMap((
      t,
    ) => [row(t, width, paint), ...(t.right ? [] : [`    ${describe(t)}`])]),
    ...(result.right ? [] : [`  to reproduce: ${reproduction(result.id)}`]),
  ]);
  return [header, ...lines, "", summaryLine(results)].join("\n");
}

function row(
  t: TensorVerdict,
  width: number,
  paint: (verdict: Verdict, text: string) => string,
): string {
  const witness = t.source === null ? t.witness : `${t.witness} cell ${t.source.cell}`;
  const worst = t.worst;
  const at = worst === null
    ? "no elements"
    : worst.index.length === 0
    ? ""
    : `[${worst.index.join("][")}]`;
  return [
    `  ${t.tensor.padEnd(width)}`,
    witness.padEnd(14),
    paint(t.verdict, t.verdict.padEnd(11)),
    (worst === null ? "" : ulpText(worst.distance)).padStart(10),
    (worst === null ? "" : ulpText(worst.budget)).padStart(9),
    at,
  ].join("  ").trimEnd();
}
