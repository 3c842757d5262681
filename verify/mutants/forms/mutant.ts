/**
 * What a mutant of an op is: a bug that is planted because of the op's form, in any op of the form.
 *
 * @module
 */
import { apply, type Node } from "../../../core/graph.ts";
import type { Op } from "../../../core/op.ts";
import { type OpName, ops } from "../../../core/ops/table.ts";
import { sameShape } from "../../../core/shape.ts";
import { takesOf } from "../../random_graph.ts";
import type { Judged, OpGraph } from "./graph.ts";

/** A bug in the one node of an op in a graph; all else is right. */
export interface OpMutant {
  readonly op: OpName;
  readonly name: string;
  /** The bug in a graph; `null` where there is no place for it. */
  readonly plant: (graph: OpGraph) => Planted | null;
}

/** A bug in a graph. */
export interface Planted {
  /** What the bug shows in. */
  readonly judged: Judged;
  /** What comes out, one by one as `right(judged)` of the graph, in float32. */
  readonly values: () => readonly Float32Array[];
  /** The same, computed alike but without the bug. */
  readonly right: () => readonly Float32Array[];
  /** Why the bug changes nothing, by nature; `null` if it should. */
  readonly harmless: () => string | null;
}

/** An operand by its number; of an op that takes any number of them, the first and the last. */
export interface Operand {
  readonly text: string;
  /** Its number at a node. */
  readonly at: (node: Node) => number;
}

/** The operands of a row for which `isMeant` holds, given what they take. */
export function operandsOf(
  row: Op,
  isMeant: (taken: ReturnType<typeof takesOf>) => boolean = () => true,
): Operand[] {
  if (row.arity === "any") {
    if (!isMeant(takesOf(row, 0))) return [];
    return [
      { text: "operand 0", at: () => 0 },
      { text: "the last operand", at: ({ inputs }) => inputs.length - 1 },
    ];
  }
  return Array.from({ length: row.arity }, (_, i) => ({ text: `operand ${i}`, at: () => i }))
    .filter((_, i) => isMeant(takesOf(row, i)));
}

/** Every two of some operands. */
export function pairsOf(operands: readonly Operand[]): (readonly [Operand, Operand])[] {
  return operands.flatMap((a, i) => operands.slice(i + 1).map((b) => [a, b] as const));
}

/**
 * A node of the same op and attributes on other operands; `null` if it refuses them or has another
 * shape or dtype.
 */
export function withOperands(node: Node, operands: readonly Node[]): Node | null {
  try {
    const other = apply(ops, node.op as OpName, operands, { ...node.attributes });
    return sameShape(other.shape, node.shape) && other.dtype === node.dtype ? other : null;
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return null;
    throw error;
  }
}

/** A list with two of its items in each other's places. */
export function exchanged<T>(list: readonly T[], i: number, j: number): T[] {
  return list.with(i, list[j]!).with(j, list[i]!);
}
