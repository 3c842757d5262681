/**
 * Valid calls of every op, drawn by its row: what the table of ops alone says of an op.
 *
 * @module
 */
import type { DType } from "../core/dtype.ts";
import * as functions from "../core/functions/mod.ts";
import { apply, type Node } from "../core/graph.ts";
import type { Op, Sample } from "../core/op.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import { RandomStream } from "../core/random.ts";
import { type Shape, sizeOf } from "../core/shape.ts";
import { type NestedNumbers, type Tensor, tensor } from "../core/tensor.ts";

/** The ops that compute something, by name. */
export const computingOps: readonly OpName[] = (Object.keys(ops) as OpName[])
  .filter((name) => ops[name].kernel !== "source");

/** Shapes of first operands, of which every op takes some. */
const shapes: readonly Shape[] = [[2, 3], [4], [3, 1, 2], [1, 4, 4, 2], [], [2, 2]];

/** What an op is called with. */
export interface SampleCall {
  /** The values of the operands, and what they are. */
  readonly operands: readonly { readonly value: Tensor; readonly dtype: DType }[];
  /** The attributes of the node. */
  readonly attributes: object;
}

/** Draws what an op can be called with. */
export function sampleCall(name: OpName, seed: number): SampleCall {
  const random = new RandomStream(seed);
  const row = ops[name];
  const sample = sampleOf(row, random);
  const operands = sample.shapes.map((shape, i) => {
    const taken = row.takes[Math.min(i, row.takes.length - 1)]!;
    const dtype = taken === "any" || taken === "number" ? "float32" : taken;
    const value = () => {
      if (dtype === "float32") return 0.25 + random.next();
      return random.below(dtype === "bool" ? 2 : sample.below?.[i] ?? 3);
    };
    const data = Float32Array.from({ length: sizeOf(shape) }, value);
    return { value: tensor(data, shape), dtype };
  });
  return { operands, attributes: sample.attributes ?? {} };
}

function sampleOf({ sample }: Op, random: RandomStream): Sample {
  if (sample === "source") throw new TypeError("Cannot sample: a source has no operands");
  for (let tries = 0; tries < 100; tries++) {
    const found = sample(random, random.pick(shapes));
    if (found !== null) return found;
  }
  throw new Error("Cannot sample: the row takes none of the shapes");
}

/** The node of a sample, whose inputs are variables. */
export function sampleNode(name: OpName, seed: number): Node {
  const { operands, attributes } = sampleCall(name, seed);
  const inputs = operands.map(({ value, dtype }) => functions.variable(value, { dtype }));
  return apply(ops, name, inputs, attributes);
}

/**
 * The arguments of the op's public function: operands, arguments of their own, options. Operands are
 * variables, tensors or nested arrays.
 */
export function sampleArguments(name: OpName, seed: number): unknown[] {
  const { operands, attributes } = sampleCall(name, seed);
  const given = operands.map(({ value, dtype }, i) =>
    [functions.variable(value, { dtype }), value, nested(value)][(seed + i) % 3]
  );
  const kinds = Object.entries(ops[name].attributes);
  const values = attributes as Readonly<Record<string, unknown>>;
  const positional = kinds.filter(([, { parameter }]) => parameter.positional);
  const options = kinds.filter(([, { parameter }]) => !parameter.positional);
  const named = options.map(([key, { parameter }]) => [parameter.key ?? key, values[key]]);
  return [
    ...ops[name].arity === "any" ? [given] : given,
    ...positional.map(([key]) => values[key]),
    ...options.length === 0 ? [] : [Object.fromEntries(named)],
  ];
}

/** The values of a tensor in lists as deep as its rank; the tensor, if lists can't say its shape. */
function nested(tensor: Tensor): NestedNumbers | Tensor {
  const { data, shape } = tensor;
  if (data.length === 0) return tensor;
  let values: NestedNumbers[] = Array.from(data);
  for (const extent of shape.slice(1).reverse()) {
    values = Array.from(
      { length: values.length / extent },
      (_, i) => values.slice(i * extent, (i + 1) * extent),
    );
  }
  return shape.length === 0 ? values[0]! : values;
}
