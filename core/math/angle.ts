/**
 * The inverse trigonometric functions in float32: asin, acos and atan, in radians.
 *
 * Each takes its float64 value, see `arcsine_float64.ts` and `angle_float64.ts`, rounded once, with
 * the test of `round.ts` where it is needed. Below, u is 2⁻⁵³. Compared with MPFR over all 2³²
 * inputs, see `core/math/README.md`.
 *
 * @module
 */
import { angleFloat64 } from "./angle_float64.ts";
import { acosFloat64, asinFloat64 } from "./arcsine_float64.ts";
import { ACOS, ATAN } from "./exceptions.ts";
import { roundToFloat32 } from "./round.ts";

/** 2⁻¹³: an odd function x + a·x³ with |a| ≤ 1/3 of a smaller float32 value x rounds to x. */
const TINY = 0.0001220703125;

/**
 * The arc sine, between -π/2 and π/2, correctly rounded to float32 (to nearest even) for every
 * float32 input.
 *
 * asin(±0) is ±0; inputs beyond ±1 and NaN give NaN (C23, Annex F.10.1.2).
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals, assertStrictEquals } from "@std/assert";
 * import { asin } from "./angle.ts";
 * assertEquals(asin(1), Math.fround(1.5707963267948966));
 * assertStrictEquals(asin(-0), -0);
 * ```
 */
export function asin(x: number): number {
  return Math.abs(x) >= TINY ? Math.fround(asinFloat64(x)) : x;
}

/**
 * The arc cosine, between 0 and π, correctly rounded to float32 (to nearest even) for every float32
 * input.
 *
 * acos(1) is +0; inputs beyond ±1 and NaN give NaN (C23, Annex F.10.1.1).
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { acos } from "./angle.ts";
 * assertEquals(acos(-1), Math.fround(3.141592653589793));
 * assertEquals(acos(1), 0);
 * ```
 */
export function acos(x: number): number {
  return roundToFloat32(acosFloat64(x), x, ACOS);
}

/**
 * The arc tangent, between -π/2 and π/2, correctly rounded to float32 (to nearest even) for every
 * float32 input.
 *
 * atan(±0) is ±0, atan(±∞) is ±π/2, NaN gives NaN (C23, Annex F.10.1.3).
 *
 * Method: the angle of (1, x), relative error below 6u.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals, assertStrictEquals } from "@std/assert";
 * import { atan } from "./angle.ts";
 * assertEquals(atan(1), Math.fround(0.7853981633974483));
 * assertStrictEquals(atan(-0), -0);
 * ```
 */
export function atan(x: number): number {
  const size = Math.abs(x);
  if (!(size < Infinity && size >= TINY)) return +atanAtEdge(x, size);
  return roundToFloat32(angleFloat64(x, 1), x, ATAN);
}

/** The result for tiny inputs, infinities (π/2 rounded to float32) and NaN. */
function atanAtEdge(x: number, size: number): number {
  return size < 1 ? x : x > 0 ? 1.5707963705062866 : x < 0 ? -1.5707963705062866 : NaN;
}
