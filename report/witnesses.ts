/**
 * The report on witnesses: who disagrees with whom.
 *
 * @module
 */
import { counted } from "../core/words.ts";
import type { Finding, WitnessReport } from "../verify/witnesses.ts";
import { writable } from "./json.ts";

/** Findings that say nothing against anyone. */
const harmless: readonly Finding[] = ["agree", "not finite"];

/** Whether no witness of a gradient stands against another. */
export function isUnanimous({ counts }: WitnessReport): boolean {
  return Object.keys(counts).every((finding) => harmless.includes(finding as Finding));
}

/** Writes what the witnesses of each gradient say, and in full where they disagree. */
export function witnessTable(reports: readonly WitnessReport[]): string {
  const width = Math.max(...reports.map(({ id }) => id.length));
  const rows = reports.flatMap((report) => {
    const { id, tensor, counts, differences, first } = report;
    const said = Object.entries(counts).map(([finding, n]) => `${n} ${finding}`).join(", ");
    const row = `${id.padEnd(width)}  ${tensor.padEnd(8)}  ${said}; ${differences} by differences`;
    if (first === null) return [row];
    return [
      row,
      `    element ${first.position}: ${first.finding}`,
      `    golden ${
        first.golden ?? "none"
      }, gradient rules ${first.reverse}, tangent rules ${first.forward}, ` +
      `differences ${first.difference ?? "none"}; they may lie ${first.radius} apart`,
    ];
  });
  const divided = reports.filter((report) => !isUnanimous(report)).length;
  const last = divided === 0 ? "no witness disagrees" : `the witnesses of ${divided} disagree`;
  return [...rows, "", `${counted(reports.length, "gradient")}: ${last}`].join("\n");
}

/** The same as JSON. */
export function witnessJson(reports: readonly WitnessReport[]): string {
  return JSON.stringify({ gradients: reports }, writable, 2);
}
