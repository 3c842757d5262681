/**
 * sin, cos and tan in float64.
 *
 * Method: x = k·π/64 + r with a whole k and |r| ≤ π/128 < 2⁻⁵·³; with S and C the sine and cosine
 * of k·π/64 from a table,
 *
 *     sin(x) = S + (S·(cos(r) − 1) + C·sin(r)),    cos(x) the same a quarter turn on   (Taylor series in r)
 *
 * after P. T. P. Tang, "Table-lookup algorithms for elementary functions and their error analysis",
 * ARITH 10 (1991). Up to 2²⁰ r is found by subtracting k·π/64 in three parts (W. J. Cody and W.
 * Waite, "Software Manual for the Elementary Functions", 1980), beyond it by multiplying with
 * 1/(2π) in integers (M. Payne and R. Hanek, "Radian reduction for trigonometric functions", SIGNUM
 * Newsletter 18 (1983)). Below, u is 2⁻⁵³.
 *
 * @module
 */
import {
  RADIANS_PER_TURN,
  sines,
  STEP_HIGH,
  STEP_LOW,
  STEP_MIDDLE,
  STEPS_PER_RADIAN,
  TURNS_PER_RADIAN,
} from "./turn_table.ts";

/** sin(i·π/64): zeros until the first call fills it, see `exp_float64.ts`. */
const SINE: Float64Array = new Float64Array(160);

/** 1.5·2⁵²: adding and subtracting it rounds a double below 2⁵¹ to the nearest whole number. */
const TO_WHOLE = 6755399441055744;

/**
 * Arguments up to 2²⁰ have a k below 2²⁵; beyond, they are reduced in integers. The float32 value
 * after 2²⁰, but 0 until the table is filled: the test of the range is the test for that too.
 */
const LARGE: Float64Array = new Float64Array(1);

function fillTable(): void {
  SINE.set(sines());
  LARGE[0] = 1048576.125;
}

/** 2⁻²⁴, the weight of a digit against the one before it. */
const DIGIT = 5.9604644775390625e-8;

/** The number of steps k, modulo 128, of the last call of {@linkcode reduceLarge}. */
let largeSteps = 0;

/**
 * sin of a finite float32 value as a double. Relative error below 4u: where S is 0, the result is
 * ±sin(r), with the error of r (see {@linkcode reduceLarge}, 1.5u) and 1.1u; elsewhere |C·sin(r)| <
 * |S|/2 + 2⁻⁵, and the table's error counts up to twice.
 */
export function sinFloat64(x: number): number {
  if (Math.abs(x) >= LARGE[0]!) {
    if (LARGE[0] === 0) return +sinAtFirst(x);
    const r = reduceLarge(x);
    return sineOfTurn(largeSteps, r);
  }
  const k = (x * STEPS_PER_RADIAN + TO_WHOLE) - TO_WHOLE;
  return sineOfTurn(k & 127, ((x - k * STEP_HIGH) - k * STEP_MIDDLE) - k * STEP_LOW);
}

/** cos of a finite float32 value as a double, with the error of {@linkcode sinFloat64}. */
export function cosFloat64(x: number): number {
  if (Math.abs(x) >= LARGE[0]!) {
    if (LARGE[0] === 0) return +cosAtFirst(x);
    const r = reduceLarge(x);
    return sineOfTurn((largeSteps + 32) & 127, r);
  }
  const k = (x * STEPS_PER_RADIAN + TO_WHOLE) - TO_WHOLE;
  return sineOfTurn(((k | 0) + 32) & 127, ((x - k * STEP_HIGH) - k * STEP_MIDDLE) - k * STEP_LOW);
}

/**
 * tan of a finite float32 value as a double: the quotient of sine and cosine, relative error below
 * 9u.
 */
export function tanFloat64(x: number): number {
  if (Math.abs(x) >= LARGE[0]!) {
    if (LARGE[0] === 0) return +tanAtFirst(x);
    const r = reduceLarge(x);
    return tangentOfTurn(largeSteps, r);
  }
  const k = (x * STEPS_PER_RADIAN + TO_WHOLE) - TO_WHOLE;
  return tangentOfTurn(k & 127, ((x - k * STEP_HIGH) - k * STEP_MIDDLE) - k * STEP_LOW);
}

/** The first call. */
function sinAtFirst(x: number): number {
  fillTable();
  return sinFloat64(x);
}

/** The first call. */
function cosAtFirst(x: number): number {
  fillTable();
  return cosFloat64(x);
}

/** The first call. */
function tanAtFirst(x: number): number {
  fillTable();
  return tanFloat64(x);
}

/** sin(i·π/64 + r) for whole i from 0 to 127. */
function sineOfTurn(i: number, r: number): number {
  const r2 = r * r;
  const s = SINE[i]!;
  return s + (s * cosineLessOne(r2) + SINE[i + 32]! * (r + r * sineSeries(r2)));
}

/** tan(i·π/64 + r) for whole i from 0 to 127. */
function tangentOfTurn(i: number, r: number): number {
  const r2 = r * r;
  const s = SINE[i]!;
  const c = SINE[i + 32]!;
  const cosine = cosineLessOne(r2);
  const sine = r + r * sineSeries(r2);
  return (s + (s * cosine + c * sine)) / (c + (c * cosine - s * sine));
}

/** sin(r)/r − 1, cut after r⁶: the next term is below 2⁻⁶¹. */
function sineSeries(r2: number): number {
  return r2 * (-1 / 6 + r2 * (1 / 120 - r2 * (1 / 5040)));
}

/** cos(r) − 1, cut after r⁸: the next term is below 2⁻⁷⁴. */
function cosineLessOne(r2: number): number {
  return r2 * (-0.5 + r2 * ((1 / 24 - r2 * (1 / 720)) + r2 * r2 * (1 / 40320)));
}

/** The part of a double below 2⁵¹ that its nearest whole number leaves, exact. */
function fraction(x: number): number {
  return x - ((x + TO_WHOLE) - TO_WHOLE);
}

/**
 * r of a float32 value beyond {@linkcode LARGE}, and k modulo 128 in {@linkcode largeSteps}.
 *
 * |x| = m·2^(24j) with m below 2²⁴. Those digits of 1/(2π) that make whole turns are left out; the products of m with
 * the next six are exact, and their fractions are added in descending order with the errors of the
 * sums. What is cut off is below 2⁻⁹⁶ of a turn, and no float32 value lies within 2⁻³⁴ of a
 * multiple of a quarter turn. So r has the relative error of the last sum, of the product with 2π
 * and of that constant, together below 3u.
 */
function reduceLarge(x: number): number {
  let m = Math.abs(x);
  let j = 0;
  for (; m >= 16777216; j++) m *= DIGIT;
  const whole = j > 0 ? fraction(m * TURNS_PER_RADIAN[j - 1]!) : 0;
  m *= DIGIT;
  const upper = whole + fraction(m * TURNS_PER_RADIAN[j]!);
  m *= DIGIT;
  const second = m * TURNS_PER_RADIAN[j + 1]!;
  m *= DIGIT;
  const third = m * TURNS_PER_RADIAN[j + 2]!;
  m *= DIGIT;
  const fourth = m * TURNS_PER_RADIAN[j + 3]!;
  const fifth = m * DIGIT * TURNS_PER_RADIAN[j + 4]!;
  const k = ((upper + second) * 128 + TO_WHOLE) - TO_WHOLE;
  // Knuth's TwoSum twice, see `double_double.ts`; written out, since tuples take twice the time.
  const left = upper - k * 0.0078125;
  const a = left + second;
  const aPart = a - left;
  const aError = (left - (a - aPart)) + (second - aPart);
  const b = a + third;
  const bPart = b - a;
  const bError = (a - (b - bPart)) + (third - bPart);
  const r = (b + (bError + (aError + (fourth + fifth)))) * RADIANS_PER_TURN;
  largeSteps = (x < 0 ? -k : k) & 127;
  return x < 0 ? -r : r;
}
