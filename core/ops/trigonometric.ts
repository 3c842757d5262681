/**
 * Trigonometric functions and their inverses, correctly rounded in float32.
 *
 * @module
 */
import { binary, unary } from "../forms/elementwise.ts";
import { angleSpread, farthest, monotone, waveSpread } from "../forms/spreads.ts";
import { acos, asin, atan } from "../math/angle.ts";
import { atan2 } from "../math/atan2.ts";
import { cos, sin, tan } from "../math/turn.ts";

export default {
  sin: unary({
    summary: "The sine of every element, in radians, correctly rounded however large.",
    example: ["sin([0, 1, -2])", "[ 0.          0.84147096 -0.9092974 ]"],
    float32: sin,
    exact: Math.sin,
    spread: (x, e, y) => waveSpread(e, y, Math.cos(x)),
    tangent: (x, dx) => Math.cos(x) * dx,
    gradient: ({ inputs: [x] }, g, { cos, mul }) => [mul(g, cos(x!))],
  }),
  cos: unary({
    summary: "The cosine of every element, in radians, correctly rounded however large.",
    example: ["cos([0, 1, -2])", "[ 1.          0.5403023  -0.41614684]"],
    float32: cos,
    exact: Math.cos,
    spread: (x, e, y) => waveSpread(e, y, Math.sin(x)),
    tangent: (x, dx) => -Math.sin(x) * dx,
    gradient: ({ inputs: [x] }, g, { mul, neg, sin }) => [mul(neg(g), sin(x!))],
  }),
  tan: unary({
    summary: "The tangent of every element, in radians, correctly rounded however large.",
    example: ["tan([0, 1, -2])", "[0.        1.5574077 2.1850398]"],
    float32: tan,
    exact: Math.tan,
    spread(x, e, y) {
      const [low, high] = [Math.tan(x - e), Math.tan(x + e)]; // behind a pole it is lower
      return e < Math.PI / 2 && low <= high ? farthest(y, [low, high]) : Infinity;
    },
    tangent: (_, dx, y) => (1 + y * y) * dx,
    // (1/cos)²·g, in TensorFlow's order (math_grad.py, _TanGrad).
    gradient: ({ inputs: [x] }, g, { cos, mul, reciprocal, square }) => [
      mul(square(reciprocal(cos(x!))), g),
    ],
  }),
  asin: unary({
    summary: "The angle whose sine is the element, correctly rounded; NaN beyond ±1.",
    example: ["asin([0, 1, -0.5])", "[ 0.         1.5707964 -0.5235988]"],
    float32: asin,
    exact: Math.asin,
    spread: monotone(Math.asin, -1, 1),
    tangent: (x, dx) => dx / Math.sqrt((1 - x) * (1 + x)),
    // In TensorFlow's order (math_grad.py, _AsinGrad), and in acos.
    gradient: ({ inputs: [x] }, g, { mul, reciprocal, sqrt, square, sub }) => [
      mul(g, reciprocal(sqrt(sub(1, square(x!))))),
    ],
  }),
  acos: unary({
    summary: "The angle whose cosine is the element, correctly rounded; NaN beyond ±1.",
    example: ["acos([0, 1, -0.5])", "[1.5707964 0.        2.0943952]"],
    float32: acos,
    exact: Math.acos,
    spread: monotone(Math.acos, -1, 1),
    tangent: (x, dx) => -dx / Math.sqrt((1 - x) * (1 + x)),
    gradient: ({ inputs: [x] }, g, { mul, neg, reciprocal, sqrt, square, sub }) => [
      mul(neg(g), reciprocal(sqrt(sub(1, square(x!))))),
    ],
  }),
  atan: unary({
    summary: "The angle whose tangent is the element, correctly rounded.",
    example: ["atan([0, 1, -2])", "[ 0.         0.7853982 -1.1071488]"],
    float32: atan,
    exact: Math.atan,
    spread: monotone(Math.atan),
    tangent: (x, dx) => dx / (1 + x * x),
    gradient: ({ inputs: [x] }, g, { add, mul, reciprocal, square }) => [
      mul(g, reciprocal(add(1, square(x!)))),
    ],
  }),
  atan2: binary({
    summary: "The angle of the point (x, y) from the positive x-axis, within 0.5000001 ULP.",
    details: "The gradients at the origin are NaN, as in TensorFlow.",
    example: ["atan2([1, -1, 0], [1, -1, -1])", "[ 0.7853982 -2.3561945  3.1415927]"],
    operands: ["y", "x"],
    float32: atan2,
    exact: Math.atan2,
    spread: angleSpread,
    tangent: (y, dy, x, dx) => (x * dy - y * dx) / (x * x + y * y),
    gradient({ inputs: [y, x] }, g, { add, div, mul, neg, square }) {
      const share = div(g, add(square(y!), square(x!)));
      return [mul(x!, share), mul(neg(y!), share)];
    },
  }),
};
