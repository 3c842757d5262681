/**
 * The signs of errors: whether they lie towards zero more often than rounding lets them.
 *
 * An engine that truncates stays within what honest ones may do, so no budget finds it. But where
 * rounding is to nearest, an error of a long sum of random terms lies towards zero as often as away
 * from it.
 *
 * @module
 */

/**
 * The largest statistic that an honest engine may have.
 *
 * If errors were independent and symmetric, each side of it would be passed with a probability of
 * at most exp(-8² / 2), 1.3·10⁻¹⁴ (Hoeffding 1963).
 */
export const SIGN_LIMIT = 8;

/**
 * How many more errors lie towards zero than away from it, over the square root of their number;
 * elements that are exact do not count. 0 if all are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { signStatistic } from "./signs.ts";
 * assertEquals(signStatistic([0.9, -1.9, 3.1, 4, 4.9], Float64Array.of(1, -2, 3, 4, 5)), 1);
 * ```
 */
export function signStatistic(got: ArrayLike<number>, values: Float64Array): number {
  let [towards, count] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const error = got[i]! - values[i]!;
    if (!(Math.abs(error) > 0 && Math.abs(error) < Infinity) || values[i] === 0) continue;
    towards += error > 0 === values[i]! > 0 ? -1 : 1;
    count++;
  }
  return count === 0 ? 0 : towards / Math.sqrt(count);
}
