/**
 * The angle of a point in float64: atan2, which gives atan too.
 *
 * Method: the angle lies in one octant; there it is atan(q) with q = y/x from 0 to 1, and for c =
 * i/32, i whole and nearest to 32·q,
 *
 *     atan(q) = atan(c) + atan(t),   t = (y − c·x)/(x + c·y),   |t| < 1/63,
 *
 * with atan(c) from a table (the addition theorem; Abramowitz and Stegun, "Handbook of Mathematical
 * Functions", 4.4.34) and the Taylor series of atan(t), cut after t⁹ (2⁻⁶³). Below, u is 2⁻⁵³.
 *
 * @module
 */
import { arctangents, HALF_PI_HIGH, HALF_PI_LOW, PI_HIGH, PI_LOW } from "./angle_table.ts";

// Zeros until the first call fills them, see `exp_float64.ts`.

/** atan(i/32), rounded to doubles. */
const ATAN: Float64Array = new Float64Array(64);
/** What {@linkcode ATAN} leaves of atan(i/32). */
const ATAN_LOW: Float64Array = new Float64Array(64);

/** 1.5·2⁵²: adding and subtracting it rounds a double below 2⁵¹ to the nearest whole number. */
const TO_WHOLE = 6755399441055744;

function fillTables(): void {
  arctangents().forEach(([high, low], i) => [ATAN[i], ATAN_LOW[i]] = [high, low]);
}

/**
 * The angle of the point (x, y) from the positive x-axis as a double, between −π and π, for finite
 * doubles between 2⁻³⁰⁰ and 2³⁰⁰ in magnitude, or zero, but not both zero.
 *
 * Relative error below 5u more than that of y/x. Where c is 0, t is the quotient, and the result t
 * + (...) has 1.1u more. Elsewhere the numerator is rounded by at most u·(c·x + |t|·x), the
 * denominator by 2u: together at most 1.2u of c/(1 + c²) ≤ atan(c); sums with multiples of π/2
 * round twice and are at least π/4.
 */
export function angleFloat64(y: number, x: number): number {
  const height = Math.abs(y);
  const width = Math.abs(x);
  let angle: number;
  if (height <= width) {
    angle = x < 0 ? octant(PI_HIGH, PI_LOW, -1, height, width) : octant(0, 0, 1, height, width);
  } else {
    angle = octant(HALF_PI_HIGH, HALF_PI_LOW, x < 0 ? 1 : -1, width, height);
  }
  return y < 0 ? -angle : angle;
}

/** high + low + sign·atan(y/x), for 0 ≤ y ≤ x. */
function octant(high: number, low: number, sign: number, y: number, x: number): number {
  const k = ((y / x) * 32 + TO_WHOLE) - TO_WHOLE;
  const i = k & 63;
  const c = k * 0.03125;
  const angle = ATAN[i]!;
  if (angle < 0.5 * c) return +octantAtFirst(high, low, sign, y, x);
  const t = (y - c * x) / (x + c * y);
  const t2 = t * t;
  const rest = t + t * t2 * ((-1 / 3 + t2 * (1 / 5)) + t2 * t2 * (-1 / 7 + t2 * (1 / 9)));
  return (high + sign * angle) + (low + sign * (ATAN_LOW[i]! + rest));
}

/** The first call that needs the tables: atan(c) is more than c/2. */
function octantAtFirst(high: number, low: number, sign: number, y: number, x: number): number {
  fillTables();
  return octant(high, low, sign, y, x);
}
