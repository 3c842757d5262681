/**
 * Comparisons and logic: ops that give bool, and so have no gradient.
 *
 * @module
 */
import { comparisonSpread } from "../forms/errors.ts";
import { flat } from "../forms/flat.ts";
import { binary, unary } from "../forms/elementwise.ts";

export default {
  equal: binary({
    summary: "Whether two elements are equal: NaN equals nothing, and -0 equals 0.",
    example: ["equal([1, 2, 3], 2)", "[0. 1. 0.]"],
    takes: ["any"],
    gives: "bool",
    exact: (a, b) => Number(a === b),
    spread: comparisonSpread,
    ...flat,
  }),
  notEqual: binary({
    summary: "Whether two elements differ: NaN differs from everything, and -0 equals 0.",
    example: ["notEqual([1, 2, 3], 2)", "[1. 0. 1.]"],
    takes: ["any"],
    gives: "bool",
    exact: (a, b) => Number(a !== b),
    spread: comparisonSpread,
    ...flat,
  }),
  less: binary({
    summary: "Whether `a < b`: false where one is NaN.",
    example: ["less([1, 2, 3], 2)", "[1. 0. 0.]"],
    takes: ["number"],
    gives: "bool",
    exact: (a, b) => Number(a < b),
    spread: comparisonSpread,
    ...flat,
  }),
  lessEqual: binary({
    summary: "Whether `a <= b`: false where one is NaN.",
    example: ["lessEqual([1, 2, 3], 2)", "[1. 1. 0.]"],
    takes: ["number"],
    gives: "bool",
    exact: (a, b) => Number(a <= b),
    spread: comparisonSpread,
    ...flat,
  }),
  greater: binary({
    summary: "Whether `a > b`: false where one is NaN.",
    example: ["greater([1, 2, 3], 2)", "[0. 0. 1.]"],
    takes: ["number"],
    gives: "bool",
    exact: (a, b) => Number(a > b),
    spread: comparisonSpread,
    ...flat,
  }),
  greaterEqual: binary({
    summary: "Whether `a >= b`: false where one is NaN.",
    example: ["greaterEqual([1, 2, 3], 2)", "[0. 1. 1.]"],
    takes: ["number"],
    gives: "bool",
    exact: (a, b) => Number(a >= b),
    spread: comparisonSpread,
    ...flat,
  }),
  logicalAnd: binary({
    summary: "Whether both elements are true.",
    example: ["logicalAnd([1, 1, 0], [1, 0, 0])", "[1. 0. 0.]"],
    takes: ["bool"],
    gives: "bool",
    exact: (a, b) => a * b,
    // One that is false for certain decides.
    spread: (a, ea, b, eb) => (a === 0 && ea === 0) || (b === 0 && eb === 0) ? 0 : 1,
    ...flat,
  }),
  logicalOr: binary({
    summary: "Whether at least one of two elements is true.",
    example: ["logicalOr([1, 1, 0], [1, 0, 0])", "[1. 1. 0.]"],
    takes: ["bool"],
    gives: "bool",
    exact: Math.max,
    // One that is true for certain decides.
    spread: (a, ea, b, eb) => (a === 1 && ea === 0) || (b === 1 && eb === 0) ? 0 : 1,
    ...flat,
  }),
  logicalNot: unary({
    summary: "Whether an element is false.",
    example: ["logicalNot([1, 0])", "[0. 1.]"],
    takes: ["bool"],
    gives: "bool",
    exact: (x) => 1 - x,
    spread: () => 1,
    ...flat,
  }),
};
