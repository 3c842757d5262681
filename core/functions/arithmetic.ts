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
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { add, run } from "../../mod.ts";
 * assertEquals(`${run([add([[1], [2]], [10, 20])])[0]}`, "[[11. 21.]\n [12. 22.]]");
 * ```
 */
export function add(a: Operand, b: Operand): Node {
  return call("add", [a, b]);
}

/**
 * Subtracts two tensors element by element: `a - b`, rounded once.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, sub } from "../../mod.ts";
 * assertEquals(`${run([sub(1, [0.25, 2])])[0]}`, "[ 0.75 -1.  ]");
 * ```
 */
export function sub(a: Operand, b: Operand): Node {
  return call("sub", [a, b]);
}

/**
 * Multiplies two tensors element by element: `a * b`, rounded once.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mul, run } from "../../mod.ts";
 * assertEquals(`${run([mul([1, 2, 3], 2)])[0]}`, "[2. 4. 6.]");
 * ```
 */
export function mul(a: Operand, b: Operand): Node {
  return call("mul", [a, b]);
}

/**
 * Divides two tensors element by element: `a / b`, rounded once. Division by zero gives infinities
 * and NaN.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { div, run } from "../../mod.ts";
 * assertEquals(`${run([div([1, -1, 0], 0)])[0]}`, "[ inf -inf  nan]");
 * ```
 */
export function div(a: Operand, b: Operand): Node {
  return call("div", [a, b]);
}

/**
 * Negates every element: `-x`, exact.
 *
 * Throws a `TypeError` that names shapes, or dtypes, that do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { neg, run } from "../../mod.ts";
 * assertEquals(`${run([neg([1, -2])])[0]}`, "[-1.  2.]");
 * ```
 */
export function neg(x: Operand): Node {
  return call("neg", [x]);
}

/**
 * Squares every element: `x * x`, rounded once.
 *
 * Throws a `TypeError` that names shapes, or dtypes, that do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, square } from "../../mod.ts";
 * assertEquals(`${run([square([1, -3])])[0]}`, "[1. 9.]");
 * ```
 */
export function square(x: Operand): Node {
  return call("square", [x]);
}

/**
 * The square of `a - b`, computed in double and rounded to float32.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, squaredDifference } from "../../mod.ts";
 * assertEquals(`${run([squaredDifference([1, 5], 2)])[0]}`, "[1. 9.]");
 * ```
 */
export function squaredDifference(a: Operand, b: Operand): Node {
  return call("squaredDifference", [a, b]);
}
