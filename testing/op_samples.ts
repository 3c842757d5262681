/**
 * A dozen valid calls of every op, drawn by its row: what is damaged, or written and read back.
 *
 * @module
 */
import { sourceValue } from "../core/functions/sources.ts";
import type { Node } from "../core/graph.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import type { NestedNumbers, Tensor } from "../core/tensor.ts";
import { callOf, type Trial, trials } from "./op_trials.ts";

/** The ops that compute something, by name. */
export const computingOps: readonly OpName[] = (Object.keys(ops) as OpName[])
  .filter((name) => ops[name].kernel !== "source");

/** How many samples an op has. */
export const SAMPLES = 12;

const drawn = new Map<OpName, readonly Trial[]>();

/** A node of an op, whose inputs are variables; `n` is taken modulo {@linkcode SAMPLES}. */
export function sampleNode(name: OpName, n: number): Node {
  if (!drawn.has(name)) drawn.set(name, trials(name, { count: SAMPLES }));
  return drawn.get(name)![n % SAMPLES]!.y;
}

/**
 * The arguments of the public function that make such a node. Operands are variables, and where
 * that does not change their dtype tensors or nested arrays.
 */
export function sampleArguments(name: OpName, n: number): unknown[] {
  const { inputs, attributes } = sampleNode(name, n);
  const { takes } = ops[name];
  const operands = inputs.map((input, i) => {
    const taken = takes[Math.min(i, takes.length - 1)]!;
    const value = sourceValue(input)!;
    const fixed = input.dtype === "float32" || input.dtype === taken;
    return fixed ? [input, value, nested(value)][(n + i) % 3] : input;
  });
  return callOf(name, operands, attributes);
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
