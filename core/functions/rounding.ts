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
 * The derivative at 0 is 0, as in TensorFlow. Takes float32 or int32. Throws a `TypeError` for
 * other dtypes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { abs, run } from "../../mod.ts";
 * const [value] = run([abs([-2, 3])]);
 * assertEquals(`${value}`, "[2. 3.]");
 * ```
 */
export function abs(x: Operand): Node {
  return call("abs", [x]);
}

/**
 * The sign of every element: -1, 0 or 1; NaN for NaN, and 0 for -0.
 *
 * The derivative is 0 everywhere. Takes float32 or int32. Throws a `TypeError` for other dtypes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, sign } from "../../mod.ts";
 * const [value] = run([sign([-2, 0, 0.5])]);
 * assertEquals(`${value}`, "[-1.  0.  1.]");
 * ```
 */
export function sign(x: Operand): Node {
  return call("sign", [x]);
}

/**
 * The largest whole number not above each element.
 *
 * No gradient flows back, as in TensorFlow. Throws a `TypeError` for an operand that is not
 * float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { floor, run } from "../../mod.ts";
 * const [value] = run([floor([-1.5, 2.5])]);
 * assertEquals(`${value}`, "[-2.  2.]");
 * ```
 */
export function floor(x: Operand): Node {
  return call("floor", [x]);
}

/**
 * The smallest whole number not below each element.
 *
 * No gradient flows back, as in TensorFlow. Throws a `TypeError` for an operand that is not
 * float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ceil, run } from "../../mod.ts";
 * const [value] = run([ceil([-1.5, 2.5])]);
 * assertEquals(`${value}`, "[-1.  3.]");
 * ```
 */
export function ceil(x: Operand): Node {
  return call("ceil", [x]);
}

/**
 * The whole number nearest to each element, the even one of two.
 *
 * No gradient flows back, as in TensorFlow. Throws a `TypeError` for an operand that is not
 * float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { round, run } from "../../mod.ts";
 * const [value] = run([round([-1.2, 0.5, 1.5])]);
 * assertEquals(`${value}`, "[-1.  0.  2.]");
 * ```
 */
export function round(x: Operand): Node {
  return call("round", [x]);
}
