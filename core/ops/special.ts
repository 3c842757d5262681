/**
 * Error functions and the sigmoid's kin, correctly rounded in float32.
 *
 * @module
 */
import { unary } from "../forms/elementwise.ts";
import { monotone, sigmoidSpread } from "../forms/spreads.ts";
import { erf, erfc, erfcFloat64, erfFloat64 } from "../math/erf.ts";
import { sigmoid, sigmoidFloat64, sigmoidSlope } from "../math/sigmoid.ts";
import { logSigmoid, logSigmoidFloat64, softplus, softplusFloat64 } from "../math/softplus.ts";

export default {
  erf: unary({
    summary: "The error function of every element, correctly rounded.",
    example: ["erf([0, 1, -0.5])", "[ 0.         0.8427008 -0.5204999]"],
    float32: erf,
    exact: erfFloat64,
    spread: monotone(erfFloat64),
    // With 2/√π in float32, as the gradient has it, and in erfc.
    tangent: (x, dx) => Math.fround(2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * dx,
    // (g·2/√π)·exp(−x²), in TensorFlow's order (math_grad.py, _ErfGrad), and in erfc.
    gradient: ({ inputs: [x] }, g, { exp, mul, neg, square }) => [
      mul(mul(g, 2 / Math.sqrt(Math.PI)), exp(neg(square(x!)))),
    ],
  }),
  erfc: unary({
    summary: "The complementary error function `1 - erf(x)` of every element, correctly rounded.",
    example: ["erfc([0, 1, 5])", "[1.0000000e+00 1.5729921e-01 1.5374598e-12]"],
    float32: erfc,
    exact: erfcFloat64,
    spread: monotone(erfcFloat64),
    tangent: (x, dx) => Math.fround(-2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * dx,
    gradient: ({ inputs: [x] }, g, { exp, mul, neg, square }) => [
      mul(mul(g, -2 / Math.sqrt(Math.PI)), exp(neg(square(x!)))),
    ],
  }),
  sigmoid: unary({
    summary: "The logistic function `1 / (1 + exp(-x))` of every element, correctly rounded.",
    example: ["sigmoid([1.56, -0.69])", "[0.8263534  0.33403307]"],
    float32: sigmoid,
    exact: sigmoidFloat64,
    spread: sigmoidSpread,
    tangent: (x, dx) => sigmoidSlope(x) * dx,
    // (g·y)·(1−y), the order of TensorFlow's SigmoidGrad kernel.
    gradient: (y, g, { mul, sub }) => [mul(mul(g, y), sub(1, y))],
  }),
  softplus: unary({
    summary: "`log(1 + exp(x))` of every element, correctly rounded, without overflow.",
    example: ["softplus([0, 100, -100])", "[6.931472e-01 1.000000e+02 3.783506e-44]"],
    float32: softplus,
    exact: softplusFloat64,
    spread: monotone(softplusFloat64),
    tangent: (x, dx) => dx / (1 + Math.exp(-x)),
    gradient: ({ inputs: [x] }, g, { mul, sigmoid }) => [mul(g, sigmoid(x!))],
  }),
  logSigmoid: unary({
    summary: "The logarithm of the sigmoid, `-softplus(-x)`, of every element, correctly rounded.",
    example: ["logSigmoid([0, -1000])", "[-6.931472e-01 -1.000000e+03]"],
    float32: logSigmoid,
    exact: logSigmoidFloat64,
    spread: monotone(logSigmoidFloat64),
    tangent: (x, dx) => dx / (1 + Math.exp(x)),
    gradient: ({ inputs: [x] }, g, { mul, neg, sigmoid }) => [mul(g, sigmoid(neg(x!)))],
  }),
};
