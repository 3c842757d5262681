/**
 * Forward mode as a witness of a gradient: what it says, and where it says nothing.
 *
 * @module
 */
import type { CaseTensor, Derivative } from "../cases/mod.ts";
import { type Node, postorder } from "../core/graph.ts";
import { sizeOf } from "../core/shape.ts";
import { compareAlong, type Contradiction, type Deviations, deviationsOf } from "./directions.ts";
import type { Enclosure } from "./exact.ts";
import { streamOf } from "./random_graph.ts";
import { gradientByTangents, type TangentRules, tangentRules } from "./tangents.ts";

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
  /**
   * The gradient by tangent rules, in float64. Where directions confirm that by gradient rules, it
   * is the same.
   */
  readonly values: Float64Array;
  /** Whether it says anything of an element. */
  speaks(i: number): boolean;
  /** Where it contradicts the gradient as a whole; it then speaks of that element only. */
  readonly contradiction: Contradiction | null;
}

/** The most elements of a gradient of which forward mode is heard one by one. */
export const ONE_BY_ONE = 16;

/** Hears forward mode on a tensor; `null` if it names no derivative. */
export type ForwardWitness = (tensor: CaseTensor) => Forward | null;

/** Options of {@linkcode forwardWitness}. */
export interface ForwardOptions {
  readonly rules?: TangentRules;
  /** Larger gradients are compared along directions; {@linkcode ONE_BY_ONE} if missing. */
  readonly oneByOne?: number;
}

/**
 * Makes forward mode the witness of tensors of a case; its id decides what is drawn at random.
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
export function forwardWitness(
  id: string,
  tensors: readonly CaseTensor[],
  exact: ReadonlyMap<Node, Enclosure>,
  { rules = tangentRules, oneByOne = ONE_BY_ONE }: ForwardOptions = {},
): ForwardWitness {
  const valuesOf = (n: Node) => exact.get(n)!.values;
  const isLarge = ({ node, derivative }: CaseTensor) =>
    derivative !== undefined && sizeOf(node.shape) > oneByOne;
  let drawn: ReadonlyMap<Node, Deviations> | null = null;
  const deviations = () =>
    drawn ??= deviationsOf(
      tensors.filter(isLarge).map(({ node }) => node),
      exact,
      streamOf(`roundings of ${id}`, 0),
    );
  return (tensor) => {
    const { name, node, derivative } = tensor;
    if (derivative === undefined) return null;
    const own = valuesOf(node);
    let explained: boolean | null = null;
    const takes = (i: number) =>
      Number.isFinite(own[i]) || !(explained ??= isExplained(node, derivative, valuesOf));
    if (!isLarge(tensor)) {
      const values = gradientByTangents(derivative, valuesOf, rules);
      const speaks = (i: number) => Number.isFinite(values[i]) && takes(i);
      return { values, speaks, contradiction: null };
    }
    const isInfinite = (n: Node) => valuesOf(n).some((v) => Math.abs(v) === Infinity);
    const radii = postorder([node]).some(isInfinite) ? exact.get(node)!.radii : null;
    const compared = {
      derivative,
      gradient: own,
      deviations: deviations().get(node)!,
      radii,
      takes,
    };
    const random = streamOf(`directions of ${id} ${name}`, 0);
    const { speaks, contradiction } = compareAlong(compared, valuesOf, random, rules);
    if (contradiction === null) {
      return {
        values: own,
        speaks: (i) => speaks[i] === 1,
        contradiction,
      };
    }
    const { position, value } = contradiction;
    return {
      values: own.with(position, value),
      speaks: (i) => i === position,
      contradiction,
    };
  };
}

/** Whether values that are not finite are no fault of the gradient `node`. */
function isExplained(
  node: Node,
  { ys, gradYs }: Derivative,
  valuesOf: (node: Node) => Float64Array,
): boolean {
  const given = postorder([...ys, ...gradYs.filter((gradY) => gradY !== null)]);
  return given.some((n) => valuesOf(n).some(Number.isNaN)) ||
    postorder([node, ...given]).some((n) => valuesOf(n).some((v) => Math.abs(v) === Infinity));
}
