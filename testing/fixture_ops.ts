/**
 * Ops of tests: rows that are not in the table, for as long as a test process lives.
 *
 * @module
 */
import { gradientRules } from "../core/gradients.ts";
import { apply, type Node } from "../core/graph.ts";
import type { Op } from "../core/op.ts";
import { ops } from "../core/ops/table.ts";
import { tangentRules } from "../verify/tangents.ts";

/** Puts rows into the table, and their rules where rules are kept. */
export function addOps(rows: Readonly<Record<string, Op<never>>>): void {
  const put = (record: object, entries: object) => void Object.assign(record, entries);
  const rules = (rule: "gradient" | "tangent") =>
    Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row[rule]]));
  put(ops, rows);
  put(gradientRules, rules("gradient"));
  put(tangentRules, rules("tangent"));
}

/** Makes a node of any op of the table. */
export function nodeOf(op: string, inputs: readonly Node[], attributes: object = {}): Node {
  return apply(ops, op, inputs, attributes);
}
