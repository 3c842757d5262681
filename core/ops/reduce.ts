/**
 * What reductions share: the axes, and the one order in which terms are added.
 *
 * @module
 */
import type { Attributes, Node } from "../graph.ts";
import { anything, boolean, checkOptions } from "../check.ts";
import { resolveAxes, type Shape, stridedOffsets, stridesOf } from "../shape.ts";

/** The attributes of a reduction. */
export interface ReduceAttributes extends Attributes {
  /** Ascending axes that are reduced. */
  readonly axes: readonly number[];
  /** Whether reduced axes stay, with extent 1. */
  readonly keepDims: boolean;
}

/** Options of a reduction, as in TensorFlow and NumPy. */
export interface ReduceOptions {
  /** The axis or axes to reduce; negative ones count from the end. All by default. */
  axis?: number | readonly number[];
  /** Whether reduced axes stay, with extent 1. `false` by default. */
  keepDims?: boolean;
}

/** Resolves the options of a reduction of `x`. */
export function reduceAttributes(x: Node, options: ReduceOptions): ReduceAttributes {
  checkOptions("reduce", options, { axis: anything, keepDims: boolean });
  return { axes: resolveAxes(options.axis, x.shape.length), keepDims: options.keepDims ?? false };
}

/** The shape of a reduction. */
export function reducedShape(shape: Shape, { axes, keepDims }: ReduceAttributes): number[] {
  if (keepDims) return keptShape(shape, axes);
  return shape.filter((_, axis) => !axes.includes(axis));
}

/** The shape with reduced axes kept as extent 1: it broadcasts back to the input. */
export function keptShape(shape: Shape, axes: readonly number[]): number[] {
  return shape.map((extent, axis) => axes.includes(axis) ? 1 : extent);
}

/** How many elements every element of a reduction stands for. */
export function reducedCount(node: Node<ReduceAttributes>): number {
  return node.attributes.axes.reduce((count, axis) => count * node.inputs[0]!.shape[axis]!, 1);
}

/**
 * Where the terms of each sum lie: element k adds `x[bases[k] + offsets[t]]` over t, t in row-major
 * order.
 */
export function termsOf(node: Node<ReduceAttributes>): { bases: Int32Array; offsets: Int32Array } {
  const { shape } = node.inputs[0]!;
  const strides = stridesOf(shape);
  const { axes } = node.attributes;
  const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const at = (list: readonly number[]) =>
    stridedOffsets(list.map((a) => shape[a]!), list.map((a) => strides[a]!));
  return { bases: at(kept), offsets: at(axes) };
}

/** Binds a float32 sum over the reduced axes divided by `divisor`; dividing by 1 is exact. */
export function bindSum(
  node: Node<ReduceAttributes>,
  z: Float32Array,
  x: Float32Array,
  divisor: number,
): () => void {
  const { bases, offsets } = termsOf(node);
  const terms = new Float32Array(offsets.length);
  return () => {
    for (let k = 0; k < z.length; k++) {
      const base = bases[k]!;
      for (let t = 0; t < terms.length; t++) terms[t] = x[base + offsets[t]!]!;
      z[k] = pairwiseSum(terms, 0, terms.length) / divisor;
    }
  };
}

/** The sums in float64 of `term`, given the position of each element in the input. */
export function sumsOf(node: Node<ReduceAttributes>, term: (i: number) => number): Float64Array {
  const { bases, offsets } = termsOf(node);
  return Float64Array.from(
    bases,
    (base) => offsets.reduce((sum, offset) => sum + term(base + offset), 0),
  );
}

/**
 * Sums `n` float32 terms in the one order of the numeric contract, rounding every addition.
 *
 * From +0, left to right below 8 terms; up to 128 in eight interleaved sums that are then added in
 * pairs; above that in two halves, the first a multiple of 8 long. It is the order in which NumPy
 * adds along a contiguous axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pairwiseSum } from "./reduce.ts";
 * assertEquals(pairwiseSum(Float32Array.of(1, 2, 3), 0, 3), 6);
 * ```
 */
export function pairwiseSum(terms: Float32Array, start: number, n: number): number {
  const f = Math.fround;
  if (n < 8) {
    let sum = 0;
    for (let i = start; i < start + n; i++) sum = f(sum + terms[i]!);
    return sum;
  }
  if (n > 128) {
    const half = (n >> 1) & ~7;
    return f(pairwiseSum(terms, start, half) + pairwiseSum(terms, start + half, n - half));
  }
  let a = 0, b = 0, c = 0, d = 0, p = 0, q = 0, r = 0, s = 0;
  const blocks = start + (n & ~7);
  for (let i = start; i < blocks; i += 8) {
    a = f(a + terms[i]!);
    b = f(b + terms[i + 1]!);
    c = f(c + terms[i + 2]!);
    d = f(d + terms[i + 3]!);
    p = f(p + terms[i + 4]!);
    q = f(q + terms[i + 5]!);
    r = f(r + terms[i + 6]!);
    s = f(s + terms[i + 7]!);
  }
  let sum = f(f(f(a + b) + f(c + d)) + f(f(p + q) + f(r + s)));
  for (let i = blocks; i < start + n; i++) sum = f(sum + terms[i]!);
  return sum;
}
