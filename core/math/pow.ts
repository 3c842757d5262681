/**
 * The power in float32.
 *
 * @module
 */
import { toBits } from "../float32.ts";
import { rootsOfTwo } from "./exp_table.ts";
import * as table from "./log_table.ts";
import { fillPowers, powerOfTwo } from "./powers.ts";

/** 1 − 2⁻⁴⁸ and 1 + 2⁻⁴⁸: wider than the relative error of the float64 value, 2⁻⁴⁹. */
const BELOW = 0.9999999999999964;
const ABOVE = 1.0000000000000036;

/** 1.5·2⁵²: adding and subtracting it rounds a double below 2⁵¹ to the nearest whole number. */
const TO_WHOLE = 6755399441055744;

/** The bits of 2⁻¹²⁶ and of infinity. */
const SMALLEST_NORMAL = 0x00800000;
const INFINITY = 0x7f800000;

/** 2¹²⁸ − 2¹⁰³: from here on values round to infinity. */
const OVERFLOW = 3.4028235677973366e38;

// The tables are zeros until the first call fills them, see `exp_float64.ts`.

/** The reciprocal c of each bin, see `log_float64.ts`, and −log2(c) as a sum of two doubles. */
const C: Float64Array = new Float64Array(256);
const LOG2_HIGH: Float64Array = new Float64Array(256);
const LOG2_LOW: Float64Array = new Float64Array(256);
/** 2^(i/256). */
const ROOTS: Float64Array = new Float64Array(256);
/** 2^e at e modulo 512. */
const POWERS: Float64Array = new Float64Array(512);

function fillTables(): void {
  C.set(table.reciprocals());
  table.binaryLogarithms().forEach(([high, low], i) => [LOG2_HIGH[i], LOG2_LOW[i]] = [high, low]);
  ROOTS.set(rootsOfTwo(256).map(([high]) => high));
  fillPowers(POWERS);
}

// Constants of the module itself: V8 reads them faster than imported ones.

/** The bits of the number where the first bin begins. */
const FIRST = table.FIRST_BIN;
/** 1/ln 2 as a sum of two doubles. */
const LOG2_E_HIGH = table.LOG2_E_HIGH;
const LOG2_E_LOW = table.LOG2_E_LOW;

const scratch = new Float32Array(1);
const bits = new Int32Array(scratch.buffer);

/**
 * x to the power y in float32, within 0.5000001 units in the last place; exact results and exact
 * ties are rounded as they should be (to nearest even).
 *
 * pow(x, ±0) is 1 for every x, pow(1, y) is 1 for every y, NaN included; a negative x has real
 * powers with whole y only, NaN otherwise; zeros and infinities as in C23, Annex F.10.4.5.
 *
 * Method: 2^(y·log2|x|), the product as a sum of two doubles. Where the result is neither 0 nor
 * infinite the product is at most 150, with an error below 2⁻⁴⁹·⁴; with that of the power of 2,
 * 2⁻⁵¹·⁴, the relative error is below 2⁻⁴⁹. Where the result may be a tie of two float32 values,
 * that is tried in exact arithmetic.
 *
 * @param x a float32 value
 * @param y a float32 value
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { pow } from "./pow.ts";
 * assertEquals(pow(2, -3), 0.125);
 * assertEquals(pow(-3, 3), -27);
 * assertEquals(pow(4097, 2), 16785408); // 16785409 is a tie
 * assertEquals(pow(NaN, 0), 1);
 * assert(Number.isNaN(pow(-8, Math.fround(1 / 3))));
 * ```
 */
export function pow(x: number, y: number): number {
  scratch[0] = x;
  const word = bits[0]!;
  if (word < SMALLEST_NORMAL || word >= INFINITY) return +powAtEdge(x, y);
  return positivePower(word, x, y, 0);
}

/**
 * 2^scale · x to the power y, for a positive normal x and its bits.
 *
 * log2(x) is the sum of two doubles: its leading 24 bits, whose product with y is exact, and the
 * rest. k − log2(c), r and r·LOG2_E_HIGH are exact, and so is what they leave of the leading bits;
 * of the terms from r² on, below 2⁻⁹·⁹ of the linear one, the roundings are below 2⁻⁶¹ of the
 * logarithm, what the series is cut off after r⁶ below 2⁻⁵⁶·⁷.
 */
function positivePower(word: number, x: number, y: number, scale: number): number {
  if (C[0] === 0) fillTables();
  const place = word - FIRST;
  const k = place >> 23;
  const i = (place >> 15) & 255;
  const r = x * (POWERS[-k & 511]! * C[i]!) - 1;
  const r2 = r * r;
  const main = (k + scale) + LOG2_HIGH[i]!;
  const linear = r * LOG2_E_HIGH;
  const square = r2 * -0.7213475204444817;
  const leading = Math.fround(main + (linear + square));
  const rest = ((main - leading) + linear) +
    (square + (r * (LOG2_E_LOW + r2 * seriesFromCubic(r, r2)) + LOG2_LOW[i]!));
  return roundedPower(y * leading, y * rest, x, y, scale);
}

/** log2(1 + r) = r/ln 2 − r²/(2 ln 2) + ...: the terms from r³ to r⁶, over r³. */
function seriesFromCubic(r: number, r2: number): number {
  return (0.4808983469629878 - r * 0.36067376022224085) +
    r2 * (0.28853900817779266 - r * 0.2404491734814939);
}

/**
 * 2^(high + low) in float32, where |low| < 2⁻¹⁹·|high| and high is the product of two float32
 * values.
 *
 * With n the whole number nearest to 256·high, n = 256·e + i and q = high + low − n/256, |q| <
 * 2⁻⁸·⁷, this is 2^e · 2^(i/256) · 2^q; high − n/256 is exact, the series of 2^q is cut after q⁴
 * (2⁻⁵³).
 */
function roundedPower(
  high: number,
  low: number,
  x: number,
  y: number,
  scale: number,
): number {
  if (!(Math.abs(high) <= 151)) return +powerBeyond(high, x, y);
  const n = (high * 256 + TO_WHOLE) - TO_WHOLE;
  const i = n | 0;
  const q = (high - n * 0.00390625) + low;
  const p = q * ((0.6931471805599453 + q * 0.24022650695910072) +
    q * q * (0.05550410866482158 + q * 0.009618129107628477));
  const root = ROOTS[i & 255]! * POWERS[(i >> 8) & 511]!;
  const power = root + root * p;
  const below = Math.fround(power * BELOW);
  const above = Math.fround(power * ABOVE);
  return below === above ? below : +decide(x * powerOfTwo(scale), y, power, below, above);
}

/** The result where y·log2(x) is beyond ±151 or not a number. */
function powerBeyond(high: number, x: number, y: number): number {
  const size = Math.abs(y);
  if (size < Infinity) return high > 0 ? Infinity : 0;
  return size === Infinity ? powAtEdge(x, y) : x === 1 ? 1 : NaN;
}

/** Rounds a power near the midpoint of `below` and `above`: to even where it is a tie. */
function decide(
  x: number,
  y: number,
  power: number,
  below: number,
  above: number,
): number {
  const middle = above === Infinity ? OVERFLOW : 0.5 * (below + above);
  return Math.fround(isPower(middle, x, y) ? middle : power);
}

/**
 * Whether x to the power y is exactly `value`, which has at most 25 significant bits, for y other
 * than 0.
 */
function isPower(value: number, x: number, y: number): boolean {
  let base = x;
  let exponent = y;
  while (exponent !== (exponent + TO_WHOLE) - TO_WHOLE) {
    // A power of a number that is no square is irrational, for an exponent with an even
    // denominator.
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

/** The result where x is not positive and normal or one of the two is not finite. */
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
  if (x < 0 && !whole) return NaN;
  const scale = toBits(size) < SMALLEST_NORMAL ? -24 : 0;
  const normal = size * powerOfTwo(-scale);
  const power = positivePower(toBits(normal), normal, y, scale);
  return negative ? -power : power;
}

/**
 * x to the power y in float64: the operator `**`, but for the powers that C23 has as 1, of 1 and to
 * ±∞ of -1.
 *
 * Relative error below 3u, u = 2⁻⁵³, on V8.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { powFloat64 } from "./pow.ts";
 * assertEquals(powFloat64(2, 0.5), Math.SQRT2);
 * assertEquals([powFloat64(1, NaN), powFloat64(-1, Infinity)], [1, 1]);
 * ```
 */
export function powFloat64(x: number, y: number): number {
  return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y;
}
