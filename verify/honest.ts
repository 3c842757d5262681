/**
 * Honest float32 engines, each with its own habits, to prove the budgets of the judge with.
 *
 * Every engine rounds what an op yields to float32. They differ where real engines do: in the order
 * of sums, in fused multiply-adds, in wider accumulators, in how a mean divides, in the last bits
 * of functions, in what becomes of subnormals.
 *
 * @module
 */
import { fromOrdinal, ordinal, ulp } from "../core/float32.ts";
import { type Node, postorder } from "../core/graph.ts";
import { toFloat32, twoSum } from "../core/math/double_double.ts";
import { exp as exp32 } from "../core/math/exp.ts";
import { sigmoid as sigmoid32 } from "../core/math/sigmoid.ts";
import { rowOf } from "../core/ops/table.ts";
import { compile } from "../core/plan.ts";
import { sizeOf, stridedOffsets, stridesOf } from "../core/shape.ts";
import { forEachTerm, layoutOf } from "../core/forms/layout.ts";
import { over, stretched } from "../core/forms/places.ts";
import type { RandomStream } from "../core/random.ts";
import type { Reduced } from "../core/forms/reduced.ts";
import { sourceValue } from "../core/functions/sources.ts";

/** What an engine does its own way. */
export interface Habits {
  /**
   * How a sum is added up: from the first term, from the last, in halves, in random parts, or in
   * double and rounded once.
   */
  readonly order: "forward" | "reversed" | "pairwise" | "random" | "double";
  /** Whether a matrix product adds its products unrounded. */
  readonly fused: boolean;
  /**
   * Whether a mean divides the sum, multiplies it by the rounded reciprocal of the count, or sums
   * divided terms.
   */
  readonly mean: "quotient" | "reciprocal" | "shares";
  /** How far functions may be off the exact value, in ULP of it; 0 rounds correctly. */
  readonly functionError: number;
  /**
   * Which subnormal values become zero: those that an op reads, and those that it yields, partial
   * results included.
   */
  readonly flush: { readonly inputs: boolean; readonly results: boolean };
}

const plain: Habits = {
  order: "forward",
  fused: false,
  mean: "quotient",
  functionError: 0,
  flush: { inputs: false, results: false },
};

/** Float32 values of nodes. */
export type NodeValues = ReadonlyMap<Node, Float32Array>;

/** Computes the values of nodes and of all that they depend on. */
export type HonestEngine = (nodes: readonly Node[], random: RandomStream) => NodeValues;

/** An engine that computes in order and rounds every step, but for the given habits. */
export function engineWith(habits: Partial<Habits>): HonestEngine {
  return (nodes, random) => evaluateBy(nodes, () => ({ ...plain, ...habits }), random);
}

/**
 * The engines by name. `ordered` is this project's own; `mixed` draws new habits for every node.
 */
export const honestEngines: Readonly<Record<string, HonestEngine>> = {
  ordered: (nodes) => {
    const order = postorder(nodes);
    const values = compile(order).run();
    return new Map(order.map((node, i) => [node, values[i]!.data]));
  },
  fused: engineWith({ fused: true }),
  double: engineWith({ order: "double" }),
  reversed: engineWith({ order: "reversed" }),
  pairwise: engineWith({ order: "pairwise" }),
  reciprocal: engineWith({ mean: "reciprocal" }),
  shares: engineWith({ mean: "shares" }),
  function4ulp: engineWith({ functionError: 4 }),
  flush: engineWith({ flush: { inputs: true, results: true } }),
  mixed: (nodes, random) => evaluateBy(nodes, randomHabits, random),
};

function randomHabits(random: RandomStream): Habits {
  return {
    order: random.pick(["forward", "reversed", "pairwise", "random", "double"]),
    fused: random.next() < 0.5,
    mean: random.pick(["quotient", "reciprocal", "shares"]),
    functionError: random.pick([0, 4]),
    flush: { inputs: random.next() < 0.5, results: random.next() < 0.5 },
  };
}

function evaluateBy(
  nodes: readonly Node[],
  habitsFor: (random: RandomStream) => Habits,
  random: RandomStream,
): NodeValues {
  const results = new Map<Node, Float32Array>();
  for (const node of postorder(nodes)) {
    const value = sourceValue(node);
    if (value !== null) {
      results.set(node, value.data);
      continue;
    }
    const step = new Step(habitsFor(random), random);
    const inputs = node.inputs.map((input) => Float64Array.from(results.get(input)!, step.read));
    results.set(node, step.evaluate(node, inputs));
  }
  return results;
}

/** The functions that are not rounded correctly by every engine. */
const functions: Readonly<Record<string, ElementaryFunction>> = {
  exp: { correct: exp32, exact: Math.exp, upper: Infinity },
  sigmoid: {
    correct: sigmoid32,
    exact: (x) => x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)),
    upper: 1,
  },
};

interface ElementaryFunction {
  /** Correctly rounded to float32. */
  readonly correct: (x: number) => number;
  /** In float64. */
  readonly exact: (x: number) => number;
  /** The largest value; the least is 0. */
  readonly upper: number;
}

/** One op of an engine with the given habits. */
class Step {
  readonly #habits: Habits;
  readonly #random: RandomStream;

  constructor(habits: Habits, random: RandomStream) {
    this.#habits = habits;
    this.#random = random;
  }

  /** What the op sees of an input. */
  readonly read = (x: number): number => this.#habits.flush.inputs ? flushed(x) : x;

  evaluate(node: Node, inputs: readonly Float64Array[]): Float32Array {
    if (node.op === "matmul") return this.#matmul(node as Node<MatmulOptions>, inputs);
    if (node.op === "reduceSum") {
      return this.#reduce(node, inputs, (n, term) => this.#sum(n, term));
    }
    if (node.op === "reduceMean") {
      return this.#reduce(node, inputs, (n, term) => this.#mean(n, term));
    }
    if (node.op === "addN") {
      // Unlike other sums it does not start from +0.
      const zero = (i: number) => inputs.every((input) => Object.is(input[i], -0)) ? -0 : 0;
      return Float32Array.from(inputs[0]!, (_, i) => {
        const sum = this.#sum(inputs.length, (t) => inputs[t]![i]!);
        return sum === 0 ? zero(i) : sum;
      });
    }
    if (node.op === "div" && this.#habits.mean === "reciprocal") {
      const near = (y: number) => Math.abs(y) >= 2 ** -126 && Math.abs(y) <= 2 ** 126;
      const [, divisor] = inputs;
      if (divisor!.every(near)) return this.#byReciprocal(node, inputs[0]!, divisor!);
    }
    const elementary = functions[node.op];
    if (elementary !== undefined) {
      return Float32Array.from(inputs[0]!, (x) => this.#function(elementary, x));
    }
    const { reference } = rowOf(node);
    if (reference === "source") throw new TypeError(`Cannot evaluate: ${node} has no value`);
    return Float32Array.from(reference(node as never, inputs), this.#round);
  }

  /** A quotient as a product with the rounded reciprocal. */
  #byReciprocal(node: Node, a: Float64Array, b: Float64Array): Float32Array {
    const quotient = new Float32Array(sizeOf(node.shape));
    forEachPair(node, (k, i, j) => quotient[k] = this.#round(a[i]! * Math.fround(1 / b[j]!)));
    return quotient;
  }

  readonly #round = (x: number): number => {
    const rounded = Math.fround(x);
    return this.#habits.flush.results ? flushed(rounded) : rounded;
  };

  #matmul(node: Node<MatmulOptions>, [a, b]: readonly Float64Array[]): Float32Array {
    const [m, n] = node.shape as [number, number];
    const { transposeA, transposeB } = node.attributes;
    const k = node.inputs[0]!.shape[transposeA ? 0 : 1]!;
    return Float32Array.from({ length: m * n }, (_, e) => {
      const j = e % n;
      const i = (e - j) / n;
      return this.#sum(
        k,
        (t) => a![transposeA ? t * m + i : i * k + t]! * b![transposeB ? j * k + t : t * n + j]!,
      );
    });
  }

  #reduce(
    node: Node,
    [x]: readonly Float64Array[],
    reduce: (n: number, term: (t: number) => number) => number,
  ): Float32Array {
    const { bases, offsets } = termsOf(node as Node<Reduced>);
    return Float32Array.from(
      { length: sizeOf(node.shape) },
      (_, k) => reduce(offsets.length, (t) => x![bases[k]! + offsets[t]!]!),
    );
  }

  #mean(n: number, term: (t: number) => number): number {
    switch (this.#habits.mean) {
      case "quotient":
        return this.#round(this.#sum(n, term) / n);
      case "reciprocal":
        return this.#round(this.#sum(n, term) * Math.fround(1 / n));
      case "shares":
        return n === 0 ? NaN : this.#sum(n, (t) => this.#round(term(t) / n));
    }
  }

  /** The sum of `n` terms, each exact in double: a float32 value, or the product of two. */
  #sum(n: number, term: (t: number) => number): number {
    const round = this.#round;
    const add = (sum: number, t: number) =>
      this.#habits.fused
        ? this.#roundedSum(sum, term(t)) // one rounding
        : round(sum + round(term(t)));
    const parts = (start: number, count: number): number => {
      if (count === 1) return round(term(start));
      const first = this.#habits.order === "random"
        ? 1 + this.#random.below(count - 1)
        : count >> 1;
      const sum = parts(start, first);
      return first === count - 1
        ? add(sum, start + first)
        : round(sum + parts(start + first, count - first));
    };
    let sum = 0;
    switch (this.#habits.order) {
      case "forward":
        for (let t = 0; t < n; t++) sum = add(sum, t);
        return sum;
      case "reversed":
        for (let t = n - 1; t >= 0; t--) sum = add(sum, t);
        return sum;
      case "double":
        for (let t = 0; t < n; t++) sum += term(t);
        return round(sum);
      case "pairwise":
      case "random":
        return n === 0 ? 0 : parts(0, n);
    }
  }

  #roundedSum(a: number, b: number): number {
    return this.#round(roundedSum(a, b));
  }

  #function({ correct, exact, upper }: ElementaryFunction, x: number): number {
    const { functionError } = this.#habits;
    if (functionError === 0) return this.#round(correct(x));
    const y = exact(x);
    if (!(Math.abs(y) < Infinity)) return y;
    // Half of the errors lie at the very end of what is allowed.
    const error = 2 * this.#random.next() - 1;
    const offset = this.#random.next() < 0.5 ? Math.sign(error) : error;
    const value = withinUlps(y, offset * functionError * ulp(y), functionError);
    return this.#round(Math.min(Math.max(value, 0), upper));
  }
}

type MatmulOptions = { transposeA: boolean; transposeB: boolean };

function forEachPair(node: Node, visit: (k: number, i: number, j: number) => void): void {
  const shapes = [node.shape, ...node.inputs.map(({ shape }) => shape)];
  const nest = over(
    node.shape,
    (...at) => [at, ...shapes.slice(1).map((shape) => stretched(shape, at))],
  );
  forEachTerm(layoutOf(nest, shapes), [], visit);
}

function termsOf(node: Node<Reduced>): { bases: Int32Array; offsets: Int32Array } {
  const { shape } = node.inputs[0]!;
  const strides = stridesOf(shape);
  const { axes } = node.attributes;
  const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const at = (list: readonly number[]) =>
    stridedOffsets(list.map((a) => shape[a]!), list.map((a) => strides[a]!));
  return { bases: at(kept), offsets: at(axes) };
}

/** Zero of the same sign in place of a subnormal value. */
function flushed(x: number): number {
  return Math.abs(x) < 2 ** -126 ? 0 * x : x;
}

/**
 * The float32 value next to `y + offset` that is at most `count` ULP of `y` from it; overflows to
 * infinity.
 */
function withinUlps(y: number, offset: number, count: number): number {
  const value = Math.fround(y + offset);
  if (!Number.isFinite(value) || Math.abs(value - y) <= count * ulp(y)) return value;
  return fromOrdinal(ordinal(value) - Math.sign(value - y));
}

/**
 * The exact sum of two doubles rounded once to float32: with an exact product, a fused
 * multiply-add.
 *
 * The sum in double alone would round twice.
 */
export function roundedSum(a: number, b: number): number {
  const [high, low] = twoSum(a, b);
  if (!(Math.abs(high) < 2 ** 128)) return Math.fround(high);
  // Scaled, lest the step beyond the largest float32 value is an infinity.
  const scale = Math.abs(high) < 1 ? 1 : 2 ** -32;
  return Math.fround(toFloat32([high * scale, low * scale]) / scale);
}
