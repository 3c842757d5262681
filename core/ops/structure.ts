/**
 * Structure: ops that move elements and never round.
 *
 * @module
 */
import { check, listOf, number } from "../check.ts";
import { apply, type Node, type Op } from "../graph.ts";
import { checkShape, type Shape, shapeText, sizeOf, stridedOffsets, stridesOf } from "../shape.ts";
import { type Operand, toNode } from "./sources.ts";

const reshapeRow: Op<{ readonly shape: Shape }> = {
  arity: 1,
  attributes: { shape: "shape" },
  infer([from], { shape }) {
    if (sizeOf(from!) === sizeOf(shape)) return shape;
    throw new TypeError(
      `Cannot reshape: ${shapeText(from!)} and ${shapeText(shape)} differ in size`,
    );
  },
  kernel: (_, z, [x]) => () => z.set(x!),
  reference: (_, [x]) => x!,
  bound: (_, { radii: [e] }) => e!,
  gradient: ({ inputs: [x] }, g) => [reshape(g, x!.shape)],
};

const transposeRow: Op<{ readonly permutation: readonly number[] }> = {
  arity: 1,
  attributes: { permutation: "integers" },
  infer([from], { permutation }) {
    const sorted = [...permutation].sort((a, b) => a - b);
    if (sorted.length === from!.length && sorted.every((axis, i) => axis === i)) {
      return permutation.map((axis) => from![axis]!);
    }
    throw new TypeError(
      `Cannot transpose: [${permutation}] does not permute the axes of shape ${shapeText(from!)}`,
    );
  },
  kernel(node, z, [x]) {
    const from = transposedOffsets(node);
    return () => {
      for (let k = 0; k < z.length; k++) z[k] = x![from[k]!]!;
    };
  },
  reference: (node, [x]) => Float64Array.from(transposedOffsets(node), (i) => x![i]!),
  bound: (node, { radii: [e] }) => Float64Array.from(transposedOffsets(node), (i) => e![i]!),
  gradient({ attributes: { permutation } }, g) {
    return [transpose(g, permutation.map((_, axis) => permutation.indexOf(axis)))];
  },
};

const rows = { reshape: reshapeRow, transpose: transposeRow };
export default rows;

function transposedOffsets(node: Node<{ readonly permutation: readonly number[] }>): Int32Array {
  const strides = stridesOf(node.inputs[0]!.shape);
  return stridedOffsets(node.shape, node.attributes.permutation.map((axis) => strides[axis]!));
}

/**
 * The same elements in row-major order under another shape of the same size.
 *
 * Throws a `TypeError` when the sizes differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reshape, run } from "../../mod.ts";
 * assertEquals(`${run([reshape([1, 2, 3, 4], [2, 2])])[0]}`, "[[1. 2.]\n [3. 4.]]");
 * ```
 */
export function reshape(x: Operand, shape: Shape): Node {
  checkShape(shape, "reshape");
  return apply(rows, "reshape", [toNode(x)], { shape: [...shape] });
}

/**
 * Reorders the axes: axis `i` of the result is axis `permutation[i]` of `x`. By default the order
 * is reversed.
 *
 * Throws a `TypeError` when `permutation` does not name every axis once.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, transpose } from "../../mod.ts";
 * assertEquals(`${run([transpose([[1, 2], [3, 4]])])[0]}`, "[[1. 3.]\n [2. 4.]]");
 * ```
 */
export function transpose(x: Operand, permutation?: readonly number[]): Node {
  if (permutation !== undefined) {
    check("transpose", "permutation", permutation, listOf(number, "axes"));
  }
  const node = toNode(x);
  const reversed = node.shape.map((_, axis) => node.shape.length - 1 - axis);
  return apply(rows, "transpose", [node], { permutation: [...permutation ?? reversed] });
}
