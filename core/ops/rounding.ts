/**
 * Absolute value, sign, and rounding to whole numbers: exact, with kinks and jumps.
 *
 * @module
 */
import { unary } from "../forms/elementwise.ts";
import { stepSpread } from "../forms/errors.ts";
import { flat } from "../forms/flat.ts";
import { roundHalfEven } from "../math/round.ts";

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
  floor: unary({
    summary: "The largest whole number not above each element.",
    details: "No gradient flows back, as in TensorFlow.",
    example: ["floor([-1.5, 2.5])", "[-2.  2.]"],
    exact: Math.floor,
    spread: (x, e, y) => stepSpread(Math.min(x - y, y + 1 - x), e),
    ...flat,
  }),
  ceil: unary({
    summary: "The smallest whole number not below each element.",
    details: "No gradient flows back, as in TensorFlow.",
    example: ["ceil([-1.5, 2.5])", "[-1.  3.]"],
    exact: Math.ceil,
    spread: (x, e, y) => stepSpread(Math.min(y - x, x - (y - 1)), e),
    ...flat,
  }),
  round: unary({
    summary: "The whole number nearest to each element, the even one of two.",
    details: "No gradient flows back, as in TensorFlow.",
    example: ["round([-1.2, 0.5, 1.5])", "[-1.  0.  2.]"],
    exact: roundHalfEven,
    spread: (x, e, y) => stepSpread(0.5 - Math.abs(x - y), e),
    ...flat,
  }),
};
