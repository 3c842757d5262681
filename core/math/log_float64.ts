/**
 * log and log1p in float64.
 *
 * Method: table-driven reduction after P. T. P. Tang, "Table-driven implementation of the logarithm function in IEEE
 * floating-point arithmetic", ACM TOMS 16 (1990). With w = 2^k · z and z between 0.70 and 1.41, the leading bits of z
 * choose a bin of relative width about 2⁻⁷ and c, the reciprocal of its middle; r = c·z − 1, |r| < 2⁻⁷·⁹:
 *
 *     log(w) = k·ln 2 − log(c) + log(1 + r),    log(1 + r) = r − r²/2 + r³/3 − ...  (Taylor)
 *
 * In the bin about 1, c is 1 and r = w − 1 is exact, so that small results keep their relative precision. Below, u is 2⁻⁵³.
 *
 * @module
 */
import { LN2_HIGH, LN2_LOW, RECIPROCALS } from "./log_table.ts";
import { powerOfTwo } from "./powers.ts";

const C: Float64Array = Float64Array.from(RECIPROCALS, ([c]) => c);
const LOG_HIGH: Float64Array = Float64Array.from(RECIPROCALS, ([, high]) => high);
const LOG_LOW: Float64Array = Float64Array.from(RECIPROCALS, ([, , low]) => low);

/** The upper word of 0.701171875, where the first bin begins: the bin about 1 is [1 − 2⁻⁹, 1 + 2⁻⁸). */
const FIRST = 0x3fe67000;

const scratch = new Float64Array(1);
const words = new Int32Array(scratch.buffer);
/** Which of the two words of a double holds its sign and exponent on this machine. */
const UPPER = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

/**
 * log of a positive finite float32 value as a double.
 *
 * Relative error below 1.5u: r is exact; k·LN2_HIGH + LOG_HIGH is exact; the roundings of the rest, below 2⁻⁷·⁹, are
 * together below 2⁻⁶¹, and the result is at least 2⁻⁹ outside the bin about 1; the last sum rounds once (1u). In the
 * bin about 1 the result is r + q(r) with |q| < 2⁻⁸·⁹·|r|. The series is cut after r⁷ (2⁻⁵⁸·⁶).
 */
export function logFloat64(x: number): number {
  scratch[0] = x;
  const place = words[UPPER]! - FIRST;
  const k = place >> 20;
  const i = (place >> 13) & 127;
  const r = x * powerOfTwo(-k) * C[i]! - 1;
  return (k * LN2_HIGH + LOG_HIGH[i]!) + (r + (seriesFromSquare(r) + (k * LN2_LOW + LOG_LOW[i]!)));
}

/**
 * log(1 + t) of a finite double t > −1, below 2²⁶⁰, as a double.
 *
 * Relative error below 3u, and below 1.1u for |t| < 2⁻⁸, where the result is t + q(t). Elsewhere w = 1 + t is taken
 * with the error of its rounding, and the upper 24 bits of z apart, so that r is rounded once, below 2⁻⁶¹.
 */
export function log1pFloat64(t: number): number {
  if (Math.abs(t) < 0.00390625) return t + seriesFromSquare(t);
  const w = 1 + t;
  const onePart = w - t;
  const rest = (1 - onePart) + (t - (w - onePart));
  scratch[0] = w;
  const place = words[UPPER]! - FIRST;
  const k = place >> 20;
  const i = (place >> 13) & 127;
  const c = C[i]!;
  const scale = powerOfTwo(-k);
  const z = w * scale;
  const upper = Math.fround(z);
  const r = (upper * c - 1) + ((z - upper) + rest * scale) * c;
  return (k * LN2_HIGH + LOG_HIGH[i]!) + (r + (seriesFromSquare(r) + (k * LN2_LOW + LOG_LOW[i]!)));
}

/** What the last result of {@linkcode timesLog} misses of the exact product, to be added to it. */
export const timesLogRest: Float64Array = new Float64Array(1);

/**
 * y·log(x) for a positive finite float32 value x and a finite float32 value y, as a double; {@linkcode timesLogRest} has the rest.
 *
 * The relative error of both together is below 2⁻⁶⁰. k·LN2_HIGH + LOG_HIGH, r and their sum in two doubles are exact.
 * In the bin about 1, r has at most 16 bits and r² is exact too; elsewhere its rounding is below 2⁻⁶⁹ and the
 * logarithm at least 2⁻⁹. The terms from r³ on, below 2⁻¹⁷·|r|, are rounded. The leading 24 bits of the logarithm times
 * y are exact, and the sums of two doubles keep their errors (Fast2Sum, see `double_double.ts`; written out for speed).
 */
export function timesLog(y: number, x: number): number {
  scratch[0] = x;
  const place = words[UPPER]! - FIRST;
  const k = place >> 20;
  const i = (place >> 13) & 127;
  const r = x * powerOfTwo(-k) * C[i]! - 1;
  const r2 = r * r;
  const halfSquare = -0.5 * r2;
  const main = k * LN2_HIGH + LOG_HIGH[i]!;
  const linear = main + r;
  const log = linear + halfSquare;
  const cubic = r * r2 *
    ((1 / 3 - r * (1 / 4)) + r2 * ((1 / 5 - r * (1 / 6)) + r2 * (1 / 7 - r * (1 / 8))));
  const rest = (halfSquare - (log - linear)) +
    ((r - (linear - main)) + (cubic + (k * LN2_LOW + LOG_LOW[i]!)));
  const leading = Math.fround(log);
  const product = y * leading;
  const small = y * ((log - leading) + rest);
  const sum = product + small;
  timesLogRest[0] = small - (sum - product);
  return sum;
}

/** −r²/2 + r³/3 − ... + r⁷/7. */
function seriesFromSquare(r: number): number {
  const r2 = r * r;
  return r2 * ((-0.5 + r * (1 / 3)) + r2 * ((-0.25 + r * (1 / 5)) + r2 * (-1 / 6 + r * (1 / 7))));
}
