/**
 * The public functions of the ops in `ops/rounding.ts`. Written from the rows by `deno task ops`.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import { call } from "./call.ts";
import type { Operand } from "./sources.ts";

/**
 * The absolute value of every element, exact.
 *
 * The derivative at 0 is 0, as in TensorFlow. Throws a `TypeError` that names shapes, or dtypes,
 * that do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { abs, run } from "../../mod.ts";
 * assertEquals(`${run([abs([-2, 3])])[0]}`, "[2. 3.]");
 * ```
 */
export function abs(x: Operand): Node {
  return call("abs", [x]);
}

/**
 * The sign of every element: -1, 0 or 1; NaN for NaN, and 0 for -0.
 *
 * The derivative is 0 everywhere. Throws a `TypeError` that names shapes, or dtypes, that do not
 * fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, sign } from "../../mod.ts";
 * assertEquals(`${run([sign([-2, 0, 0.5])])[0]}`, "[-1.  0.  1.]");
 * ```
 */
export function sign(x: Operand): Node {
  return call("sign", [x]);
}
