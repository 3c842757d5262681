/**
 * Noise of sums: how far the roundings of an honest float32 engine typically take one.
 *
 * @module
 */
import type { Allowance } from "../core/op.ts";
import type { Layout } from "../core/forms/layout.ts";
import { bindStretches, innerStrides } from "../core/forms/walk.ts";

/** Unit roundoff of float32. */
const U = 2 ** -24;

/** The smallest normal float32. */
const NORMAL = 2 ** -126;

/** Sums are added up in lanes by vector units; below 16 terms no lane has two of them. */
const LANES = [8, 16, 32];

/** The terms of all elements: those of element k from `starts[k]` up to the next start. */
export interface Terms {
  readonly starts: Int32Array;
  readonly terms: Float64Array;
}

/** Collects the terms of each of `size` sums: values, or products of two. */
export function collectTerms(
  layouts: readonly Layout[],
  inputs: readonly Float64Array[],
  size: number,
): Terms {
  const starts = new Int32Array(size + 1);
  for (const layout of layouts) {
    const [dk] = innerStrides(layout);
    bindStretches(layout, inputs, (rounds, k) => {
      if (dk === 0) starts[k + 1]! += rounds;
      else for (let t = 0; t < rounds; t++, k += dk) starts[k + 1]!++;
    })();
  }
  for (let k = 1; k <= size; k++) starts[k]! += starts[k - 1]!;
  const terms = new Float64Array(starts[size]!), next = starts.slice();
  for (const layout of layouts) {
    const [a, b] = layout.factors.map((operand) => inputs[operand]!);
    const [dk, di, dj] = innerStrides(layout);
    bindStretches(layout, inputs, (rounds, k, i, j) => {
      for (let t = 0; t < rounds; t++, k += dk, i += di, j += dj) {
        terms[next[k]!++] = b === undefined ? a![i]! : a![i]! * b[j]!;
      }
    })();
  }
  return { starts, terms };
}

/** Whether `y` is a value of float32, and none that may be flushed to zero. */
export function isPlain(y: number): boolean {
  return Math.fround(y) === y && (y === 0 || Math.abs(y) >= NORMAL);
}

/**
 * The size of the rounding noise of a sum of the terms from `start` up to `end`, each the result of
 * `roundings` roundings.
 *
 * The larger of two: what independent roundings of partial sums add up to, in the worst of several
 * orders; and what they do add up to in index order, since in sums of few distinct terms they are
 * not independent. 0 where every order is exact: all terms are multiples of one power of two, and
 * few enough.
 */
export function sumNoise(
  terms: Float64Array,
  start: number,
  end: number,
  roundings: number,
  allowance: Allowance,
): number {
  const n = end - start;
  let sum = 0, squares = 0, magnitude = 0, nonzero = 0, inOrder = 0, rounded = 0;
  for (let k = start; k < end; k++) {
    const t = terms[k]!;
    sum += t;
    squares += t * t;
    magnitude += Math.abs(t);
    inOrder += sum * sum;
    rounded = Math.fround(rounded + (roundings === 0 ? t : Math.fround(t)));
    if (t !== 0) nonzero++;
  }
  if (nonzero === 0 || (roundings < 2 && isExact(terms, start, end, magnitude))) return 0;
  const underflow = (1 + roundings) * nonzero * allowance.rounding(0);
  if (n === 1) return Math.sqrt(roundings) * U * magnitude + underflow;
  // The expectation over random orders.
  const variance = Math.max(0, squares / n - (sum / n) ** 2);
  const shuffled = sum * sum * (n + 1) * (2 * n + 1) / (6 * n) + variance * n * (n + 1) / 6;
  let worst = Math.max(inOrder, shuffled);
  if (n >= 16) {
    for (const lanes of LANES) worst = Math.max(worst, inLanes(terms, start, end, lanes));
  }
  const independent = U * Math.sqrt(worst + roundings * squares);
  const together = Math.sqrt(3) * Math.abs(rounded - sum);
  return (together > independent && together < Infinity ? together : independent) + underflow;
}

/**
 * The sum of squared partial sums where every `lanes`-th term goes to one lane; four lanes at a
 * time.
 */
function inLanes(terms: Float64Array, start: number, end: number, lanes: number): number {
  let total = 0;
  for (let lane = start; lane < start + lanes && lane < end; lane += 4) {
    let a = 0, b = 0, c = 0, d = 0, k = lane;
    for (; k + 3 < end; k += lanes) {
      a += terms[k]!;
      b += terms[k + 1]!;
      c += terms[k + 2]!;
      d += terms[k + 3]!;
      total += a * a + b * b + (c * c + d * d);
    }
    if (k < end) total += (a + terms[k]!) ** 2;
    if (k + 1 < end) total += (b + terms[k + 1]!) ** 2;
    if (k + 2 < end) total += (c + terms[k + 2]!) ** 2;
  }
  return total;
}

/** Whether every partial sum in every order is a float32 value. */
function isExact(terms: Float64Array, start: number, end: number, magnitude: number): boolean {
  // Far from both ends of the range, where products underflow and sums overflow.
  if (!(magnitude > 2 ** -90 && magnitude < 2 ** 100)) return false;
  const unit = 2 ** (Math.ceil(Math.log2(magnitude)) - 24);
  for (let k = start; k < end; k++) if (terms[k]! % unit !== 0) return false;
  return true;
}

/**
 * The size of the noise of a mean `y` of terms whose sum has noise of size `ofSum`: the sum may be
 * multiplied by the rounded reciprocal of the count, or the terms divided first.
 */
export function meanNoise(
  terms: Float64Array,
  start: number,
  end: number,
  divisor: number,
  y: number,
  allowance: Allowance,
): number {
  const ofSum = sumNoise(terms, start, end, 0, allowance);
  const isPower = (divisor & (divisor - 1)) === 0;
  if (ofSum === 0 && (y === 0 || (isPower && isPlain(y)))) return 0;
  let squares = 0;
  for (let k = start; k < end; k++) squares += terms[k]! ** 2;
  const division = 2 * allowance.rounding(Math.abs(y));
  return Math.hypot(ofSum / divisor, division, U * Math.sqrt(squares) / divisor);
}
