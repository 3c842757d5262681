/**
 * What judging a graph costs, and the graphs that are too large for it.
 *
 * @module
 */
import { type Node, postorder } from "../core/graph.ts";
import { rowOf } from "../core/ops/table.ts";
import { sizeOf } from "../core/shape.ts";

/** What an evaluation of a graph takes. */
export interface Cost {
  /** How many elements all nodes have together. */
  readonly elements: number;
  /** How many terms, candidates or functions of elements all nodes evaluate. */
  readonly operations: number;
}

/** The most that the judge takes on; README.md says what that costs. */
export const COST_LIMITS: Cost = { elements: 2 ** 23, operations: 2 ** 29 };

/** What evaluating nodes takes, without evaluating any. */
export function costOf(nodes: readonly Node[]): Cost {
  let elements = 0, operations = 0;
  for (const node of postorder(nodes)) {
    elements += sizeOf(node.shape);
    operations += operationsOf(node);
  }
  return { elements, operations };
}

function operationsOf(node: Node): number {
  const { form } = rowOf(node);
  switch (form.name) {
    case "source":
      return 0;
    case "elementwise":
      return sizeOf(node.shape);
    case "multilinear":
      return form.layouts(node).reduce((sum, { extents }) => sum + sizeOf(extents), 0);
    case "selection":
      return sizeOf(form.candidates(node).layout.extents);
  }
}

/** Throws a `RangeError` for nodes whose evaluation in float64 would take too much. */
export function checkCost(action: string, nodes: readonly Node[]): void {
  const cost = costOf(nodes);
  for (const what of ["elements", "operations"] as const) {
    if (cost[what] <= COST_LIMITS[what]) continue;
    const [found, most] = [cost, COST_LIMITS].map((each) => each[what].toLocaleString("en-US"));
    throw new RangeError(`Cannot ${action}: its graph has ${found} ${what}, at most ${most}`);
  }
}
