/**
 * asin and acos in float64.
 *
 * Method: with s = √(1 − x²) and q = i/32 the multiple of 1/32 nearest to tan(asin(x)/2) = x/(1 +
 * s), the angle θ = 2·atan(q) has the rational sine 2q/(1 + q²) and cosine (1 − q²)/(1 + q²), and
 *
 *     asin(x) = θ + asin(t),  acos(x) = π/2 − θ − asin(t),  t = x·cos(θ) − s·sin(θ),  |t| < 2⁻⁵,
 *
 * by the addition theorem (Abramowitz and Stegun, "Handbook of Mathematical Functions", 4.4.32);
 * asin(t) is the Taylor series, cut after t⁹ (2⁻⁵⁵·⁵ of it). The same steps for every x: no branch
 * that depends on its sign or size. Below, u is 2⁻⁵³.
 *
 * @module
 */
import { arctangents, HALF_PI_HIGH, HALF_PI_LOW } from "./angle_table.ts";

/** 1.5·2⁵²: adding and subtracting it rounds a double below 2⁵¹ to the nearest whole number. */
const TO_WHOLE = 6755399441055744;

/** The node q = i/32 is row i + {@linkcode ZERO} of the tables. */
const ZERO = 32;

// Zeros until the first call fills them, see `exp_float64.ts`.

const SINE: Float64Array = new Float64Array(2 * ZERO + 1);
const COSINE: Float64Array = new Float64Array(2 * ZERO + 1);
const ANGLE: Float64Array = new Float64Array(2 * ZERO + 1);
/** The angles from π/2 down. */
const COMPLEMENT: Float64Array = new Float64Array(2 * ZERO + 1);

function fillTables(): void {
  const angles = arctangents();
  for (let row = 0; row <= 2 * ZERO; row++) {
    const i = row - ZERO;
    SINE[row] = 64 * i / (1024 + i * i);
    COSINE[row] = (1024 - i * i) / (1024 + i * i);
    const [high, low] = angles[Math.abs(i)]!;
    const twice = i < 0 ? -2 : 2;
    ANGLE[row] = twice * high;
    COMPLEMENT[row] = (HALF_PI_HIGH - twice * high) + (HALF_PI_LOW - twice * low);
  }
}

/**
 * asin of a float32 value from 2⁻¹³ on in magnitude as a double; NaN beyond ±1.
 *
 * Relative error below 10u: s is within 1.5u, the two products of t within 5.5u of sin(θ)·cos(θ),
 * which is less than twice the result; where q is 0, t is x. The table and the last sum add 1u or
 * 2u each.
 */
export function asinFloat64(x: number): number {
  if (SINE[0] === 0) fillTables();
  const s = Math.sqrt((1 - x) * (1 + x));
  const row = (((32 * x) / (1 + s) + TO_WHOLE - TO_WHOLE) | 0) + ZERO;
  return ANGLE[row]! + arcsine(x * COSINE[row]! - s * SINE[row]!);
}

/**
 * acos of a float32 value as a double; NaN beyond ±1.
 *
 * Relative error below 14u, as for {@linkcode asinFloat64}: here the products are at most 2.02
 * times the result; where q is 1, t is −s.
 */
export function acosFloat64(x: number): number {
  if (SINE[0] === 0) fillTables();
  const s = Math.sqrt((1 - x) * (1 + x));
  const row = (((32 * x) / (1 + s) + TO_WHOLE - TO_WHOLE) | 0) + ZERO;
  return COMPLEMENT[row]! - arcsine(x * COSINE[row]! - s * SINE[row]!);
}

/** t + t³/6 + ... + 35·t⁹/1152. */
function arcsine(t: number): number {
  const t2 = t * t;
  return t + t * t2 * ((1 / 6 + t2 * (3 / 40)) + t2 * t2 * (5 / 112 + t2 * (35 / 1152)));
}
