/**
 * The power in float32.
 *
 * @module
 */
import { expFloat64 } from "./exp_float64.ts";
import { timesLog, timesLogRest } from "./log_float64.ts";

/** 1 − 2⁻⁴⁸ and 1 + 2⁻⁴⁸: wider than the relative error of the float64 value, 2⁻⁵¹. */
const BELOW = 0.9999999999999964;
const ABOVE = 1.0000000000000036;

/** 1.5·2⁵²: adding and subtracting it rounds a double below 2⁵¹ to the nearest whole number. */
const TO_WHOLE = 6755399441055744;

/** 2¹²⁸ − 2¹⁰³: from here on values round to infinity. */
const OVERFLOW = 3.4028235677973366e38;

/**
 * x to the power y in float32, within 0.5000001 units in the last place; exact results and exact ties are rounded as
 * they should be (to nearest even).
 *
 * pow(x, ±0) is 1 for every x, pow(1, y) is 1 for every y, NaN included; a negative x has real powers with whole y only,
 * NaN otherwise; zeros and infinities as in C23, Annex F.10.4.4.
 *
 * Method: exp(y·log|x|), the product as a sum of two doubles with a relative error of 2⁻⁶⁰; it is at most 104 where the
 * result is neither 0 nor infinite, an error of 2⁻⁵³; exp is within 1.2·2⁻⁵², all together 2⁻⁵¹. Where the result may be a
 * tie of two float32 values, that is tried in exact arithmetic.
 *
 * @param x a float32 value
 * @param y a float32 value
 *
 * @example
 * ```ts
 * import { pow } from "./pow.ts";
 * console.assert(pow(2, -3) === 0.125 && pow(-3, 3) === -27);
 * console.assert(pow(4097, 2) === 16785408); // 16785409 is a tie
 * console.assert(pow(NaN, 0) === 1 && Number.isNaN(pow(-8, Math.fround(1 / 3))));
 * ```
 */
export function pow(x: number, y: number): number {
  if (!(x > 0 && x < Infinity && Math.abs(y) < Infinity)) return powAtEdge(x, y);
  return positivePower(x, y);
}

/** x to the power y, for positive finite x and finite y. */
function positivePower(x: number, y: number): number {
  const exponent = timesLog(y, x);
  if (!(Math.abs(exponent) <= 104)) return exponent > 0 ? Infinity : 0;
  const e = expFloat64(exponent);
  const power = e + e * timesLogRest[0]!;
  const low = Math.fround(power * BELOW);
  const high = Math.fround(power * ABOVE);
  return low === high ? low : decide(x, y, power, low, high);
}

/** Rounds a power near the midpoint of `low` and `high`: to even where it is a tie. */
function decide(x: number, y: number, power: number, low: number, high: number): number {
  const middle = high === Infinity ? OVERFLOW : 0.5 * (low + high);
  return Math.fround(isPower(middle, x, y) ? middle : power);
}

/** Whether x to the power y is exactly `value`, which has at most 25 significant bits, for y other than 0. */
function isPower(value: number, x: number, y: number): boolean {
  let base = x;
  let exponent = y;
  while (exponent !== (exponent + TO_WHOLE) - TO_WHOLE) {
    // A power of a number that is no square is irrational, for an exponent with an even denominator.
    const root = Math.sqrt(base);
    if (root * root !== base || Math.fround(root) !== root) return false;
    base = root;
    exponent *= 2;
  }
  // Only powers of 2 reach an exponent beyond 25 within the range: 2^±150 at most.
  const count = Math.abs(exponent);
  if (count > 150) return false;
  let product = 1;
  for (let i = 0; i < count; i++) {
    product *= base;
    const upper = 268435457 * product; // 2^28 + 1: the upper 25 bits
    if (upper - (upper - product) !== product) return false;
  }
  return exponent > 0 ? product === value : product * value === 1;
}

/** The result where x is not positive or one of the two is not finite. */
function powAtEdge(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x !== x || y !== y) return NaN;
  const size = Math.abs(x);
  if (y === Infinity || y === -Infinity) {
    return size === 1 ? 1 : (size > 1) === (y > 0) ? Infinity : 0;
  }
  // Beyond 2^24 every float32 value is even.
  const whole = Math.abs(y) >= 16777216 || y === (y + TO_WHOLE) - TO_WHOLE;
  const half = 0.5 * y;
  const odd = whole && Math.abs(y) < 16777216 && half !== (half + TO_WHOLE) - TO_WHOLE;
  const negative = odd && (x < 0 || Object.is(x, -0));
  if (size === 0 || size === Infinity) {
    const power = (size > 0) === (y > 0) ? Infinity : 0;
    return negative ? -power : power;
  }
  if (!whole) return NaN;
  const power = positivePower(size, y);
  return negative ? -power : power;
}
