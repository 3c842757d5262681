/**
 * The table of ops: every op the core knows, one row each. A new op is a row in a family file and
 * nothing else; CONTRIBUTING.md shows one.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import type { Op } from "../op.ts";
import arithmetic from "./arithmetic.ts";
import choice from "./choice.ts";
import comparison from "./comparison.ts";
import control from "./control.ts";
import exponential from "./exponential.ts";
import hyperbolic from "./hyperbolic.ts";
import indexing from "./indexing.ts";
import movement from "./movement.ts";
import products from "./products.ts";
import reduction from "./reduction.ts";
import rounding from "./rounding.ts";
import selection from "./selection.ts";
import sources from "./sources.ts";
import special from "./special.ts";
import trigonometric from "./trigonometric.ts";

/** The rows by subject, as the files of this folder hold them. */
export const families = {
  sources,
  arithmetic,
  rounding,
  exponential,
  trigonometric,
  hyperbolic,
  special,
  comparison,
  choice,
  movement,
  indexing,
  reduction,
  selection,
  products,
  control,
};

const table = {
  ...sources,
  ...arithmetic,
  ...rounding,
  ...exponential,
  ...trigonometric,
  ...hyperbolic,
  ...special,
  ...comparison,
  ...choice,
  ...movement,
  ...indexing,
  ...reduction,
  ...selection,
  ...products,
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
