/**
 * The public functions of the ops in `ops/arithmetic.ts`. Written from the rows by `deno task ops`.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import { call } from "./call.ts";
import type { Operand } from "./sources.ts";

/**
 * Adds two tensors element by element: `a + b`, rounded once.
 *
 * Shapes broadcast as in NumPy. Throws a `TypeError` for shapes that do not, or for operands that
 * are not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { add, run } from "../../mod.ts";
 * const [value] = run([add([[1], [2]], [10, 20])]);
 * assertEquals(`${value}`, "[[11. 21.]\n [12. 22.]]");
 * ```
 */
export function add(a: Operand, b: Operand): Node {
  return call("add", [a, b]);
}

/**
 * Subtracts two tensors element by element: `a - b`, rounded once.
 *
 * Shapes broadcast as in NumPy. Throws a `TypeError` for shapes that do not, or for operands that
 * are not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, sub } from "../../mod.ts";
 * const [value] = run([sub(1, [0.25, 2])]);
 * assertEquals(`${value}`, "[ 0.75 -1.  ]");
 * ```
 */
export function sub(a: Operand, b: Operand): Node {
  return call("sub", [a, b]);
}

/**
 * Multiplies two tensors element by element: `a * b`, rounded once.
 *
 * Shapes broadcast as in NumPy. Throws a `TypeError` for shapes that do not, or for operands that
 * are not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mul, run } from "../../mod.ts";
 * const [value] = run([mul([1, 2, 3], 2)]);
 * assertEquals(`${value}`, "[2. 4. 6.]");
 * ```
 */
export function mul(a: Operand, b: Operand): Node {
  return call("mul", [a, b]);
}

/**
 * Divides two tensors element by element: `a / b`, rounded once; by 0 to ±∞ or NaN.
 *
 * Shapes broadcast as in NumPy. Throws a `TypeError` for shapes that do not, or for operands that
 * are not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { div, run } from "../../mod.ts";
 * const [value] = run([div([1, -1, 0], 0)]);
 * assertEquals(`${value}`, "[ inf -inf  nan]");
 * ```
 */
export function div(a: Operand, b: Operand): Node {
  return call("div", [a, b]);
}

/**
 * Negates every element: `-x`, exact.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { neg, run } from "../../mod.ts";
 * const [value] = run([neg([1, -2])]);
 * assertEquals(`${value}`, "[-1.  2.]");
 * ```
 */
export function neg(x: Operand): Node {
  return call("neg", [x]);
}

/**
 * Squares every element: `x * x`, rounded once.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, square } from "../../mod.ts";
 * const [value] = run([square([1, -3])]);
 * assertEquals(`${value}`, "[1. 9.]");
 * ```
 */
export function square(x: Operand): Node {
  return call("square", [x]);
}

/**
 * The square of `a - b`, computed in double and rounded to float32.
 *
 * Shapes broadcast as in NumPy. Throws a `TypeError` for shapes that do not, or for operands that
 * are not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, squaredDifference } from "../../mod.ts";
 * const [value] = run([squaredDifference([1, 5], 2)]);
 * assertEquals(`${value}`, "[1. 9.]");
 * ```
 */
export function squaredDifference(a: Operand, b: Operand): Node {
  return call("squaredDifference", [a, b]);
}
