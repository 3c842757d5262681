/**
 * The public functions of the ops in `ops/hyperbolic.ts`. Written from the rows by `deno task ops`.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import { call } from "./call.ts";
import type { Operand } from "./sources.ts";

/**
 * The hyperbolic sine of every element, correctly rounded.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, sinh } from "../../mod.ts";
 * const [value] = run([sinh([0, 1, -1])]);
 * assertEquals(`${value}`, "[ 0.         1.1752012 -1.1752012]");
 * ```
 */
export function sinh(x: Operand): Node {
  return call("sinh", [x]);
}

/**
 * The hyperbolic cosine of every element, correctly rounded.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cosh, run } from "../../mod.ts";
 * const [value] = run([cosh([0, 1, -1])]);
 * assertEquals(`${value}`, "[1.        1.5430807 1.5430807]");
 * ```
 */
export function cosh(x: Operand): Node {
  return call("cosh", [x]);
}

/**
 * The hyperbolic tangent of every element, correctly rounded.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, tanh } from "../../mod.ts";
 * const [value] = run([tanh([0, 1, -1])]);
 * assertEquals(`${value}`, "[ 0.         0.7615942 -0.7615942]");
 * ```
 */
export function tanh(x: Operand): Node {
  return call("tanh", [x]);
}

/**
 * The inverse hyperbolic sine of every element, correctly rounded.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { asinh, run } from "../../mod.ts";
 * const [value] = run([asinh([0, 1, -1])]);
 * assertEquals(`${value}`, "[ 0.         0.8813736 -0.8813736]");
 * ```
 */
export function asinh(x: Operand): Node {
  return call("asinh", [x]);
}

/**
 * The inverse hyperbolic cosine of every element, correctly rounded; NaN below 1.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { acosh, run } from "../../mod.ts";
 * const [value] = run([acosh([1, 2])]);
 * assertEquals(`${value}`, "[0.       1.316958]");
 * ```
 */
export function acosh(x: Operand): Node {
  return call("acosh", [x]);
}

/**
 * The inverse hyperbolic tangent of every element, correctly rounded; NaN beyond ±1.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { atanh, run } from "../../mod.ts";
 * const [value] = run([atanh([0, 0.5, 1])]);
 * assertEquals(`${value}`, "[0.         0.54930615        inf]");
 * ```
 */
export function atanh(x: Operand): Node {
  return call("atanh", [x]);
}
