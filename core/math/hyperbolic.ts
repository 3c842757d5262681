/**
 * The hyperbolic functions in float32: sinh, cosh and tanh.
 *
 * Each takes exp or exp(x) - 1 in float64, see `exp_float64.ts`, rounded once, which is right for
 * every input; sinh has a series of its own for small ones. Below, u is 2⁻⁵³. Compared with MPFR
 * over all 2³² inputs, see `core/math/README.md`.
 *
 * @module
 */
import { fastTwoSum, toFloat32 } from "./double_double.ts";
import { expFloat64, expm1Float64 } from "./exp_float64.ts";

/** 2⁻¹³: an odd function x + a·x³ with |a| ≤ 1/3 of a smaller float32 value x rounds to x. */
const TINY = 0.0001220703125;

/**
 * The hyperbolic sine, correctly rounded to float32 (to nearest even) for every float32 input.
 *
 * sinh(±0) is ±0, sinh(±∞) is ±∞, NaN gives NaN (C23, Annex F.10.2.5). Overflows beyond ±89.415985.
 *
 * Method: with e = exp(|x|) - 1, (e + e/(e + 1))/2, relative error below 9u; for |x| below 2⁻⁶ the
 * Taylor series, cut after x⁷, in double-double where it begins.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals, assertStrictEquals } from "@std/assert";
 * import { sinh } from "./hyperbolic.ts";
 * assertEquals(sinh(1), Math.fround(1.1752011936438014));
 * assertStrictEquals(sinh(-0), -0);
 * ```
 */
export function sinh(x: number): number {
  const size = Math.abs(x);
  if (!(size <= 104 && size >= 0.015625)) return +sinhAtEdge(x, size);
  const e = expm1Float64(size);
  return Math.fround(0.5 * (e + e / (e + 1)) * (x / size));
}

/** The result below 2⁻⁶ and beyond ±104. */
function sinhAtEdge(x: number, size: number): number {
  if (!(size < 1)) return x * Infinity;
  const square = x * x;
  const rest = x * square * (1 / 6 + square * (1 / 120 + square * (1 / 5040)));
  // One result and its negative, for ±0.00055894, are nearer to a midpoint than a double can tell.
  return toFloat32(fastTwoSum(x, rest));
}

/**
 * The hyperbolic cosine, correctly rounded to float32 (to nearest even) for every float32 input.
 *
 * cosh(±0) is 1, cosh(±∞) is ∞, NaN gives NaN (C23, Annex F.10.2.4). Overflows beyond ±89.415985.
 *
 * Method: with e = exp(x), (e + 1/e)/2; relative error below 5u.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cosh } from "./hyperbolic.ts";
 * assertEquals(cosh(1), Math.fround(1.5430806348152437));
 * assertEquals(cosh(-0), 1);
 * ```
 */
export function cosh(x: number): number {
  if (!(Math.abs(x) <= 104)) return Math.abs(x) * Infinity;
  const e = expFloat64(x);
  return Math.fround(0.5 * (e + 1 / e));
}

/**
 * The hyperbolic tangent, correctly rounded to float32 (to nearest even) for every float32 input.
 *
 * tanh(±0) is ±0, tanh(±∞) is ±1, NaN gives NaN (C23, Annex F.10.2.6). From ±9.010914 on the result
 * is ±1.
 *
 * Method: with e = exp(2x) - 1, e/(e + 2); relative error below 10u.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals, assertStrictEquals } from "@std/assert";
 * import { tanh } from "./hyperbolic.ts";
 * assertEquals(tanh(1), Math.fround(0.7615941559557649));
 * assertStrictEquals(tanh(-0), -0);
 * ```
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (!(size <= 16 && size >= TINY)) return size < 1 ? x : x > 0 ? 1 : x < 0 ? -1 : NaN;
  const e = expm1Float64(2 * x);
  return Math.fround(e / (e + 2));
}
