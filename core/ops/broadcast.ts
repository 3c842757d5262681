/**
 * Broadcasting and summing: each is the gradient of the other.
 *
 * @module
 */
import { apply, type Node, type Op } from "../graph.ts";
import {
  broadcastAxes,
  broadcastShapes,
  broadcastStrides,
  checkShape,
  sameShape,
  type Shape,
  shapeText,
  stridedOffsets,
} from "../shape.ts";
import { finiteMagnitude } from "./bounds.ts";
import {
  bindSum,
  keptShape,
  type ReduceAttributes,
  reduceAttributes,
  reducedCount,
  reducedShape,
  type ReduceOptions,
  sumsOf,
} from "./reduce.ts";
import { type Operand, toNode } from "./sources.ts";
import { reshape } from "./structure.ts";

const broadcastToRow: Op<{ readonly shape: Shape }> = {
  arity: 1,
  attributes: { shape: "shape" },
  infer([from], { shape }) {
    const broadcast = broadcastShapes(from!, shape);
    if (broadcast !== null && sameShape(broadcast, shape)) return shape;
    throw new TypeError(
      `Cannot broadcast: shape ${shapeText(from!)} does not stretch to ${shapeText(shape)}`,
    );
  },
  kernel(node, z, [x]) {
    const from = broadcastOffsets(node);
    return () => {
      for (let k = 0; k < z.length; k++) z[k] = x![from[k]!]!;
    };
  },
  reference: (node, [x]) => Float64Array.from(broadcastOffsets(node), (i) => x![i]!),
  bound: (node, { radii: [e] }) => Float64Array.from(broadcastOffsets(node), (i) => e![i]!),
  gradient: ({ inputs: [x] }, g) => [sumTo(g, x!.shape)],
};

const reduceSumRow: Op<ReduceAttributes> = {
  arity: 1,
  attributes: { axes: "axes", keepDims: "boolean" },
  infer: ([from], attributes) => reducedShape(from!, attributes),
  kernel: (node, z, [x]) => bindSum(node, z, x!, 1),
  reference: (node, [x]) => sumsOf(node, (i) => x![i]!),
  bound(node, { values: [x], radii: [e], allowance }) {
    const spread = sumsOf(node, (i) => e![i]!);
    const magnitude = sumsOf(node, (i) => finiteMagnitude(x![i]!, e![i]!));
    const terms = reducedCount(node);
    return spread.map((s, k) => s + allowance.summation(terms, 0, magnitude[k]!));
  },
  gradient({ inputs: [x], attributes: { axes } }, g) {
    return [broadcastTo(reshape(g, keptShape(x!.shape, axes)), x!.shape)];
  },
};

const rows = { broadcastTo: broadcastToRow, reduceSum: reduceSumRow };
export default rows;

function broadcastOffsets(node: Node): Int32Array {
  return stridedOffsets(node.shape, broadcastStrides(node.inputs[0]!.shape, node.shape));
}

/**
 * Sums a gradient of a broadcast shape back to the shape of the operand: over every axis that was
 * repeated.
 */
export function sumTo(gradient: Node, shape: Shape): Node {
  if (sameShape(gradient.shape, shape)) return gradient;
  return reshape(reduceSum(gradient, { axis: broadcastAxes(shape, gradient.shape) }), shape);
}

/**
 * Repeats a tensor along axes of extent 1, and new leading axes, until it has the given shape.
 *
 * Throws a `TypeError` when the shape can't be reached so.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { broadcastTo, run } from "../../mod.ts";
 * assertEquals(`${run([broadcastTo([1, 2], [2, 2])])[0]}`, "[[1. 2.]\n [1. 2.]]");
 * ```
 */
export function broadcastTo(x: Operand, shape: Shape): Node {
  checkShape(shape, "broadcast");
  return apply(rows, "broadcastTo", [toNode(x)], { shape: [...shape] });
}

/**
 * Sums elements over the given axes, all by default; nothing sums to 0.
 *
 * The order of the additions is part of the numeric contract, see `pairwiseSum`.
 * Throws a `RangeError` for an axis that `x` does not have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reduceSum, run } from "../../mod.ts";
 * assertEquals(`${run([reduceSum([[1, 2], [3, 4]], { axis: 0 })])[0]}`, "[4. 6.]");
 * ```
 */
export function reduceSum(x: Operand, options: ReduceOptions = {}): Node {
  const node = toNode(x);
  return apply(rows, "reduceSum", [node], reduceAttributes(node, options));
}
