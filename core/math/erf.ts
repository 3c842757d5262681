/**
 * The error function and its complement in float32.
 *
 * Method: with c = i/32 the multiple of 1/32 nearest to |x| and h = |x| − c, |h| ≤ 1/64, erf(|x|) is erf(c) + d and
 * erfc(|x|) is erfc(c) − d, where
 *
 *     d = erf'(c)·h·(1 + b₁h + b₂h² + ...),    exp(−2ch − h²) = Σ (n + 1)·bₙ·hⁿ,
 *
 * the Taylor series, whose coefficients are Hermite polynomials in c (Abramowitz and Stegun, "Handbook of Mathematical
 * Functions", 7.1.19), cut after b₁₂: what is left is below 2⁻⁵⁹ of erfc. erf(c), erfc(c) and erf'(c) are from a table.
 * Relative errors, with u = 2⁻⁵³: erf 4u; erfc 5u above 1/2, and 1 − erf(x) 3u below.
 * Rounded once, with the test of `round.ts` for erfc. Compared with MPFR over all 2³² inputs, see `core/math/README.md`.
 *
 * @module
 */
import { NODES } from "./erf_table.ts";
import { ERFC } from "./exceptions.ts";
import { roundToFloat32 } from "./round.ts";

/** The number of coefficients b₁, b₂, ... of each node. */
const TERMS = 12;

const ERF_AT: Float64Array = Float64Array.from(NODES, ([erf]) => erf);
const ERFC_AT: Float64Array = Float64Array.from(NODES, ([, erfc]) => erfc);
const SLOPE_AT: Float64Array = Float64Array.from(NODES, ([, , slope]) => slope);
const COEFFICIENTS: Float64Array = new Float64Array(TERMS * NODES.length);
for (let i = 0; i < NODES.length; i++) {
  // qₙ, the coefficients of exp(−2ch − h²), by (n + 1)·qₙ₊₁ = −2(c·qₙ + qₙ₋₁), from its derivative.
  const c = i / 32;
  for (let n = 1, before = 0, q = 1; n <= TERMS; n++) {
    const next = -2 * (c * q + before) / n;
    before = q;
    q = next;
    COEFFICIENTS[TERMS * i + n - 1] = q / (n + 1);
  }
}

/** 1.5·2⁵²: adding and subtracting it rounds a double below 2⁵¹ to the nearest whole number. */
const TO_WHOLE = 6755399441055744;

/**
 * The error function 2/√π ∫₀ˣ exp(-t²) dt, correctly rounded to float32 (to nearest even) for every float32 input.
 *
 * erf(±0) is ±0, erf(±∞) is ±1, NaN gives NaN (C23, Annex F.10.5.1). From ±3.9192059 on the result is ±1.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { erf } from "./erf.ts";
 * console.assert(erf(1) === Math.fround(0.8427007929497149) && Object.is(erf(-0), -0));
 * ```
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (!(size < 4 && size > 0)) return x === 0 ? x : x > 0 ? 1 : x < 0 ? -1 : NaN;
  const y = erfFloat64(size);
  return Math.fround(x < 0 ? -y : y);
}

/**
 * The complementary error function 1 - erf(x), correctly rounded to float32 (to nearest even) for every float32 input.
 *
 * erfc(-∞) is 2, erfc(∞) is +0, NaN gives NaN (C23, Annex F.10.5.2). Results above 9.194549 are subnormal, and 0 only
 * above 10.054.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { erfc } from "./erf.ts";
 * console.assert(erfc(1) === Math.fround(0.15729920705028513) && erfc(0) === 1);
 * ```
 */
export function erfc(x: number): number {
  if (!(x > -4 && x < 10.0625)) return x > 0 ? 0 : x < 0 ? 2 : NaN;
  return roundToFloat32(erfcFloat64(x), x, ERFC);
}

function erfFloat64(size: number): number {
  const k = (size * 32 + TO_WHOLE) - TO_WHOLE;
  return ERF_AT[k]! + difference(k | 0, size - k * 0.03125);
}

function erfcFloat64(x: number): number {
  if (x < 0) return 1 + erfFloat64(-x);
  if (x < 0.5) return 1 - erfFloat64(x);
  const k = (x * 32 + TO_WHOLE) - TO_WHOLE;
  return ERFC_AT[k]! - difference(k | 0, x - k * 0.03125);
}

/** erf(c + h) − erf(c) for c = i/32 and |h| ≤ 1/64. */
function difference(i: number, h: number): number {
  const b = COEFFICIENTS;
  const at = TERMS * i;
  const h2 = h * h;
  const h4 = h2 * h2;
  const low = h * b[at]! + h2 * (b[at + 1]! + h * b[at + 2]!);
  const middle = (b[at + 3]! + h * b[at + 4]!) + h2 * (b[at + 5]! + h * b[at + 6]!);
  const high = (b[at + 7]! + h * b[at + 8]!) + h2 * (b[at + 9]! + h * b[at + 10]!) +
    h4 * b[at + 11]!;
  const slope = SLOPE_AT[i]! * h;
  return slope + slope * (low + h4 * (middle + h4 * high));
}
