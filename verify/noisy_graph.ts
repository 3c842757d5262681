/**
 * Noisy evaluation: a graph in float64, each op's result off by noise of the size of its rounding.
 *
 * Decisions, such as which of two values is the larger, stay those of the exact values: a draw then
 * depends smoothly on the noise. An op that decides is linear between its kinks, and its tangent
 * rule is its piece there: so every elementwise op that never rounds and every selection is
 * followed along its tangent.
 *
 * @module
 */
import { sourceValue } from "../core/functions/sources.ts";
import { type Node, postorder } from "../core/graph.ts";
import type { Allowance, Op } from "../core/op.ts";
import { rowOf } from "../core/ops/table.ts";
import { noiseSizes } from "./noise_sizes.ts";
import { OVERFLOW } from "./allowance.ts";

/** A node of a graph, in the order of evaluation. */
export interface Step {
  readonly node: Node;
  readonly row: Op;
  /** The positions of its inputs; none for what is fed. */
  readonly inputs: readonly number[];
  /** Whether it decides, and never rounds but for shares. */
  readonly decides: boolean;
}

/**
 * Where decisions are taken: `null` at the exact values, `free` at the drawn ones, else at those
 * that are given for the node at a position, and its drawn values.
 */
export type Decisions = null | "free" | {
  at(position: number, drawn: Float64Array): Float64Array;
  /** The result of the node at a position; `null` where it follows from its inputs. */
  given(position: number): Float64Array | null;
};

/** Values by position. */
export type Values = readonly Float64Array[];

/** Uniform noise, one step of a 32-bit generator (splitmix, Steele et al. 2014) per number. */
export class UniformNoise {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From -1 to 1. */
  next(): number {
    return hashed(this.#state = this.#state + 0x6d2b79f5 | 0);
  }
}

/** A number from -1 to 1 that depends on a word as if by chance. */
function hashed(state: number): number {
  let word = Math.imul(state ^ state >>> 15, state | 1);
  word ^= word + Math.imul(word ^ word >>> 7, word | 61);
  return (word ^ word >>> 14) * 2 ** -31;
}

/** A graph to evaluate many times. */
export class NoisyGraph {
  readonly steps: readonly Step[];
  readonly positions: ReadonlyMap<Node, number>;
  /** The exact values. */
  readonly values: Values;
  /** The size of each op's own noise. */
  readonly sizes: Values;
  readonly #allowance: Allowance;
  /** By position: whether no noise reaches it. */
  readonly #quiet: boolean[] = [];

  constructor(
    nodes: readonly Node[],
    allowance: Allowance,
    feeds: ReadonlyMap<Node, ArrayLike<number>>,
  ) {
    const order = postorder(nodes);
    this.positions = new Map(order.map((node, position) => [node, position]));
    this.#allowance = allowance;
    const given = order.map((node) => feeds.get(node) ?? sourceValue(node)?.data);
    this.steps = order.map((node, position) => {
      const row = rowOf(node);
      const { form } = row;
      return {
        node,
        row,
        inputs: given[position] ? [] : node.inputs.map((input) => this.positions.get(input)!),
        decides: form.name === "selection" ||
          (form.name === "elementwise" && form.rounding === "none"),
      };
    });
    const values: Float64Array[] = [];
    for (const [position, step] of this.steps.entries()) {
      const known = given[position];
      values.push(
        known ? Float64Array.from(known) : settled(reference(step, this.#of(step, values))),
      );
    }
    this.values = values;
    this.sizes = this.steps.map((step, position) =>
      given[position]
        ? values[position]!.map((value) => allowance.source(value))
        : this.#sizes(step, position, values)
    );
    this.#hush();
  }

  /** Whether no noise reaches the node at a position. */
  isQuiet(position: number): boolean {
    return this.#quiet[position]!;
  }

  /**
   * Makes the sizes as large as they are in a draw: where an input cancels to nothing, its noise
   * dwarfs it.
   */
  widen(drawn: Values): void {
    for (const [position, step] of this.steps.entries()) {
      if (step.inputs.length === 0 || this.#quiet[position]) continue;
      const sizes = this.sizes[position]!;
      const isSum = step.row.form.name === "multilinear" && !sizes.includes(0);
      if (isSum && step.inputs.every((i) => isClose(drawn[i]!, this.values[i]!))) continue;
      this.#sizes(step, position, drawn).forEach((size, i) => {
        if (size > sizes[i]! && size < Infinity) sizes[i] = size;
      });
    }
    this.#hush();
  }

  /**
   * Draws noise and evaluates once per factor, which scales it. In a quarter of the nodes noise is
   * independent; in others equal values have equal noise, since an engine rounds them alike; or it is
   * common to all elements, or to their sizes, as an error that an engine makes everywhere.
   */
  draw(noise: UniformNoise, factors: readonly number[], decisions: Decisions = null): Values[] {
    const drawn: Float64Array[][] = factors.map(() => []);
    for (const [position, { inputs }] of this.steps.entries()) {
      const exact = this.values[position]!, sizes = this.sizes[position]!;
      if (this.#quiet[position]) {
        for (const values of drawn) values.push(exact);
        continue;
      }
      const ys = drawn.map((values) =>
        inputs.length === 0 ? exact.slice() : this.evaluate(position, values, decisions)
      );
      const mode = Math.floor(2 * (noise.next() + 1)), common = noise.next();
      const [first, second] = ys, [one, other = 0] = factors;
      const words = new Int32Array(exact.buffer, exact.byteOffset), salt = common * 2 ** 31;
      for (let i = 0; i < exact.length; i++) {
        const size = sizes[i]!;
        if (size === 0) continue;
        const xi = mode === 0
          ? noise.next()
          : mode === 1
          ? hashed(words[2 * i]! ^ Math.imul(words[2 * i + 1]!, 0x9e3779b1) ^ salt)
          : mode === 2
          ? common
          : common * Math.sign(exact[i]!);
        const part = size * xi;
        first![i]! += part * one!;
        if (second !== undefined) second[i]! += part * other;
      }
      ys.forEach((y, n) => drawn[n]!.push(settled(y)));
    }
    return drawn;
  }

  /**
   * Evaluates without noise where every value below 2⁻¹²⁶ becomes 0, and decides accordingly; `null`
   * where there is none.
   */
  flushed(): Values | null {
    const isSmall = (value: number) => value !== 0 && Math.abs(value) < 2 ** -126;
    if (!this.values.some((values) => values.some(isSmall))) return null;
    const drawn: Float64Array[] = [];
    for (const [position, { inputs }] of this.steps.entries()) {
      const y = inputs.length === 0
        ? this.values[position]!.slice()
        : this.evaluate(position, drawn, "free");
      drawn.push(settled(y.map((value) => isSmall(value) ? 0 : value)));
    }
    return drawn;
  }

  /** Evaluates one node at the values of a draw; the result is the caller's. */
  evaluate(position: number, drawn: Values, decisions: Decisions): Float64Array {
    const step = this.steps[position]!;
    const inputs = this.#of(step, drawn);
    const exact = this.#of(step, this.values);
    if (!step.decides) {
      return inputs.every((input, n) => input === exact[n])
        ? this.values[position]!.slice()
        : reference(step, inputs);
    }
    if (decisions === "free") return reference(step, inputs);
    if (decisions === null) return this.along(position, exact, inputs);
    return decisions.given(position) ??
      this.along(position, inputs.map((x, n) => decisions.at(step.inputs[n]!, x)), inputs);
  }

  /** The result of an op that decides as it does `at` certain inputs. */
  along(position: number, at: Values, inputs: Values): Float64Array {
    const step = this.steps[position]!;
    const exact = this.#of(step, this.values);
    const y = at.every((values, n) => values === exact[n])
      ? this.values[position]!
      : reference(step, at);
    const deltas = inputs.map((input, n) => differences(input, at[n]!));
    const change = step.row.tangent(step.node, at, deltas, y);
    return y.map((value, i) => change[i] === 0 ? value : value + change[i]!);
  }

  /** Those of the inputs of a node. */
  #of({ inputs }: Step, values: Values): Float64Array[] {
    return inputs.map((input) => values[input]!);
  }

  #sizes(step: Step, position: number, values: Values): Float64Array {
    const { node } = step;
    const sizes = noiseSizes(node, {
      values: this.#of(step, values),
      output: values[position]!,
      allowance: this.#allowance,
    });
    if (sizes === null) throw new TypeError(`Cannot evaluate: ${node} has no value`);
    return sizes;
  }

  /** Finds out anew which nodes no noise reaches. */
  #hush(): void {
    for (const [position, { inputs }] of this.steps.entries()) {
      this.#quiet[position] = inputs.every((input) => this.#quiet[input]) &&
        this.sizes[position]!.every((size) => size === 0);
    }
  }
}

/** The float64 reference of a node. */
export function reference({ node, row: { reference } }: Step, inputs: Values): Float64Array {
  if (reference === "source") throw new TypeError(`Cannot evaluate: ${node} has no value`);
  return reference(node as never, inputs);
}

/** What is beyond the range of float32 is infinite. */
function settled(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]!) >= OVERFLOW) values[i] = values[i]! > 0 ? Infinity : -Infinity;
  }
  return values;
}

/**
 * How far values lie from others, over `factor`; infinities and NaN of one kind are no distance
 * apart.
 */
export function differences(values: Float64Array, from: Float64Array, factor = 1): Float64Array {
  const result = new Float64Array(values.length);
  if (values === from) return result;
  for (let i = 0; i < values.length; i++) {
    const a = values[i]!, b = from[i]!;
    if (a !== b && (a === a || b === b)) result[i] = (a - b) / factor;
  }
  return result;
}

/** Adds the squares of such differences. */
export function addSquares(
  squares: Float64Array,
  values: Float64Array,
  from: Float64Array,
  factor: number,
): void {
  if (values === from) return;
  const weight = 1 / (factor * factor);
  for (let i = 0; i < squares.length; i++) {
    const a = values[i]!, b = from[i]!;
    if (a !== b && (a === a || b === b)) squares[i]! += (a - b) * (a - b) * weight;
  }
}

/** Whether two lists of values differ by so little that no sum of their products is another one. */
function isClose(values: Float64Array, others: Float64Array): boolean {
  if (values === others) return true;
  for (let i = 0; i < values.length; i++) {
    if (!(Math.abs(values[i]! - others[i]!) <= 2 ** -12 * Math.abs(others[i]!))) return false;
  }
  return true;
}
