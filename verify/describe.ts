/**
 * Verdicts in words, as errors and reports have them.
 *
 * @module
 */
import { bitsText, shortestText } from "../core/float32.ts";
import type { TensorVerdict, Witness } from "./case_verdict.ts";
import { shareOf } from "./verdict.ts";

/**
 * One line on a tensor's worst element:
 * `dW_A[2][1] is 0.5, expected 0.75 (golden, cell 29): 8 ULP off, budget 2.5, share 3.20`, and the
 * likely cause where one is known.
 */
export function describe({ tensor, witness, source, worst, cause }: TensorVerdict): string {
  if (worst === null) return `${tensor} has no elements`;
  const where = worst.index.map((i) => `[${i}]`).join("");
  const known = source === null ? witness : `${witness}, cell ${source.cell}`;
  const { value, expected } = worst;
  const outcome = worst.verdict === "undecidable"
    ? "undecidable, no budget can be given"
    : worst.verdict === "unchecked"
    ? `unchecked, ${ulpText(worst.distance)} ULP off, a budget of ${
      ulpText(worst.budget)
    } is as large as the value`
    : witness === "own"
    ? `${ulpText(worst.distance)} ULP off, bits ${bitsText(value)}, expected ${
      bitsText(expected as number)
    }`
    : `${ulpText(worst.distance)} ULP off, budget ${ulpText(worst.budget)}, share ${
      shareText(shareOf(worst))
    }`;
  return `${tensor}${where} is ${shortestText(value)}, expected ${
    expectedText(expected, witness)
  } (${known}): ${outcome}${cause === undefined ? "" : `; likely cause: ${cause}`}`;
}

/** A tensor that had to be there: `dW_A is missing`. */
export function describeMissing(name: string): string {
  return `${name} is missing`;
}

/**
 * What a value was compared with: a captured text as it is, a float64 value with 10 digits, a
 * float32 value in full.
 */
export function expectedText(expected: number | string, witness: Witness): string {
  if (typeof expected === "string") return expected;
  if (witness === "own") return shortestText(expected);
  return Object.is(expected, -0) ? "-0" : String(Number(expected.toPrecision(10)));
}

/** A number of ULPs, with three significant digits where it is no whole number. */
export function ulpText(ulps: number): string {
  return Number.isInteger(ulps) && ulps < 1e6 ? String(ulps) : String(Number(ulps.toPrecision(3)));
}

/** A share of a budget with two decimals; what exceeds the budget never looks like 1.00. */
export function shareText(share: number): string {
  if (share > 1 && share < 1.005) return ">1.00";
  return share < 1000 ? share.toFixed(2) : ulpText(share);
}
