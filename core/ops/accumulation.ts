/**
 * Accumulation: several tensors of one shape added up, as gradients are where paths meet.
 *
 * @module
 */
import { check, list } from "../check.ts";
import { apply, type Node, type Op } from "../graph.ts";
import { sameShape, shapeText } from "../shape.ts";
import { finiteMagnitude } from "./bounds.ts";
import { type Operand, toNode } from "./sources.ts";

const addNRow: Op<Record<never, never>> = {
  arity: "any",
  attributes: {},
  infer(shapes) {
    const [first] = shapes;
    if (first === undefined) throw new TypeError("Cannot add up: there are no tensors");
    for (const shape of shapes) {
      if (sameShape(shape, first)) continue;
      throw new TypeError(
        `Cannot add up: shapes ${shapeText(first)} and ${shapeText(shape)} differ`,
      );
    }
    return first;
  },
  // The order of TensorFlow's AddN kernel (aggregate_ops.cc) where it reuses no input's buffer: up
  // to nine terms left to right; of more, the first 2 to 9, so that whole groups of eight remain,
  // each of which is added up on its own and put on top.
  kernel(_, z, inputs) {
    const [n, count] = [z.length, inputs.length];
    const head = count < 10 ? count : 2 + (count - 2) % 8;
    const f = Math.fround;
    return () => {
      for (let i = 0; i < n; i++) {
        let sum = inputs[0]![i]!;
        for (let k = 1; k < head; k++) sum = f(sum + inputs[k]![i]!);
        for (let k = head; k < count; k += 8) {
          let group = inputs[k]![i]!;
          for (let j = 1; j < 8; j++) group = f(group + inputs[k + j]![i]!);
          sum = f(sum + group);
        }
        z[i] = sum;
      }
    };
  },
  reference: (_, inputs) => sums(inputs, (x, i) => x[i]!),
  // Engines reach the terms in other orders, so any order is allowed for.
  bound(_, { values, radii, output, allowance }) {
    const spread = sums(radii, (e, i) => e[i]!);
    const magnitude = sums(values, (x, i, k) => finiteMagnitude(x[i]!, radii[k]![i]!));
    return output.map((_, i) => spread[i]! + allowance.summation(values.length, 0, magnitude[i]!));
  },
  gradient: ({ inputs }, g) => inputs.map(() => g),
};

const rows = { addN: addNRow };
export default rows;

/** Sums `term` over the inputs in float64, for every element. */
function sums(
  inputs: readonly Float64Array[],
  term: (input: Float64Array, i: number, k: number) => number,
): Float64Array {
  return inputs[0]!.map((_, i) => inputs.reduce((sum, input, k) => sum + term(input, i, k), 0));
}

/**
 * Adds up tensors of one shape, rounding every addition.
 *
 * Up to nine are added left to right; of more, the first 2 to 9, then groups of eight, each added
 * up on its own and put on top. Throws a `TypeError` when the shapes differ or there is nothing to
 * add.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { addN, run } from "../../mod.ts";
 * assertEquals(`${run([addN([[1, 2], [10, 20], [100, 200]])])[0]}`, "[111. 222.]");
 * ```
 */
export function addN(operands: readonly Operand[]): Node {
  check("add up", "operands", operands, list);
  return apply(rows, "addN", operands.map(toNode), {});
}
