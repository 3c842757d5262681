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
 * `exp(x) - 1` of every element, correctly rounded also near 0.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { expm1, run } from "../../mod.ts";
 * const [value] = run([expm1([0, 1, -1])]);
 * assertEquals(`${value}`, "[ 0.          1.7182819  -0.63212055]");
 * ```
 */
export function expm1(x: Operand): Node {
  return call("expm1", [x]);
}

/**
 * The natural logarithm of every element, correctly rounded; NaN below 0.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { log, run } from "../../mod.ts";
 * const [value] = run([log([1, 10, 0])]);
 * assertEquals(`${value}`, "[0.        2.3025851      -inf]");
 * ```
 */
export function log(x: Operand): Node {
  return call("log", [x]);
}

/**
 * The logarithm of `1 + x` of every element, correctly rounded also near 0.
 *
 * Throws a `TypeError` for an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { log1p, run } from "../../mod.ts";
 * const [value] = run([log1p([0, 1, -1])]);
 * assertEquals(`${value}`, "[0.        0.6931472      -inf]");
 * ```
 */
export function log1p(x: Operand): Node {
  return call("log1p", [x]);
}

/**
 * `a` to the power `b`, within 0.5000001 ULP; NaN for powers of `a < 0` not whole.
 *
 * No gradient reaches `b` where `a <= 0`; that of `a` at (0, 0) is NaN: TensorFlow's. Shapes
 * broadcast as in NumPy. Throws a `TypeError` for shapes that do not, or for operands that are not
 * float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pow, run } from "../../mod.ts";
 * const [value] = run([pow([2, 3, -2], [0.5, 2, 3])]);
 * assertEquals(`${value}`, "[ 1.4142135  9.        -8.       ]");
 * ```
 */
export function pow(a: Operand, b: Operand): Node {
  return call("pow", [a, b]);
}

/**
 * The square root of every element, rounded once; NaN below 0.
 *
 * An upstream gradient of 0 stays 0, at 0 and below too, as in TensorFlow. Throws a `TypeError` for
 * an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, sqrt } from "../../mod.ts";
 * const [value] = run([sqrt([4, 2])]);
 * assertEquals(`${value}`, "[2.        1.4142135]");
 * ```
 */
export function sqrt(x: Operand): Node {
  return call("sqrt", [x]);
}

/**
 * The reciprocal square root of every element, correctly rounded; NaN below 0.
 *
 * An upstream gradient of 0 stays 0, at 0 and below too, as in TensorFlow. Throws a `TypeError` for
 * an operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rsqrt, run } from "../../mod.ts";
 * const [value] = run([rsqrt([4, 2])]);
 * assertEquals(`${value}`, "[0.5        0.70710677]");
 * ```
 */
export function rsqrt(x: Operand): Node {
  return call("rsqrt", [x]);
}

/**
 * `1 / x` of every element, rounded once.
 *
 * An upstream gradient of 0 stays 0, at 0 too, as in TensorFlow. Throws a `TypeError` for an
 * operand that is not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reciprocal, run } from "../../mod.ts";
 * const [value] = run([reciprocal([4, -3, 0])]);
 * assertEquals(`${value}`, "[ 0.25       -0.33333334         inf]");
 * ```
 */
export function reciprocal(x: Operand): Node {
  return call("reciprocal", [x]);
}
