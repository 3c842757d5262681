/**
 * Rounding: of a float64 value to float32, with a test whether the value's own error can matter; and
 * to a whole number.
 *
 * @module
 */
import { toBits } from "../float32.ts";

/**
 * 1 − 2⁻⁴⁸ and 1 + 2⁻⁴⁸: wider than the relative error of every value given to
 * {@linkcode roundToFloat32}.
 */
const BELOW = 0.9999999999999964;
const ABOVE = 1.0000000000000036;

/**
 * Rounds `y`, a float64 value of a function at `x` with a relative error below 2⁻⁴⁸ − 2⁻⁵²,
 * correctly to float32.
 *
 * Where both ends of the error interval round alike, that is the result (the rounding test of A.
 * Ziv, "Fast evaluation of elementary mathematical functions with correctly rounded last bit", ACM
 * TOMS 17 (1991)). Otherwise the exact value lies near a midpoint of two float32 values and one of
 * them is the result: the nearest to
 * `y`, but for the inputs where the comparison with MPFR over all 2³² inputs has shown that `y`
 * lies on the midpoint or on its wrong side.
 *
 * @param exceptions the bits of the inputs for which `y` lies on the wrong side of a midpoint
 */
export function roundToFloat32(y: number, x: number, exceptions: readonly number[]): number {
  const low = Math.fround(y * BELOW);
  return low === Math.fround(y * ABOVE) ? low : +decide(y, x, exceptions);
}

/**
 * The result where the ends of the error interval round differently.
 *
 * A function of its own, and its result made a number by a plus sign: V8 then knows the type of
 * what it does not inline, and keeps the results of the common path as bare doubles (4 of 14 ns in
 * a loop of log).
 */
function decide(y: number, x: number, exceptions: readonly number[]): number {
  const nearest = Math.fround(y);
  if (!exceptions.includes(toBits(x))) return nearest;
  const low = Math.fround(y * BELOW);
  return nearest === low ? Math.fround(y * ABOVE) : low;
}

/**
 * The nearest whole number, the even one of two: `roundToIntegralTiesToEven` of IEEE 754, which keeps
 * the sign of zero.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { roundHalfEven } from "./round.ts";
 * assertEquals([0.5, 1.5, -0.4].map(roundHalfEven), [0, 2, -0]);
 * ```
 */
export function roundHalfEven(x: number): number {
  const near = Math.trunc(x);
  const rest = Math.abs(x - near); // exact
  if (rest < 0.5 || (rest === 0.5 && near % 2 === 0)) return near;
  return rest >= 0.5 ? near + Math.sign(x) : x;
}
