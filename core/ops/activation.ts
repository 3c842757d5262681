/**
 * Elementary functions: correctly rounded in float32, never the JavaScript engine's `Math.exp` and
 * its like.
 *
 * @module
 */
import { apply, type Node } from "../graph.ts";
import { exp as exp32 } from "../math/exp.ts";
import { sigmoid as sigmoid32 } from "../math/sigmoid.ts";
import { mul, sub } from "./arithmetic.ts";
import { unary } from "./elementwise.ts";
import { type Operand, toNode } from "./sources.ts";

const rows = {
  exp: unary({
    loop(z, x, n) {
      for (let i = 0; i < n; i++) z[i] = exp32(x[i]!);
    },
    exact: Math.exp,
    // e^(x+e) − e^x, in a form that neither cancels nor underflows; beyond 89 all overflows for
    // certain.
    spread: (x, e) => e === 0 || x - e > 89 ? 0 : Math.exp(x + e) * -Math.expm1(-e),
    rounding: "elementary",
    gradient: (y, g) => mul(g, y),
  }),
  sigmoid: unary({
    loop(z, x, n) {
      for (let i = 0; i < n; i++) z[i] = sigmoid32(x[i]!);
    },
    exact: (x) => x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)),
    // The derivative σ(x)·(1−σ(x)) is even and falls away from 0: its supremum lies at the point
    // nearest 0.
    spread(x, e) {
      if (e === 0) return 0;
      const t = Math.exp(-Math.max(0, Math.abs(x) - e));
      return Math.min(1, e * t / ((1 + t) * (1 + t)));
    },
    rounding: "elementary",
    // (g·y)·(1−y), the order of TensorFlow's SigmoidGrad kernel.
    gradient: (y, g) => mul(mul(g, y), sub(1, y)),
  }),
};
export default rows;

/**
 * The exponential of every element, correctly rounded.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { exp, run } from "../../mod.ts";
 * assertEquals(`${run([exp([0, 1])])[0]}`, "[1.        2.7182817]");
 * ```
 */
export function exp(x: Operand): Node {
  return apply(rows, "exp", [toNode(x)], {});
}

/**
 * The logistic function `1 / (1 + exp(-x))` of every element, correctly rounded.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, sigmoid } from "../../mod.ts";
 * assertEquals(`${run([sigmoid([1.56, -0.69])])[0]}`, "[0.8263534  0.33403307]");
 * ```
 */
export function sigmoid(x: Operand): Node {
  return apply(rows, "sigmoid", [toNode(x)], {});
}
