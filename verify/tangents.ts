/**
 * Forward mode in float64: a witness of gradients that shares no rule with them.
 *
 * A tangent rule says how a small change of an op's inputs changes its output. The rules are
 * written on their own, not derived from the gradient rules, so a mistake in one of them shows as a
 * disagreement.
 *
 * @module
 */
import type { Derivative } from "../cases/mod.ts";
import { type Node, postorder } from "../core/graph.ts";
import type { TangentRule } from "../core/op.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import { sizeOf } from "../core/shape.ts";

/** The tangent rule of every op. */
export type TangentRules = Readonly<Record<OpName, TangentRule>>;

/** The rules in the table of ops. */
export const tangentRules: TangentRules = Object.fromEntries(
  Object.entries(ops).map(([name, row]) => [name, row.tangent]),
) as Record<OpName, TangentRule>;

/**
 * The gradient that a case names, element by element of `x`, by forward mode.
 *
 * `values` holds the exact values of all nodes that the ys depend on. Costs one pass through the
 * graph per element.
 */
export function gradientByTangents(
  { ys, x, gradYs, stopGradients }: Derivative,
  values: (node: Node) => Float64Array,
  rules: TangentRules = tangentRules,
): Float64Array {
  const order = postorder(ys);
  const stopped = new Set(stopGradients);
  const gradient = new Float64Array(sizeOf(x.shape));
  for (let i = 0; i < gradient.length; i++) {
    const tangents = new Map<Node, Float64Array>();
    for (const node of order) {
      if (node === x) tangents.set(node, new Float64Array(gradient.length).fill(1, i, i + 1));
      else if (stopped.has(node) || !node.inputs.some((input) => tangents.has(input))) continue;
      else tangents.set(node, tangentOf(node, values, tangents, rules));
    }
    ys.forEach((y, n) => {
      const weights = gradYs[n] == null ? null : values(gradYs[n]);
      tangents.get(y)?.forEach((change, e) => {
        if (change !== 0) gradient[i]! += (weights === null ? 1 : weights[e]!) * change;
      });
    });
  }
  return gradient;
}

function tangentOf(
  node: Node,
  values: (node: Node) => Float64Array,
  tangents: ReadonlyMap<Node, Float64Array>,
  rules: TangentRules,
): Float64Array {
  return rules[node.op as OpName](
    node,
    node.inputs.map(values),
    node.inputs.map((input) => tangents.get(input) ?? new Float64Array(sizeOf(input.shape))),
    values(node),
  );
}
