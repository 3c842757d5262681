/**
 * What the gradient and the tangent of a row promise, tried: that they and finite differences,
 * which know neither, agree.
 *
 * @module
 */
import { assert, assertThrows } from "@std/assert";
import type { Derivative } from "../cases/mod.ts";
import { gradients } from "../core/gradients.ts";
import type { Node } from "../core/graph.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import type { RandomStream } from "../core/random.ts";
import { allowances } from "../verify/allowance.ts";
import { differencesOf } from "../verify/differences.ts";
import { evaluateFloat64 } from "../verify/exact.ts";
import { forwardWitness, nodesOf } from "../verify/forward.ts";
import { trials, variableOf } from "./op_trials.ts";

/**
 * How well differences of float64 values must tell a derivative: to float32's precision at 1. What
 * is drawn has about that size.
 */
const RESOLUTION = 2 ** -24;

/** How many elements forward mode and differences were heard on. */
interface Heard {
  forward: number;
  differences: number;
}

/** Gradients of an op, and their gradients, are those that forward mode and differences find. */
export function gradientLaw(name: OpName): void {
  const { gradient, kernel } = ops[name];
  if (kernel === "source") return;
  const first: Heard = { forward: 0, differences: 0 };
  const second: Heard = { forward: 0, differences: 0 };
  let differentiable = false;
  for (const { y, inputs, random } of trials(name, { count: 20, limit: 12 })) {
    const xs = inputs.filter(({ dtype }) => dtype === "float32");
    if (y.dtype !== "float32" || xs.length === 0) continue;
    if (gradient === "none") {
      assertThrows(() => gradients(y, xs), TypeError, `op "${name}" has no gradient`);
      continue;
    }
    differentiable = true;
    for (const { target, derivative } of derivativesOf(y, xs, random)) {
      compare(target, derivative, first);
      for (const next of derivativesOf(target, xs, random)) {
        compare(next.target, next.derivative, second);
      }
    }
  }
  if (!differentiable) return;
  for (const [order, { forward, differences }] of [["first", first], ["second", second]] as const) {
    assert(forward >= 20, `forward mode was heard on ${forward} elements of the ${order} gradient`);
    assert(differences >= 10, `so were differences on ${differences} of the ${order} gradient`);
  }
}

/** A gradient, and what it is the gradient of. */
interface Differentiated {
  readonly target: Node;
  readonly derivative: Derivative;
}

/** The gradients of `y` with a random upstream. */
function derivativesOf(y: Node, xs: readonly Node[], random: RandomStream): Differentiated[] {
  const upstream = variableOf(y.shape, () => Math.fround(2 * random.next() - 1));
  const found = gradients(y, xs, { gradYs: upstream, unconnected: "zero" });
  return found.map((target, i) => ({
    target,
    derivative: { ys: [y], x: xs[i]!, gradYs: [upstream], stopGradients: [] },
  }));
}

/** Compares a gradient with both witnesses, within the budget of float32. */
function compare(target: Node, derivative: Derivative, heard: Heard): void {
  const tensor = { name: "gradient", role: "gradient", node: target, derivative } as const;
  const exact = evaluateFloat64(nodesOf([tensor]), allowances.own);
  const { values, radii } = exact.get(target)!;
  const forward = forwardWitness("laws", [tensor], exact)(tensor)!;
  const differences = differencesOf(derivative, exact);
  // Where a function is not defined its rules may still say something; differences can't.
  const defined = derivative.ys.every((y) => exact.get(y)!.values.every(Number.isFinite));
  values.forEach((value, i) => {
    const radius = radii[i]!;
    if (!(radius < Infinity)) return;
    const tolerance = radius + RESOLUTION;
    const near = (other: number) => Object.is(value, other) || Math.abs(value - other) <= tolerance;
    const where = `the gradient of ${derivative.ys[0]} at ${i} is ${value} in reverse mode`;
    if (forward.speaks(i)) {
      assert(near(forward.values[i]!), `${where}, ${forward.values[i]} in forward mode`);
      heard.forward++;
    }
    const difference = defined && Number.isFinite(value) ? differences(i, tolerance) : null;
    if (difference === null) return;
    assert(
      Math.abs(value - difference) <= 2 * tolerance,
      `${where}, ${difference} by differences`,
    );
    heard.differences++;
  });
}
