/**
 * Absolute value, sign, and rounding to whole numbers: exact, with kinks and jumps.
 *
 * @module
 */
import { unary } from "../forms/elementwise.ts";

export default {
  abs: unary({
    summary: "The absolute value of every element, exact.",
    details: "The derivative at 0 is 0, as in TensorFlow.",
    example: ["abs([-2, 3])", "[2. 3.]"],
    takes: ["number"],
    gives: "same",
    exact: Math.abs,
    spread: (_, e) => e,
    rounding: "none",
    tangent: (x, dx) => Math.sign(x) * dx,
    gradient: ({ inputs: [x] }, g, { mul, sign }) => [mul(g, sign(x!))],
  }),
  sign: unary({
    summary: "The sign of every element: -1, 0 or 1; NaN for NaN, and 0 for -0.",
    details: "The derivative is 0 everywhere.",
    example: ["sign([-2, 0, 0.5])", "[-1.  0.  1.]"],
    takes: ["number"],
    gives: "same",
    exact: (x) => x === 0 ? 0 : Math.sign(x),
    // Within e of 0 lies another sign, or 0 alone where e reaches just that far.
    spread: (x, e, y) => Math.abs(x) > e ? 0 : Math.abs(x) < e ? 1 + Math.abs(y) : 1,
    rounding: "none",
    tangent: () => 0,
    gradient: ({ shape }, _, { broadcastTo }) => [broadcastTo(0, shape)],
  }),
};
