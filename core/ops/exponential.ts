/**
 * Exponentials, logarithms, powers and roots, correctly rounded in float32: never the JavaScript
 * engine's `Math.exp` and its like.
 *
 * @module
 */
import { binary, unary } from "../forms/elementwise.ts";
import { farthest, monotone, powerSpread } from "../forms/spreads.ts";
import { exp } from "../math/exp.ts";
import { expm1 } from "../math/expm1.ts";
import { log, log1p } from "../math/log.ts";
import { pow, powFloat64 } from "../math/pow.ts";
import { rsqrt } from "../math/rsqrt.ts";

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
  expm1: unary({
    summary: "`exp(x) - 1` of every element, correctly rounded also near 0.",
    example: ["expm1([0, 1, -1])", "[ 0.          1.7182819  -0.63212055]"],
    float32: expm1,
    exact: Math.expm1,
    spread: monotone(Math.expm1),
    tangent: (x, dx) => Math.exp(x) * dx,
    gradient: ({ inputs: [x] }, g, { exp, mul }) => [mul(g, exp(x!))],
  }),
  log: unary({
    summary: "The natural logarithm of every element, correctly rounded; NaN below 0.",
    example: ["log([1, 10, 0])", "[0.        2.3025851      -inf]"],
    float32: log,
    exact: Math.log,
    spread: monotone(Math.log, 0),
    tangent: (x, dx) => dx / x,
    // With a reciprocal, as TensorFlow does (math_grad.py, _LogGrad), and in log1p.
    gradient: ({ inputs: [x] }, g, { mul, reciprocal }) => [mul(g, reciprocal(x!))],
  }),
  log1p: unary({
    summary: "The logarithm of `1 + x` of every element, correctly rounded also near 0.",
    example: ["log1p([0, 1, -1])", "[0.        0.6931472      -inf]"],
    float32: log1p,
    exact: Math.log1p,
    spread: monotone(Math.log1p, -1),
    tangent: (x, dx) => dx / (1 + x),
    gradient: ({ inputs: [x] }, g, { add, mul, reciprocal }) => [mul(g, reciprocal(add(1, x!)))],
  }),
  pow: binary({
    summary: "`a` to the power `b`, within 0.5000001 ULP; NaN for powers of `a < 0` not whole.",
    details: "No gradient reaches `b` where `a <= 0`; that of `a` at (0, 0) is NaN: TensorFlow's.",
    example: ["pow([2, 3, -2], [0.5, 2, 3])", "[ 1.4142135  9.        -8.       ]"],
    float32: pow,
    exact: powFloat64,
    spread: powerSpread,
    tangent: (a, da, b, db, y) =>
      (da === 0 ? 0 : b * powFloat64(a, b - 1) * da) + (a > 0 ? y * Math.log(a) * db : 0),
    gradient(y, g, { greater, log, mul, pow, sub, where }) {
      const [a, b] = y.inputs;
      const logarithm = log(where(greater(a!, 0), a!, 1));
      return [mul(mul(g, b!), pow(a!, sub(b!, 1))), mul(mul(g, y), logarithm)];
    },
  }),
  sqrt: unary({
    summary: "The square root of every element, rounded once; NaN below 0.",
    details: "An upstream gradient of 0 stays 0, at 0 and below too, as in TensorFlow.",
    example: ["sqrt([4, 2])", "[2.        1.4142135]"],
    exact: Math.sqrt,
    spread: monotone(Math.sqrt, 0),
    tangent: (_, dx, y) => 0.5 * dx / y,
    // (g/2)/y, the order of TensorFlow's SqrtGrad kernel, which has 0 where g is 0.
    gradient(y, g, { div, greater, logicalOr, mul, notEqual, where }) {
      const divisor = where(logicalOr(notEqual(g, 0), greater(y, 0)), y, 1);
      return [div(mul(g, 0.5), divisor)];
    },
  }),
  rsqrt: unary({
    summary: "The reciprocal square root of every element, correctly rounded; NaN below 0.",
    details: "An upstream gradient of 0 stays 0, at 0 and below too, as in TensorFlow.",
    example: ["rsqrt([4, 2])", "[0.5        0.70710677]"],
    float32: rsqrt,
    exact: (x) => 1 / Math.sqrt(x),
    spread: monotone((x) => 1 / Math.sqrt(x), 0),
    tangent: (x, dx, y) => -0.5 * y / x * dx,
    // (−½·(g·y))·y², the order of TensorFlow's RsqrtGrad kernel, which has 0 where g is 0.
    gradient(y, g, { abs, less, logicalOr, mul, notEqual, square, where }) {
      const factor = where(logicalOr(notEqual(g, 0), less(abs(y), Infinity)), y, 1);
      return [mul(mul(-0.5, mul(g, factor)), square(factor))];
    },
  }),
  reciprocal: unary({
    summary: "`1 / x` of every element, rounded once.",
    details: "An upstream gradient of 0 stays 0, at 0 too, as in TensorFlow.",
    example: ["reciprocal([4, -3, 0])", "[ 0.25       -0.33333334         inf]"],
    exact: (x) => 1 / x,
    spread: (x, e, y) => Math.abs(x) > e ? farthest(y, [1 / (x - e), 1 / (x + e)]) : Infinity,
    rounding: "division",
    tangent: (x, dx) => -dx / (x * x),
    // (−y·y)·g, the order of TensorFlow's InvGrad kernel, which has 0 where g is 0.
    gradient(y, g, { abs, less, logicalOr, mul, neg, notEqual, where }) {
      const factor = where(logicalOr(notEqual(g, 0), less(abs(y), Infinity)), y, 1);
      return [mul(mul(neg(factor), factor), g)];
    },
  }),
};
