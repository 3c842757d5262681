/**
 * Verdicts in words, as errors and reports have them.
 *
 * @module
 */
import type { TensorVerdict } from "./judge.ts";
import { shareOf } from "./verdict.ts";

/** One line on a tensor's worst element: `dW_A[2][1] is 0.5, expected 0.75 (golden, cell 29): 8 ULP off, budget 2.5, share 3.2`. */
export function describe({ tensor, witness, source, worst }: TensorVerdict): string {
  if (worst === null) return `${tensor} has no elements`;
  const where = worst.index.map((i) => `[${i}]`).join("");
  const known = source === null ? witness : `${witness}, cell ${source.cell}`;
  const { value, expected, distance, budget } = worst;
  const start = `${tensor}${where} is ${numberText(value)}, expected ${
    numberText(expected)
  } (${known}): `;
  return worst.verdict === "undecidable"
    ? `${start}undecidable, no budget can be given`
    : `${start}${ulpText(distance)} ULP off, budget ${ulpText(budget)}, share ${
      ulpText(shareOf(worst))
    }`;
}

/** A value as reports print it: a captured text as it is, -0 with its sign. */
export function numberText(value: number | string): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** A number of ULPs, or a share, with three significant digits where it is no whole number. */
export function ulpText(ulps: number): string {
  return Number.isInteger(ulps) && ulps < 1e6 ? String(ulps) : String(Number(ulps.toPrecision(3)));
}
