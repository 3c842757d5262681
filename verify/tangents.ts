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

/** What becomes of the weighted sum of the targets along a direction of x. */
export interface Change {
  /** How fast it changes. */
  readonly rate: number;
  /** The sum of the sizes of all that `rate` is the sum of. */
  readonly size: number;
}

/**
 * Binds a pass through the graph: the change of the targets that a derivative names, each weighted
 * by its upstream gradient, along a direction of `x`.
 *
 * `values` holds the exact values of all nodes that the ys depend on.
 */
export function bindTangents(
  { ys, x, gradYs, stopGradients }: Derivative,
  values: (node: Node) => Float64Array,
  rules: TangentRules = tangentRules,
): (direction: Float64Array) => Change {
  const stopped = new Set(stopGradients);
  const moved = new Set([x]);
  const order = postorder(ys).filter((node) => {
    if (node === x || stopped.has(node)) return false;
    const isMoved = node.inputs.some((input) => moved.has(input));
    if (isMoved) moved.add(node);
    return isMoved;
  });
  const zeros = new Map<Node, Float64Array>();
  for (const input of order.flatMap(({ inputs }) => inputs)) {
    if (!moved.has(input)) zeros.set(input, new Float64Array(sizeOf(input.shape)));
  }
  return (direction) => {
    const tangents = new Map<Node, Float64Array>([[x, direction]]);
    for (const node of order) {
      const changes = node.inputs.map((input) => tangents.get(input) ?? zeros.get(input)!);
      const rule = rules[node.op as OpName];
      tangents.set(node, rule(node, node.inputs.map(values), changes, values(node)));
    }
    let rate = 0, size = 0;
    ys.forEach((y, n) => {
      const weights = gradYs[n] == null ? null : values(gradYs[n]);
      tangents.get(y)?.forEach((change, e) => {
        if (change === 0) return;
        const part = (weights === null ? 1 : weights[e]!) * change;
        rate += part;
        size += Math.abs(part);
      });
    });
    return { rate, size };
  };
}

/**
 * The gradient that a case names, element by element of `x`, by forward mode.
 *
 * `values` holds the exact values of all nodes that the ys depend on. Costs one pass through the
 * graph per element.
 */
export function gradientByTangents(
  derivative: Derivative,
  values: (node: Node) => Float64Array,
  rules: TangentRules = tangentRules,
): Float64Array {
  const along = bindTangents(derivative, values, rules);
  const size = sizeOf(derivative.x.shape);
  return Float64Array.from(
    { length: size },
    (_, i) => along(new Float64Array(size).fill(1, i, i + 1)).rate,
  );
}
