/**
 * Allowances: what an engine may do and still be called honest. See README.md for the derivation.
 *
 * @module
 */
import { ulp } from "../core/float32.ts";
import type { Allowance } from "../core/op.ts";

/** `own`: goldengrad, or a bit-faithful port. `any`: any honest float32 engine. */
export type Profile = "own" | "any";

/** Unit roundoff of float32. */
const U = 2 ** -24;
/**
 * Room for the rounding of the float64 evaluation that stands for the exact value, relative to a
 * float32 rounding.
 */
const SLACK = 1 + 2 ** -26;
/** Half the spacing of subnormal float32: what a product loses when it underflows gradually. */
const UNDERFLOW = 2 ** -150;
/** The smallest normal float32: what a value loses when it is flushed to zero. */
const FLUSH = 2 ** -126;
/** The smallest size that rounds to infinity in float32. */
export const OVERFLOW: number = 2 ** 128 - 2 ** 103;

/** The constant γ_k = k·u / (1 − k·u) that bounds k roundings in a row (Higham, section 3.1). */
function gamma(k: number): number {
  return k * U < 1 ? k * U / (1 - k * U) : Infinity;
}

function ulps(count: number, magnitude: number): number {
  return Number.isFinite(magnitude) ? count * ulp(magnitude) * SLACK : 0;
}

/**
 * The error of a sum after
 * `roundings` roundings of each term, the magnitudes of the terms adding up to `magnitude`.
 *
 * No order of summation meets a larger partial sum than `magnitude` and the error; where that
 * overflows, the order decides.
 */
function sumError(terms: number, roundings: number, magnitude: number): number {
  const count = terms - 1 + roundings;
  if (terms === 0 || count === 0) return 0;
  const error = gamma(count) * magnitude * SLACK;
  return terms === 1 || magnitude + error < OVERFLOW ? error : Infinity;
}

/** The error of a sum whose terms lose `loss` more, all together. */
function lossySumError(terms: number, roundings: number, magnitude: number, loss: number): number {
  return sumError(terms, roundings, magnitude + loss) + loss;
}

/** The allowances by profile. */
export const allowances: Readonly<Record<Profile, Allowance>> = {
  own: {
    source: () => 0,
    rounding: (magnitude) => ulps(0.5, magnitude),
    division: (magnitude) => ulps(0.5, magnitude),
    elementary: (magnitude) => ulps(0.5, magnitude),
    summation: (terms, roundings, magnitude) =>
      lossySumError(terms, roundings, magnitude, roundings * terms * UNDERFLOW),
    mean: (terms, magnitude) => sumError(terms, 0, magnitude) / terms,
  },
  any: {
    source: (value) => Math.abs(value) < FLUSH ? Math.abs(value) : 0,
    rounding: (magnitude) => ulps(0.5, magnitude) + FLUSH,
    // An engine may multiply by the rounded reciprocal: two roundings, the first of at most 1 ULP
    // of the result.
    division: (magnitude) => ulps(1.5, magnitude) + FLUSH,
    elementary: (magnitude) => ulps(4, magnitude) + FLUSH,
    summation: (terms, roundings, magnitude) =>
      lossySumError(terms, roundings, magnitude, (1 + roundings) * terms * FLUSH),
    // The sum may be multiplied by the rounded reciprocal of the count, or the terms divided first:
    // two roundings more.
    mean: (terms, magnitude) => sumError(terms, 2, magnitude) / terms + 2 * terms * FLUSH,
  },
};

/** Unit roundoff of float64. */
const DOUBLE_U = 2 ** -53;

const relative = (roundings: number) => (magnitude: number) =>
  Number.isFinite(magnitude) ? roundings * DOUBLE_U * magnitude : 0;

/** What the float64 evaluation does: it rounds as float32 does, only to 53 bits. */
export const doubleRounding: Allowance = {
  source: () => 0,
  rounding: relative(1),
  division: relative(1),
  elementary: relative(8), // Math.exp is off by 1 ULP; a sigmoid adds and divides besides
  summation: (terms, roundings, magnitude) => relative(terms + roundings)(magnitude),
  mean: (terms, magnitude) => relative(terms)(magnitude) / terms,
};
