/**
 * The exponential function and its kin, correctly rounded in float32: never the JavaScript engine's
 * `Math.exp` and its like.
 *
 * @module
 */
import { unary } from "../forms/elementwise.ts";
import { exp } from "../math/exp.ts";
import { sigmoid } from "../math/sigmoid.ts";

export default {
  exp: unary({
    summary: "The exponential of every element, correctly rounded.",
    example: ["exp([0, 1])", "[1.        2.7182817]"],
    float32: exp,
    exact: Math.exp,
    // e^(x+e) − e^x, in a form that neither cancels nor underflows; beyond 89 all overflows for
    // certain.
    spread: (x, e) => x - e > 89 ? 0 : Math.exp(x + e) * -Math.expm1(-e),
    tangent: (_, dx, y) => y * dx,
    gradient: (y, g, { mul }) => [mul(g, y)],
  }),
  sigmoid: unary({
    summary: "The logistic function `1 / (1 + exp(-x))` of every element, correctly rounded.",
    example: ["sigmoid([1.56, -0.69])", "[0.8263534  0.33403307]"],
    float32: sigmoid,
    exact: (x) => x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)),
    // The derivative σ(x)·(1−σ(x)) is even and falls away from 0: its supremum lies at the point
    // nearest 0.
    spread(x, e) {
      const t = Math.exp(-Math.max(0, Math.abs(x) - e));
      return Math.min(1, e * t / ((1 + t) * (1 + t)));
    },
    // σ'(x) = e^−|x| / (1 + e^−|x|)², which loses nothing where σ(x) is near 1.
    tangent(x, dx) {
      const t = Math.exp(-Math.abs(x));
      return t / ((1 + t) * (1 + t)) * dx;
    },
    // (g·y)·(1−y), the order of TensorFlow's SigmoidGrad kernel.
    gradient: (y, g, { mul, sub }) => [mul(mul(g, y), sub(1, y))],
  }),
};
