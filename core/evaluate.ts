/**
 * The one interface of whatever computes the values of nodes in float32: plans, the judge's honest
 * engines, and adapters of other engines.
 *
 * @module
 */
import type { Node } from "./graph.ts";
import { compile } from "./plan.ts";
import { Tensor } from "./tensor.ts";

/** Float32 values of nodes, in row-major order. */
export type NodeValues = ReadonlyMap<Node, Float32Array>;

/**
 * Computes the values of nodes. The result holds at least those that were asked for, and is the
 * caller's own.
 *
 * `feeds` gives placeholders and variables their values; variables that are not among them keep
 * their own.
 */
export type Evaluate = (nodes: readonly Node[], feeds?: NodeValues) => NodeValues;

/** {@linkcode Evaluate} by a {@linkcode Plan}. */
export const evaluate: Evaluate = (nodes, feeds = new Map()) => {
  const given = [...feeds].map(([node, data]) => new Tensor(data, node.shape));
  const values = compile(nodes, [...feeds.keys()]).run(given);
  return new Map(nodes.map((node, i) => [node, values[i]!.data]));
};
