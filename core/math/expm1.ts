/**
 * exp(x) - 1 in float32.
 *
 * @module
 */
import { expm1Float64 } from "./exp_float64.ts";

/**
 * exp(x) - 1, correctly rounded to float32 (to nearest even) for every float32 input.
 *
 * expm1(±0) is ±0, expm1(-∞) is -1, expm1(∞) is ∞, NaN gives NaN (C23, Annex F.10.3.6). Overflows
 * above 88.72283.
 *
 * Method: a float64 value, see `exp_float64.ts`, rounded once, which is right for every input; an x
 * below 2⁻²⁶ is its own result. Compared with MPFR over all 2³² inputs, see `core/math/README.md`.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals, assertStrictEquals } from "@std/assert";
 * import { expm1 } from "./expm1.ts";
 * assertEquals(expm1(1), Math.fround(1.718281828459045));
 * assertStrictEquals(expm1(-0), -0);
 * assertEquals(expm1(-Infinity), -1);
 * ```
 */
export function expm1(x: number): number {
  const size = Math.abs(x);
  if (!(size <= 104 && size >= 1.4901161193847656e-8)) return +beyond(x, size);
  return Math.fround(expm1Float64(x));
}

/** The result beyond ±104 and below 2⁻²⁶. */
function beyond(x: number, size: number): number {
  return size < 1 ? x : x > 0 ? Infinity : x < 0 ? -1 : NaN;
}
