/**
 * Random graphs, to test the core and the judge with.
 *
 * A graph belongs to an op and a seed: it applies that op at least once, to operands that the op's
 * row draws, among steps of a few companions. So every op is met as often as any other however
 * many there are, and a new op changes no graph of the others.
 *
 * @module
 */
import type { DType } from "../core/dtype.ts";
import { variable } from "../core/functions/mod.ts";
import { apply, type Node } from "../core/graph.ts";
import type { Op, Takes } from "../core/op.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import { philox4x32, RandomStream } from "../core/random.ts";
import { sameShape, type Shape, sizeOf } from "../core/shape.ts";
import { Tensor } from "../core/tensor.ts";

/** A graph that can be differentiated: `y` with respect to `xs`, its inputs of dtype float32. */
export interface RandomGraph {
  readonly inputs: readonly Node[];
  /** All nodes with the inputs first and the last-made last. */
  readonly nodes: readonly Node[];
  readonly xs: readonly Node[];
  /** The last-made node of dtype float32. */
  readonly y: Node;
}

/** Options of {@linkcode randomGraph}. */
export interface RandomGraphOptions {
  /** How many nodes to make, beside comparisons that give operands of dtype bool. */
  readonly steps: number;
  /** The value of an element of an input of dtype float32, given the input's number from 0 on. */
  readonly value: (random: RandomStream, input: number) => number;
  /** The extents of axes to choose from; `[1, 2, 3]` by default. */
  readonly extents?: readonly number[];
  /** The most elements that a node may have; 64 by default. */
  readonly limit?: number;
  /** Ways to make a node beside the ops. */
  readonly makers?: readonly Maker[];
}

/** Makes a node from earlier ones of dtype float32, or `null` where none fits. */
export type Maker = (random: RandomStream, nodes: readonly Node[]) => Node | null;

/**
 * The ops that surround the one a graph belongs to: sums, which cancel; products and quotients,
 * which make absolute errors relative and poles of zeros; functions that swell or swallow an error;
 * and sums of many terms. The list is fixed, since it is part of every graph.
 */
const COMPANIONS: readonly OpName[] = [
  "add",
  "sub",
  "mul",
  "div",
  "exp",
  "sigmoid",
  "reduceSum",
  "reduceMean",
  "matmul",
  "broadcastTo",
];

/** The ops that graphs belong to: all but sources. */
export function drawnOps(): OpName[] {
  return (Object.keys(ops) as OpName[]).filter((op) => ops[op].sample !== "source");
}

/** The random numbers of an op and a seed from 0 to 2³² − 1: they depend on its name alone. */
export function streamOf(name: string, seed: number): RandomStream {
  // FNV-1a (Fowler, Noll and Vo) of the name.
  const hash = [...name].reduce(
    (hash, letter) => Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193),
    0x811c9dc5,
  );
  return new RandomStream(philox4x32(new Uint32Array(4), hash, seed, 0, 0, 0, 2)[0]!);
}

/** How often a step may be tried in vain before an op is said to fit nowhere. */
const ATTEMPTS = 1000;

/** Builds a random graph of `op` from a stream such as {@linkcode streamOf} gives. */
export function randomGraph(
  op: OpName,
  random: RandomStream,
  options: RandomGraphOptions,
): RandomGraph {
  const { steps, makers = [] } = options;
  const drawing = new Drawing(random, options);
  const others = [...COMPANIONS, ...makers];
  const at = random.below(steps);
  for (let step = 0; step < steps; step++) {
    const own = step === at || random.next() < 0.2;
    let left = ATTEMPTS;
    while (!drawing.step(own ? op : random.pick(others))) {
      if (--left === 0) throw new RangeError(`Cannot draw a graph of ${op}: no shape fits`);
    }
  }
  return drawing;
}

/** A graph that grows step by step. */
class Drawing implements RandomGraph {
  readonly inputs: Node[] = [];
  readonly #made: Node[] = [];
  /** How many inputs have been made, those of attempts in vain among them. */
  #fed = 0;
  readonly #random: RandomStream;
  readonly #options: Required<Omit<RandomGraphOptions, "steps" | "makers">>;

  constructor(
    random: RandomStream,
    { value, extents = [1, 2, 3], limit = 64 }: RandomGraphOptions,
  ) {
    this.#random = random;
    this.#options = { value, extents, limit };
    const count = 2 + random.below(3);
    for (let i = 0; i < count; i++) this.inputs.push(this.#fresh(this.#shape(), "float32"));
  }

  get nodes(): Node[] {
    return [...this.inputs, ...this.#made];
  }

  get xs(): Node[] {
    return this.inputs.filter(({ dtype }) => dtype === "float32");
  }

  get y(): Node {
    return this.nodes.findLast(({ dtype }) => dtype === "float32")!;
  }

  /** Tries to make one more node. */
  step(by: OpName | Maker): boolean {
    const made = typeof by === "string"
      ? this.#apply(by)
      : by(this.#random, this.nodes.filter(({ dtype }) => dtype === "float32"));
    if (made === null || sizeOf(made.shape) > this.#options.limit) return false;
    if (typeof by === "string") made.inputs.forEach((input) => this.#keep(input));
    this.#made.push(made);
    return true;
  }

  /** Keeps an operand that was made for the latest node, and what it was made of. */
  #keep(operand: Node): void {
    if (this.nodes.includes(operand)) return;
    operand.inputs.forEach((input) => this.#keep(input));
    (operand.op === "variable" ? this.inputs : this.#made).push(operand);
  }

  /** Applies an op to operands that its row draws around the shape of an earlier node. */
  #apply(op: OpName): Node | null {
    const random = this.#random;
    const row = ops[op];
    const near = this.#earlier();
    const shape = random.next() < 0.9 ? near.shape : this.#shape();
    const sample = row.sample === "source" ? null : row.sample(random, shape);
    if (sample === null) return null;
    let shared: DType | undefined;
    const operands = sample.shapes.map((shape, i) => {
      const takes = takesOf(row, i);
      const dtype = takes === "any" || takes === "number"
        ? shared ??= takes === "number" && near.dtype === "bool" ? "float32" : near.dtype
        : takes;
      if (i === 0 && dtype === near.dtype && sameShape(shape, near.shape)) return near;
      const below = sample.below?.[i];
      return below === undefined ? this.#operand(shape, dtype) : this.#fresh(shape, dtype, below);
    });
    return apply(ops, op, operands, sample.attributes ?? {});
  }

  /** An operand of a shape and dtype: mostly an earlier node, or one compared with another. */
  #operand(shape: Shape, dtype: DType): Node {
    const earlier = this.#fitting(shape, dtype);
    if (earlier !== null) return earlier;
    const compared = dtype === "bool" ? this.#fitting(shape, "float32") : null;
    if (compared === null) return this.#fresh(shape, dtype);
    return apply(ops, "greater", [compared, this.#operand(shape, "float32")], {});
  }

  /** An earlier node, half of the time the last, so that graphs are deep. */
  #earlier(): Node {
    const last = this.#made.at(-1);
    return last !== undefined && this.#random.next() < 0.5 ? last : this.#random.pick(this.nodes);
  }

  /** An earlier node of exactly the shape and dtype; `null` where there is none, and at times. */
  #fitting(shape: Shape, dtype: DType): Node | null {
    const fitting = this.nodes.filter((node) =>
      node.dtype === dtype && sameShape(node.shape, shape)
    );
    return fitting.length === 0 || this.#random.next() < 0.2 ? null : this.#random.pick(fitting);
  }

  /** A new input; whole numbers are from 0 to one less than `below`, or small. */
  #fresh(shape: Shape, dtype: DType, below?: number): Node {
    const random = this.#random;
    const input = this.#fed++;
    const value = {
      float32: () => this.#options.value(random, input),
      int32: () => below === undefined ? random.below(7) - 3 : random.below(below),
      bool: () => random.below(2),
    }[dtype];
    const data = Float32Array.from({ length: sizeOf(shape) }, value);
    return variable(new Tensor(data, shape), { dtype });
  }

  #shape(): Shape {
    const { extents, limit } = this.#options;
    const rank = this.#random.below(5);
    const shape = Array.from({ length: rank }, () => this.#random.pick(extents));
    return sizeOf(shape) <= limit ? shape : this.#shape();
  }
}

/** What an operand of an op may be. */
export function takesOf({ takes }: Op, operand: number): Takes {
  return takes[Math.min(operand, takes.length - 1)]!;
}
