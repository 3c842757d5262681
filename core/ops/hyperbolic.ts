/**
 * Hyperbolic functions and their inverses, correctly rounded in float32.
 *
 * @module
 */
import { unary } from "../forms/elementwise.ts";
import { farthest, monotone } from "../forms/spreads.ts";
import { cosh, sinh, tanh } from "../math/hyperbolic.ts";
import { acosh, asinh, atanh } from "../math/inverse_hyperbolic.ts";

export default {
  sinh: unary({
    summary: "The hyperbolic sine of every element, correctly rounded.",
    example: ["sinh([0, 1, -1])", "[ 0.         1.1752012 -1.1752012]"],
    float32: sinh,
    exact: Math.sinh,
    spread: monotone(Math.sinh),
    tangent: (x, dx) => Math.cosh(x) * dx,
    gradient: ({ inputs: [x] }, g, { cosh, mul }) => [mul(g, cosh(x!))],
  }),
  cosh: unary({
    summary: "The hyperbolic cosine of every element, correctly rounded.",
    example: ["cosh([0, 1, -1])", "[1.        1.5430807 1.5430807]"],
    float32: cosh,
    exact: Math.cosh,
    // Even, and rising with |x|.
    spread: (x, e, y) =>
      farthest(y, [Math.cosh(Math.max(0, Math.abs(x) - e)), Math.cosh(Math.abs(x) + e)]),
    tangent: (x, dx) => Math.sinh(x) * dx,
    gradient: ({ inputs: [x] }, g, { mul, sinh }) => [mul(g, sinh(x!))],
  }),
  tanh: unary({
    summary: "The hyperbolic tangent of every element, correctly rounded.",
    example: ["tanh([0, 1, -1])", "[ 0.         0.7615942 -0.7615942]"],
    float32: tanh,
    exact: Math.tanh,
    spread: monotone(Math.tanh),
    tangent: (x, dx) => dx / Math.cosh(x) ** 2,
    // g·(1−y²), the order of TensorFlow's TanhGrad kernel.
    gradient: (y, g, { mul, square, sub }) => [mul(g, sub(1, square(y)))],
  }),
  asinh: unary({
    summary: "The inverse hyperbolic sine of every element, correctly rounded.",
    example: ["asinh([0, 1, -1])", "[ 0.         0.8813736 -0.8813736]"],
    float32: asinh,
    exact: Math.asinh,
    spread: monotone(Math.asinh),
    tangent: (x, dx) => dx / Math.sqrt(1 + x * x),
    // By the result, as TensorFlow does (math_grad.py, _AsinhGrad), and in acosh.
    gradient: (y, g, { cosh, div }) => [div(g, cosh(y))],
  }),
  acosh: unary({
    summary: "The inverse hyperbolic cosine of every element, correctly rounded; NaN below 1.",
    example: ["acosh([1, 2])", "[0.       1.316958]"],
    float32: acosh,
    exact: Math.acosh,
    spread: monotone(Math.acosh, 1),
    tangent: (x, dx) => dx / Math.sqrt((x - 1) * (x + 1)),
    gradient: (y, g, { div, sinh }) => [div(g, sinh(y))],
  }),
  atanh: unary({
    summary: "The inverse hyperbolic tangent of every element, correctly rounded; NaN beyond ±1.",
    example: ["atanh([0, 0.5, 1])", "[0.         0.54930615        inf]"],
    float32: atanh,
    exact: Math.atanh,
    spread: monotone(Math.atanh, -1, 1),
    tangent: (x, dx) => dx / ((1 - x) * (1 + x)),
    // In TensorFlow's order (math_grad.py, _AtanhGrad).
    gradient: ({ inputs: [x] }, g, { mul, reciprocal, square, sub }) => [
      mul(g, reciprocal(sub(1, square(x!)))),
    ],
  }),
};
