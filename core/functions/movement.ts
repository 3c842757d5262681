/**
 * The public functions of the ops in `ops/movement.ts`. Written from the rows by `deno task ops`.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import type { Shape } from "../shape.ts";
import { call } from "./call.ts";
import type { Operand } from "./sources.ts";

/**
 * The same elements in row-major order under another shape of the same size.
 *
 * `shape`: the extents of the result. Takes any dtype. Throws a `TypeError` for shapes that do not
 * fit, and a `RangeError` for `shape` out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reshape, run } from "../../mod.ts";
 * const [value] = run([reshape([1, 2, 3, 4], [2, 2])]);
 * assertEquals(`${value}`, "[[1. 2.]\n [3. 4.]]");
 * ```
 */
export function reshape(x: Operand, shape: Shape): Node {
  return call("reshape", [x], { shape });
}

/**
 * Reorders the axes.
 *
 * `permutation`: axis `permutation[i]` of the operand becomes axis `i`; reversed by default. Takes
 * any dtype. Throws a `TypeError` for shapes that do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, transpose } from "../../mod.ts";
 * const [value] = run([transpose([[1, 2], [3, 4]])]);
 * assertEquals(`${value}`, "[[1. 3.]\n [2. 4.]]");
 * ```
 */
export function transpose(x: Operand, permutation?: readonly number[]): Node {
  return call("transpose", [x], { permutation });
}

/**
 * Repeats a tensor along axes of extent 1, and new leading axes, to the given shape.
 *
 * `shape`: the extents of the result. Takes any dtype. Throws a `TypeError` for shapes that do not
 * fit, and a `RangeError` for `shape` out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { broadcastTo, run } from "../../mod.ts";
 * const [value] = run([broadcastTo([1, 2], [2, 2])]);
 * assertEquals(`${value}`, "[[1. 2.]\n [1. 2.]]");
 * ```
 */
export function broadcastTo(x: Operand, shape: Shape): Node {
  return call("broadcastTo", [x], { shape });
}
