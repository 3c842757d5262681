/**
 * Allowances: what an engine may do and still be called honest. See README.md for the derivation.
 *
 * @module
 */
import { ulp } from "../core/float32.ts";
import type { Allowance } from "../core/graph.ts";

/** `own`: this engine, or a bit-faithful port. `any`: any honest float32 engine. */
export type Profile = "own" | "any";

/** Unit roundoff of float32. */
const u = 2 ** -24;
/** Room for the rounding of the float64 evaluation that stands for the exact value, relative to a float32 rounding. */
const slack = 1 + 2 ** -26;
/** Half the spacing of subnormal float32: what a product loses when it underflows gradually. */
const underflow = 2 ** -150;
/** The smallest normal float32: what a value loses when it is flushed to zero. */
const flush = 2 ** -126;

/** The constant γ_k = k·u / (1 − k·u) that bounds k roundings in a row (Higham, section 3.1). */
function gamma(k: number): number {
  return k * u < 1 ? k * u / (1 - k * u) : Infinity;
}

function ulps(count: number, magnitude: number): number {
  return Number.isFinite(magnitude) ? count * ulp(magnitude) * slack : 0;
}

/** The sums of an engine overflow where the magnitudes of the terms do, depending on the order. */
function sumError(terms: number, roundings: number, magnitude: number): number {
  if (terms === 0) return 0;
  return magnitude < 2 ** 127 ? gamma(terms - 1 + roundings) * magnitude * slack : Infinity;
}

/** The allowances by profile. */
export const allowances: Readonly<Record<Profile, Allowance>> = {
  own: {
    rounding: (magnitude) => ulps(0.5, magnitude),
    elementary: (magnitude) => ulps(0.5, magnitude),
    summation: (terms, roundings, magnitude) =>
      sumError(terms, roundings, magnitude) + roundings * terms * underflow,
  },
  any: {
    rounding: (magnitude) => ulps(0.5, magnitude) + flush,
    elementary: (magnitude) => ulps(4, magnitude) + flush,
    summation: (terms, roundings, magnitude) =>
      sumError(terms, roundings, magnitude) + (1 + roundings) * terms * flush,
  },
};
