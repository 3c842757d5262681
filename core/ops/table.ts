/**
 * The table of ops: every op the core knows, one row each. A new op is a row in a family file and
 * nothing else.
 *
 * @module
 */
import type { Node, Op } from "../graph.ts";
import accumulation from "./accumulation.ts";
import activation from "./activation.ts";
import arithmetic from "./arithmetic.ts";
import broadcast from "./broadcast.ts";
import control from "./control.ts";
import matrix from "./matrix.ts";
import reduction from "./reduction.ts";
import sources from "./sources.ts";
import structure from "./structure.ts";

const table = {
  ...sources,
  ...arithmetic,
  ...accumulation,
  ...activation,
  ...structure,
  ...broadcast,
  ...reduction,
  ...matrix,
  ...control,
};

/** The name of an op. */
export type OpName = keyof typeof table;

/** Every op by name: a total record. */
export const ops: Readonly<Record<OpName, Op>> = table;

/** The row of a node's op. */
export function rowOf(node: Node): Op {
  return ops[node.op as OpName];
}
