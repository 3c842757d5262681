/**
 * Comparisons and logic: ops that give bool, and so have no gradient.
 *
 * @module
 */
import { comparisonSpread } from "../forms/errors.ts";
import { binary, unary } from "../forms/elementwise.ts";

/** What ops of two operands say that give bool. */
const truth = {
  gives: "bool",
  rounding: "none",
  tangent: () => 0,
  gradient: () => [null, null],
} as const;

export default {
  equal: binary({
    summary: "Whether two elements are equal: NaN equals nothing, and -0 equals 0.",
    example: ["equal([1, 2, 3], 2)", "[0. 1. 0.]"],
    takes: ["any"],
    exact: (a, b) => Number(a === b),
    spread: comparisonSpread,
    ...truth,
  }),
  notEqual: binary({
    summary: "Whether two elements differ: NaN differs from everything, and -0 equals 0.",
    example: ["notEqual([1, 2, 3], 2)", "[1. 0. 1.]"],
    takes: ["any"],
    exact: (a, b) => Number(a !== b),
    spread: comparisonSpread,
    ...truth,
  }),
  less: binary({
    summary: "Whether `a < b`: false where one is NaN.",
    example: ["less([1, 2, 3], 2)", "[1. 0. 0.]"],
    takes: ["number"],
    exact: (a, b) => Number(a < b),
    spread: comparisonSpread,
    ...truth,
  }),
  lessEqual: binary({
    summary: "Whether `a <= b`: false where one is NaN.",
    example: ["lessEqual([1, 2, 3], 2)", "[1. 1. 0.]"],
    takes: ["number"],
    exact: (a, b) => Number(a <= b),
    spread: comparisonSpread,
    ...truth,
  }),
  greater: binary({
    summary: "Whether `a > b`: false where one is NaN.",
    example: ["greater([1, 2, 3], 2)", "[0. 0. 1.]"],
    takes: ["number"],
    exact: (a, b) => Number(a > b),
    spread: comparisonSpread,
    ...truth,
  }),
  greaterEqual: binary({
    summary: "Whether `a >= b`: false where one is NaN.",
    example: ["greaterEqual([1, 2, 3], 2)", "[0. 1. 1.]"],
    takes: ["number"],
    exact: (a, b) => Number(a >= b),
    spread: comparisonSpread,
    ...truth,
  }),
  logicalAnd: binary({
    summary: "Whether both elements are true.",
    example: ["logicalAnd([1, 1, 0], [1, 0, 0])", "[1. 0. 0.]"],
    takes: ["bool"],
    exact: (a, b) => a * b,
    // One that is false for certain decides.
    spread: (a, ea, b, eb) => (a === 0 && ea === 0) || (b === 0 && eb === 0) ? 0 : 1,
    ...truth,
  }),
  logicalOr: binary({
    summary: "Whether at least one of two elements is true.",
    example: ["logicalOr([1, 1, 0], [1, 0, 0])", "[1. 1. 0.]"],
    takes: ["bool"],
    exact: Math.max,
    // One that is true for certain decides.
    spread: (a, ea, b, eb) => (a === 1 && ea === 0) || (b === 1 && eb === 0) ? 0 : 1,
    ...truth,
  }),
  logicalNot: unary({
    summary: "Whether an element is false.",
    example: ["logicalNot([1, 0])", "[0. 1.]"],
    takes: ["bool"],
    exact: (x) => 1 - x,
    spread: () => 1,
    ...truth,
    gradient: () => [null],
  }),
};
