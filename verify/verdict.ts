/**
 * Verdicts: how one value compares with what is known of it.
 *
 * @module
 */
import { type DType, isValueOf } from "../core/dtype.ts";
import { boolean, checkParts, oneOf } from "../core/check.ts";
import { toBits, ulp, ulpDistance } from "../core/float32.ts";
import type { PrintedSet } from "../golden/printed.ts";

/**
 * The outcome for an element, a tensor or a case, strongest first.
 *
 * `bits`: equal. `printed`: prints to the captured text.
 * `within`: inside the derived budget. `unchecked`: inside, but the budget is as large as the value.
 * `undecidable`: nothing can be said. `fail`: none of these.
 */
export type Verdict = "bits" | "printed" | "within" | "unchecked" | "undecidable" | "fail";

/** All verdicts, strongest first. */
export const verdicts: readonly Verdict[] = [
  "bits",
  "printed",
  "within",
  "unchecked",
  "undecidable",
  "fail",
];

/**
 * What a verdict comes to. `not checked`: nothing is known to be wrong, but of some element nothing
 * was found out, since it is `unchecked`, or `undecidable` and meant to be.
 */
export type Outcome = "right" | "wrong" | "not checked";

/** The outcome of a tensor or a case; its reason is the verdict. */
export function outcomeOf(
  given: { readonly right: boolean; readonly verdict: Verdict },
): Outcome {
  checkParts("tell an outcome", "the verdict", given, { right: boolean, verdict: oneOf(verdicts) });
  const { right, verdict } = given;
  if (!right) return "wrong";
  return verdict === "unchecked" || verdict === "undecidable" ? "not checked" : "right";
}

/** The weakest of several verdicts; `bits` when there are none. */
export function weakest(list: Iterable<Verdict>): Verdict {
  let rank = 0;
  for (const verdict of list) rank = Math.max(rank, verdicts.indexOf(verdict));
  return verdicts[rank]!;
}

/** What one element was compared with, and the outcome. */
export interface Comparison {
  /** The outcome. */
  readonly verdict: Verdict;
  /**
   * The value that was judged. Where forward mode contradicts the graph itself, that of the graph
   * in float64, rounded.
   */
  readonly value: number;
  /**
   * What was expected: the captured text, the exact value in float64, or goldengrad's own float32
   * value.
   */
  readonly expected: string | number;
  /** The distance to the nearest expected value, in float32 ULPs. */
  readonly distance: number;
  /** The budget in the same unit. */
  readonly budget: number;
}

/**
 * How much of its budget a comparison used: 0 where there was nothing to use, and `Infinity` where
 * something was used of nothing, if only the sign of a zero.
 */
export function shareOf({ verdict, distance, budget }: Comparison): number {
  if (verdict === "fail" && budget === 0) return Infinity;
  return distance === 0 ? 0 : distance / budget;
}

/** A budget that flushing subnormal values alone leads to, in sums of many millions of terms. */
const NEGLIGIBLE = 2 ** -100;

/**
 * The verdict on a value inside its budget: `unchecked` where that is as large as what is expected,
 * so that 0 or twice the value would pass as well. A 0 has no size of its own: that of the largest
 * value of its tensor counts, and a negligible budget is none.
 */
function inside(expected: number, radius: number, largest: number): Verdict {
  if (expected === 0 && radius <= NEGLIGIBLE) return "within";
  return radius >= (expected === 0 ? largest : Math.abs(expected)) ? "unchecked" : "within";
}

/** Compares a value with the one whose bits it must have; NaN is one value, the zeros are two. */
export function compareBits(value: number, expected: number): Comparison {
  const verdict = toBits(value) === toBits(expected) ? "bits" : "fail";
  return { verdict, value, expected, distance: ulpDistance(value, expected), budget: 0 };
}

/**
 * Compares a value with the exact one.
 *
 * `radius` is absolute, `largest` the largest size in the tensor. NaN equals NaN only and infinities
 * match by sign.
 */
export function compareFloat64(
  value: number,
  exact: number,
  radius: number,
  largest = Infinity,
): Comparison {
  const expected = Math.fround(exact);
  const unit = ulp(Number.isFinite(expected) ? exact : Number.isFinite(value) ? value : 0);
  const budget = radius / unit;
  const result = (verdict: Verdict, distance: number) => ({
    verdict,
    value,
    expected: exact,
    distance,
    budget,
  });
  if (!(radius < Infinity)) return result("undecidable", NaN);
  if (toBits(value) === toBits(expected)) return result("bits", 0);
  const error = Number.isFinite(value) && Number.isFinite(exact)
    ? Math.abs(value - exact)
    : Infinity;
  return result(error <= radius ? inside(exact, radius, largest) : "fail", error / unit);
}

/** What fails where two float64 values of one element lie further apart than they may. */
export function contradict(value: number, expected: number, tolerance: number): Comparison {
  const unit = ulp(Number.isFinite(expected) ? Math.fround(expected) : 0);
  const gap = Math.abs(value - expected);
  const distance = (Number.isNaN(gap) ? Infinity : gap) / unit;
  return {
    verdict: "fail",
    value: Math.fround(value),
    expected,
    distance,
    budget: tolerance / unit,
  };
}

/**
 * Compares a value of an int32 or bool tensor with the exact one. What the dtype does not have is
 * wrong, the two zeros are one, and of a bool that may be either way nothing can be said.
 */
export function compareDiscrete(
  value: number,
  exact: number,
  radius: number,
  dtype: DType,
  largest: number = Infinity,
): Comparison {
  if (!isValueOf(value, dtype)) return compareFloat64(value, exact, 0);
  const budget = dtype === "bool" && radius > 0 ? Infinity : radius;
  return compareFloat64(value + 0, exact + 0, budget, largest);
}

/**
 * Compares a value with a captured text, which stands for the set of float32 values that print so.
 *
 * `radius` is the budget around the captured value, absolute, and `largest` the largest size in the
 * tensor.
 */
export function comparePrinted(
  value: number,
  text: string,
  set: PrintedSet,
  radius: number,
  largest = Infinity,
): Comparison {
  const nearest = set.count > 1 && value >= set.lowest ? Math.min(value, set.highest) : set.lowest;
  const distance = ulpDistance(value, nearest);
  const budget = radius / ulp(Number.isFinite(nearest) ? nearest : 0);
  const result = (verdict: Verdict) => ({ verdict, value, expected: text, distance, budget });
  if (distance === 0) {
    if (toBits(value) !== toBits(nearest)) return result("within");
    return result(set.count === 1 ? "bits" : "printed");
  }
  if (!(radius < Infinity)) return result("undecidable");
  return result(Math.abs(value - nearest) <= radius ? inside(nearest, radius, largest) : "fail");
}
