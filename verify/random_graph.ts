/**
 * Random graphs over every op, to test the core and the judge with.
 *
 * @module
 */
import type { Node } from "../core/graph.ts";
import type { RandomStream } from "../core/random.ts";
import { broadcastShapes, sameShape, type Shape, sizeOf } from "../core/shape.ts";
import { Tensor } from "../core/tensor.ts";
import {
  add,
  addN,
  broadcastTo,
  div,
  exp,
  matmul,
  mul,
  neg,
  reduceMean,
  reduceSum,
  reshape,
  sigmoid,
  square,
  stopGradient,
  sub,
  transpose,
  variable,
} from "../core/functions/mod.ts";

/** A graph: its inputs, and all its nodes with the inputs first and the last-made last. */
export interface RandomGraph {
  readonly inputs: readonly Node[];
  readonly nodes: readonly Node[];
}

/** Options of {@linkcode randomGraph}. */
export interface RandomGraphOptions {
  /** How many ops to apply. */
  readonly steps: number;
  /**
   * The value of an element of an input, given the input's number from 0 on; there are at most 4.
   */
  readonly value: (random: RandomStream, input: number) => number;
  /** The extents of axes to choose from; `[1, 2, 3]` by default. */
  readonly extents?: readonly number[];
  /** The most elements that a node may have; 64 by default. */
  readonly limit?: number;
  /** Ways to make a node beside one per op. */
  readonly makers?: readonly Maker[];
}

/**
 * Builds a random graph: a few inputs of random shapes, then random ops on random earlier nodes
 * that fit.
 */
export function randomGraph(
  random: RandomStream,
  { steps, value, extents = [1, 2, 3], limit = 64, makers = [] }: RandomGraphOptions,
): RandomGraph {
  const inputs = Array.from({ length: 2 + random.below(3) }, (_, input) => {
    const shape = randomShape(random, extents, limit);
    const data = Float32Array.from({ length: sizeOf(shape) }, () => value(random, input));
    return variable(new Tensor(data, shape));
  });
  const nodes: Node[] = [...inputs];
  const all = [...opMakers, ...makers];
  while (nodes.length < inputs.length + steps) {
    const node = random.pick(all)(random, nodes, extents);
    if (node !== null && sizeOf(node.shape) <= limit) nodes.push(node);
  }
  return { inputs, nodes };
}

function randomShape(random: RandomStream, extents: readonly number[], limit: number): Shape {
  const shape = Array.from({ length: random.below(4) }, () => random.pick(extents));
  return sizeOf(shape) <= limit ? shape : randomShape(random, extents, limit);
}

/** Makes a node from earlier ones and extents to choose from, or `null` where none fits. */
export type Maker = (
  random: RandomStream,
  nodes: readonly Node[],
  extents: readonly number[],
) => Node | null;

const unaryMaker = (op: (x: Node) => Node): Maker => (random, nodes) => op(random.pick(nodes));

const binaryMaker = (op: (a: Node, b: Node) => Node): Maker => (random, nodes) => {
  const a = random.pick(nodes);
  const fitting = nodes.filter((b) => broadcastShapes(a.shape, b.shape) !== null);
  const b = random.pick(fitting);
  return random.next() < 0.5 ? op(a, b) : op(b, a);
};

/** Several nodes of one shape, at times the same one more than once. */
const addNMaker: Maker = (random, nodes) => {
  const { shape } = random.pick(nodes);
  const fitting = nodes.filter((node) => sameShape(node.shape, shape));
  return addN(Array.from({ length: 1 + random.below(9) }, () => random.pick(fitting)));
};

const reductionMaker = (op: typeof reduceSum): Maker => (random, nodes) => {
  const x = random.pick(nodes);
  const axis = x.shape.map((_, i) => i).filter(() => random.next() < 0.6);
  return op(x, { axis, keepDims: random.next() < 0.5 });
};

const opMakers: readonly Maker[] = [
  addNMaker,
  binaryMaker(add),
  binaryMaker(sub),
  binaryMaker(mul),
  binaryMaker(div),
  unaryMaker(neg),
  unaryMaker(square),
  unaryMaker(exp),
  unaryMaker(sigmoid),
  unaryMaker(stopGradient),
  reductionMaker(reduceSum),
  reductionMaker(reduceMean),
  (random, nodes) => {
    const x = random.pick(nodes);
    return transpose(x, shuffled(random, x.shape.map((_, axis) => axis)));
  },
  (random, nodes) => {
    const x = random.pick(nodes);
    return reshape(x, random.next() < 0.5 ? [sizeOf(x.shape)] : [1, ...shuffled(random, x.shape)]);
  },
  (random, nodes, extents) => {
    const x = random.pick(nodes);
    const stretched = x.shape.map((extent) => extent === 1 ? random.pick(extents) : extent);
    return broadcastTo(x, random.next() < 0.5 ? stretched : [1 + random.below(2), ...stretched]);
  },
  (random, nodes) => {
    const matrices = nodes.filter(({ shape }) => shape.length === 2);
    if (matrices.length === 0) return null;
    const a = random.pick(matrices);
    const transposeA = random.next() < 0.5;
    const inner = a.shape[transposeA ? 0 : 1]!;
    const b = random.pick(matrices);
    if (b.shape[0] === inner) return matmul(a, b, { transposeA });
    return b.shape[1] === inner ? matmul(a, b, { transposeA, transposeB: true }) : null;
  },
];

function shuffled<T>(random: RandomStream, items: readonly T[]): T[] {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
}
