/**
 * Honest float32 engines, each with its own habits, to prove the budgets of the judge with.
 *
 * Every engine rounds what an op yields to float32. They differ where real engines do: in the order
 * of sums, in fused multiply-adds, in wider accumulators, in how a mean divides, in the last bits
 * of functions, in what becomes of subnormals. They know the form of an op, not its name, so that
 * every op has engines that strain its budget.
 *
 * @module
 */
import { type Evaluate, evaluate } from "../core/evaluate.ts";
import { fromOrdinal, ordinal, ulp } from "../core/float32.ts";
import { layoutOf } from "../core/forms/layout.ts";
import { over, stretched } from "../core/forms/places.ts";
import { forEachTerm } from "../core/forms/walk.ts";
import { sourceValue } from "../core/functions/sources.ts";
import { type Node, postorder } from "../core/graph.ts";
import { toFloat32, twoSum } from "../core/math/double_double.ts";
import type { Form } from "../core/op.ts";
import { rowOf } from "../core/ops/table.ts";
import type { RandomStream } from "../core/random.ts";
import { sizeOf } from "../core/shape.ts";

/** What an engine does its own way. */
export interface Habits {
  /**
   * How a sum is added up: from the first term, from the last, in halves, in random parts, or in
   * double and rounded once.
   */
  readonly order: "forward" | "reversed" | "pairwise" | "random" | "double";
  /** Whether a sum of products adds them unrounded. */
  readonly fused: boolean;
  /**
   * Whether a mean divides the sum, multiplies it by the rounded reciprocal of the count, or sums
   * divided terms. Whoever multiplies by the reciprocal does so in any division.
   */
  readonly mean: "quotient" | "reciprocal" | "shares";
  /**
   * How far functions may be off the exact value, in ULP of it, whatever their range; 0 rounds
   * correctly.
   */
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

/** An honest engine; what it leaves to chance it draws from `random`. */
export type HonestEngine = (random: RandomStream) => Evaluate;

/** An engine that computes in order and rounds every step, but for the given habits. */
export function engineWith(habits: Partial<Habits>): HonestEngine {
  return engineBy(() => ({ ...plain, ...habits }));
}

/**
 * The engines by name. `ordered` is this project's own; `mixed` draws new habits for every node.
 */
export const honestEngines: Readonly<Record<string, HonestEngine>> = {
  ordered: () => evaluate,
  fused: engineWith({ fused: true }),
  double: engineWith({ order: "double" }),
  reversed: engineWith({ order: "reversed" }),
  pairwise: engineWith({ order: "pairwise" }),
  reciprocal: engineWith({ mean: "reciprocal" }),
  shares: engineWith({ mean: "shares" }),
  function4ulp: engineWith({ functionError: 4 }),
  flush: engineWith({ flush: { inputs: true, results: true } }),
  mixed: engineBy(randomHabits),
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

/** An engine that has the habits that `habitsFor` gives it at a node. */
function engineBy(habitsFor: (random: RandomStream) => Habits): HonestEngine {
  return (random) => (nodes, feeds = new Map()) => {
    const results = new Map<Node, Float32Array>();
    for (const node of postorder(nodes)) {
      const given = feeds.get(node) ?? sourceValue(node)?.data;
      if (given !== undefined) {
        results.set(node, given);
        continue;
      }
      const step = new Step(habitsFor(random), random);
      const inputs = node.inputs.map((input) => Float64Array.from(results.get(input)!, step.read));
      results.set(node, step.evaluate(node, inputs));
    }
    return results;
  };
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
    const { form } = rowOf(node);
    if (form.name === "elementwise") return this.#elementwise(node, form, inputs);
    if (form.name === "multilinear") return this.#multilinear(node, form, inputs);
    if (form.name === "selection") return this.#selection(node, form, inputs);
    throw new TypeError(`Cannot evaluate: ${node} has no value`);
  }

  /** What is chosen is a copy and an index is exact; shares are added up in double or in float32. */
  #selection(node: Node, { rounds }: Selection, inputs: readonly Float64Array[]): Float32Array {
    const { kernel, reference } = rowOf(node);
    if (rounds && this.#habits.order !== "double" && kernel !== "source") {
      const output = new Float32Array(sizeOf(node.shape));
      kernel(node as never, output, inputs.map((input) => Float32Array.from(input)))();
      return output.map(this.#round);
    }
    if (reference === "source") throw new TypeError(`Cannot evaluate: ${node} has no value`);
    return Float32Array.from(reference(node as never, inputs), this.#round);
  }

  readonly #round = (x: number): number => {
    const rounded = Math.fround(x);
    return this.#habits.flush.results ? flushed(rounded) : rounded;
  };

  #elementwise(node: Node, form: Elementwise, inputs: readonly Float64Array[]): Float32Array {
    const compute = this.#scalar(form, node);
    const result = new Float32Array(sizeOf(node.shape));
    const shapes = node.inputs.map(({ shape }) => shape);
    const nest = over(node.shape, (...at) => [at, ...shapes.map((each) => stretched(each, at))]);
    const x = new Array<number>(inputs.length);
    forEachTerm(layoutOf(nest, [node.shape, ...shapes]), inputs, (k, ...at) => {
      for (let n = 0; n < x.length; n++) x[n] = inputs[n]![at[n]!]!;
      result[k] = compute(x);
    });
    return result;
  }

  /** How the engine computes one element. */
  #scalar({ rounding, scalars }: Elementwise, node: Node): (x: readonly number[]) => number {
    const { exact, float32 } = scalars(node);
    const { mean, functionError } = this.#habits;
    if (rounding === "function" && functionError > 0) return (x) => this.#near(exact(...x));
    if (rounding !== "division" || mean !== "reciprocal") return (x) => this.#round(float32(...x));
    // A quotient as a product with the rounded reciprocal, where that is neither infinite nor
    // subnormal.
    return ([a, b]) =>
      Math.abs(b!) >= 2 ** -126 && Math.abs(b!) <= 2 ** 126
        ? this.#round(a! * Math.fround(exact(1, b!)))
        : this.#round(float32(a!, b!));
  }

  /** A value of a function: off by up to so many ULP of the exact one, whatever its range. */
  #near(y: number): number {
    const { functionError } = this.#habits;
    if (!(Math.abs(y) < Infinity)) return y;
    // Half of the errors lie at the very end of what is allowed.
    const error = 2 * this.#random.next() - 1;
    const offset = this.#random.next() < 0.5 ? Math.sign(error) : error;
    return this.#round(withinUlps(y, offset * functionError * ulp(y), functionError));
  }

  #multilinear(node: Node, form: Multilinear, inputs: readonly Float64Array[]): Float32Array {
    const { starts, terms } = termsOf(node, form, inputs);
    const divisor = form.divisor(node);
    // A sum of any number of operands starts from the first of them, so that -0 is kept; one over
    // places from +0.
    const zero = rowOf(node).arity === "any" ? -0 : 0;
    return Float32Array.from({ length: sizeOf(node.shape) }, (_, k) => {
      const [start, end] = [starts[k]!, starts[k + 1]!];
      if (form.copies) return this.#round(start === end ? 0 : terms[start]!);
      const term = (t: number) => terms[start + t]!;
      return divisor === null
        ? this.#sum(end - start, term, zero)
        : this.#mean(end - start, term, divisor);
    });
  }

  #mean(n: number, term: (t: number) => number, divisor: number): number {
    switch (this.#habits.mean) {
      case "quotient":
        return this.#round(this.#sum(n, term) / divisor);
      case "reciprocal":
        return this.#round(this.#sum(n, term) * Math.fround(1 / divisor));
      case "shares":
        return divisor === 0 ? NaN : this.#sum(n, (t) => this.#round(term(t) / divisor));
    }
  }

  /** The sum of `n` terms, each exact in double: a float32 value, or the product of two. */
  #sum(n: number, term: (t: number) => number, zero = 0): number {
    const round = this.#round;
    const add = (sum: number, t: number) =>
      this.#habits.fused
        ? round(roundedSum(sum, term(t))) // one rounding
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
    let sum = zero;
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
}

type Elementwise = Extract<Form, { name: "elementwise" }>;
type Selection = Extract<Form, { name: "selection" }>;
/** What engines know of a multilinear op. */
export type Multilinear = Extract<Form, { name: "multilinear" }>;

/**
 * The terms of all elements, those of element k from `starts[k]` up to the next start: values and
 * products of two, exact in double.
 */
export function termsOf(
  node: Node,
  { layouts }: Multilinear,
  inputs: readonly Float64Array[],
): { starts: Int32Array; terms: Float64Array } {
  const all = layouts(node);
  const starts = new Int32Array(sizeOf(node.shape) + 1);
  for (const layout of all) forEachTerm(layout, inputs, (k) => starts[k + 1]!++);
  for (let k = 1; k < starts.length; k++) starts[k]! += starts[k - 1]!;
  const terms = new Float64Array(starts.at(-1)!);
  const next = starts.slice();
  for (const layout of all) {
    const [a, b] = layout.factors.map((operand) => inputs[operand]!);
    forEachTerm(layout, inputs, (k, i, j) => {
      terms[next[k]!++] = b === undefined ? a![i]! : a![i]! * b[j]!;
    });
  }
  return { starts, terms };
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
