/**
 * exp in float64 and in double-double: the two steps behind exp, sigmoid and their relatives.
 *
 * Method: table-driven reduction after P. T. P. Tang, "Table-driven implementation of the
 * exponential function in IEEE floating-point arithmetic", ACM TOMS 15 (1989). With k the whole
 * number nearest to 64·x/ln 2, k = 64·e + i and r = x − k·ln 2/64, so that |r| ≤ ln 2/128 < 2⁻⁷·⁵²:
 *
 *     exp(x) = 2^e · 2^(i/64) · (1 + p(r)),    p(r) = r + r²/2 + r³/6 + ...  (Taylor)
 *
 * Below, u is 2⁻⁵³ and |x| ≤ 104, so that |k| < 2¹⁴ and the scale 2^e is exact.
 *
 * @module
 */
import {
  add,
  type DoubleDouble,
  fastTwoSum,
  multiply,
  twoProduct,
  twoSum,
} from "./double_double.ts";
import { rootsOfTwo, STEP_HIGH, STEP_LOW, STEP_MIDDLE, STEPS_PER_UNIT } from "./exp_table.ts";
import { fillPowers, powerOfTwo } from "./powers.ts";

/** 1.5·2⁵²: adding and subtracting it rounds a double below 2⁵¹ to the nearest whole number. */
const TO_WHOLE = 6755399441055744;

const ONE: DoubleDouble = [1, 0];

// The tables are zeros until the first call fills them, so that importing costs no work. They are
// constants, whose address V8 knows: with tables that are made on demand a function takes an eighth
// more time.

/** 2^(i/64), rounded to doubles. */
const ROOTS: Float64Array = new Float64Array(64);
/** What {@linkcode ROOTS} leaves of 2^(i/64). */
const ROOTS_LOW: Float64Array = new Float64Array(64);
/** 2^e at e modulo 1024. */
const POWERS: Float64Array = new Float64Array(1024);

function fillTables(): void {
  rootsOfTwo(64).forEach(([high, low], i) => [ROOTS[i], ROOTS_LOW[i]] = [high, low]);
  fillPowers(POWERS);
}

/**
 * exp of a float32 value as a double, for |x| ≤ 104.
 *
 * Relative error below 1.2·2⁻⁵² (2.4u), the sum of
 *
 * - r: x − k·STEP_HIGH is exact; the error of the rest is at most 2⁻⁶¹, half a unit in the last
 *   place of r;
 * - p: cutting the series after r⁵ 2⁻⁵⁴·⁶ (0.33u), its roundings together below 2⁻⁵⁹ (0.02u);
 * - the table's rounding (1u), that of root·p (0.006u) and that of the last sum (1u).
 *
 * Measured on 400,000 random inputs: 1.011·2⁻⁵² at most; `exp_float64_test.ts` holds it below the
 * bound.
 */
export function expFloat64(x: number): number {
  if (ROOTS[0] === 0) fillTables();
  const k = (x * STEPS_PER_UNIT + TO_WHOLE) - TO_WHOLE;
  const n = k | 0;
  const r = (x - k * STEP_HIGH) - k * STEP_MIDDLE;
  const r2 = r * r;
  const p = (r + 0.5 * r2) + (r * r2) * ((1 / 6 + r * (1 / 24)) + r2 * (1 / 120));
  const root = ROOTS[n & 63]! * POWERS[(n >> 6) & 1023]!;
  return root + root * p;
}

/**
 * exp of a float32 value as a double-double, for |x| ≤ 104.
 *
 * Relative error below 2⁻⁷⁵: the terms 1 + r + r²/2 are held to 2⁻¹⁰⁰; the rest of the series,
 * below 2⁻²⁵·¹, is computed in float64 with five roundings (2⁻⁷⁵·⁹) and without the low part of r
 * (2⁻⁷⁷). Where k is 0 the table and r are exact, and the error is below 2⁻⁵²·|x|³ + 2⁻¹⁰⁰: small
 * arguments, where sigmoid is hard, are right to the last bits. Measured on 100,000 random inputs:
 * 2⁻⁷⁵·⁹ at most.
 */
export function expDoubleDouble(x: number): DoubleDouble {
  if (ROOTS[0] === 0) fillTables();
  const k = (x * STEPS_PER_UNIT + TO_WHOLE) - TO_WHOLE;
  const n = k | 0;
  const [high, low] = twoSum(x - k * STEP_HIGH, -(k * STEP_MIDDLE));
  const r = fastTwoSum(high, low - k * STEP_LOW);
  const [square, squareError] = twoProduct(r[0], r[0]);
  const halfSquare = fastTwoSum(0.5 * square, 0.5 * squareError + r[0] * r[1]);
  const rest = square * r[0] * seriesFromCubic(r[0]);
  const p = add(add(r, halfSquare), [rest, 0]);
  const [result, error] = multiply(add(ONE, p), [ROOTS[n & 63]!, ROOTS_LOW[n & 63]!]);
  const scale = powerOfTwo(n >> 6);
  return [result * scale, error * scale];
}

/** 1/3! + r/4! + ... + r⁵/8!: what the series of exp has beyond r²/2, over r³. */
function seriesFromCubic(r: number): number {
  return 1 / 6 +
    r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040 + r * (1 / 40320)))));
}

/**
 * exp(x) − 1 of a double as a double, for |x| ≤ 209.
 *
 * Relative error below 4u. Where k is 0, r is x and the result r + (r²/2 + ...), cut after r⁷
 * (2⁻⁵⁷·⁹); elsewhere the result is at least 2⁻⁷·⁶, the table is taken with its low part, and its
 * high part less 1 is exact for results between −1/2 and 1; what is added to it is rounded three
 * times.
 */
export function expm1Float64(x: number): number {
  const k = (x * STEPS_PER_UNIT + TO_WHOLE) - TO_WHOLE;
  const n = k | 0;
  const r = (x - k * STEP_HIGH) - k * STEP_MIDDLE;
  const r2 = r * r;
  const p = r +
    (0.5 * r2 +
      (r * r2) * ((1 / 6 + r * (1 / 24)) + r2 * ((1 / 120 + r * (1 / 720)) + r2 * (1 / 5040))));
  const i = n & 63;
  const scale = POWERS[(n >> 6) & 1023]!;
  if (scale === 0) return +expm1AtFirst(x);
  const root = ROOTS[i]! * scale;
  return (root - 1) + (ROOTS_LOW[i]! * scale + root * p);
}

/** The first call: asked for where the table is read, that costs sinh and tanh 4 % less. */
function expm1AtFirst(x: number): number {
  fillTables();
  return expm1Float64(x);
}
