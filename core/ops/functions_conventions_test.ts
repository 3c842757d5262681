// What the gradients of the functions are where these end, jump or saturate: as TensorFlow 2.21 has
// them, but for subnormal numbers, which it flushes.

import { assertEquals } from "@std/assert";
import {
  atan2,
  gradients,
  greater,
  log,
  mul,
  type Node,
  pow,
  reciprocal,
  rsqrt,
  run,
  sqrt,
  sub,
  variable,
  where,
} from "../../mod.ts";
import * as nodes from "../functions/mod.ts";

/** The gradient of the sum of `f` at each of `at`. */
function slopes(f: (x: Node) => Node, at: readonly number[]): number[] {
  const x = variable(at);
  return [...run(gradients(f(x), x, { unconnected: "zero" }))[0]!.data];
}

/** The gradients of a function of two operands at one point. */
function pair(f: (a: Node, b: Node) => Node, a: number, b: number): number[] {
  const x = [variable(a), variable(b)];
  return run(gradients(f(x[0]!, x[1]!), x, { unconnected: "zero" })).map(({ data }) => data[0]!);
}

const f = Math.fround;

Deno.test("at poles and at the ends of domains gradients are infinite, beyond them NaN or finite", () => {
  const table: [
    name: "log" | "log1p" | "sqrt" | "rsqrt" | "reciprocal" | "asin" | "acos" | "acosh" | "atanh",
    at: number,
    slope: number,
  ][] = [
    ["log", 0, Infinity],
    ["log", -0, -Infinity],
    ["log", -1, -1], // beside a result of NaN: 1/x is defined there
    ["log1p", -1, Infinity],
    ["log1p", -2, -1],
    ["sqrt", 0, Infinity],
    ["sqrt", -0, -Infinity],
    ["sqrt", -1, NaN],
    ["rsqrt", 0, -Infinity],
    ["rsqrt", -1, NaN],
    ["reciprocal", 0, -Infinity],
    ["reciprocal", -0, -Infinity],
    ["asin", 1, Infinity],
    ["asin", 2, NaN],
    ["acos", -1, -Infinity],
    ["acosh", 1, Infinity],
    ["acosh", 0.5, NaN],
    ["atanh", 1, Infinity],
    ["atanh", 2, f(-1 / 3)], // beside a result of NaN: 1/(1 − x²) is defined there
  ];
  for (const [name, at, slope] of table) assertEquals(slopes(nodes[name], [at]), [slope], name);
});

Deno.test("where functions saturate their gradients vanish", () => {
  // 1 − y and 1 − y² cancel. TensorFlow has 0 for the sigmoid at -100, since it flushes 3.8e-44.
  assertEquals(slopes(nodes.sigmoid, [20, 100, -100]), [0, 0, f(3.783505853677006e-44)]);
  assertEquals(slopes(nodes.tanh, [100, -100]), [0, 0]);
  assertEquals(slopes(nodes.softplus, [200, -200]), [1, 0]);
  assertEquals(slopes(nodes.logSigmoid, [200, -200]), [0, 1]);
  assertEquals(slopes(nodes.erf, [20, -20]), [0, 0]);
  assertEquals(slopes(nodes.erfc, [20, -20]), [-0, -0]);
  assertEquals(slopes(nodes.exp, [-200, 200]), [0, Infinity]);
});

Deno.test("at the extremes of a function its gradient is 0", () => {
  assertEquals(slopes(nodes.cosh, [0]), [0]);
  assertEquals(slopes(nodes.cos, [0]), [-0]);
});

Deno.test("no gradient reaches an exponent where the base is not positive", () => {
  assertEquals(pair(pow, -2, 3), [12, -0]); // math_grad.py: g·y·0
  assertEquals(pair(pow, 0, 2), [0, 0]);
  assertEquals(pair(pow, 0, 1), [1, 0]);
  assertEquals(pair(pow, -8, f(1 / 3)), [NaN, NaN]);
});

Deno.test("the gradient of 0 to the power 0 is NaN for the base, 0 for the exponent", () => {
  assertEquals(pair(pow, 0, 0), [NaN, 0]); // 0 · 0⁻¹
});

Deno.test("the gradients of the angle at the origin are NaN", () => {
  assertEquals(pair(atan2, 0, 0), [NaN, NaN]); // 0 · (1/0)
});

Deno.test("across the negative x-axis the angle jumps, and its gradients do not", () => {
  assertEquals(pair(atan2, 0, -2), [-0.5, -0]);
  assertEquals(pair(atan2, -0, -2), [-0.5, 0]);
});

Deno.test("roots and reciprocals that are not chosen send nothing back, a logarithm NaN", () => {
  const chosen = (op: (x: Node) => Node) => (x: Node) => where(greater(x, 0), op(x), 0);
  for (const op of [sqrt, rsqrt, reciprocal]) {
    assertEquals(slopes(chosen(op), [0, -0, -1]).map(Math.abs), [0, 0, 0], op.name);
  }
  // The trap: the upstream 0 is multiplied by an infinite derivative.
  assertEquals(slopes(chosen(log), [0]), [NaN]);
  const safely = (x: Node) => where(greater(x, 0), log(where(greater(x, 0), x, 1)), 0);
  assertEquals(slopes(safely, [0, -1, 2]), [0, 0, 0.5]);
});

Deno.test("an upstream gradient of 0 keeps derivatives of higher order", () => {
  // d/du of d/dx (u − 1)·f(x) is f'(x), at u = 1 too.
  for (const [op, slope] of [[sqrt, 0.25], [rsqrt, -0.0625], [reciprocal, -0.0625]] as const) {
    const [x, u] = [variable(4), variable(1)];
    const [first] = gradients(mul(sub(u, 1), op(x)), x, { unconnected: "zero" });
    assertEquals(run(gradients(first, u, { unconnected: "zero" }))[0]!.data[0], slope, op.name);
  }
});
