/**
 * Choice: ops that give one of their operands, and never round.
 *
 * @module
 */
import { choiceSpread, maximumSpread } from "../forms/errors.ts";
import { binary, ternary } from "../forms/elementwise.ts";

/** What ops say that give one of several numbers. */
const oneOfNumbers = { takes: ["number"], gives: "same", rounding: "none" } as const;

export default {
  maximum: binary({
    summary: "The larger of two elements; NaN if one is NaN.",
    details: "A tie sends its gradient to the first operand, NaN to the second, as in TensorFlow.",
    example: ["maximum([1, 5], [3, 2])", "[3. 5.]"],
    ...oneOfNumbers,
    exact: Math.max,
    spread: maximumSpread,
    tangent: (a, da, b, db) => a >= b ? da : db,
    gradient({ inputs: [a, b] }, g, { greaterEqual, where }) {
      const first = greaterEqual(a!, b!);
      return [where(first, g, 0), where(first, 0, g)];
    },
  }),
  minimum: binary({
    summary: "The smaller of two elements; NaN if one is NaN.",
    details: "A tie sends its gradient to the first operand, NaN to the second, as in TensorFlow.",
    example: ["minimum([1, 5], [3, 2])", "[1. 2.]"],
    ...oneOfNumbers,
    exact: Math.min,
    spread: (a, ea, b, eb) => maximumSpread(-a, ea, -b, eb),
    tangent: (a, da, b, db) => a <= b ? da : db,
    gradient({ inputs: [a, b] }, g, { lessEqual, where }) {
      const first = lessEqual(a!, b!);
      return [where(first, g, 0), where(first, 0, g)];
    },
  }),
  where: ternary({
    summary: "An element of `a` where the condition is true, of `b` where it is false.",
    details: "0 flows to the operand that is not chosen, and is multiplied by the derivatives " +
      "behind it: where these are infinite or NaN, so is the gradient, as in TensorFlow. Then " +
      "choose before as well: `where(c, div(1, where(c, x, 1)), 0)`.",
    example: ["where(greater([1, -2], 0), [10, 20], [0.5, 0.25])", "[10.    0.25]"],
    operands: ["condition", "a", "b"],
    takes: ["bool", "any", "any"],
    gives: "same",
    exact: (condition, a, b) => condition !== 0 ? a : b,
    spread: choiceSpread,
    rounding: "none",
    tangent: (condition, _, _a, da, _b, db) => condition !== 0 ? da : db,
    gradient: ({ inputs: [c] }, g, { where }) => [null, where(c!, g, 0), where(c!, 0, g)],
  }),
  clipByValue: ternary({
    summary: "`maximum(minimum(x, max), min)`, with gradients as of these: at a bound all to `x`.",
    example: ["clipByValue([-3, 0.5, 3], -1, 1)", "[-1.   0.5  1. ]"],
    operands: ["x", "min", "max"],
    ...oneOfNumbers,
    exact: (x, min, max) => Math.max(Math.min(x, max), min),
    spread: (x, ex, min, emin, max, emax) =>
      maximumSpread(Math.min(x, max), maximumSpread(-x, ex, -max, emax), min, emin),
    tangent: (x, dx, min, dmin, max, dmax) => Math.min(x, max) >= min ? x <= max ? dx : dmax : dmin,
    gradient({ inputs: [x, min, max] }, g, { greaterEqual, lessEqual, minimum, where }) {
      const above = greaterEqual(minimum(x!, max!), min!);
      const [below, rest] = [lessEqual(x!, max!), where(above, g, 0)];
      return [where(below, rest, 0), where(above, 0, g), where(below, 0, rest)];
    },
  }),
};
