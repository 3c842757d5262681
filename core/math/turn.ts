/**
 * The sine, cosine and tangent in float32, of angles in radians.
 *
 * Each takes its float64 value, see `turn_float64.ts`, rounded once, with the test of `round.ts`
 * where it is needed. The argument is reduced exactly, however large. Compared with MPFR over all
 * 2³² inputs, see `core/math/README.md`.
 *
 * @module
 */
import { COS, SIN } from "./exceptions.ts";
import { roundToFloat32 } from "./round.ts";
import { cosFloat64, sinFloat64, tanFloat64 } from "./turn_float64.ts";

/** 2⁻¹³: an odd function x + a·x³ with |a| ≤ 1/3 of a smaller float32 value x rounds to x. */
const TINY = 0.0001220703125;

/**
 * The sine, correctly rounded to float32 (to nearest even) for every float32 input.
 *
 * sin(±0) is ±0; ±∞ and NaN give NaN (C23, Annex F.10.1.6).
 *
 * @param x a float32 value, in radians
 *
 * @example
 * ```ts
 * import { assertEquals, assertStrictEquals } from "@std/assert";
 * import { sin } from "./turn.ts";
 * assertEquals(sin(1), Math.fround(0.8414709848078965));
 * assertStrictEquals(sin(-0), -0);
 * ```
 */
export function sin(x: number): number {
  const size = Math.abs(x);
  if (!(size < Infinity && size >= TINY)) return size < 1 ? x : x - x; // NaN
  return roundToFloat32(sinFloat64(x), x, SIN);
}

/**
 * The cosine, correctly rounded to float32 (to nearest even) for every float32 input.
 *
 * cos(±0) is 1; ±∞ and NaN give NaN (C23, Annex F.10.1.5).
 *
 * @param x a float32 value, in radians
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cos } from "./turn.ts";
 * assertEquals(cos(1), Math.fround(0.5403023058681398));
 * assertEquals(cos(0), 1);
 * ```
 */
export function cos(x: number): number {
  if (!(Math.abs(x) < Infinity)) return x - x; // NaN
  return roundToFloat32(cosFloat64(x), x, COS);
}

/**
 * The tangent, correctly rounded to float32 (to nearest even) for every float32 input.
 *
 * tan(±0) is ±0; ±∞ and NaN give NaN (C23, Annex F.10.1.7).
 *
 * @param x a float32 value, in radians
 *
 * @example
 * ```ts
 * import { assertEquals, assertStrictEquals } from "@std/assert";
 * import { tan } from "./turn.ts";
 * assertEquals(tan(1), Math.fround(1.5574077246549023));
 * assertStrictEquals(tan(-0), -0);
 * ```
 */
export function tan(x: number): number {
  const size = Math.abs(x);
  if (!(size < Infinity && size >= TINY)) return size < 1 ? x : x - x; // NaN
  return Math.fround(tanFloat64(x));
}
