/**
 * goldengrad's own computation, as a witness: what a bit-faithful port must reproduce.
 *
 * @module
 */
import type { Evaluate } from "../core/evaluate.ts";
import { type Node, postorder } from "../core/graph.ts";
import { rowOf } from "../core/ops/table.ts";
import { sizeOf } from "../core/shape.ts";
import { sourceValue } from "../core/functions/sources.ts";

/**
 * The float32 values of nodes and of all that they depend on, in the order of the numeric contract.
 *
 * Every op's kernel runs once, into a buffer of its own: no plan, no shared subexpression, no
 * reused buffer. So a plan can be judged by it too.
 */
export const evaluateOwn: Evaluate = (nodes, feeds = new Map()) => {
  const results = new Map<Node, Float32Array>();
  for (const node of postorder(nodes)) {
    const { kernel } = rowOf(node);
    if (kernel === "source") {
      results.set(node, feeds.get(node) ?? sourceValue(node)!.data);
      continue;
    }
    const output = new Float32Array(sizeOf(node.shape));
    kernel(node as never, output, node.inputs.map((input) => results.get(input)!))();
    results.set(node, output);
  }
  return results;
};
