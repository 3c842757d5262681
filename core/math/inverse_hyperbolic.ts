/**
 * The inverse hyperbolic functions in float32: asinh, acosh and atanh.
 *
 * Each is log(1 + t) of a t that is precise where it is small, in float64 (see `log_float64.ts`),
 * rounded once: the relative error is at most that of t and 8u, u = 2⁻⁵³. Large inputs of asinh and
 * acosh need the test of `round.ts`. Compared with MPFR over all 2³² inputs, see
 * `core/math/README.md`.
 *
 * @module
 */
import { ACOSH, ASINH } from "./exceptions.ts";
import { log1pFloat64, logFloat64 } from "./log_float64.ts";
import { LN2 } from "./log_table.ts";
import { roundToFloat32 } from "./round.ts";

/** 2⁻¹³: an odd function x + a·x³ with |a| ≤ 1/3 of a smaller float32 value x rounds to x. */
const TINY = 0.0001220703125;

/** 2²⁴: from here on the result is log(2|x|) but for 1/(4x²), less than 2⁻⁵⁴ of it. */
const LARGE = 16777216;

/**
 * The inverse hyperbolic sine, correctly rounded to float32 (to nearest even) for every float32
 * input.
 *
 * asinh(±0) is ±0, asinh(±∞) is ±∞, NaN gives NaN (C23, Annex F.10.2.2).
 *
 * Method: t = |x| + x²/(1 + √(1 + x²)), within 4u.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals, assertStrictEquals } from "@std/assert";
 * import { asinh } from "./inverse_hyperbolic.ts";
 * assertEquals(asinh(1), Math.fround(0.881373587019543));
 * assertStrictEquals(asinh(-0), -0);
 * ```
 */
export function asinh(x: number): number {
  const size = Math.abs(x);
  if (!(size < LARGE && size >= TINY)) return +asinhAtEdge(x, size);
  const square = x * x;
  const root = Math.sqrt(1 + square);
  const y = log1pFloat64(size + square / (1 + root), size + root);
  return Math.fround(y * (x / size));
}

/** The result for tiny and large inputs and NaN. */
function asinhAtEdge(x: number, size: number): number {
  if (!(size >= LARGE && size < Infinity)) return x;
  return roundToFloat32((logFloat64(size) + LN2) * (x / size), x, ASINH);
}

/**
 * The inverse hyperbolic cosine, correctly rounded to float32 (to nearest even) for every float32
 * input.
 *
 * acosh(1) is +0, acosh(∞) is ∞; inputs below 1 and NaN give NaN (C23, Annex F.10.2.1).
 *
 * Method: t = (x - 1) + √((x - 1)(x + 1)), within 4u.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { acosh } from "./inverse_hyperbolic.ts";
 * assertEquals(acosh(1), 0);
 * assertEquals(acosh(2), Math.fround(1.3169578969248166));
 * ```
 */
export function acosh(x: number): number {
  if (!(x >= 1 && x < LARGE)) return +acoshAtEdge(x);
  const root = Math.sqrt((x - 1) * (x + 1));
  return Math.fround(log1pFloat64((x - 1) + root, x + root));
}

/** The result below 1 and for large inputs. */
function acoshAtEdge(x: number): number {
  if (!(x >= LARGE && x < Infinity)) return x > 1 ? x : NaN;
  return roundToFloat32(logFloat64(x) + LN2, x, ACOSH);
}

/**
 * The inverse hyperbolic tangent, correctly rounded to float32 (to nearest even) for every float32
 * input.
 *
 * atanh(±0) is ±0, atanh(±1) is ±∞; inputs beyond ±1 and NaN give NaN (C23, Annex F.10.2.3).
 *
 * Method: half of log(1 + t) with t = 2|x|/(1 - |x|), within 2u.
 *
 * @param x a float32 value
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { atanh } from "./inverse_hyperbolic.ts";
 * assertEquals(atanh(0.5), Math.fround(0.5493061443340549));
 * assertEquals(atanh(-1), -Infinity);
 * ```
 */
export function atanh(x: number): number {
  const size = Math.abs(x);
  if (!(size < 1 && size >= TINY)) return +atanhAtEdge(x, size);
  return Math.fround(log1pFloat64(2 * size / (1 - size)) * (0.5 * x / size));
}

/** The result for tiny inputs and from ±1 on. */
function atanhAtEdge(x: number, size: number): number {
  return size < 1 ? x : size === 1 ? x * Infinity : NaN;
}
