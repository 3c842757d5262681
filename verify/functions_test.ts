// The gradients of the functions to order 3, where these are smooth: reverse mode against forward
// mode, and against finite differences of the order before.

import { assert } from "@std/assert";
import { gradients } from "../core/gradients.ts";
import type { Node } from "../core/graph.ts";
import * as nodes from "../core/functions/mod.ts";
import { families, type OpName, ops } from "../core/ops/table.ts";
import { RandomStream } from "../core/random.ts";
import { tensor } from "../core/tensor.ts";
import { allowances } from "./allowance.ts";
import { evaluateFloat64 } from "./exact.ts";
import { gradientByTangents } from "./tangents.ts";

const { exponential, trigonometric, hyperbolic, special } = families;
const names = [exponential, trigonometric, hyperbolic, special].flatMap(Object.keys) as OpName[];

/** From where to where an operand is drawn; from -2 to 2 if not here. */
const ranges: Partial<Record<OpName, readonly (readonly [from: number, to: number])[]>> = {
  log: [[0.25, 4]],
  log1p: [[-0.75, 4]],
  pow: [[0.25, 3], [-2, 3]],
  sqrt: [[0.25, 4]],
  rsqrt: [[0.25, 4]],
  reciprocal: [[-4, -0.25]],
  tan: [[-1.25, 1.25]],
  asin: [[-0.875, 0.875]],
  acos: [[-0.875, 0.875]],
  acosh: [[1.25, 4]],
  atanh: [[-0.875, 0.875]],
  atan2: [[0.25, 2], [-2, 2]],
};

/** How many places are tried at once. */
const COUNT = 40;

/** Operands of an op at places where it is smooth. */
function drawOperands(name: OpName, random: RandomStream): Node[] {
  return Array.from({ length: ops[name].arity as number }, (_, n) => {
    const [from, to] = ranges[name]?.[n] ?? [-2, 2];
    const draw = () => from + (to - from) * random.next();
    return nodes.variable(tensor(Float32Array.from({ length: COUNT }, draw)));
  });
}

const callOf = (name: OpName) => nodes[name as "pow"] as (...operands: Node[]) => Node;

/** The float64 values of a node, some inputs replaced, and the radii under `own`. */
function evaluate(node: Node, feeds?: ReadonlyMap<Node, Float64Array>) {
  return evaluateFloat64([node], allowances.own, feeds).get(node)!;
}

/** The derivative of `y` by `x`, element by element: central differences, Richardson-extrapolated. */
function differences(y: Node, x: Node): Float64Array {
  const at = evaluate(x).values;
  const slope = (h: number) => {
    const [up, down] = [h, -h].map((step) =>
      evaluate(y, new Map([[x, at.map((value) => value + step)]])).values
    );
    return up!.map((value, i) => (value - down![i]!) / (2 * h));
  };
  const [coarse, middle, fine] = [2 ** -8, 2 ** -9, 2 ** -10].map(slope);
  return coarse!.map((_, i) => {
    const [first, second] = [middle![i]! * 4 - coarse![i]!, fine![i]! * 4 - middle![i]!];
    return (16 * second - first) / 45;
  });
}

function assertNear(found: Float64Array, expected: Float64Array, share: number, facts: string) {
  const scale = Math.max(1, ...expected.map(Math.abs));
  found.forEach((value, i) => {
    assert(
      Math.abs(value - expected[i]!) <= share * scale,
      `${facts} at ${i}: ${value}, not ${expected[i]}`,
    );
  });
}

/**
 * The derivative of `y`, which has its place at each element alone, by `x`, checked; as a node.
 */
function checkedDerivative(y: Node, x: Node, facts: string): Node {
  const [derivative] = gradients(y, x, { unconnected: "zero" }) as [Node];
  const { values } = evaluate(derivative);
  const exact = evaluateFloat64([y, x], allowances.own);
  const forward = gradientByTangents(
    { ys: [y], x, gradYs: [null], stopGradients: [] },
    (node) => exact.get(node)!.values,
  );
  assertNear(values, forward, 2 ** -44, `${facts}, forward mode`);
  // The derivatives of erf and erfc have 2/√π rounded to float32.
  const share = facts.startsWith("erf") ? 2 ** -23 : 1e-8;
  assertNear(values, differences(y, x), share, `${facts}, differences`);
  return derivative;
}

for (const name of names) {
  Deno.test(`the gradients of ${name} are right to order 3, mixed ones too`, () => {
    const operands = drawOperands(name, new RandomStream(names.indexOf(name)));
    const walk = (y: Node, order: number, facts: string): void => {
      if (order > 3) return;
      operands.forEach((x, i) => {
        const derivative = checkedDerivative(y, x, `${facts} d${i}`);
        walk(derivative, order + 1, `${facts} d${i}`);
      });
    };
    walk(callOf(name)(...operands), 1, name);
  });
}

Deno.test("whole powers of negative numbers have the gradients of polynomials, to order 3", () => {
  const x = nodes.variable([-2, -0.5, -1.25]);
  let y = nodes.pow(x, 4);
  for (const expected of [[-32, -0.5, -7.8125], [48, 3, 18.75], [-48, -12, -30]]) {
    [y] = gradients(y, x, { unconnected: "zero" });
    assertNear(evaluate(y).values, Float64Array.from(expected), 2 ** -48, "x⁴");
  }
});
