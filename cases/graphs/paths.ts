/**
 * Paths: values used more than once, several targets, what stops a gradient.
 *
 * @module
 */
import type { Case } from "../case.ts";
import { graphCase } from "./graph_case.ts";
import {
  add,
  addN,
  div,
  exp,
  mul,
  neg,
  sigmoid,
  square,
  stopGradient,
  sub,
} from "../../core/functions/mod.ts";

/** The cases; ids begin with `graph/`. */
export const pathsCases: readonly Case[] = [
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
    "graph/fanout=20",
    "One value used twenty times, all added up at once",
    { x: [0.5, -1.25, 2] },
    ({ x }) => {
      const h = square(x);
      const y = addN(Array.from({ length: 20 }, (_, k) => mul(h, k + 0.5)));
      return { forward: { h, y }, request: { ys: [y], xs: { x, h } } };
    },
  ),
  graphCase(
    "graph/targets=6",
    "Six targets, each with an upstream gradient of its own",
    { x: [0.5, -1.25, 2], u: [1, -0.5, 0.25], v: [-3, 2, 0.125] },
    ({ x, u, v }) => {
      const ys = [square(x), sigmoid(x), exp(x), neg(x), mul(x, u), div(v, x)];
      const gradYs = [u, v, mul(u, 2), mul(v, 3), v, sub(u, v)];
      const forward = Object.fromEntries(ys.map((y, i) => [`y${i}`, y]));
      return { forward, request: { ys, xs: { x }, gradYs } };
    },
  ),
  graphCase(
    "graph/stop/option=4",
    "Four nodes among stopGradients, each on a path of its own",
    { x: [0.5, -1.25, 2] },
    ({ x }) => {
      const stopGradients = [mul(x, 2), square(x), sigmoid(x), exp(x)];
      const y = addN([square(x), ...stopGradients.map((node) => mul(node, x))]);
      return { forward: { y }, request: { ys: [y], xs: { x }, stopGradients } };
    },
  ),
];
