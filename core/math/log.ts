/**
 * The logarithms in float32: log and log1p.
 *
 * @module
 */
import { LOG, LOG1P } from "./exceptions.ts";
import { log1pFloat64, logFloat64 } from "./log_float64.ts";
import { LN2 } from "./log_table.ts";
import { roundToFloat32 } from "./round.ts";

/** 2⁻¹²⁶. */
const SMALLEST_NORMAL = 1.1754943508222875e-38;

/** 2⁶⁴: from here on log(1 + x) is log(x) but for less than a double can hold. */
const LARGE = 18446744073709551616;

/**
 * The natural logarithm of x, correctly rounded to float32 (to nearest even) for every float32
 * input.
 *
 * log(±0) is -∞, log(1) is +0, log(∞) is ∞; negative inputs and NaN give NaN (C23, Annex
 * F.10.3.11).
 *
 * Method: a float64 value, see `log_float64.ts`, and the rounding of `round.ts`.
 * Compared with MPFR over all 2³² inputs, see `core/math/README.md`.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { log } from "./log.ts";
 * assertEquals(log(1), 0);
 * assertEquals(log(0), -Infinity);
 * assertEquals(log(2), Math.fround(0.6931471805599453));
 * ```
 */
export function log(x: number): number {
  if (!(x >= SMALLEST_NORMAL && x < Infinity)) return +logAtEdge(x);
  return roundToFloat32(logFloat64(x), x, LOG);
}

/** The result outside the positive normal values. */
function logAtEdge(x: number): number {
  if (x > 0 && x < 1) return roundToFloat32(logFloat64(x * 16777216) - 24 * LN2, x, LOG);
  return x === 0 ? -Infinity : x > 0 ? Infinity : NaN;
}

/**
 * log(1 + x), correctly rounded to float32 (to nearest even) for every float32 input.
 *
 * log1p(±0) is ±0, log1p(-1) is -∞, log1p(∞) is ∞; inputs below -1 and NaN give NaN (C23, Annex
 * F.10.3.14).
 *
 * Method: a float64 value, see `log_float64.ts`, and the rounding of `round.ts`.
 * Compared with MPFR over all 2³² inputs, see `core/math/README.md`.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals, assertStrictEquals } from "@std/assert";
 * import { log1p } from "./log.ts";
 * assertStrictEquals(log1p(-0), -0);
 * assertEquals(log1p(-1), -Infinity);
 * assertEquals(log1p(1), Math.fround(0.6931471805599453));
 * ```
 */
export function log1p(x: number): number {
  if (!(x > -1 && x < LARGE && x !== 0)) return +log1pAtEdge(x);
  return roundToFloat32(log1pFloat64(x), x, LOG1P);
}

/** The result up to -1, at zero and from {@linkcode LARGE} on. */
function log1pAtEdge(x: number): number {
  if (x >= LARGE && x < Infinity) return roundToFloat32(logFloat64(x), x, LOG1P);
  return x > -1 ? x : x === -1 ? -Infinity : NaN;
}
