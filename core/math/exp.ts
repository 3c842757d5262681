/**
 * The exponential function in float32.
 *
 * @module
 */
import { toFloat32 } from "./double_double.ts";
import { expDoubleDouble, expFloat64 } from "./exp_float64.ts";

/**
 * 1 − 2⁻⁵¹ and 1 + 2⁻⁵¹: wider than the error of {@linkcode expFloat64}, 1.2·2⁻⁵², and of
 * multiplying by them, 2⁻⁵³.
 */
const BELOW = 0.9999999999999996;
const ABOVE = 1.0000000000000004;

/**
 * exp(x), correctly rounded to float32 (to nearest even) for every float32 input.
 *
 * Overflows to `Infinity` above 88.72283, has subnormal results below -87.33654 and is 0 below
 * -103.97208; exp(-∞) is 0, exp(±0) is 1, NaN gives NaN (C23, Annex F.10.3.1).
 *
 * Method: a float64 value; where both ends of its error interval round to the same float32, that is
 * the result (the rounding test of A. Ziv, "Fast evaluation of elementary mathematical functions
 * with correctly rounded last bit", ACM TOMS 17 (1991)); otherwise, for 3 of all inputs, a
 * double-double with a relative error below 2⁻⁷⁵. Compared with MPFR over all 2³² inputs, see
 * `core/math/README.md`.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { exp } from "./exp.ts";
 * assertEquals(exp(1), Math.fround(2.7182818284590452));
 * assertEquals(exp(-Infinity), 0);
 * assertEquals(exp(89), Infinity);
 * ```
 */
export function exp(x: number): number {
  if (!(Math.abs(x) <= 104)) return +beyond(x);
  const y = expFloat64(x);
  const rounded = Math.fround(y * BELOW);
  return rounded === Math.fround(y * ABOVE) ? rounded : +exact(x);
}

// The two rare cases are functions of their own: V8 then compiles the common path a third faster.

/** The result beyond ±104. */
function beyond(x: number): number {
  return x > 0 ? Infinity : x < 0 ? 0 : NaN;
}

/** The second step: decides what the rounding test can't. */
function exact(x: number): number {
  return toFloat32(expDoubleDouble(x));
}
