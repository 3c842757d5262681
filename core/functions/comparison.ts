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
 * Operands are of one dtype, which may be any. The result is bool. Shapes broadcast as in NumPy.
 * Throws a `TypeError` for shapes that do not, or for other dtypes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { equal, run } from "../../mod.ts";
 * const [value] = run([equal([1, 2, 3], 2)]);
 * assertEquals(`${value}`, "[0. 1. 0.]");
 * ```
 */
export function equal(a: Operand, b: Operand): Node {
  return call("equal", [a, b]);
}

/**
 * Whether two elements differ: NaN differs from everything, and -0 equals 0.
 *
 * Operands are of one dtype, which may be any. The result is bool. Shapes broadcast as in NumPy.
 * Throws a `TypeError` for shapes that do not, or for other dtypes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { notEqual, run } from "../../mod.ts";
 * const [value] = run([notEqual([1, 2, 3], 2)]);
 * assertEquals(`${value}`, "[1. 0. 1.]");
 * ```
 */
export function notEqual(a: Operand, b: Operand): Node {
  return call("notEqual", [a, b]);
}

/**
 * Whether `a < b`: false where one is NaN.
 *
 * Operands are of one dtype, float32 or int32. The result is bool. Shapes broadcast as in NumPy.
 * Throws a `TypeError` for shapes that do not, or for other dtypes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { less, run } from "../../mod.ts";
 * const [value] = run([less([1, 2, 3], 2)]);
 * assertEquals(`${value}`, "[1. 0. 0.]");
 * ```
 */
export function less(a: Operand, b: Operand): Node {
  return call("less", [a, b]);
}

/**
 * Whether `a <= b`: false where one is NaN.
 *
 * Operands are of one dtype, float32 or int32. The result is bool. Shapes broadcast as in NumPy.
 * Throws a `TypeError` for shapes that do not, or for other dtypes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { lessEqual, run } from "../../mod.ts";
 * const [value] = run([lessEqual([1, 2, 3], 2)]);
 * assertEquals(`${value}`, "[1. 1. 0.]");
 * ```
 */
export function lessEqual(a: Operand, b: Operand): Node {
  return call("lessEqual", [a, b]);
}

/**
 * Whether `a > b`: false where one is NaN.
 *
 * Operands are of one dtype, float32 or int32. The result is bool. Shapes broadcast as in NumPy.
 * Throws a `TypeError` for shapes that do not, or for other dtypes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { greater, run } from "../../mod.ts";
 * const [value] = run([greater([1, 2, 3], 2)]);
 * assertEquals(`${value}`, "[0. 0. 1.]");
 * ```
 */
export function greater(a: Operand, b: Operand): Node {
  return call("greater", [a, b]);
}

/**
 * Whether `a >= b`: false where one is NaN.
 *
 * Operands are of one dtype, float32 or int32. The result is bool. Shapes broadcast as in NumPy.
 * Throws a `TypeError` for shapes that do not, or for other dtypes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { greaterEqual, run } from "../../mod.ts";
 * const [value] = run([greaterEqual([1, 2, 3], 2)]);
 * assertEquals(`${value}`, "[0. 1. 1.]");
 * ```
 */
export function greaterEqual(a: Operand, b: Operand): Node {
  return call("greaterEqual", [a, b]);
}

/**
 * Whether both elements are true.
 *
 * Shapes broadcast as in NumPy. Throws a `TypeError` for shapes that do not, or for operands that
 * are not bool.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { logicalAnd, run } from "../../mod.ts";
 * const [value] = run([logicalAnd([1, 1, 0], [1, 0, 0])]);
 * assertEquals(`${value}`, "[1. 0. 0.]");
 * ```
 */
export function logicalAnd(a: Operand, b: Operand): Node {
  return call("logicalAnd", [a, b]);
}

/**
 * Whether at least one of two elements is true.
 *
 * Shapes broadcast as in NumPy. Throws a `TypeError` for shapes that do not, or for operands that
 * are not bool.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { logicalOr, run } from "../../mod.ts";
 * const [value] = run([logicalOr([1, 1, 0], [1, 0, 0])]);
 * assertEquals(`${value}`, "[1. 1. 0.]");
 * ```
 */
export function logicalOr(a: Operand, b: Operand): Node {
  return call("logicalOr", [a, b]);
}

/**
 * Whether an element is false.
 *
 * Throws a `TypeError` for an operand that is not bool.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { logicalNot, run } from "../../mod.ts";
 * const [value] = run([logicalNot([1, 0])]);
 * assertEquals(`${value}`, "[0. 1.]");
 * ```
 */
export function logicalNot(x: Operand): Node {
  return call("logicalNot", [x]);
}
