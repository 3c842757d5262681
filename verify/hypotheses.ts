/**
 * Hypotheses: what the values of a graph would be, were a certain mistake made in it.
 *
 * @module
 */
import { fromOrdinal, ordinal } from "../core/float32.ts";
import { sourceValue } from "../core/functions/sources.ts";
import { type Node, postorder } from "../core/graph.ts";
import { rowOf } from "../core/ops/table.ts";
import { sizeOf } from "../core/shape.ts";
import { type Multilinear, termsOf } from "./honest.ts";
import { TRUNCATION } from "./signs.ts";

/** A mistake in words, and the values of a node in float64 if it is made. */
export interface Hypothesis {
  readonly cause: string;
  /** Computed for the whole graph when it is first asked for. */
  valuesOf(node: Node): Float64Array;
}

/** How a mistaken engine computes a node from its inputs; `null` where it computes it right. */
type Mistake = (node: Node, inputs: readonly Float64Array[]) => Float64Array | null;

/** The most biases of a graph that are tried as missing, each at the cost of an evaluation. */
const MOST_BIASES = 8;

/** The hypotheses on some nodes of a graph; `feeds` replaces the values of sources. */
export function hypothesesOf(
  nodes: readonly Node[],
  feeds: ReadonlyMap<Node, ArrayLike<number>> = new Map(),
): Hypothesis[] {
  const order = postorder(nodes);
  const hypothesis = (cause: string, mistake: Mistake): Hypothesis => {
    let values: ReadonlyMap<Node, Float64Array> | undefined;
    return { cause, valuesOf: (node) => (values ??= evaluate(order, feeds, mistake)).get(node)! };
  };
  const rounded = (to: (x: number) => number): Mistake => (node, inputs) =>
    productOf(node) && reference(node, inputs.map((input) => input.map(to)));
  return [
    hypothesis("factors of products rounded to TF32", rounded((x) => toBits(x, 11))),
    hypothesis("factors of products rounded to float16", rounded(toFloat16)),
    hypothesis("factors of products rounded to bfloat16", rounded((x) => toBits(x, 8))),
    hypothesis("the last term of a sum of products missing", summed(withoutLast)),
    hypothesis("a square matrix not transposed", untransposed),
    ...biasesOf(order).slice(0, MOST_BIASES).map(({ at, bias, rest }) =>
      hypothesis(
        `the bias ${bias.name === "" ? String(bias) : bias.name} missing`,
        (node, inputs) => node === at ? stretchedAs(node, rest, inputs) : null,
      )
    ),
    hypothesis(TRUNCATION, summed(truncated)),
  ];
}

function evaluate(
  order: readonly Node[],
  feeds: ReadonlyMap<Node, ArrayLike<number>>,
  mistake: Mistake,
): Map<Node, Float64Array> {
  const values = new Map<Node, Float64Array>();
  for (const node of order) {
    const given = feeds.get(node) ?? sourceValue(node)?.data;
    if (given !== undefined) {
      values.set(node, Float64Array.from(given));
      continue;
    }
    const inputs = node.inputs.map((input) => values.get(input)!);
    values.set(node, mistake(node, inputs) ?? reference(node, inputs));
  }
  return values;
}

function reference(node: Node, inputs: readonly Float64Array[]): Float64Array {
  const { reference } = rowOf(node);
  if (reference === "source") throw new TypeError(`Cannot evaluate: ${node} has no value`);
  return reference(node as never, inputs);
}

/** The form of a node that sums products of two operands; `null` for any other. */
export function productOf(node: Node): Multilinear | null {
  const { form } = rowOf(node);
  if (form.name !== "multilinear" || form.copies || form.divisor(node) !== null) return null;
  return form.layouts(node).every(({ factors }) => factors.length === 2) ? form : null;
}

/** Sums of products by another way to add up the terms from `start` to `end`. */
function summed(sum: (terms: Float64Array, start: number, end: number) => number): Mistake {
  return (node, inputs) => {
    const form = productOf(node);
    if (form === null) return null;
    const { starts, terms } = termsOf(node, form, inputs);
    return Float64Array.from(
      { length: sizeOf(node.shape) },
      (_, k) => sum(terms, starts[k]!, starts[k + 1]!),
    );
  };
}

/** A product that reads square matrices as they are where it should read them transposed. */
const untransposed: Mistake = (node, inputs) => {
  if (node.op !== "matmul") return null;
  const { transposeA, transposeB } = node.attributes as Readonly<Record<string, boolean>>;
  const wrong = [transposeA, transposeB].map((flag, i) => {
    const [rows, columns] = node.inputs[i]!.shape;
    return flag && rows === columns;
  });
  if (!wrong.includes(true)) return null;
  return reference(node, inputs.map((input, i) => wrong[i] ? transposed(input) : input));
};

function transposed(square: Float64Array): Float64Array {
  const n = Math.sqrt(square.length);
  return square.map((_, i) => square[i % n * n + Math.floor(i / n)]!);
}

function withoutLast(terms: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let t = start; t < end - 1; t++) sum += terms[t]!;
  return sum;
}

/** Every product and every sum is cut to float32, towards zero. */
export function truncated(terms: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let t = start; t < end; t++) sum = truncate(sum + truncate(terms[t]!));
  return sum;
}

/** The float32 value next to `x` towards zero. */
export function truncate(x: number): number {
  const nearest = Math.fround(x);
  return Math.abs(nearest) > Math.abs(x)
    ? fromOrdinal(ordinal(nearest) - Math.sign(nearest))
    : nearest;
}

/** Rounds to so many significant bits. */
function toBits(x: number, bits: number): number {
  const nearest = Math.fround(x);
  const scaled = nearest * (2 ** (53 - bits) + 1);
  return scaled - (scaled - nearest);
}

function toFloat16(x: number): number {
  const nearest = Math.fround(x);
  if (Math.abs(nearest) < 2 ** -14) return Math.round(nearest * 2 ** 24) / 2 ** 24;
  const value = toBits(nearest, 11);
  return Math.abs(value) < 2 ** 16 ? value : Math.sign(value) * Infinity;
}

/** Where a smaller source is added to something: the addition, the source, the other operand. */
function biasesOf(order: readonly Node[]) {
  return order.filter(({ op }) => op === "add").flatMap((at) =>
    [0, 1].flatMap((i) => {
      const bias = at.inputs[i]!;
      const isBias = bias.op === "variable" && sizeOf(bias.shape) < sizeOf(at.shape);
      return isBias ? [{ at, bias, rest: 1 - i }] : [];
    })
  );
}

/** What an addition gives if the operand that is not `rest` is 0. */
function stretchedAs(
  node: Node,
  rest: number,
  inputs: readonly Float64Array[],
): Float64Array {
  return reference(node, inputs.map((input, i) => i === rest ? input : input.map(() => 0)));
}
