/**
 * Double-double arithmetic: numbers of about 106 bits as unevaluated sums of two doubles.
 *
 * Only `+ - * /` on doubles, each rounded once and never fused, so the results are the same bits on
 * every JavaScript engine. `u` is 2⁻⁵³. Used by the second, exact step of the elementary functions.
 *
 * Sources: T. J. Dekker, "A floating-point technique for extending the available precision",
 * Numer. Math. 18 (1971); D. E. Knuth, TAOCP vol. 2, section 4.2.2; M. Joldes, J.-M. Muller,
 * V. Popescu, "Tight and rigorous error bounds for basic building blocks of double-word
 * arithmetic", ACM TOMS 44 (2017), whose algorithm numbers are given below.
 *
 * @module
 */

/** An unevaluated sum `high + low`, where `high` is the sum rounded to a double. */
export type DoubleDouble = readonly [high: number, low: number];

/** The exact sum of two doubles of any order of magnitude (Knuth's TwoSum). */
export function twoSum(a: number, b: number): DoubleDouble {
  const sum = a + b;
  const bPart = sum - a;
  return [sum, (a - (sum - bPart)) + (b - bPart)];
}

/** The exact sum of two doubles with `|a| ≥ |b|`, or `a` zero (Dekker's Fast2Sum). */
export function fastTwoSum(a: number, b: number): DoubleDouble {
  const sum = a + b;
  return [sum, b - (sum - a)];
}

/**
 * The exact product of two doubles (Dekker's product on Veltkamp's halves, without a fused
 * multiply-add).
 *
 * Exact while both factors are below 2⁹⁹⁶ and the product lies between 2⁻⁹¹⁶ and 2¹⁰²¹ in
 * magnitude, or is 0.
 */
export function twoProduct(a: number, b: number): DoubleDouble {
  const product = a * b;
  const aHigh = upperHalf(a);
  const bHigh = upperHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return [product, ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow];
}

/**
 * The upper 26 bits of a double, rounded to nearest, so that the rest fits in 26 bits too
 * (Veltkamp).
 */
function upperHalf(a: number): number {
  const c = 134217729 * a; // 2^27 + 1
  return c - (c - a);
}

/** The sum of two double-doubles, relative error at most 3u² + 13u³ (algorithm 6). */
export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const [high, highError] = twoSum(a[0], b[0]);
  const [low, lowError] = twoSum(a[1], b[1]);
  const [sum, sumError] = fastTwoSum(high, highError + low);
  return fastTwoSum(sum, lowError + sumError);
}

/** The product of two double-doubles, relative error at most 7u² (algorithm 10). */
export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const [high, low] = twoProduct(a[0], b[0]);
  return fastTwoSum(high, low + (a[0] * b[1] + a[1] * b[0]));
}

/**
 * The quotient of two double-doubles, relative error at most 16u² (algorithm 17, with
 * {@linkcode multiply}).
 */
export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const quotient = a[0] / b[0];
  const [high, low] = multiply(b, [quotient, 0]);
  return fastTwoSum(quotient, ((a[0] - high) + (a[1] - low)) / b[0]);
}

/**
 * Rounds a double-double once to float32, to nearest even, subnormal results included.
 *
 * Rounding
 * `high` alone is wrong only where it is the midpoint of two float32 values: then the sign of `low`
 * decides. The magnitude must be below the largest finite float32 value.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { toFloat32 } from "./double_double.ts";
 * assertEquals(toFloat32([16777217, 0]), 16777216);
 * assertEquals(toFloat32([16777217, 1e-20]), 16777218);
 * ```
 */
export function toFloat32([high, low]: DoubleDouble): number {
  const nearest = Math.fround(high);
  const distance = high - nearest;
  const mirrored = high + distance;
  // Only about a midpoint is the point mirrored in `high` a float32 value too: the other neighbour.
  const isMidpoint = distance !== 0 && Math.fround(mirrored) === mirrored;
  return isMidpoint && low * distance > 0 ? mirrored : nearest;
}
