// Gradients against central differences in float64, on random graphs over every op.

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { gradients } from "../core/gradients.ts";
import { type Node, postorder } from "../core/graph.ts";
import { ops } from "../core/ops/table.ts";
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

Deno.test("gradients agree with central differences in float64 on random graphs over every op", () => {
  const reached = new Set<string>();
  let compared = 0;
  fc.assert(
    fc.property(fc.constantFrom(...drawnOps()), fc.nat(0xffffffff), (op, seed) => {
      const value = (r: RandomStream) => Math.fround((r.next() < 0.5 ? -1 : 1) * (0.25 + r.next()));
      // stopGradient is identity forward and nothing backward, which differences can't see.
      const { xs, y } = randomGraph(op, streamOf(op, seed), { steps: 6, value });
      const order = postorder([y]);
      if (order.some(({ op }) => op === "stopGradient")) return;
      const used = xs.filter((input) => order.includes(input));
      const results = gradients(y, used, { unconnected: "zero" });
      const exact = evaluateFloat64([...results, ...order], allowances.own);
      if (order.some((node) => exact.get(node)!.values.some((v) => !(Math.abs(v) < 1e3)))) return;
      used.forEach((x, n) => {
        const own = Float64Array.from(sourceValue(x)!.data);
        own.forEach((at, i) => {
          const { slope, error } = difference((h) => total(y, new Map([[x, own.with(i, at + h)]])));
          // Near a pole the estimate says nothing.
          if (!(error < 1e-3 * Math.max(1, Math.abs(slope)))) return;
          const { values, radii } = exact.get(results[n]!)!;
          const gradient = values[i]!;
          // Constants of a gradient rule, such as 2/√π, are rounded to float32.
          assert(
            Math.abs(gradient - slope) <= error + radii[i]!,
            `${op} ${seed}: ${gradient} is not ${slope} ± ${error}`,
          );
          compared++;
        });
      });
      for (const { op } of order) reached.add(op);
    }),
    { numRuns: 1500, seed: 2026 },
  );
  assert(compared > 2000, `${compared} elements were compared`);
  const expected = Object.keys(ops).filter((op) =>
    !["constant", "placeholder", "stopGradient"].includes(op)
  );
  assertEquals(expected.filter((op) => !reached.has(op)), []);
});
