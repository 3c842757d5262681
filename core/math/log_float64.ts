/**
 * log and log1p in float64.
 *
 * Method: table-driven reduction after P. T. P. Tang, "Table-driven implementation of the logarithm
 * function in IEEE floating-point arithmetic", ACM TOMS 16 (1990). With w = 2^k · z and z between
 * 0.706 and 1.412, the leading bits of z choose a bin of relative width about 2⁻⁸ and c, the
 * reciprocal of its middle; r = c·z − 1, |r| < 2⁻⁸·⁹:
 *
 *     log(w) = k·ln 2 − log(c) + log(1 + r),    log(1 + r) = r − r²/2 + r³/3 − ...  (Taylor)
 *
 * In the bin about 1, [1 − 2⁻¹⁰, 1 + 2⁻⁹), c is 1 and r = w − 1, so that small results keep their
 * relative precision. Below, u is 2⁻⁵³.
 *
 * @module
 */
import * as table from "./log_table.ts";

// Constants of the module itself: V8 reads them faster than imported ones.

/** ln 2, rounded to a double. */
const LN2 = table.LN2;
/** The bits of the number where the first bin begins. */
const FIRST = table.FIRST_BIN;

// Zeros until the first call fills them, see `exp_float64.ts`.

/** The reciprocal c of each bin. */
const C: Float64Array = new Float64Array(256);
/** −log(c) of each bin. */
const LOG: Float64Array = new Float64Array(256);

function fillTables(): void {
  C.set(table.reciprocals());
  LOG.set(table.logarithms());
}

// A number is taken apart as a float32: a JavaScript engine forwards its four bytes from one view
// to the other.
const scratch = new Float32Array(1);
const bits = new Int32Array(scratch.buffer);

/**
 * log of a positive normal float32 value as a double.
 *
 * Relative error below 6u: r is exact; the multiple of ln 2 and its sum with −log(c), at least 0.34
 * where k is not 0, are within 4u of that sum, the last sum rounds once more. In the bin about 1
 * the result is r + q(r) with |q| < 2⁻⁹·⁹·|r|. The series is cut after r⁶ (2⁻⁵⁶·⁷ of the result).
 */
export function logFloat64(x: number): number {
  scratch[0] = x;
  const word = bits[0]!;
  const place = word - FIRST;
  const k = place >> 23;
  const i = (place >> 15) & 255;
  bits[0] = word - (k << 23);
  const c = C[i]!;
  if (c === 0) return +logAtFirst(x);
  const r = scratch[0]! * c - 1;
  return (k * LN2 + LOG[i]!) + (r + seriesFromSquare(r));
}

/**
 * log(1 + t) as a double, for doubles t from 0 to 2¹²⁵ and float32 values between −1 and 0.
 *
 * Relative error below 8u: that of {@linkcode logFloat64}, and that of t·c, rounded once where t is
 * a double: where t is at least 1 it is below u and the result above 0.69, and elsewhere below u·t.
 * Where c is 1, r is t itself. c less 1 is exact, and so is r for float32 values t, below 2⁴⁰;
 * beyond, r is off by at most u beside a result above 27.
 *
 * @param t see above
 * @param w 1 + t within float32 precision, which chooses the bin: given where it is known before t
 */
export function log1pFloat64(t: number, w: number = 1 + t): number {
  scratch[0] = w;
  const place = bits[0]! - FIRST;
  const k = place >> 23;
  const i = (place >> 15) & 255;
  bits[0] = (127 - k) << 23; // 2⁻ᵏ
  const inverse = C[i]!;
  if (inverse === 0) return +log1pAtFirst(t, w);
  const c = scratch[0]! * inverse;
  const r = (c - 1) + t * c;
  return (k * LN2 + LOG[i]!) + (r + seriesFromSquare(r));
}

/** The first call. */
function logAtFirst(x: number): number {
  fillTables();
  return logFloat64(x);
}

/** The first call. */
function log1pAtFirst(t: number, w: number): number {
  fillTables();
  return log1pFloat64(t, w);
}

/** −r²/2 + r³/3 − ... − r⁶/6. */
function seriesFromSquare(r: number): number {
  const r2 = r * r;
  return r2 * ((-0.5 + r * (1 / 3)) + r2 * ((-0.25 + r * (1 / 5)) - r2 * (1 / 6)));
}
