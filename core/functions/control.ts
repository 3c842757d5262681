/**
 * The public functions of the ops in `ops/control.ts`. Written from the rows by `deno task ops`.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import { call } from "./call.ts";
import type { Operand } from "./sources.ts";

/**
 * The same value, through which no gradient flows back.
 *
 * Takes any dtype.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gradients, stopGradient, variable } from "../../mod.ts";
 * const [gradient] = gradients(stopGradient(variable(3)), variable(3));
 * assertEquals(gradient, null);
 * ```
 */
export function stopGradient(x: Operand): Node {
  return call("stopGradient", [x]);
}

/**
 * The same values as another dtype.
 *
 * int32 is the whole part of a value, a `RangeError` if it is NaN or beyond ±2²⁴; bool is whether a
 * value is not 0. Only from float32 to float32 flows a gradient. `dtype`: the dtype of the result.
 * Takes any dtype.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cast, run } from "../../mod.ts";
 * const [value] = run([cast([-1.5, 0, 2.5], "int32")]);
 * assertEquals(`${value}`, "[-1.  0.  2.]");
 * ```
 */
export function cast(x: Operand, dtype: "float32" | "int32" | "bool"): Node {
  return call("cast", [x], { dtype });
}
