/**
 * The public functions of the ops in `ops/exponential.ts`. Written from the rows by
 * `deno task ops`.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import { call } from "./call.ts";
import type { Operand } from "./sources.ts";

/**
 * The exponential of every element, correctly rounded.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { exp, run } from "../../mod.ts";
 * const [value] = run([exp([0, 1])]);
 * assertEquals(`${value}`, "[1.        2.7182817]");
 * ```
 */
export function exp(x: Operand): Node {
  return call("exp", [x]);
}

/**
 * The logistic function `1 / (1 + exp(-x))` of every element, correctly rounded.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, sigmoid } from "../../mod.ts";
 * const [value] = run([sigmoid([1.56, -0.69])]);
 * assertEquals(`${value}`, "[0.8263534  0.33403307]");
 * ```
 */
export function sigmoid(x: Operand): Node {
  return call("sigmoid", [x]);
}
