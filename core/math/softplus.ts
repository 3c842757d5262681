/**
 * log(1 + exp(x)) and the logarithm of the sigmoid in float32.
 *
 * @module
 */
import { SOFTPLUS } from "./exceptions.ts";
import { expFloat64 } from "./exp_float64.ts";
import { log1pFloat64 } from "./log_float64.ts";
import { roundToFloat32 } from "./round.ts";

/**
 * log(1 + exp(x)), correctly rounded to float32 (to nearest even) for every float32 input.
 *
 * softplus(-∞) is 0, softplus(∞) is ∞, NaN gives NaN. Nothing is flushed: below -87.33654 the results are subnormal, and
 * 0 only below -103.97208.
 *
 * Method: max(x, 0) + log(1 + exp(-|x|)) in float64, relative error below 6u with u = 2⁻⁵³ (exp 2.4u, log1p 3u), and the
 * rounding of `round.ts`. Compared with MPFR over all 2³² inputs, see `core/math/README.md`.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { softplus } from "./softplus.ts";
 * console.assert(softplus(0) === Math.fround(0.6931471805599453));
 * console.assert(softplus(100) === 100 && softplus(-100) > 0);
 * ```
 */
export function softplus(x: number): number {
  const size = Math.abs(x);
  if (!(size <= 104)) return beyond(x);
  const y = log1pFloat64(expFloat64(-size));
  return roundToFloat32(x > 0 ? x + y : y, x, SOFTPLUS);
}

/** The result beyond ±104. */
function beyond(x: number): number {
  return x < 0 ? 0 : x;
}

/**
 * log(1 / (1 + exp(-x))), correctly rounded to float32 (to nearest even) for every float32 input: -softplus(-x).
 *
 * logSigmoid(-∞) is -∞, NaN gives NaN, and where the result vanishes, above 103.97208, it is -0.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { logSigmoid } from "./softplus.ts";
 * console.assert(logSigmoid(0) === Math.fround(-0.6931471805599453));
 * console.assert(logSigmoid(-1000) === -1000);
 * ```
 */
export function logSigmoid(x: number): number {
  return -softplus(-x);
}
