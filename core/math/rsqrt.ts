/**
 * The reciprocal square root in float32.
 *
 * @module
 */

/**
 * 1 / √x, correctly rounded to float32 (to nearest even) for every float32 input.
 *
 * rsqrt(±0) is ±∞, rsqrt(∞) is +0; negative inputs and NaN give NaN (C23, Annex F.10.4.9).
 *
 * Method: the float64 quotient has a relative error below 1.5·2⁻⁵³; rounded once, it is right for
 * every input. Compared with MPFR over all 2³² inputs, see `core/math/README.md`.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rsqrt } from "./rsqrt.ts";
 * assertEquals(rsqrt(4), 0.5);
 * assertEquals(rsqrt(-0), -Infinity);
 * ```
 */
export function rsqrt(x: number): number {
  return Math.fround(1 / Math.sqrt(x));
}
