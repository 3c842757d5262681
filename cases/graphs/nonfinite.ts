/**
 * Values that are not finite.
 *
 * @module
 */
import type { Case } from "../case.ts";
import { graphCase, SQUARE_2 } from "./graph_case.ts";
import { div, matmul, mul, sigmoid, square } from "../../core/functions/mod.ts";

/** The cases; ids begin with `graph/`. */
export const nonfiniteCases: readonly Case[] = [
  graphCase(
    "graph/nonfinite/nan",
    "NaN in one element of a batch stays in its row",
    { x: [[0.5, NaN], [1.5, -0.25]], W: SQUARE_2 },
    ({ x, W }) => {
      const y = sigmoid(matmul(x, W));
      return { forward: { y }, request: { ys: [y], xs: { x, W } } };
    },
  ),
  graphCase(
    "graph/nonfinite/infinity",
    "Infinite values and divisions by zero give infinite and NaN gradients",
    { x: [1, -1, 0, 2], d: [0, 0, 0, Infinity] },
    ({ x, d }) => {
      const y = div(x, d);
      return { forward: { y }, request: { ys: [y], xs: { x, d } } };
    },
  ),
  graphCase(
    "graph/nonfinite/last",
    "A NaN in an upstream gradient reaches the last element of the last of nine tensors only",
    { a: [0.5, -1], b: [2, 0.25], c: [1, 3], u: [1, NaN] },
    ({ a, b, c, u }) => {
      const [p, q] = [mul(a, b), square(c)];
      return { forward: { p, q }, request: { ys: [p, q], xs: { a, b, c }, gradYs: [null, u] } };
    },
  ),
];
