// Gradients against central differences in float64, on random graphs over every op.

import { assert } from "@std/assert";
import { gradients } from "../core/gradients.ts";
import { type Node, postorder } from "../core/graph.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import { allowances } from "./allowance.ts";
import { evaluateFloat64 } from "./exact.ts";
import { drawnOps, randomGraph, streamOf } from "./random_graph.ts";
import type { RandomStream } from "../core/random.ts";
import { sourceValue } from "../core/functions/sources.ts";

/** The sum of a node's elements in float64, at given values of the inputs. */
function total(node: Node, feeds: ReadonlyMap<Node, Float64Array>): number {
  return evaluateFloat64([node], allowances.own, feeds).get(node)!.values.reduce(
    (a, b) => a + b,
    0,
  );
}

/** Richardson-extrapolated central difference, with an estimate of its error. */
function difference(f: (h: number) => number): { slope: number; error: number } {
  const central = (h: number) => (f(h) - f(-h)) / (2 * h);
  const [coarse, fine, finest] = [central(2e-3), central(1e-3), central(5e-4)];
  const [a, b] = [(4 * fine - coarse) / 3, (4 * finest - fine) / 3];
  return { slope: b, error: 10 * Math.abs(a - b) + 1e-9 * Math.max(1, Math.abs(b)) };
}

/** How many elements of the gradients of a graph agree with differences; all that can tell must. */
function agreeing(op: OpName, seed: number): number {
  // Some inputs positive and larger, where functions are defined there only.
  const value = (r: RandomStream, input: number) =>
    Math.fround(
      input % 3 === 0 ? 0.25 + 3 * r.next() : (r.next() < 0.5 ? -1 : 1) * (0.25 + r.next()),
    );
  const { xs, y } = randomGraph(op, streamOf(op, seed), { steps: 4, value });
  const order = postorder([y]);
  // stopGradient is identity forward and nothing backward, which differences can't see.
  if (!order.some((node) => node.op === op)) return 0;
  if (order.some((node) => node.op === "stopGradient")) return 0;
  const used = xs.filter((input) => order.includes(input));
  const results = gradients(y, used, { unconnected: "zero" });
  const exact = evaluateFloat64([...results, ...order], allowances.own);
  // At a pole a gradient follows a convention, as that of pow at (0, 0).
  const computed = [...exact].filter(([node]) => node.inputs.length > 0);
  const isLarge = (v: number) => !(Math.abs(v) < 1e3);
  if (computed.some(([, { values }]) => values.some(isLarge))) return 0;
  let compared = 0;
  used.forEach((x, n) => {
    const own = Float64Array.from(sourceValue(x)!.data);
    own.forEach((at, i) => {
      const { slope, error } = difference((h) => total(y, new Map([[x, own.with(i, at + h)]])));
      // Near a pole the estimate says nothing.
      if (!(error < 1e-3 * Math.max(1, Math.abs(slope)))) return;
      const { values, radii } = exact.get(results[n]!)!;
      // Constants of a gradient rule, such as 2/√π, are rounded to float32.
      assert(
        Math.abs(values[i]! - slope) <= error + radii[i]!,
        `${op} ${seed}: ${values[i]} is not ${slope} ± ${error}`,
      );
      compared++;
    });
  });
  return compared;
}

Deno.test("gradients agree with central differences in float64 on random graphs of every op", () => {
  for (const op of drawnOps()) {
    const { gives } = ops[op];
    if (op === "stopGradient" || gives === "bool" || gives === "int32") continue;
    let graphs = 0;
    for (let seed = 0; graphs < 8; seed++) {
      assert(seed < 400, `${op}: ${graphs} graphs in 400 could be compared`);
      if (agreeing(op, seed) > 0) graphs++;
    }
  }
});
