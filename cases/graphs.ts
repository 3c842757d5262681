/**
 * Small graphs, each of which makes some kind of gradient bug visible that the notebook's network
 * can't show.
 *
 * Bias, fan-out, square and non-square weights, every way to transpose a product, broadcasting,
 * means over an axis, stopped gradients, several targets, unconnected inputs, NaN and infinity.
 *
 * @module
 */
import type { Node } from "../core/graph.ts";
import { exp, sigmoid } from "../core/ops/activation.ts";
import { addN } from "../core/ops/accumulation.ts";
import { add, div, mul, neg, square, sub } from "../core/ops/arithmetic.ts";
import { broadcastTo, reduceSum } from "../core/ops/broadcast.ts";
import { stopGradient } from "../core/ops/control.ts";
import { matmul } from "../core/ops/matrix.ts";
import { reduceMean } from "../core/ops/reduction.ts";
import { variable } from "../core/ops/sources.ts";
import { reshape, transpose } from "../core/ops/structure.ts";
import type { NestedNumbers } from "../core/tensor.ts";
import { type Case, engine, type GradientRequest, gradientTensors, tensorsOf } from "./case.ts";

/** What a graph computes from its inputs: named values, and which gradients to take. */
interface Computation {
  readonly forward: Readonly<Record<string, Node>>;
  readonly request: GradientRequest;
}

/** Makes a case from the values of its inputs and a function that builds on them. */
function graphCase<I extends Readonly<Record<string, NestedNumbers>>>(
  id: string,
  description: string,
  values: I,
  compute: (inputs: { readonly [K in keyof I]: Node }) => Computation,
): Case {
  const [family = "", ...rest] = id.split("/");
  return {
    id,
    description,
    parameters: { family, graph: rest.join("/") },
    build(by = engine) {
      const inputs = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, variable(value, { name })]),
      ) as { [K in keyof I]: Node };
      const { forward, request } = compute(inputs);
      return [
        ...tensorsOf("input", inputs),
        ...tensorsOf("forward", forward),
        ...gradientTensors(by, request),
      ];
    },
  };
}

const square2 = [[0.75, -1.5], [0.25, 2]];
const square3 = [[0.5, -0.25, 1], [0.125, 0.75, -0.5], [-1, 0.375, 0.25]];
const wide = [[0.5, -1, 0.25], [1.5, 0.75, -0.125]];

/** The graphs; ids begin with `graph/`. */
export const graphCases: readonly Case[] = [
  graphCase(
    "graph/bias/weights=3x2",
    "A dense layer with bias on three samples, non-square weights",
    { x: square3, W: [[0.2, 0.3], [0.1, -0.2], [-0.4, 0.5]], b: [0.1, -0.3] },
    ({ x, W, b }) => {
      const y = sigmoid(add(matmul(x, W), b));
      return { forward: { y }, request: { ys: [y], xs: { x, W, b } } };
    },
  ),
  graphCase(
    "graph/bias/weights=3x3",
    "Two dense layers with bias, square weights, so that a transposed factor keeps its shape",
    {
      x: square3,
      V: [[0.3, -0.7, 0.2], [0.9, 0.1, -0.4], [0.6, -0.8, 0.5]],
      b: [0.1, -0.3, 0.2],
      W: square3,
    },
    ({ x, V, b, W }) => {
      const h = sigmoid(add(matmul(x, V), b));
      const y = sigmoid(matmul(h, W));
      return { forward: { h, y }, request: { ys: [y], xs: { x, V, b, h, W } } };
    },
  ),
  graphCase(
    "graph/fanout=2",
    "One value used twice: its gradient is the sum of two paths",
    { x: [0.5, -1.25, 2] },
    ({ x }) => {
      const h = square(x);
      const y = add(mul(h, 3), sigmoid(h));
      return { forward: { h, y }, request: { ys: [y], xs: { x, h } } };
    },
  ),
  graphCase(
    "graph/fanout=3",
    "One value used three times, by an addition, a product and a quotient",
    { x: [0.5, -1.25, 2], a: [1.5, 0.25, -0.75] },
    ({ x, a }) => {
      const h = mul(x, a);
      const y = add(add(h, mul(h, a)), div(h, add(square(h), 1)));
      return { forward: { h, y }, request: { ys: [y], xs: { x, a, h } } };
    },
  ),
  graphCase(
    "graph/transposed=none",
    "A product of two matrices, neither transposed",
    { a: wide, b: square3 },
    ({ a, b }) => product(a, b, matmul(a, b)),
  ),
  graphCase(
    "graph/transposed=a",
    "A product of two matrices, the first transposed",
    { a: square2, b: wide },
    ({ a, b }) => product(a, b, matmul(a, b, { transposeA: true })),
  ),
  graphCase(
    "graph/transposed=b",
    "A product of two matrices, the second transposed",
    { a: wide, b: square3 },
    ({ a, b }) => product(a, b, matmul(a, b, { transposeB: true })),
  ),
  graphCase(
    "graph/transposed=both",
    "A product of two matrices, both transposed",
    { a: wide, b: square2 },
    ({ a, b }) => product(a, b, matmul(a, b, { transposeA: true, transposeB: true })),
  ),
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
    { x: square3 },
    ({ x }) => reduced(x, reduceMean(square(x), { axis: 0 })),
  ),
  graphCase(
    "graph/mean/axis=1",
    "The mean over the last axis of a non-square matrix, its axis kept",
    { x: wide },
    ({ x }) => reduced(x, reduceMean(square(x), { axis: 1, keepDims: true })),
  ),
  graphCase(
    "graph/mean/axis=all",
    "The mean over all elements of a batch, not over the batch alone",
    { x: wide },
    ({ x }) => reduced(x, reduceMean(exp(x))),
  ),
  graphCase(
    "graph/sum/axis=0",
    "The sum over the first axis of a square matrix, where a shifted axis keeps the shape",
    { x: square3, w: [1, -2, 0.5] },
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
    { x: square3, w: [1, -2, 0.5] },
    ({ x, w }) => reduced(x, mul(reduceSum(square(x), { axis: 1 }), w)),
  ),
  graphCase(
    "graph/mean/axis=1/square",
    "The mean over the last axis of a square matrix, its axis not kept",
    { x: square3 },
    ({ x }) => reduced(x, reduceMean(square(x), { axis: 1 })),
  ),
  graphCase(
    "graph/fanout=10",
    "One value used ten times",
    { x: [0.5, -1.25, 2] },
    ({ x }) => {
      const h = square(x);
      const y = addN(Array.from({ length: 10 }, (_, k) => mul(h, k + 0.5)));
      return { forward: { h, y }, request: { ys: [y], xs: { x, h } } };
    },
  ),
  graphCase(
    "graph/twice",
    "One value as both operands of a sum, a product and a matrix product",
    { x: square2 },
    ({ x }) => {
      const y = matmul(add(x, x), mul(x, x));
      const z = matmul(x, x);
      return { forward: { y, z }, request: { ys: [y, z], xs: { x } } };
    },
  ),
  graphCase(
    "graph/targets=nested",
    "A target inside another, and one named twice",
    { x: [0.5, -1.25, 2], u: [1, -0.5, 0.25] },
    ({ x, u }) => {
      const p = square(x);
      const q = sigmoid(p);
      const request = { ys: [q, p, q], xs: { x, p }, gradYs: [null, u, u] };
      return { forward: { p, q }, request };
    },
  ),
  graphCase(
    "graph/scalar",
    "A scalar added to a matrix, and one multiplied with it",
    { x: wide, s: 0.75, t: -1.5 },
    ({ x, s, t }) => {
      const y = square(mul(add(x, s), t));
      return { forward: { y }, request: { ys: [y], xs: { x, s, t } } };
    },
  ),
  graphCase(
    "graph/structure",
    "Transposed, reshaped and negated elements keep their places",
    { x: wide, w: [[1, 2], [3, 4], [5, 6]] },
    ({ x, w }) => {
      const y = mul(neg(transpose(x)), w);
      const z = mul(reshape(x, [3, 2]), w);
      return { forward: { y, z }, request: { ys: [y, z], xs: { x, w } } };
    },
  ),
  graphCase(
    "graph/stop/op",
    "A factor behind stopGradient counts as a constant",
    { x: [0.5, -1.25, 2] },
    ({ x }) => {
      const y = mul(x, stopGradient(square(x)));
      return { forward: { y }, request: { ys: [y], xs: { x } } };
    },
  ),
  graphCase(
    "graph/stop/option",
    "A node among stopGradients counts as a constant, and still has its own gradient",
    { x: [0.5, -1.25, 2] },
    ({ x }) => {
      const h = mul(x, 2);
      const y = mul(x, h);
      return { forward: { h, y }, request: { ys: [y], xs: { x, h }, stopGradients: [h] } };
    },
  ),
  graphCase(
    "graph/targets=2",
    "Two targets with an upstream gradient each, of the same shape",
    { x: [0.5, -1.25, 2], u: [1, -0.5, 0.25], v: [-3, 2, 0.125] },
    ({ x, u, v }) => {
      const [p, q] = [square(x), sigmoid(x)];
      return { forward: { p, q }, request: { ys: [p, q], xs: { x }, gradYs: [u, v] } };
    },
  ),
  graphCase(
    "graph/unconnected",
    "An input that the target does not depend on has gradient zero",
    { x: [0.5, -1.25], other: [[1, 2, 3]] },
    ({ x, other }) => {
      const y = exp(x);
      return { forward: { y, unused: square(other) }, request: { ys: [y], xs: { x, other } } };
    },
  ),
  graphCase(
    "graph/nonfinite/nan",
    "NaN in one element of a batch stays in its row",
    { x: [[0.5, NaN], [1.5, -0.25]], W: square2 },
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
];

function product(a: Node, b: Node, y: Node): Computation {
  const z = square(y);
  return { forward: { y, z }, request: { ys: [z], xs: { a, b } } };
}

function reduced(x: Node, y: Node): Computation {
  const z = square(y);
  return { forward: { y, z }, request: { ys: [z], xs: { x } } };
}
