/**
 * Nodes of every op at ranks, extents and counts beyond those of the cases, for property tests.
 *
 * @module
 */
import fc from "fast-check";
import {
  add,
  addN,
  broadcastTo,
  div,
  matmul,
  mul,
  reduceMean,
  reduceSum,
  sub,
  variable,
} from "../core/functions/mod.ts";
import { apply, type Node } from "../core/graph.ts";
import type { Op, Sample } from "../core/op.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import { RandomStream } from "../core/random.ts";
import { tensor } from "../core/tensor.ts";
import { definitions } from "./naive.ts";

/** Random numbers of a property's try. */
export class Draw {
  #state: number;

  /** Starts from an integer from 0 to 2³² − 1. */
  constructor(seed: number) {
    this.#state = seed;
  }

  /** Uniform in [0, 1): mulberry32 (T. Ettinger). */
  next(): number {
    this.#state = this.#state + 0x6d2b79f5 | 0;
    let t = Math.imul(this.#state ^ this.#state >>> 15, 1 | this.#state);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  }

  /** An integer from 0 to `n` − 1. */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** The items in another order. */
  shuffled<T>(items: readonly T[]): T[] {
    return items.map((item) => [this.next(), item] as const).sort(([a], [b]) => a - b)
      .map(([, item]) => item);
  }

  /**
   * A rank from 0 to 6 with extents from 0 to 5, of at most `limit` elements; half of rank 5, 6.
   */
  shape(limit = 300): number[] {
    const rank = this.next() < 0.5 ? this.below(5) : 5 + this.below(2);
    const extents = rank > 4 ? [1, 2, 2, 3, 3] : [0, 1, 2, 3, 4, 5, 7];
    const shape = Array.from({ length: rank }, () => extents[this.below(extents.length)]!);
    if (this.next() < 0.03 && rank > 0) shape[this.below(rank)] = 0;
    return shape.reduce((a, b) => a * b, 1) <= limit ? shape : this.shape(limit);
  }

  /** A variable of moderate values, none near 0. */
  input(shape: readonly number[]): Node {
    return variable(this.tensorOf(shape, () => (this.next() < 0.5 ? -1 : 1) * (0.5 + this.next())));
  }

  /** A tensor of given values. */
  tensorOf(shape: readonly number[], value: () => number) {
    const length = shape.reduce((a, b) => a * b, 1);
    return tensor(Float32Array.from({ length }, value), [...shape]);
  }
}

/** A node and the inputs it is computed from. */
export interface OpGraph {
  readonly y: Node;
  readonly inputs: readonly Node[];
}

/** A node of an op as its row's sample draws it, around an operand of rank 0 to 6. */
const fromSample = (op: OpName) => (draw: Draw): OpGraph => {
  const row = ops[op] as Op;
  if (row.sample === "source") throw new TypeError(`Cannot sample ${op}: it is a source`);
  let sample: Sample | null = null;
  while (sample === null) {
    sample = row.sample(new RandomStream(draw.below(2 ** 32)), draw.shape());
  }
  const { shapes, attributes = {}, below = [] } = sample;
  const hasTies = row.form.name === "selection" && draw.next() < 0.5;
  const inputs = shapes.map((shape, i) => {
    const extent = below[i];
    if (extent !== undefined) {
      return variable(draw.tensorOf(shape, () => draw.below(extent)), { dtype: "int32" });
    }
    return hasTies ? variable(draw.tensorOf(shape, () => draw.below(3) - 1)) : draw.input(shape);
  });
  return { y: apply(ops, op, inputs, attributes), inputs };
};

/** Two operands of a shape: each lacks leading axes or has extent 1 where the other need not. */
const binary = (op: (a: Node, b: Node) => Node) => (draw: Draw): OpGraph => {
  const shape = draw.shape();
  const full = draw.below(3);
  const operands = [0, 1].map((which) => {
    const own = shape.map((extent) => which !== full && draw.next() < 0.4 ? 1 : extent);
    return draw.input(draw.next() < 0.4 ? own.slice(draw.below(own.length + 1)) : own);
  });
  const [a, b] = operands as [Node, Node];
  return { y: op(a, b), inputs: operands };
};

const reduction = (op: typeof reduceSum) => (draw: Draw): OpGraph => {
  const x = draw.input(draw.shape());
  const axes = x.shape.map((_, axis) => axis).filter(() => draw.next() < 0.55);
  const named = axes.map((axis) => draw.next() < 0.5 ? axis : axis - x.shape.length);
  const y = op(x, { axis: draw.shuffled(named), keepDims: draw.next() < 0.5 });
  return { y, inputs: [x] };
};

/** Makers that go beyond the samples. */
const makers: Readonly<Record<string, (draw: Draw) => OpGraph>> = {
  add: binary(add),
  sub: binary(sub),
  mul: binary(mul),
  div: binary(div),
  reduceSum: reduction(reduceSum),
  reduceMean: reduction(reduceMean),
  addN(draw) {
    const shape = draw.shape(20);
    const inputs = Array.from({ length: 1 + draw.below(40) }, () => draw.input(shape));
    return { y: addN(inputs), inputs };
  },
  broadcastTo(draw) {
    const shape = draw.shape();
    const own = shape.map((extent) => draw.next() < 0.5 ? 1 : extent);
    const x = draw.input(own.slice(draw.below(own.length + 1)));
    return { y: broadcastTo(x, shape), inputs: [x] };
  },
  matmul(draw) {
    const [m, k, n] = [draw.below(20), draw.below(41), draw.below(20)];
    const [transposeA, transposeB] = [draw.next() < 0.5, draw.next() < 0.5];
    const a = draw.input(transposeA ? [k, m] : [m, k]);
    const b = draw.input(transposeB ? [n, k] : [k, n]);
    return { y: matmul(a, b, { transposeA, transposeB }), inputs: [a, b] };
  },
};

/** Makes a node of each op that has a naive definition. */
export const opGraphs: Readonly<Record<string, (draw: Draw) => OpGraph>> = Object.fromEntries(
  Object.keys(definitions).map((op) => [op, makers[op] ?? fromSample(op as OpName)]),
);

/** Checks a property of nodes of an op; the seed is fixed, so that a failure comes again. */
export function forOpGraphs(
  op: string,
  property: (graph: OpGraph, draw: Draw) => void,
  numRuns = 100,
): void {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
      const draw = new Draw(seed);
      property(opGraphs[op]!(draw), draw);
    }),
    { numRuns, seed: 8, endOnFailure: true },
  );
}
