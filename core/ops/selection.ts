/**
 * Selection: ops that choose the best of several elements.
 *
 * @module
 */
import { argBest } from "../forms/arg_best.ts";
import { selectedOverAxes } from "../forms/reduced.ts";
import { selection } from "../forms/selection.ts";

export default {
  ...selection("reduceMax", {
    summary: "The largest element over the given axes; of nothing, -Infinity. NaN if any is NaN.",
    details: "Several largest elements share the gradient evenly, as in TensorFlow.",
    example: ["reduceMax([[1, 5], [3, 2]], { axis: 1 })", "[5. 3.]"],
    exampleGrad: [
      "reduceMaxGrad([[1, 5], [3, 3]], [10, 20], { axis: 1 })",
      "[[ 0. 10.]\n [10. 10.]]",
    ],
    exampleAt: ["reduceMaxAt([[1, 5], [3, 3]], [[1, 2], [3, 4]], { axis: 1 })", "[2.  3.5]"],
    ...selectedOverAxes,
    best: "largest",
    ties: "shared",
    faces: ({ reduceMaxGrad, reduceMaxAt }) => [reduceMaxGrad, reduceMaxAt],
  }),
  ...selection("reduceMin", {
    summary: "The smallest element over the given axes; of nothing, Infinity. NaN if any is NaN.",
    details: "Several smallest elements share the gradient evenly, as in TensorFlow.",
    example: ["reduceMin([[1, 5], [3, 2]], { axis: 1 })", "[1. 2.]"],
    exampleGrad: [
      "reduceMinGrad([[1, 5], [3, 3]], [10, 20], { axis: 1 })",
      "[[10.  0.]\n [10. 10.]]",
    ],
    exampleAt: ["reduceMinAt([[1, 5], [3, 3]], [[1, 2], [3, 4]], { axis: 1 })", "[1.  3.5]"],
    ...selectedOverAxes,
    best: "smallest",
    ties: "shared",
    faces: ({ reduceMinGrad, reduceMinAt }) => [reduceMinGrad, reduceMinAt],
  }),
  argMax: argBest({
    summary: "The index of the largest element along an axis: the first of several. NaN counts " +
      "as the largest, as in NumPy.",
    example: ["argMax([[1, 5, 5], [3, 2, 1]], { axis: 1 })", "[1. 0.]"],
    best: "largest",
  }),
  argMin: argBest({
    summary: "The index of the smallest element along an axis: the first of several. NaN counts " +
      "as the smallest, as in NumPy.",
    example: ["argMin([[1, 5, 1], [3, 2, 1]], { axis: 1 })", "[0. 2.]"],
    best: "smallest",
  }),
};
