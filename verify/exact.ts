/**
 * The exact side of a comparison: values in float64, and the radius within which an honest engine's
 * values lie.
 *
 * @module
 */
import { type Node, postorder } from "../core/graph.ts";
import { rowOf } from "../core/ops/table.ts";
import { OVERFLOW } from "./allowance.ts";
import { sourceValue } from "../core/functions/sources.ts";
import type { Allowance } from "../core/op.ts";

/** The float64 values of a node, and how far an honest engine may be off, per element. */
export interface Enclosure {
  /** In float64; infinite where float32 overflows for certain. */
  readonly values: Float64Array;
  /** In absolute terms; `Infinity` where nothing can be said: the element is undecidable. */
  readonly radii: Float64Array;
}

/**
 * Evaluates nodes in float64 and carries error radii along.
 *
 * Inputs are exact, so their radius is 0, except where the engine may flush them to zero. `feeds`
 * replaces the values of sources, or of any other node.
 */
export function evaluateFloat64(
  nodes: readonly Node[],
  allowance: Allowance,
  feeds: ReadonlyMap<Node, ArrayLike<number>> = new Map(),
): Map<Node, Enclosure> {
  const results = new Map<Node, Enclosure>();
  for (const node of postorder(nodes)) {
    const { reference, bound } = rowOf(node);
    const fed = feeds.get(node);
    if (fed !== undefined || reference === "source" || bound === "source") {
      const values = Float64Array.from(fed ?? sourceValue(node)!.data);
      results.set(node, { values, radii: values.map((value) => allowance.source(value)) });
      continue;
    }
    const inputs = node.inputs.map((input) => results.get(input)!);
    const values = inputs.map((input) => input.values);
    const radii = inputs.map((input) => input.radii);
    const output = reference(node as never, values);
    results.set(node, settle(output, bound(node as never, { values, radii, output, allowance })));
  }
  return results;
}

/**
 * Decides what lies beyond the range of float32: infinite where that is certain, undecidable where
 * it is not.
 */
function settle(values: Float64Array, radii: Float64Array): Enclosure {
  const settled = values.slice();
  const decided = radii.map((radius, i) => {
    const size = Math.abs(values[i]!);
    if (!(radius < Infinity)) return Infinity;
    if (size < OVERFLOW) return size + radius < OVERFLOW ? radius : Infinity;
    if (size - radius >= OVERFLOW) settled[i] = Math.sign(values[i]!) * Infinity;
    else if (!Number.isNaN(size)) return Infinity;
    return 0;
  });
  return { values: settled, radii: decided };
}
