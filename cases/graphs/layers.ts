/**
 * Layers: matrix products, biases and sigmoids.
 *
 * @module
 */
import type { Case } from "../case.ts";
import { graphCase, product, scattered, SQUARE_2, SQUARE_3, WIDE } from "./graph_case.ts";
import { add, matmul, mul, sigmoid } from "../../core/functions/mod.ts";

/** The cases; ids begin with `graph/`. */
export const layersCases: readonly Case[] = [
  graphCase(
    "graph/bias/weights=3x2",
    "A dense layer with bias on three samples, non-square weights",
    { x: SQUARE_3, W: [[0.2, 0.3], [0.1, -0.2], [-0.4, 0.5]], b: [0.1, -0.3] },
    ({ x, W, b }) => {
      const y = sigmoid(add(matmul(x, W), b));
      return { forward: { y }, request: { ys: [y], xs: { x, W, b } } };
    },
  ),
  graphCase(
    "graph/bias/weights=3x3",
    "Two dense layers with bias, square weights, so that a transposed factor keeps its shape",
    {
      x: SQUARE_3,
      V: [[0.3, -0.7, 0.2], [0.9, 0.1, -0.4], [0.6, -0.8, 0.5]],
      b: [0.1, -0.3, 0.2],
      W: SQUARE_3,
    },
    ({ x, V, b, W }) => {
      const h = sigmoid(add(matmul(x, V), b));
      const y = sigmoid(matmul(h, W));
      return { forward: { h, y }, request: { ys: [y], xs: { x, V, b, h, W } } };
    },
  ),
  graphCase(
    "graph/transposed=none",
    "A product of two matrices, neither transposed",
    { a: WIDE, b: SQUARE_3 },
    ({ a, b }) => product(a, b, matmul(a, b)),
  ),
  graphCase(
    "graph/transposed=a",
    "A product of two matrices, the first transposed",
    { a: SQUARE_2, b: WIDE },
    ({ a, b }) => product(a, b, matmul(a, b, { transposeA: true })),
  ),
  graphCase(
    "graph/transposed=b",
    "A product of two matrices, the second transposed",
    { a: WIDE, b: SQUARE_3 },
    ({ a, b }) => product(a, b, matmul(a, b, { transposeB: true })),
  ),
  graphCase(
    "graph/transposed=both",
    "A product of two matrices, both transposed",
    { a: WIDE, b: SQUARE_2 },
    ({ a, b }) => product(a, b, matmul(a, b, { transposeA: true, transposeB: true })),
  ),
  graphCase(
    "graph/twice",
    "One value as both operands of a sum, a product and a matrix product",
    { x: SQUARE_2 },
    ({ x }) => {
      const y = matmul(add(x, x), mul(x, x));
      const z = matmul(x, x);
      return { forward: { y, z }, request: { ys: [y, z], xs: { x } } };
    },
  ),
  graphCase(
    "graph/cancelling",
    "An upstream gradient under which the samples' contributions nearly cancel",
    {
      x: [[3, 4, 8], [1, 2, 3]],
      W: [[0.2, 0.3], [0.1, 0.2], [0.4, 0.5]],
      u: [[0.5, -2], [1.25, 0.75]],
    },
    ({ x, W, u }) => {
      const y = sigmoid(matmul(matmul(x, W), [[0.1, -0.3], [0.2, 0.1]]));
      return { forward: { y }, request: { ys: [y], xs: { x, W }, gradYs: [u] } };
    },
  ),
  graphCase(
    "graph/saturated",
    "A sigmoid at large inputs, where its slope is tiny and not zero",
    { x: [-80, -20, -5, 0, 5, 12] },
    ({ x }) => {
      const y = sigmoid(x);
      return { forward: { y }, request: { ys: [y], xs: { x } } };
    },
  ),
  graphCase(
    "graph/inner=24",
    "A product of matrices whose inner dimension is 24",
    { a: scattered(3, 24), b: scattered(24, 2) },
    ({ a, b }) => product(a, b, matmul(a, b)),
  ),
];
