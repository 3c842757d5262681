/**
 * The public functions of the ops in `ops/comparison.ts`. Written from the rows by `deno task ops`.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import { call } from "./call.ts";
import type { Operand } from "./sources.ts";

/**
 * Whether two elements are equal: NaN equals nothing, and -0 equals 0.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { equal, run } from "../../mod.ts";
 * assertEquals(`${run([equal([1, 2, 3], 2)])[0]}`, "[0. 1. 0.]");
 * ```
 */
export function equal(a: Operand, b: Operand): Node {
  return call("equal", [a, b]);
}

/**
 * Whether two elements differ: NaN differs from everything, and -0 equals 0.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { notEqual, run } from "../../mod.ts";
 * assertEquals(`${run([notEqual([1, 2, 3], 2)])[0]}`, "[1. 0. 1.]");
 * ```
 */
export function notEqual(a: Operand, b: Operand): Node {
  return call("notEqual", [a, b]);
}

/**
 * Whether `a < b`: false where one is NaN.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { less, run } from "../../mod.ts";
 * assertEquals(`${run([less([1, 2, 3], 2)])[0]}`, "[1. 0. 0.]");
 * ```
 */
export function less(a: Operand, b: Operand): Node {
  return call("less", [a, b]);
}

/**
 * Whether `a <= b`: false where one is NaN.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { lessEqual, run } from "../../mod.ts";
 * assertEquals(`${run([lessEqual([1, 2, 3], 2)])[0]}`, "[1. 1. 0.]");
 * ```
 */
export function lessEqual(a: Operand, b: Operand): Node {
  return call("lessEqual", [a, b]);
}

/**
 * Whether `a > b`: false where one is NaN.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { greater, run } from "../../mod.ts";
 * assertEquals(`${run([greater([1, 2, 3], 2)])[0]}`, "[0. 0. 1.]");
 * ```
 */
export function greater(a: Operand, b: Operand): Node {
  return call("greater", [a, b]);
}

/**
 * Whether `a >= b`: false where one is NaN.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { greaterEqual, run } from "../../mod.ts";
 * assertEquals(`${run([greaterEqual([1, 2, 3], 2)])[0]}`, "[0. 1. 1.]");
 * ```
 */
export function greaterEqual(a: Operand, b: Operand): Node {
  return call("greaterEqual", [a, b]);
}

/**
 * Whether both elements are true.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { logicalAnd, run } from "../../mod.ts";
 * assertEquals(`${run([logicalAnd([1, 1, 0], [1, 0, 0])])[0]}`, "[1. 0. 0.]");
 * ```
 */
export function logicalAnd(a: Operand, b: Operand): Node {
  return call("logicalAnd", [a, b]);
}

/**
 * Whether at least one of two elements is true.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { logicalOr, run } from "../../mod.ts";
 * assertEquals(`${run([logicalOr([1, 1, 0], [1, 0, 0])])[0]}`, "[1. 1. 0.]");
 * ```
 */
export function logicalOr(a: Operand, b: Operand): Node {
  return call("logicalOr", [a, b]);
}

/**
 * Whether an element is false.
 *
 * Throws a `TypeError` that names shapes, or dtypes, that do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { logicalNot, run } from "../../mod.ts";
 * assertEquals(`${run([logicalNot([1, 0])])[0]}`, "[0. 1.]");
 * ```
 */
export function logicalNot(x: Operand): Node {
  return call("logicalNot", [x]);
}
