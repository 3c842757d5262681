/**
 * Arithmetic: what IEEE 754 rounds once, and squares of differences.
 *
 * @module
 */
import { productSpread, quotientSpread } from "../forms/errors.ts";
import { binary, unary } from "../forms/elementwise.ts";

export default {
  add: binary({
    summary: "Adds two tensors element by element: `a + b`, rounded once.",
    example: ["add([[1], [2]], [10, 20])", "[[11. 21.]\n [12. 22.]]"],
    exact: "+",
    spread: (_a, ea, _b, eb) => ea + eb,
    tangent: (_a, da, _b, db) => da + db,
    gradient: (_, g) => [g, g],
  }),
  sub: binary({
    summary: "Subtracts two tensors element by element: `a - b`, rounded once.",
    example: ["sub(1, [0.25, 2])", "[ 0.75 -1.  ]"],
    exact: "-",
    spread: (_a, ea, _b, eb) => ea + eb,
    tangent: (_a, da, _b, db) => da - db,
    gradient: (_, g, { neg }) => [g, neg(g)],
  }),
  mul: binary({
    summary: "Multiplies two tensors element by element: `a * b`, rounded once.",
    example: ["mul([1, 2, 3], 2)", "[2. 4. 6.]"],
    exact: "*",
    spread: productSpread,
    tangent: (a, da, b, db) => da * b + a * db,
    gradient: ({ inputs: [a, b] }, g, { mul }) => [mul(g, b!), mul(g, a!)],
  }),
  div: binary({
    summary: "Divides two tensors element by element: `a / b`, rounded once; by 0 to ±∞ or NaN.",
    example: ["div([1, -1, 0], 0)", "[ inf -inf  nan]"],
    exact: "/",
    spread: quotientSpread,
    tangent(_a, da, b, db, y) {
      const change = da - (db === 0 ? 0 : y * db);
      return change === 0 ? 0 : change / b;
    },
    // ∂(a/b)/∂b = (−a/b)/b, divided twice as TensorFlow does (math_grad.py, _RealDivGrad).
    gradient: ({ inputs: [a, b] }, g, { div, mul, neg }) => [
      div(g, b!),
      mul(g, div(div(neg(a!), b!), b!)),
    ],
  }),
  neg: unary({
    summary: "Negates every element: `-x`, exact.",
    example: ["neg([1, -2])", "[-1.  2.]"],
    exact: (x) => -x,
    spread: (_, e) => e,
    rounding: "none",
    tangent: (_, dx) => -dx,
    gradient: (_, g, { neg }) => [neg(g)],
  }),
  square: unary({
    summary: "Squares every element: `x * x`, rounded once.",
    example: ["square([1, -3])", "[1. 9.]"],
    exact: (x) => x * x,
    spread: (x, e) => e * (2 * Math.abs(x) + e),
    tangent: (x, dx) => 2 * x * dx,
    // g·(x·2), in the order TensorFlow multiplies (math_grad.py, _SquareGrad); the doubling is
    // exact.
    gradient: ({ inputs: [x] }, g, { mul }) => [mul(g, mul(x!, 2))],
  }),
  squaredDifference: binary({
    summary: "The square of `a - b`, computed in double and rounded to float32.",
    example: ["squaredDifference([1, 5], 2)", "[1. 9.]"],
    exact: (a, b) => (a - b) * (a - b),
    spread(a, ea, b, eb) {
      const [d, e] = [Math.abs(a - b), ea + eb];
      return !(d < Infinity) && e < Infinity ? 0 : e * (2 * d + e); // 0: NaN, infinite for certain
    },
    rounding: "function", // most engines round the difference as well
    tangent: (a, da, b, db) => 2 * (a - b) * (da - db),
    gradient({ inputs: [a, b] }, g, { mul, neg, sub }) {
      const change = mul(mul(g, 2), sub(a!, b!)); // as in TensorFlow's _SquaredDifferenceGrad
      return [change, neg(change)];
    },
  }),
};
