/**
 * The logistic sigmoid in float32.
 *
 * @module
 */
import { add, divide, type DoubleDouble, toFloat32 } from "./double_double.ts";
import { expDoubleDouble, expFloat64 } from "./exp_float64.ts";

/**
 * 1 − 2⁻⁵⁰ and 1 + 2⁻⁵⁰: wider than the float64 value's error, 2.2·2⁻⁵², and that of multiplying by
 * them, 2⁻⁵³.
 */
const BELOW = 0.9999999999999991;
const ABOVE = 1.0000000000000009;

const ONE: DoubleDouble = [1, 0];

/**
 * 1 / (1 + exp(-x)), correctly rounded to float32 (to nearest even) for every float32 input.
 *
 * sigmoid(-∞) is 0, sigmoid(±0) is 0.5, sigmoid(∞) is 1, NaN gives NaN. Nothing is flushed: below
 * -87.33654 the results are subnormal, down to 2⁻¹⁴⁹, and 0 only below -103.97208. From 17.32868 on
 * the result is 1.
 *
 * Method: in float64 the relative error is that of exp(-x), 1.2·2⁻⁵², and one rounding each of the
 * sum and the quotient, 2.2·2⁻⁵² together; for |x| ≤ 104 nothing overflows. Where Ziv's test (see
 * `exp.ts`) can't decide, for 355 of all inputs, most of them near 0 where 1/2 + x/4 is a midpoint
 * but for x³/48, the same formula is evaluated in double-double: the relative error is below 2⁻⁷⁴,
 * and for |x| < ln 2/128 below 2⁻⁵³·|x|³ + 2⁻⁹⁸. Compared with MPFR over all 2³² inputs, see
 * `core/math/README.md`.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { sigmoid } from "./sigmoid.ts";
 * assertEquals(sigmoid(0), 0.5);
 * assertEquals(sigmoid(Infinity), 1);
 * assert(sigmoid(-100) > 0);
 * ```
 */
export function sigmoid(x: number): number {
  if (!(Math.abs(x) <= 104)) return +beyond(x);
  const y = 1 / (1 + expFloat64(-x));
  const rounded = Math.fround(y * BELOW);
  return rounded === Math.fround(y * ABOVE) ? rounded : +exact(x);
}

/** The result beyond ±104. */
function beyond(x: number): number {
  return x > 0 ? 1 : x < 0 ? 0 : NaN;
}

/** The second step: decides what the rounding test can't. */
function exact(x: number): number {
  return toFloat32(divide(ONE, add(ONE, expDoubleDouble(-x))));
}

/**
 * 1 / (1 + exp(-x)) in float64, for every double, without overflow.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { sigmoidFloat64 } from "./sigmoid.ts";
 * assertEquals([-1e4, 0, 1e4].map(sigmoidFloat64), [0, 0.5, 1]);
 * ```
 */
export function sigmoidFloat64(x: number): number {
  return x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
}

/**
 * The derivative of the sigmoid in float64: e^−|x| / (1 + e^−|x|)², which loses nothing where the
 * sigmoid is near 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { sigmoidSlope } from "./sigmoid.ts";
 * assertEquals(sigmoidSlope(0), 0.25);
 * assertEquals(sigmoidSlope(-3), sigmoidSlope(3));
 * ```
 */
export function sigmoidSlope(x: number): number {
  const t = Math.exp(-Math.abs(x));
  return t / ((1 + t) * (1 + t));
}
