/**
 * Bugs in gradient rules: one op's rule is wrong, all else is right.
 *
 * @module
 */
import { gradientRules, gradientsBy } from "../../core/gradients.ts";
import type { Node } from "../../core/graph.ts";
import type { GraphFunctions } from "../../cases/case.ts";
import type { OpName } from "../../core/ops/table.ts";
import { broadcastAxes, sameShape } from "../../core/shape.ts";
import { type Mutant, wrongGradients } from "./mutant.ts";
import { sumTo } from "../../core/forms/broadcast.ts";
import { keptShape, type Reduced } from "../../core/forms/reduced.ts";
import {
  add,
  broadcastTo,
  div,
  matmul,
  mul,
  neg,
  reduceMean,
  reshape,
  sub,
  transpose,
} from "../../core/functions/mod.ts";
import { zeros } from "../../core/functions/sources.ts";
import type { GradientRule } from "../../core/op.ts";

/** An engine whose rule of one op is another. */
function withRule(op: OpName, rule: GradientRule): GraphFunctions["gradients"] {
  return ((ys: never, xs: never, options: never) =>
    gradientsBy({ ...gradientRules, [op]: rule }, ys, xs, options)) as GraphFunctions["gradients"];
}

const ruleOf = (op: OpName) => gradientRules[op] as GradientRule;

/** The right rule with its results changed. */
const changed =
  (op: OpName, change: (gradient: Node, node: Node, i: number) => Node): GradientRule =>
  (node, g, f) =>
    ruleOf(op)(node, g, f).map((gradient, i) => gradient && change(gradient, node, i));

/** The reduction's gradient repeated along the axis after the one that was reduced. */
const alongNextAxis: GradientRule = (node, g) => {
  const { shape } = (node as Node).inputs[0]!;
  const { axes } = (node as Node<Reduced>).attributes;
  return [
    broadcastTo(reshape(g, keptShape(shape, axes.map((axis) => (axis + 1) % shape.length))), shape),
  ];
};

/** The right gradient of a broadcast operand, brought back to its shape in a wrong way. */
const broughtBack = (bring: (gradient: Node, operand: Node) => Node): GradientRule => (node, g) =>
  (node as Node).inputs.map((operand) => sameShape(operand.shape, g.shape) ? g : bring(g, operand));

const rules: readonly [name: string, op: OpName, rule: GradientRule][] = [
  ["sigmoid: gradient zero", "sigmoid", (_, g) => [zeros(g.shape)]],
  ["sigmoid: sign flipped", "sigmoid", changed("sigmoid", (gradient) => neg(gradient))],
  ["sigmoid: upstream ignored", "sigmoid", (y) => [mul(y, sub(1, y))]],
  ["sigmoid: derivative at the input", "sigmoid", (node, g) => {
    const x = (node as Node).inputs[0]!;
    return [mul(g, mul(x, sub(1, x)))];
  }],
  ["sigmoid: derivative of tanh", "sigmoid", (y, g) => [mul(g, sub(1, mul(y, y)))]],
  ["sigmoid: factor 2", "sigmoid", changed("sigmoid", (gradient) => mul(gradient, 2))],
  [
    "sigmoid: factor 1 + 2^-10",
    "sigmoid",
    changed("sigmoid", (gradient) => mul(gradient, 1 + 2 ** -10)),
  ],
  ["exp: derivative 1", "exp", (_, g) => [g]],
  ["exp: factor 1 + 2^-10", "exp", changed("exp", (gradient) => mul(gradient, 1 + 2 ** -10))],
  ["square: factor 2 missing", "square", (node, g) => [mul(g, (node as Node).inputs[0]!)]],
  [
    "sub: sign of the second operand lost",
    "sub",
    changed("sub", (gradient, _, i) => i === 1 ? neg(gradient) : gradient),
  ],
  ["neg: sign lost", "neg", (_, g) => [g]],
  ["mul: operands swapped", "mul", (node, g, f) => {
    const { inputs } = node as Node;
    return inputs.map((operand) => sumTo(mul(g, operand), operand.shape, f));
  }],
  [
    "div: divisor not squared",
    "div",
    changed("div", (gradient, node, i) => i === 1 ? mul(gradient, node.inputs[1]!) : gradient),
  ],
  ["matmul: weights transposed", "matmul", (node, g, f) => {
    const [, right] = ruleOf("matmul")(node, g, f);
    return [matmul(g, (node as Node).inputs[1]!), right!];
  }],
  ["matmul: operands swapped", "matmul", (node, g, f) => {
    const [left, right] = ruleOf("matmul")(node, g, f);
    return [right!, left!];
  }],
  [
    "transpose: gradient not transposed back",
    "transpose",
    (node, g) => [reshape(g, (node as Node).inputs[0]!.shape)],
  ],
  [
    "reduceMean: not divided",
    "reduceMean",
    changed("reduceMean", (gradient, { inputs: [x], shape }) => {
      const count = x!.shape.reduce((a, b) => a * b, 1) / shape.reduce((a, b) => a * b, 1);
      return mul(gradient, count);
    }),
  ],
  [
    "reduceMean: divided by the batch only",
    "reduceMean",
    changed("reduceMean", (gradient, { inputs: [x], shape }) => {
      const count = x!.shape.reduce((a, b) => a * b, 1) / shape.reduce((a, b) => a * b, 1);
      return mul(gradient, count / x!.shape[0]!);
    }),
  ],
  [
    "reduceSum: divided like a mean",
    "reduceSum",
    changed(
      "reduceSum",
      (gradient, { inputs: [x], shape }) =>
        div(gradient, x!.shape.reduce((a, b) => a * b, 1) / shape.reduce((a, b) => a * b, 1)),
    ),
  ],
  ["reduceSum: axis shifted", "reduceSum", alongNextAxis],
  ["reduceSum: kept axes reversed at rank 5", "reduceSum", (node, g, f) => {
    const { shape } = (node as Node).inputs[0]!;
    const { axes } = (node as Node<Reduced>).attributes;
    if (shape.length < 5) return ruleOf("reduceSum")(node, g, f);
    const kept = shape.filter((_, axis) => !axes.includes(axis));
    return [broadcastTo(reshape(transpose(reshape(g, kept)), keptShape(shape, axes)), shape)];
  }],
  [
    "addN: no gradient beyond the 12th operand",
    "addN",
    (node, g) => (node as Node).inputs.map((_, i) => i < 12 ? g : null),
  ],
  ["reduceMean: axis shifted", "reduceMean", (node, g, f) => {
    const [right] = ruleOf("reduceMean")(node, g, f);
    const { shape } = (node as Node).inputs[0]!;
    const count = shape.reduce((a, b) => a * b, 1) /
      (node as Node).shape.reduce((a, b) => a * b, 1);
    return right === null ? [null] : alongNextAxis(node, div(g, count), f);
  }],
  ["add: broadcast not summed back", "add", broughtBack((gradient) => gradient)],
  [
    "add: broadcast averaged back",
    "add",
    broughtBack((gradient, { shape }) =>
      reshape(reduceMean(gradient, { axis: broadcastAxes(shape, gradient.shape) }), shape)
    ),
  ],
  ["stopGradient: ignored", "stopGradient", (_, g) => [g]],
  [
    "add: second operand counted twice",
    "add",
    changed("add", (gradient, _, i) => i === 1 ? add(gradient, gradient) : gradient),
  ],
];

/** NaN in a gradient hidden as 0. */
const nanReplaced: Mutant = (() => {
  const right = wrongGradients("all: NaN replaced by 0", "rule", withRule("add", ruleOf("add")));
  const replace = <T extends Float32Array | Float64Array>(data: T) =>
    data.map((v) => Number.isNaN(v) ? 0 : v) as T;
  return {
    ...right,
    compute(c) {
      const { values, exact } = right.compute(c);
      return {
        values: new Map([...values].map(([name, data]) => [name, replace(data)])),
        exact: new Map([...exact].map(([name, data]) => [name, replace(data)])),
      };
    },
  };
})();

/** All mutants of this kind. */
export const ruleMutants: readonly Mutant[] = [
  ...rules.map(([name, op, rule]) => wrongGradients(name, "rule", withRule(op, rule))),
  nanReplaced,
];
