/**
 * The error function and its complement in float32.
 *
 * Method: with c = i/32 the multiple of 1/32 nearest to x and h = x − c, |h| ≤ 1/64, erf(x) is
 * erf(c) + d and erfc(x) is erfc(c) − d, where
 *
 *     d = erf'(c)·h·(1 + b₁h + b₂h² + ...),    exp(−2ch − h²) = Σ (n + 1)·bₙ·hⁿ,
 *
 * the Taylor series, whose coefficients are Hermite polynomials in c (Abramowitz and Stegun,
 * "Handbook of Mathematical Functions", 7.1.19), cut after b₁₂: what is left is below 2⁻⁵⁹ of erfc.
 * erf(c), erfc(c) and erf'(c) are from a table. The same steps for every x: no branch that depends
 * on its sign. Relative errors, with u = 2⁻⁵³: erf 4u, erfc 5u. Rounded once, with the test of
 * `round.ts` for erfc. Compared with MPFR over all 2³² inputs, see `core/math/README.md`.
 *
 * @module
 */
import { twoProduct } from "./double_double.ts";
import { NODES, nodes } from "./erf_table.ts";
import { ERFC } from "./exceptions.ts";
import { roundToFloat32 } from "./round.ts";

/** The node c = i/32 is row i + {@linkcode ZERO} of the tables; the first is −4. */
const ZERO = 128;

/** The number of coefficients b₁, b₂, ... of each node. */
const TERMS = 12;

/** The number of nodes: up to c = 322/32. */
const COUNT = ZERO + NODES;

// Zeros until the first call fills them, see `exp_float64.ts`.

const ERF_AT: Float64Array = new Float64Array(COUNT);
const ERFC_AT: Float64Array = new Float64Array(COUNT);
const SLOPE_AT: Float64Array = new Float64Array(COUNT);
const COEFFICIENTS: Float64Array = new Float64Array(TERMS * COUNT);
/** The nodes of erfc lie about this x. */
const MIDDLE = 3.03125;
/**
 * How far from {@linkcode MIDDLE} the nodes of erfc reach, as one number: 0 until the tables are
 * filled, so that the test of the range is the test for that too (one of its own costs 5 % more).
 */
const REACH: Float64Array = new Float64Array(1);

function fillTables(): void {
  const values = nodes();
  for (let row = 0; row < COUNT; row++) {
    const i = row - ZERO;
    const [atNode, complement, slope] = values[Math.abs(i)]!;
    ERF_AT[row] = i < 0 ? -atNode : atNode;
    ERFC_AT[row] = i < 0 ? 1 + atNode : complement;
    SLOPE_AT[row] = slope;
    // qₙ, the coefficients of exp(−2ch − h²), by (n + 1)·qₙ₊₁ = −2(c·qₙ + qₙ₋₁): its derivative.
    const c = i / 32;
    for (let n = 1, before = 0, q = 1; n <= TERMS; n++) {
      const next = -2 * (c * q + before) / n;
      before = q;
      q = next;
      COEFFICIENTS[TERMS * row + n - 1] = q / (n + 1);
    }
  }
  REACH[0] = 7.03125;
}

/** 1.5·2⁵²: adding and subtracting it rounds a double below 2⁵¹ to the nearest whole number. */
const TO_WHOLE = 6755399441055744;

/**
 * The error function 2/√π ∫₀ˣ exp(-t²) dt, correctly rounded to float32 (to nearest even) for every
 * float32 input.
 *
 * erf(±0) is ±0, erf(±∞) is ±1, NaN gives NaN (C23, Annex F.10.5.1). From ±3.9192059 on the result
 * is ±1.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals, assertStrictEquals } from "@std/assert";
 * import { erf } from "./erf.ts";
 * assertEquals(erf(1), Math.fround(0.8427007929497149));
 * assertStrictEquals(erf(-0), -0);
 * ```
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (!(size < 4 && size > 0)) return +erfAtEdge(x);
  if (SLOPE_AT[0] === 0) fillTables();
  const k = (x * 32 + TO_WHOLE) - TO_WHOLE;
  const row = (k | 0) + ZERO;
  return Math.fround(ERF_AT[row]! + difference(row, x - k * 0.03125));
}

/** The result at zero and far from it. */
function erfAtEdge(x: number): number {
  return x === 0 ? x : x > 0 ? 1 : x < 0 ? -1 : NaN;
}

/**
 * The complementary error function 1 - erf(x), correctly rounded to float32 (to nearest even) for
 * every float32 input.
 *
 * erfc(-∞) is 2, erfc(∞) is +0, NaN gives NaN (C23, Annex F.10.5.2). Results above 9.194549 are
 * subnormal, and 0 only above 10.054.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { erfc } from "./erf.ts";
 * assertEquals(erfc(1), Math.fround(0.15729920705028513));
 * assertEquals(erfc(0), 1);
 * ```
 */
export function erfc(x: number): number {
  if (!(Math.abs(x - MIDDLE) < REACH[0]!)) return +erfcAtEdge(x);
  const k = (x * 32 + TO_WHOLE) - TO_WHOLE;
  const row = (k | 0) + ZERO;
  return roundToFloat32(ERFC_AT[row]! - difference(row, x - k * 0.03125), x, ERFC);
}

/** The result far from zero, and of the first call. */
function erfcAtEdge(x: number): number {
  if (REACH[0] === 0) {
    fillTables();
    return erfc(x);
  }
  return x > 0 ? 0 : x < 0 ? 2 : NaN;
}

/**
 * The error function in float64: {@linkcode erf} before it is rounded, for every double. Relative
 * error below 4u.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { erfFloat64 } from "./erf.ts";
 * assert(Math.abs(erfFloat64(1) - 0.8427007929497149) < 4e-16);
 * ```
 */
export function erfFloat64(x: number): number {
  const size = Math.abs(x);
  if (!(size < 4 && size > 0)) return size > 0 ? Math.sign(x) * (1 - erfcFloat64(size)) : x;
  if (SLOPE_AT[0] === 0) fillTables();
  const k = Math.round(x * 32);
  return ERF_AT[k + ZERO]! + difference(k + ZERO, x - k / 32);
}

/**
 * The complementary error function in float64: {@linkcode erfc} before it is rounded, for every
 * double. Relative error below 5u.
 *
 * Beyond 10 it is exp(−x²)/(x·√π) · (1 − 1/(2x²) + 1·3/(2x²)² − ...), whose terms from the 13th on
 * are below 2⁻⁵⁴ (Abramowitz and Stegun, 7.1.23).
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { erfcFloat64 } from "./erf.ts";
 * assert(Math.abs(erfcFloat64(5) / 1.5374597944280348e-12 - 1) < 6e-16);
 * ```
 */
export function erfcFloat64(x: number): number {
  if (x <= -4) return 2 - erfcFloat64(-x);
  if (!(x < 10)) return x < 28 ? farErfc(x) : 0 / x;
  if (SLOPE_AT[0] === 0) fillTables();
  const k = Math.round(x * 32);
  return ERFC_AT[k + ZERO]! - difference(k + ZERO, x - k / 32);
}

function farErfc(x: number): number {
  const [square, rest] = twoProduct(x, x);
  let series = 1;
  for (let n = 12; n > 0; n--) series = 1 - series * (2 * n - 1) / (2 * square);
  return Math.exp(-square) * (1 - rest) * series / (x * 1.772453850905516); // √π
}

/** erf(c + h) − erf(c) for the node c of a row and |h| ≤ 1/64. */
function difference(row: number, h: number): number {
  const b = COEFFICIENTS;
  const at = TERMS * row;
  const h2 = h * h;
  const h4 = h2 * h2;
  const low = h * b[at]! + h2 * (b[at + 1]! + h * b[at + 2]!);
  const middle = (b[at + 3]! + h * b[at + 4]!) + h2 * (b[at + 5]! + h * b[at + 6]!);
  const high = (b[at + 7]! + h * b[at + 8]!) + h2 * (b[at + 9]! + h * b[at + 10]!) +
    h4 * b[at + 11]!;
  const slope = SLOPE_AT[row]! * h;
  return slope + slope * (low + h4 * (middle + h4 * high));
}
