/**
 * The angle of a point in float32.
 *
 * @module
 */
import { angleFloat64 } from "./angle_float64.ts";

/** Angles below 2⁻⁶⁰ differ from their tangents by less than a double can hold. */
const TINY = 8.673617379884035e-19;

/** 1 − 2⁻⁵³. */
const BELOW_ONE = 0.9999999999999999;

/**
 * The angle of the point (x, y) from the positive x-axis, between -π and π, in float32, within
 * 0.5000001 units in the last place.
 *
 * Zeros, infinities and NaN as in C23, Annex F.10.1.4: atan2(±0, x) is ±0 for x above 0 and +0, ±π
 * for x below 0 and -0; atan2(±∞, ∞) is ±π/4, atan2(±∞, -∞) ±3π/4.
 *
 * Method: the angle in float64, see `angle_float64.ts`, with a relative error below 2⁻⁵⁰, rounded
 * once. A tiny angle is just below y/x, which can be the midpoint of two subnormal float32 values:
 * there the last bit of the double says so.
 *
 * @param y a float32 value
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals, assertStrictEquals } from "@std/assert";
 * import { atan2 } from "./atan2.ts";
 * assertEquals(atan2(1, 1), Math.fround(0.7853981633974483));
 * assertEquals(atan2(-0, -1), Math.fround(-3.141592653589793));
 * assertStrictEquals(atan2(-0, 1), -0);
 * ```
 */
export function atan2(y: number, x: number): number {
  if (!(Math.abs(x) < Infinity && Math.abs(y) < Infinity && y !== 0)) return +atan2AtEdge(y, x);
  const angle = angleFloat64(y, x);
  return Math.fround(Math.abs(angle) < TINY ? angle * BELOW_ONE : angle);
}

/** The result where y is zero or one of the two is not finite. */
function atan2AtEdge(y: number, x: number): number {
  if (x !== x || y !== y) return NaN;
  // Infinities are as far as each other, and a zero keeps its sign.
  const leftwards = x < 0 || Object.is(x, -0);
  if (y === 0 || Math.abs(y) < Infinity) {
    if (!leftwards) return y < 0 ? -0 : y > 0 ? 0 : y;
    return Math.fround(y < 0 || Object.is(y, -0) ? -3.141592653589793 : 3.141592653589793);
  }
  const size = Math.abs(x) < Infinity ? angleFloat64(1, 0) : angleFloat64(1, x > 0 ? 1 : -1);
  return Math.fround(y < 0 ? -size : size);
}
