/**
 * Axes: broadcasting, reductions and structure, of up to five axes.
 *
 * @module
 */
import type { Case } from "../case.ts";
import { graphCase, reduced, scattered, SQUARE_3, WIDE } from "./graph_case.ts";
import {
  add,
  broadcastTo,
  div,
  exp,
  mul,
  neg,
  reduceMean,
  reduceSum,
  reshape,
  square,
  sub,
  transpose,
} from "../../core/functions/mod.ts";

/** The cases; ids begin with `graph/`. */
export const axesCases: readonly Case[] = [
  graphCase(
    "graph/broadcast",
    "A column, a row and a scalar broadcast against each other in all four operations",
    { column: [[1.5], [-0.5]], row: [0.25, 2, -1], scalar: 0.75 },
    ({ column, row, scalar }) => {
      const grid = sub(mul(column, row), scalar);
      const y = div(add(grid, row), broadcastTo(add(square(column), 1), [2, 3]));
      return { forward: { grid, y }, request: { ys: [y], xs: { column, row, scalar } } };
    },
  ),
  graphCase(
    "graph/mean/axis=0",
    "The mean over the first axis of a square matrix, where a shifted axis keeps the shape",
    { x: SQUARE_3 },
    ({ x }) => reduced(x, reduceMean(square(x), { axis: 0 })),
  ),
  graphCase(
    "graph/mean/axis=1",
    "The mean over the last axis of a non-square matrix, its axis kept",
    { x: WIDE },
    ({ x }) => reduced(x, reduceMean(square(x), { axis: 1, keepDims: true })),
  ),
  graphCase(
    "graph/mean/axis=all",
    "The mean over all elements of a batch, not over the batch alone",
    { x: WIDE },
    ({ x }) => reduced(x, reduceMean(exp(x))),
  ),
  graphCase(
    "graph/sum/axis=0",
    "The sum over the first axis of a square matrix, where a shifted axis keeps the shape",
    { x: SQUARE_3, w: [1, -2, 0.5] },
    ({ x, w }) => reduced(x, mul(reduceSum(square(x), { axis: 0 }), w)),
  ),
  graphCase(
    "graph/axes=3/broadcast",
    "A middle axis broadcast in all four operations",
    {
      x: [[[0.5, -1], [1.5, 2], [0.25, -0.75]], [[3, 0.125], [-2, 1], [1.25, -0.5]]],
      b: [[[0.5, -1.5]], [[2, 0.75]]],
    },
    ({ x, b }) => {
      const y = div(sub(mul(add(x, b), b), b), b);
      return { forward: { y }, request: { ys: [y], xs: { x, b } } };
    },
  ),
  graphCase(
    "graph/axes=3/transpose",
    "Axes permuted in a cycle, whose inverse is another permutation, and two of three swapped",
    {
      x: [[[1, 2], [3, 4]], [[5, 6], [7, 8]]],
      w: [[[0.5, -1], [1.5, 2]], [[0.25, -0.75], [3, 0.125]]],
    },
    ({ x, w }) => {
      const y = mul(transpose(x, [1, 2, 0]), w);
      const z = mul(reshape(transpose(x, [0, 2, 1]), [4, 2]), reshape(w, [4, 2]));
      return { forward: { y, z }, request: { ys: [y, z], xs: { x, w } } };
    },
  ),
  graphCase(
    "graph/axes=3/mean",
    "A mean over two of three axes, and a sum that keeps them",
    { x: [[[0.5, -1, 2], [1.5, 2, -0.25]], [[3, 0.125, 1], [-2, 1, 0.75]]] },
    ({ x }) => {
      const y = mul(reduceMean(square(x), { axis: [0, 2] }), [1, -2]);
      const z = mul(reduceSum(square(x), { axis: [0, 2], keepDims: true }), [[[3], [0.5]]]);
      return { forward: { y, z }, request: { ys: [y, z], xs: { x } } };
    },
  ),
  graphCase(
    "graph/sum/axis=1",
    "The sum over the last axis of a square matrix, its axis not kept",
    { x: SQUARE_3, w: [1, -2, 0.5] },
    ({ x, w }) => reduced(x, mul(reduceSum(square(x), { axis: 1 }), w)),
  ),
  graphCase(
    "graph/mean/axis=1/square",
    "The mean over the last axis of a square matrix, its axis not kept",
    { x: SQUARE_3 },
    ({ x }) => reduced(x, reduceMean(square(x), { axis: 1 })),
  ),
  graphCase(
    "graph/scalar",
    "A scalar added to a matrix, and one multiplied with it",
    { x: WIDE, s: 0.75, t: -1.5 },
    ({ x, s, t }) => {
      const y = square(mul(add(x, s), t));
      return { forward: { y }, request: { ys: [y], xs: { x, s, t } } };
    },
  ),
  graphCase(
    "graph/structure",
    "Transposed, reshaped and negated elements keep their places",
    { x: WIDE, w: [[1, 2], [3, 4], [5, 6]] },
    ({ x, w }) => {
      const y = mul(neg(transpose(x)), w);
      const z = mul(reshape(x, [3, 2]), w);
      return { forward: { y, z }, request: { ys: [y, z], xs: { x, w } } };
    },
  ),
  graphCase(
    "graph/axes=5/broadcast",
    "Five axes, of which each operand lacks others, in all four operations",
    { x: scattered(2, 1, 3, 1, 2), b: scattered(2, 1, 3, 1) },
    ({ x, b }) => {
      const y = div(sub(mul(add(x, b), b), x), b);
      return { forward: { y }, request: { ys: [y], xs: { x, b } } };
    },
  ),
  graphCase(
    "graph/axes=5/sum",
    "A sum over two of five axes, and a mean over the three others that keeps them",
    { x: scattered(2, 2, 3, 2, 2), w: scattered(2, 3, 2), v: scattered(1, 2, 1, 2, 1) },
    ({ x, w, v }) => {
      const y = mul(square(reduceSum(x, { axis: [1, 3] })), w);
      const z = mul(square(reduceMean(x, { axis: [0, 2, 4], keepDims: true })), v);
      return { forward: { y, z }, request: { ys: [y, z], xs: { x, w, v } } };
    },
  ),
  graphCase(
    "graph/axes=5/transpose",
    "Five axes permuted in a cycle",
    { x: scattered(2, 3, 2, 1, 2), w: scattered(1, 2, 2, 3, 2) },
    ({ x, w }) => {
      const y = mul(transpose(x, [3, 0, 4, 1, 2]), w);
      return { forward: { y }, request: { ys: [y], xs: { x, w } } };
    },
  ),
  graphCase(
    "graph/sum/terms=136",
    "A sum and a mean of 136 terms, which are added in halves",
    { x: scattered(136) },
    ({ x }) => {
      const y = mul(square(reduceSum(x)), 2 ** -10);
      const z = square(reduceMean(x));
      return { forward: { y, z }, request: { ys: [y, z], xs: { x } } };
    },
  ),
];
