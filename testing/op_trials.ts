/**
 * Nodes and calls of any op, drawn from its row's `sample`.
 *
 * @module
 */
import * as core from "../mod.ts";
import type { DType } from "../core/dtype.ts";
import { apply, type Node } from "../core/graph.ts";
import type { Sample } from "../core/op.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import { RandomStream } from "../core/random.ts";
import { type Shape, sizeOf } from "../core/shape.ts";
import { Tensor } from "../core/tensor.ts";

/** A node of an op, and variables that it is computed from. */
export interface Trial {
  readonly y: Node;
  readonly inputs: readonly Node[];
  /** For what else is left to chance. */
  readonly random: RandomStream;
}

/**
 * Where float32 values are drawn from, trial by trial: around 0, and where functions that are not
 * defined everywhere are. Real numbers, so that no two tie and none lies at a kink.
 */
const RANGES = [[-2, 2], [0.1, 0.9], [1.1, 3], [-0.9, 0.9]] as const;

/** Variables whose values `value` gives. */
export function variableOf(shape: Shape, value: () => number, dtype: DType = "float32"): Node {
  return core.variable(new Tensor(Float32Array.from({ length: sizeOf(shape) }, value), shape), {
    dtype,
  });
}

/** How trials differ from the plainest. */
export interface TrialOptions {
  /** How many there are. */
  readonly count?: number;
  /** Makes a float32 operand, given how to draw a value; a variable by default. */
  readonly operand?: (shape: Shape, value: () => number, random: RandomStream) => Node;
  /** The most elements of the first operand. */
  readonly limit?: number;
}

/**
 * Nodes of an op on small random tensors.
 *
 * Every fourth is of int32 where the op takes float32 as well as int32.
 */
export function trials(name: OpName, options: TrialOptions = {}): Trial[] {
  const { count = 12, operand = (shape, value) => variableOf(shape, value), limit = 16 } = options;
  const found: Trial[] = [];
  for (let seed = 0; found.length < count; seed++) {
    if (seed === 1000 * count) throw new RangeError(`Cannot try ${name}: its samples do not fit`);
    const random = new RandomStream(seed);
    const drawn = drawSample(name, random, limit);
    if (drawn === null) continue;
    const { shapes, attributes = {}, below = [] } = drawn.sample;
    const [low, high] = RANGES[found.length % RANGES.length]!;
    const shared: DType = found.length % 4 === 3 ? "int32" : "float32";
    const inputs = shapes.map((shape, i) => {
      const dtype = dtypeOf(name, i, shared);
      const real = () => Math.fround(low + (high - low) * random.next());
      if (dtype === "float32") return operand(shape, real, random);
      const limit = dtype === "bool" ? 2 : below[i];
      const whole = () => limit === undefined ? random.below(17) - 8 : random.below(limit);
      return variableOf(shape, whole, dtype);
    });
    found.push({ y: apply(ops, name, inputs, { ...attributes }), inputs, random });
  }
  return found;
}

function dtypeOf(name: OpName, operand: number, shared: DType): DType {
  const { takes } = ops[name];
  const taken = takes[Math.min(operand, takes.length - 1)]!;
  return taken === "any" || taken === "number" ? shared : taken;
}

/** What a row draws around a shape. */
export interface Drawn {
  readonly x: Shape;
  readonly sample: Sample;
  /** Makes a node of it, on zeros. */
  node(): Node;
}

/** Draws a shape of at most `limit` elements and a sample around it; `null` where none fits. */
export function drawSample(name: OpName, random: RandomStream, limit = 16): Drawn | null {
  const { sample: draw } = ops[name];
  if (draw === "source") throw new TypeError(`Cannot draw a sample: ${name} is a source`);
  const x = Array.from({ length: random.below(5) }, () => 1 + random.below(3));
  const sample = sizeOf(x) > limit ? null : draw(random, x);
  if (sample === null) return null;
  const { shapes, attributes = {} } = sample;
  const zeros = (shape: Shape, i: number) =>
    variableOf(shape, () => 0, dtypeOf(name, i, "float32"));
  return { x, sample, node: () => apply(ops, name, shapes.map(zeros), { ...attributes }) };
}

/** Calls the public function of an op. */
export function calledWith(name: OpName, operands: readonly unknown[], attributes: object): Node {
  return (core[name] as (...args: unknown[]) => Node)(...callOf(name, operands, attributes));
}

/** The arguments of the public function of an op. */
export function callOf(
  name: OpName,
  operands: readonly unknown[],
  attributes: object,
): unknown[] {
  const { arity, attributes: kinds } = ops[name];
  const given = attributes as Readonly<Record<string, unknown>>;
  const list = Object.entries(kinds);
  const options = list.filter(([, { parameter }]) => !parameter.positional)
    .map(([key, { parameter }]) => [parameter.key ?? key, given[key]]);
  return [
    ...arity === "any" ? [operands] : operands,
    ...list.filter(([, { parameter }]) => parameter.positional).map(([key]) => given[key]),
    ...options.length === 0 ? [] : [Object.fromEntries(options)],
  ];
}
