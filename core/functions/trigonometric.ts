/**
 * The public functions of the ops in `ops/trigonometric.ts`. Written from the rows by
 * `deno task ops`.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import { call } from "./call.ts";
import type { Operand } from "./sources.ts";

/**
 * The sine of every element, in radians, correctly rounded however large.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, sin } from "../../mod.ts";
 * const [value] = run([sin([0, 1, -2])]);
 * assertEquals(`${value}`, "[ 0.          0.84147096 -0.9092974 ]");
 * ```
 */
export function sin(x: Operand): Node {
  return call("sin", [x]);
}

/**
 * The cosine of every element, in radians, correctly rounded however large.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cos, run } from "../../mod.ts";
 * const [value] = run([cos([0, 1, -2])]);
 * assertEquals(`${value}`, "[ 1.          0.5403023  -0.41614684]");
 * ```
 */
export function cos(x: Operand): Node {
  return call("cos", [x]);
}

/**
 * The tangent of every element, in radians, correctly rounded however large.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, tan } from "../../mod.ts";
 * const [value] = run([tan([0, 1, -2])]);
 * assertEquals(`${value}`, "[0.        1.5574077 2.1850398]");
 * ```
 */
export function tan(x: Operand): Node {
  return call("tan", [x]);
}

/**
 * The angle whose sine is the element, correctly rounded; NaN beyond ±1.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { asin, run } from "../../mod.ts";
 * const [value] = run([asin([0, 1, -0.5])]);
 * assertEquals(`${value}`, "[ 0.         1.5707964 -0.5235988]");
 * ```
 */
export function asin(x: Operand): Node {
  return call("asin", [x]);
}

/**
 * The angle whose cosine is the element, correctly rounded; NaN beyond ±1.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { acos, run } from "../../mod.ts";
 * const [value] = run([acos([0, 1, -0.5])]);
 * assertEquals(`${value}`, "[1.5707964 0.        2.0943952]");
 * ```
 */
export function acos(x: Operand): Node {
  return call("acos", [x]);
}

/**
 * The angle whose tangent is the element, correctly rounded.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { atan, run } from "../../mod.ts";
 * const [value] = run([atan([0, 1, -2])]);
 * assertEquals(`${value}`, "[ 0.         0.7853982 -1.1071488]");
 * ```
 */
export function atan(x: Operand): Node {
  return call("atan", [x]);
}

/**
 * The angle of the point (x, y) from the positive x-axis, within 0.5000001 ULP.
 *
 * The gradients at the origin are NaN, as in TensorFlow. Shapes broadcast as in NumPy. Throws a
 * `TypeError` for shapes that do not, or for operands that are not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { atan2, run } from "../../mod.ts";
 * const [value] = run([atan2([1, -1, 0], [1, -1, -1])]);
 * assertEquals(`${value}`, "[ 0.7853982 -2.3561945  3.1415927]");
 * ```
 */
export function atan2(y: Operand, x: Operand): Node {
  return call("atan2", [y, x]);
}
