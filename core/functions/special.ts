/**
 * The public functions of the ops in `ops/special.ts`. Written from the rows by `deno task ops`.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import { call } from "./call.ts";
import type { Operand } from "./sources.ts";

/**
 * The error function of every element, correctly rounded.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { erf, run } from "../../mod.ts";
 * const [value] = run([erf([0, 1, -0.5])]);
 * assertEquals(`${value}`, "[ 0.         0.8427008 -0.5204999]");
 * ```
 */
export function erf(x: Operand): Node {
  return call("erf", [x]);
}

/**
 * The complementary error function `1 - erf(x)` of every element, correctly rounded.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { erfc, run } from "../../mod.ts";
 * const [value] = run([erfc([0, 1, 5])]);
 * assertEquals(`${value}`, "[1.0000000e+00 1.5729921e-01 1.5374598e-12]");
 * ```
 */
export function erfc(x: Operand): Node {
  return call("erfc", [x]);
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

/**
 * `log(1 + exp(x))` of every element, correctly rounded, without overflow.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, softplus } from "../../mod.ts";
 * const [value] = run([softplus([0, 100, -100])]);
 * assertEquals(`${value}`, "[6.931472e-01 1.000000e+02 3.783506e-44]");
 * ```
 */
export function softplus(x: Operand): Node {
  return call("softplus", [x]);
}

/**
 * The logarithm of the sigmoid, `-softplus(-x)`, of every element, correctly rounded.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { logSigmoid, run } from "../../mod.ts";
 * const [value] = run([logSigmoid([0, -1000])]);
 * assertEquals(`${value}`, "[-6.931472e-01 -1.000000e+03]");
 * ```
 */
export function logSigmoid(x: Operand): Node {
  return call("logSigmoid", [x]);
}
