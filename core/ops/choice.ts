/**
 * Choice: ops that give one of their operands, and never round.
 *
 * @module
 */
import { choiceSpread, maximumSpread } from "../forms/errors.ts";
import { binary, ternary } from "../forms/elementwise.ts";

export default {
  maximum: binary({
    summary: "The larger of two elements; NaN if one is NaN.",
    details: "A tie sends its gradient to the first operand, NaN to the second, as in TensorFlow.",
    example: ["maximum([1, 5], [3, 2])", "[3. 5.]"],
    takes: ["number"],
    gives: "same",
    exact: Math.max,
    spread: maximumSpread,
    rounding: "none",
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
    takes: ["number"],
    gives: "same",
    exact: Math.min,
    spread: (a, ea, b, eb) => maximumSpread(-a, ea, -b, eb),
    rounding: "none",
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
};
