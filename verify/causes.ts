/**
 * Likely causes: what a tensor that is wrong looks like.
 *
 * Every rule asks whether one mistake explains the whole error, up to what rounding does; the first
 * that does names it. What none explains is `other`.
 *
 * @module
 */
import { ulp } from "../core/float32.ts";
import { type Node, postorder } from "../core/graph.ts";
import { indexOf, sizeOf } from "../core/shape.ts";
import { counted } from "../core/words.ts";
import type { Enclosure } from "./exact.ts";
import type { Hypothesis } from "./hypotheses.ts";
import { permutationOf } from "./permutations.ts";
import { SIGN_LIMIT, signStatistic, TRUNCATION } from "./signs.ts";

/** What is known of a tensor that is wrong. */
export interface Evidence {
  readonly node: Node;
  /** What was judged. */
  readonly got: ArrayLike<number>;
  /** The exact values, in float64. */
  readonly values: Float64Array;
  /** How large a rounding error of each element usually is; `Infinity` where nothing is known. */
  readonly scales: Float64Array;
  /** What mistakes in the graph would have made of it. */
  readonly hypotheses: readonly Hypothesis[];
}

/** What no rule explains. */
export const OTHER = "other";

/** What truncation takes away is less than this share. */
const TRUNCATED = 2 ** -12;
/** An error of so many scales is none of rounding. */
const FAR = 16;
/** As a root mean square over a tensor. */
const FAR_MEAN = 8;

/**
 * The scale of rounding errors, from those of some honest engines: the largest root mean square of
 * theirs over the tensor, and half a unit in the last place at least. `Infinity` where no budget can
 * be given.
 */
export function scalesOf(
  { values, radii }: Enclosure,
  ...honest: readonly ArrayLike<number>[]
): Float64Array {
  const isKnown = (i: number) => radii[i]! < Infinity && Number.isFinite(values[i]!);
  const sizes = honest.map((engine) => {
    let [sum, count] = [0, 0];
    values.forEach((value, i) => {
      if (!isKnown(i)) return;
      sum += (engine[i]! - value) ** 2;
      count++;
    });
    return count === 0 ? 0 : Math.sqrt(sum / count);
  });
  const least = Math.max(2 ** -126, ...sizes);
  return values.map((value, i) => isKnown(i) ? Math.max(least, ulp(value) / 2) : Infinity);
}

/** The likely cause of a tensor's error, in words. */
export function causeOf({ node, got, values, scales, hypotheses }: Evidence): string {
  const n = values.length;
  const known = Array.from(values.keys()).filter((i) => scales[i]! < Infinity);
  if (known.length === 0) return OTHER;
  const error = values.map((value, i) => scales[i]! < Infinity ? got[i]! - value : 0);
  const space = new Weighted(scales);
  if (known.every((i) => got[i] === 0)) return "every element is 0";
  const isFinite = known.every((i) => Number.isFinite(got[i]!));
  if (isFinite) {
    const cause = scaledCause(node, got, values, error, space) ??
      hypothesisCause(node, values, error, space, hypotheses);
    if (cause !== null) return cause;
    const moved = known.length < n ? null : permutationOf(node.shape, got, values, scales, FAR);
    if (moved !== null) return moved;
  }
  const far = known.filter((i) => !(Math.abs(error[i]!) <= FAR * scales[i]!));
  if (far.length > 0 && far.length < n && far.length <= Math.max(1, n / 50)) {
    return elementsText(node, far);
  }
  const { size, slope } = space.line(values, error);
  const small = size > 0 && Math.abs(slope) < TRUNCATED;
  return small && signStatistic(got, values) > SIGN_LIMIT ? TRUNCATION : OTHER;
}

/** Tensors as vectors whose coordinates are measured in scales. */
class Weighted {
  readonly #scales: Float64Array;

  constructor(scales: Float64Array) {
    this.#scales = scales;
  }

  /** The root mean square of a tensor over its elements. */
  size(a: Float64Array): number {
    return Math.sqrt(Math.max(0, this.#product(a, a)) / a.length);
  }

  /** The multiple of `a` nearest to `b`: its size, its slope, what it leaves, the correlation. */
  line(a: Float64Array, b: Float64Array) {
    const [aa, ab] = [this.#product(a, a), this.#product(a, b)];
    const slope = ab / aa;
    const rest = this.size(b.map((value, i) => value - slope * a[i]!));
    const correlation = ab / Math.sqrt(aa * this.#product(b, b));
    return { slope, rest, correlation, size: Math.sqrt(aa / a.length) };
  }

  /** Where a scale is infinite, an element counts for nothing. */
  #product(a: Float64Array, b: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < a.length; i++) {
      const scale = this.#scales[i]!;
      if (scale < Infinity) sum += a[i]! / scale * (b[i]! / scale);
    }
    return sum;
  }
}

/** A factor on all elements. */
function scaledCause(
  node: Node,
  got: ArrayLike<number>,
  values: Float64Array,
  error: Float64Array,
  space: Weighted,
): string | null {
  const { slope, rest, size } = space.line(values, error);
  const factor = 1 + slope;
  if (!(rest <= FAR_MEAN * Math.max(1, Math.abs(factor))) || !(4 * rest <= space.size(error))) {
    return null;
  }
  const tolerance = Math.max(2 ** -22 * Math.abs(factor), 8 * rest / size / values.length ** 0.5);
  const digits = Math.floor(Math.log10(Math.abs(factor) / tolerance)) || 1;
  const text = `scaled by ${Number(factor.toPrecision(Math.min(Math.max(digits, 1), 7)))}`;
  // The bits that a sum of positive terms loses are nearly a share of it.
  if (-slope > 0 && -slope < TRUNCATED && signStatistic(got, values) > SIGN_LIMIT) {
    return `${text}, or ${TRUNCATION}`;
  }
  const near = tolerance > 2 ** -8 * Math.abs(factor) ? [] : factorsOf(node)
    .filter(([value]) => Math.abs(factor - value) <= tolerance)
    .sort(([a], [b]) => Math.abs(factor - a) - Math.abs(factor - b));
  if (near.length > 0) return `scaled by ${near[0]![1]}`;
  // One element is always some multiple of what it should be.
  return values.length === 1 ? null : text;
}

/** Factors that have a meaning, each with the text that says it. */
function factorsOf(node: Node): (readonly [value: number, text: string])[] {
  const counts = new Set(
    postorder([node]).flatMap(({ shape }) => [sizeOf(shape), ...shape]).filter((n) => n > 2),
  );
  return [
    [-1, "-1: the sign is wrong"],
    [2, "2"],
    [0.5, "1/2"],
    ...[...counts].flatMap((n) =>
      [
        [n / (n - 1), `${n}/${n - 1}: a mean over n - 1`],
        [n, `${n}: a sum in place of a mean`],
        [1 / n, `1/${n}: a mean in place of a sum`],
      ] as const
    ),
  ];
}

/** The mistakes whose effect on the tensor is its error; several if they have the same effect. */
function hypothesisCause(
  node: Node,
  values: Float64Array,
  error: Float64Array,
  space: Weighted,
  hypotheses: readonly Hypothesis[],
): string | null {
  const fitting = hypotheses.flatMap(({ cause, valuesOf }) => {
    const effect = valuesOf(node).map((value, i) => value - values[i]!);
    const { slope, rest, correlation } = space.line(effect, error);
    // Of few elements a correlation says little: chance gives it, too.
    const fits = values.length >= 8
      ? correlation > 0.9 && slope > 0.5 && slope < 2
      : rest <= FAR_MEAN && Math.abs(slope - 1) < 2 ** -6 && 16 * rest <= space.size(error);
    return fits ? [{ cause, correlation }] : [];
  });
  const best = Math.max(...fitting.map(({ correlation }) => correlation));
  // What fits nearly as well is named as well.
  const names = fitting.filter(({ correlation }) => 1 - correlation <= 2 * (1 - best) + 1e-6);
  return names.length === 0 ? null : names.map(({ cause }) => cause).join(", or ");
}

/** Which few elements are wrong: `only [3][5] and [4][1] of 8,192 elements`. */
function elementsText({ shape }: Node, far: readonly number[]): string {
  const shown = far.slice(0, 3).map((i) => indexOf(i, shape).map((at) => `[${at}]`).join(""));
  const more = far.length > 3 ? ` and ${far.length - 3} more` : "";
  return `only ${shown.join(", ")}${more} of ${counted(sizeOf(shape), "element")}`;
}
