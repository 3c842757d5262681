/**
 * log(1 + exp(x)) and the logarithm of the sigmoid in float32.
 *
 * @module
 */
import { SOFTPLUS } from "./exceptions.ts";
import { expFloat64 } from "./exp_float64.ts";
import { log1pFloat64 } from "./log_float64.ts";
import { roundToFloat32 } from "./round.ts";

/**
 * Beyond ±{@linkcode FAR} the table ends: above, the result rounds to x; below, it is log(1 +
 * exp(x)) with a tiny exp(x).
 */
const FAR = 16;

/** The node c = i/16 is row i + {@linkcode ZERO} of the table. */
const ZERO = 16 * FAR;

/** The coefficients of each node: softplus(c) and what h, h², ... h⁷ are multiplied with. */
const TERMS = 8;

/** Zeros until the first call fills it, see `exp_float64.ts`. */
const COEFFICIENTS: Float64Array = new Float64Array(TERMS * (2 * ZERO + 1));

function fillTable(): void {
  for (let row = 0; row <= 2 * ZERO; row++) {
    const c = (row - ZERO) / 16;
    const e = expFloat64(-Math.abs(c));
    COEFFICIENTS[TERMS * row] = (c < 0 ? 0 : c) + log1pFloat64(e);
    // The derivative is the sigmoid s, for which s' = s − s²: (n + 1)·sₙ₊₁ = sₙ − (s₀·sₙ + s₁·sₙ₋₁
    // + ... + sₙ·s₀).
    const s = [(c < 0 ? e : 1) / (1 + e)];
    for (let n = 0; n < TERMS - 1; n++) {
      COEFFICIENTS[TERMS * row + n + 1] = s[n]! / (n + 1);
      let sum = 0;
      for (let i = 0; i <= n; i++) sum += s[i]! * s[n - i]!;
      s.push((s[n]! - sum) / (n + 1));
    }
  }
}

/** 1.5·2⁵²: adding and subtracting it rounds a double below 2⁵¹ to the nearest whole number. */
const TO_WHOLE = 6755399441055744;

/**
 * log(1 + exp(x)), correctly rounded to float32 (to nearest even) for every float32 input.
 *
 * softplus(-∞) is 0, softplus(∞) is ∞, NaN gives NaN. Nothing is flushed: below -87.33654 the
 * results are subnormal, and 0 only below -103.97208.
 *
 * Method: with c the multiple of 1/16 nearest to x and h = x − c, |h| ≤ 1/32, the Taylor series
 * about c, cut after h⁷ (2⁻⁵⁴ of the result); softplus(c) is max(c, 0) + log(1 + exp(-|c|)), within
 * 11u, u = 2⁻⁵³ (exp 2.4u, log1p 8u). With the roundings of the series, below 2u, the relative
 * error is below 13u. Then the rounding of
 * `round.ts`. Compared with MPFR over all 2³² inputs, see `core/math/README.md`.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { softplus } from "./softplus.ts";
 * assertEquals(softplus(0), Math.fround(0.6931471805599453));
 * assertEquals(softplus(100), 100);
 * assert(softplus(-100) > 0);
 * ```
 */
export function softplus(x: number): number {
  if (!(Math.abs(x) < FAR)) return +farSoftplus(x);
  if (COEFFICIENTS[0] === 0) fillTable();
  const k = (x * 16 + TO_WHOLE) - TO_WHOLE;
  const at = TERMS * ((k | 0) + ZERO);
  const a = COEFFICIENTS;
  const h = x - k * 0.0625;
  const h2 = h * h;
  const low = h * a[at + 1]! + h2 * (a[at + 2]! + h * a[at + 3]!);
  const high = (a[at + 4]! + h * a[at + 5]!) + h2 * (a[at + 6]! + h * a[at + 7]!);
  return roundToFloat32(a[at]! + (low + h2 * h2 * high), x, SOFTPLUS);
}

/** The result from ±{@linkcode FAR} on. */
function farSoftplus(x: number): number {
  if (!(x <= -FAR)) return x;
  return x < -104 ? 0 : roundToFloat32(log1pFloat64(expFloat64(x)), x, SOFTPLUS);
}

/**
 * log(1 / (1 + exp(-x))), correctly rounded to float32 (to nearest even) for every float32 input:
 * -softplus(-x).
 *
 * logSigmoid(-∞) is -∞, NaN gives NaN, and where the result vanishes, above 103.97208, it is -0.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { logSigmoid } from "./softplus.ts";
 * assertEquals(logSigmoid(0), Math.fround(-0.6931471805599453));
 * assertEquals(logSigmoid(-1000), -1000);
 * ```
 */
export function logSigmoid(x: number): number {
  return -softplus(-x);
}

/**
 * log(1 + exp(x)) in float64, for every double: a relative error below 3u, u = 2⁻⁵³, on V8.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { softplusFloat64 } from "./softplus.ts";
 * assert(Math.abs(softplusFloat64(1) - 1.3132616875182228) < 5e-16);
 * ```
 */
export function softplusFloat64(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/**
 * The logarithm of the sigmoid in float64: -{@linkcode softplusFloat64}(-x).
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { logSigmoidFloat64 } from "./softplus.ts";
 * assert(Math.abs(logSigmoidFloat64(-1) + 1.3132616875182228) < 5e-16);
 * ```
 */
export function logSigmoidFloat64(x: number): number {
  return -softplusFloat64(-x);
}
