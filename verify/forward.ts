/**
 * Forward mode as a witness of a gradient: what it says, and where it says nothing.
 *
 * @module
 */
import type { CaseTensor } from "../cases/mod.ts";
import { type Node, postorder } from "../core/graph.ts";
import type { Enclosure } from "./exact.ts";
import { gradientByTangents, tangentRules } from "./tangents.ts";

/** All nodes whose exact values the witnesses of some tensors need. */
export function nodesOf(tensors: readonly CaseTensor[]): Node[] {
  return tensors.flatMap(({ node, derivative }) => {
    if (derivative === undefined) return [node];
    const { ys, x, gradYs, stopGradients } = derivative;
    return [node, ...ys, x, ...gradYs.filter((gradY) => gradY !== null), ...stopGradients];
  });
}

/** What forward mode says of a gradient. */
export interface Forward {
  /** The gradient by tangent rules, in float64. */
  readonly values: Float64Array;
  /** Whether it says anything of an element. */
  speaks(i: number): boolean;
}

/**
 * Hears forward mode on a gradient, or gives `null` for a tensor that names no derivative.
 *
 * It shares no rule with the graph, and reaches a value by another order of products and sums. So
 * where one of the two meets infinities the other may not, and per element it says nothing
 *
 * - where it is NaN or infinite itself: it multiplies the zeros of its direction by whatever it
 *   meets;
 * - where it is finite and the graph's value is not, if an infinity or a NaN that is no fault of
 *   the gradient explains that: a value in the graph or the gradient is infinite, because it
 *   overflows float32 or lies at a pole, or a value that is differentiated is NaN.
 *
 * What remains is a gradient that makes a NaN out of finite values, such as 0/0: that is wrong
 * where forward mode finds a finite one.
 */
export function forwardOf(
  { node, derivative }: CaseTensor,
  exact: ReadonlyMap<Node, Enclosure>,
  rules: typeof tangentRules = tangentRules,
): Forward | null {
  if (derivative === undefined) return null;
  const valuesOf = (n: Node) => exact.get(n)!.values;
  const values = gradientByTangents(derivative, valuesOf, rules);
  const own = valuesOf(node);
  let explained: boolean | null = null;
  const isExplained = () => {
    const upstreams = derivative.gradYs.filter((gradY) => gradY !== null);
    const given = postorder([...derivative.ys, ...upstreams]);
    return given.some((n) => valuesOf(n).some(Number.isNaN)) ||
      postorder([node, ...given]).some((n) => valuesOf(n).some((v) => Math.abs(v) === Infinity));
  };
  return {
    values,
    speaks(i) {
      if (!Number.isFinite(values[i])) return false;
      return Number.isFinite(own[i]) || !(explained ??= isExplained());
    },
  };
}
