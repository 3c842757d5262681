/**
 * The signs of errors: whether they lie towards zero more often than rounding lets them.
 *
 * An engine that truncates stays within what honest ones may do, so no budget finds it. But where
 * rounding is to nearest, an error of a long sum of random terms lies towards zero as often as away
 * from it.
 *
 * @module
 */

import { counted } from "../core/words.ts";

/** What such signs give away. */
export const TRUNCATION = "a truncating accumulator";

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
  const { towards, away } = countSigns(got, values);
  return towards === away ? 0 : (towards - away) / Math.sqrt(towards + away);
}

/** Says that errors lie towards zero too often, and how often; `null` where they do not. */
export function truncationText(got: ArrayLike<number>, values: Float64Array): string | null {
  if (!(signStatistic(got, values) > SIGN_LIMIT)) return null;
  const { towards, away } = countSigns(got, values);
  return `${TRUNCATION}: ${towards} of ${counted(towards + away, "error")} lie towards zero`;
}

function countSigns(got: ArrayLike<number>, values: Float64Array) {
  let [towards, away] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const error = got[i]! - values[i]!;
    if (!(Math.abs(error) > 0 && Math.abs(error) < Infinity) || values[i] === 0) continue;
    if (error > 0 === values[i]! > 0) away++;
    else towards++;
  }
  return { towards, away };
}
