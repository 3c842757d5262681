/**
 * Constants of exp, and the powers of two that exp and pow read from tables.
 *
 * `scripts/maintain/math_tables.py` writes them into `../testdata/math_tables.json`, with which a
 * test compares these.
 *
 * @module
 */
import type { DoubleDouble } from "./double_double.ts";
import { multiply, ONE, squareRoot, toDoubleDouble } from "./fixed_point.ts";

/** 64 / ln 2, rounded to a double. */
export const STEPS_PER_UNIT: number = 92.33248261689366;

/**
 * ln 2 / 64 as a sum of three doubles. The first two have 39 significant bits, so that their
 * products with a whole number below 2^14 are exact; the sum is within 2^-140 of ln 2 / 64.
 */
export const STEP_HIGH: number = 0.010830424696251839;
/** The second part of ln 2 / 64, see {@linkcode STEP_HIGH}. */
export const STEP_MIDDLE: number = -2.6936632071299228e-15;
/** The third part of ln 2 / 64, see {@linkcode STEP_HIGH}. */
export const STEP_LOW: number = 2.6048217512977377e-27;

/**
 * Computes 2^(i/count) for i from 0 to `count` − 1, each within 2^-107 of the exact value, for a
 * `count` that is a power of two up to 256.
 *
 * The step 2^(1/count) is 2 with the square root taken again and again, within 2 units of
 * `fixed_point.ts`; the others are products with it, so all are within 2¹¹ units.
 */
export function rootsOfTwo(count: number): DoubleDouble[] {
  let step = 2n * ONE;
  for (let roots = 1; roots < count; roots *= 2) step = squareRoot(step);
  const powers: DoubleDouble[] = [];
  for (let i = 0, power = ONE; i < count; i++, power = multiply(power, step)) {
    powers.push(toDoubleDouble(power));
  }
  return powers;
}
