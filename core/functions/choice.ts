/**
 * The public functions of the ops in `ops/choice.ts`. Written from the rows by `deno task ops`.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import { call } from "./call.ts";
import type { Operand } from "./sources.ts";

/**
 * The larger of two elements; NaN if one is NaN.
 *
 * A tie sends its gradient to the first operand, NaN to the second, as in TensorFlow. Operands are
 * of one dtype, float32 or int32. Shapes broadcast as in NumPy. Throws a `TypeError` for shapes
 * that do not, or for other dtypes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { maximum, run } from "../../mod.ts";
 * const [value] = run([maximum([1, 5], [3, 2])]);
 * assertEquals(`${value}`, "[3. 5.]");
 * ```
 */
export function maximum(a: Operand, b: Operand): Node {
  return call("maximum", [a, b]);
}

/**
 * The smaller of two elements; NaN if one is NaN.
 *
 * A tie sends its gradient to the first operand, NaN to the second, as in TensorFlow. Operands are
 * of one dtype, float32 or int32. Shapes broadcast as in NumPy. Throws a `TypeError` for shapes
 * that do not, or for other dtypes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { minimum, run } from "../../mod.ts";
 * const [value] = run([minimum([1, 5], [3, 2])]);
 * assertEquals(`${value}`, "[1. 2.]");
 * ```
 */
export function minimum(a: Operand, b: Operand): Node {
  return call("minimum", [a, b]);
}

/**
 * An element of `a` where the condition is true, of `b` where it is false.
 *
 * 0 flows to the operand that is not chosen, and is multiplied by the derivatives behind it: where
 * these are infinite or NaN, so is the gradient, as in TensorFlow. Then choose before as well:
 * `where(c, div(1, where(c, x, 1)), 0)`. `condition` is bool and `a` and `b` are of one dtype,
 * which may be any. Shapes broadcast as in NumPy. Throws a `TypeError` for shapes that do not, or
 * for other dtypes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { greater, run, where } from "../../mod.ts";
 * const [value] = run([where(greater([1, -2], 0), [10, 20], [0.5, 0.25])]);
 * assertEquals(`${value}`, "[10.    0.25]");
 * ```
 */
export function where(condition: Operand, a: Operand, b: Operand): Node {
  return call("where", [condition, a, b]);
}

/**
 * `maximum(minimum(x, max), min)`, with gradients as of these: at a bound all to `x`.
 *
 * Operands are of one dtype, float32 or int32. Shapes broadcast as in NumPy. Throws a `TypeError`
 * for shapes that do not, or for other dtypes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { clipByValue, run } from "../../mod.ts";
 * const [value] = run([clipByValue([-3, 0.5, 3], -1, 1)]);
 * assertEquals(`${value}`, "[-1.   0.5  1. ]");
 * ```
 */
export function clipByValue(x: Operand, min: Operand, max: Operand): Node {
  return call("clipByValue", [x, min, max]);
}
