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
