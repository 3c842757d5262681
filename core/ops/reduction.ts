/**
 * Reductions other than the sum.
 *
 * @module
 */
import { apply, type Node, type Op } from "../graph.ts";
import { div } from "./arithmetic.ts";
import { finiteMagnitude } from "./bounds.ts";
import { broadcastTo } from "./broadcast.ts";
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

const reduceMeanRow: Op<ReduceAttributes> = {
  arity: 1,
  attributes: { axes: "axes", keepDims: "boolean" },
  infer: ([from], attributes) => reducedShape(from!, attributes),
  kernel: (node, z, [x]) => bindSum(node, z, x!, Math.fround(reducedCount(node))),
  reference(node, [x]) {
    const count = reducedCount(node);
    return sumsOf(node, (i) => x![i]!).map((sum) => sum / count);
  },
  bound(node, { values: [x], radii: [e], output, allowance }) {
    const count = reducedCount(node);
    const spread = sumsOf(node, (i) => e![i]!);
    const magnitude = sumsOf(node, (i) => finiteMagnitude(x![i]!, e![i]!));
    return output.map((mean, k) => {
      if (count === 0) return 0; // NaN for certain
      const radius = spread[k]! / count + allowance.mean(count, magnitude[k]!);
      return radius + allowance.rounding(Math.abs(mean) + radius);
    });
  },
  // The upstream is divided first, then repeated: every element receives g/n.
  gradient(node, g) {
    const { shape } = node.inputs[0]!;
    const share = div(g, reducedCount(node));
    return [broadcastTo(reshape(share, keptShape(shape, node.attributes.axes)), shape)];
  },
};

const rows = { reduceMean: reduceMeanRow };
export default rows;

/**
 * The arithmetic mean over the given axes, all by default: the sum divided by the count. The mean
 * of nothing is NaN.
 *
 * Throws a `RangeError` for an axis that `x` does not have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reduceMean, run } from "../../mod.ts";
 * const means = reduceMean([[1, 2], [3, 4]], { axis: 1, keepDims: true });
 * assertEquals(`${run([means])[0]}`, "[[1.5]\n [3.5]]");
 * ```
 */
export function reduceMean(x: Operand, options: ReduceOptions = {}): Node {
  const node = toNode(x);
  return apply(rows, "reduceMean", [node], reduceAttributes(node, options));
}
