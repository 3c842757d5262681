// Laws that gradients keep whatever the graph: metamorphic tests on random inputs, judged by
// derived budgets.

import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { gradients } from "../core/gradients.ts";
import { toBits } from "../core/float32.ts";
import type { Node } from "../core/graph.ts";
import { perSampleGradients } from "../core/per_sample.ts";
import { run } from "../core/plan.ts";
import { type Tensor, tensor } from "../core/tensor.ts";
import { allowances } from "./allowance.ts";
import { evaluateFloat64 } from "./exact.ts";
import { drawnOps, randomGraph, streamOf } from "./random_graph.ts";
import { RandomStream } from "../core/random.ts";
import { gradientByTangents } from "./tangents.ts";
import {
  add,
  constant,
  div,
  matmul,
  mul,
  reduceMean,
  reduceSum,
  sigmoid,
  variable,
} from "../core/functions/mod.ts";

const weights = {
  W: [[0.2, 0.3, -0.1], [0.1, -0.2, 0.4], [0.4, 0.5, 0.6]],
  b: [0.1, -0.3, 0.2],
  V: [[0.1, -0.3], [0.2, 0.1], [-0.4, 0.25]],
};

/** A network with bias on a batch. */
function network(rows: readonly (readonly number[])[]) {
  const x = variable(rows);
  const [W, b, V] = [variable(weights.W), variable(weights.b), variable(weights.V)];
  const y = sigmoid(matmul(sigmoid(add(matmul(x, W), b)), V));
  return { x, W, b, V, y };
}

const row = fc.array(fc.integer({ min: -512, max: 512 }).map((k) => k / 128), {
  minLength: 3,
  maxLength: 3,
});
const batch = fc.array(row, { minLength: 2, maxLength: 5 });
const bitsOf = (values: readonly Tensor[]) => values.map(({ data }) => Array.from(data, toBits));

/** Asserts that two nodes hold the same values up to the sum of their budgets. */
function assertWithin(a: Node, b: Node): void {
  const exact = evaluateFloat64([a, b], allowances.own);
  const [p, q] = run([a, b]);
  p.data.forEach((value, i) => {
    const radius = exact.get(a)!.radii[i]! + exact.get(b)!.radii[i]!;
    assert(
      Math.abs(value - q.data[i]!) <= radius,
      `${value} and ${q.data[i]} differ by more than ${radius}`,
    );
  });
}

Deno.test("the gradient of a batch is the sum of its samples' gradients, bit for bit below eight", () => {
  // Both add the samples left to right from +0: the orders are the same.
  fc.assert(
    fc.property(batch, (rows) => {
      const { W, b, V, y } = network(rows);
      const whole = gradients(y, [W, b, V], { unconnected: "zero" });
      const samples = perSampleGradients(y, [W, b, V]);
      assertEquals(samples.length, rows.length);
      const sums = whole.map((_, i) => samples.map((g) => g[i]!).reduce((p, q) => add(p, q)));
      assertEquals(bitsOf(run(sums)), bitsOf(run(whole)));
    }),
    { numRuns: 50 },
  );
});

Deno.test("the gradient of a long batch is the sum of its samples' gradients, to the budget", () => {
  const stream = new RandomStream(3);
  const rows = Array.from({ length: 20 }, () => [0, 0, 0].map(() => 4 * stream.next() - 2));
  const { W, b, V, y } = network(rows);
  const samples = perSampleGradients(y, [W, b, V]);
  gradients(y, [W, b, V], { unconnected: "zero" }).forEach((total, i) =>
    assertWithin(total, samples.map((g) => g[i]!).reduce((p, q) => add(p, q)))
  );
});

Deno.test("a sample's gradient is that of a batch of it alone, bit for bit", () => {
  fc.assert(
    fc.property(batch, (rows) => {
      const { W, b, V, y } = network(rows);
      perSampleGradients(y, [W, b, V]).forEach((gradient, n) => {
        const single = network([rows[n]!]);
        const alone = gradients(single.y, [single.W, single.b, single.V], { unconnected: "zero" });
        assertEquals(bitsOf(run(gradient)), bitsOf(run(alone)));
      });
    }),
    { numRuns: 50 },
  );
});

Deno.test("permuting the batch permutes the per-sample gradients, bit for bit", () => {
  fc.assert(
    fc.property(batch, (rows) => {
      const gradientBits = (list: readonly (readonly number[])[]) => {
        const { W, b, V, y } = network(list);
        return perSampleGradients(y, [W, b, V]).map((gradient) => bitsOf(run(gradient)));
      };
      assertEquals(gradientBits([...rows].reverse()), gradientBits(rows).reverse());
    }),
    { numRuns: 50 },
  );
});

Deno.test("per-sample gradients take an upstream gradient, and refuse a scalar", () => {
  const w = variable([[1], [2]]);
  const y = matmul([[1, 0], [0, 1], [1, 1]], w);
  const samples = perSampleGradients(y, w, { gradY: tensor([[2], [3], [5]]) });
  assertEquals(samples.map(([g]) => Array.from(run([g])[0].data)), [[2, 0], [0, 3], [5, 5]]);
  assertThrows(
    () => perSampleGradients(reduceSum(y), w),
    TypeError,
    "a target of shape [] has no samples",
  );
});

Deno.test("the gradient of a mean is that of the sum divided by the count", () => {
  fc.assert(
    fc.property(batch, (rows) => {
      const { W, y } = network(rows);
      const [mean] = gradients(reduceMean(y), [W], { unconnected: "zero" });
      const [sum] = gradients(reduceSum(y), [W], { unconnected: "zero" });
      assertWithin(mean, div(sum, rows.length * 2));
    }),
    { numRuns: 50 },
  );
});

Deno.test("gradients are linear in the upstream, exactly for a power of two", () => {
  fc.assert(
    fc.property(batch, fc.integer({ min: -8, max: 8 }), (rows, k) => {
      const { W, y } = network(rows);
      const ys = Array.from(run([y])[0].data, (v, i) => (i % 3) - v);
      const u = constant(tensor(Float32Array.from(ys), y.shape));
      const [one] = gradients(y, [W], { gradYs: u, unconnected: "zero" });
      const [scaled] = gradients(y, [W], { gradYs: mul(u, 2 ** k), unconnected: "zero" });
      assertEquals(bitsOf(run([scaled])), bitsOf(run([mul(one, 2 ** k)])));
      const [sum] = gradients(y, [W], { gradYs: add(u, y), unconnected: "zero" });
      const [other] = gradients(y, [W], { gradYs: y, unconnected: "zero" });
      assertWithin(sum, add(one, other));
    }),
    { numRuns: 50 },
  );
});

Deno.test("the gradient of several targets is the sum of their gradients", () => {
  fc.assert(
    fc.property(batch, (rows) => {
      const { W, b, y } = network(rows);
      const other = reduceMean(mul(y, y));
      const both = gradients([y, other], [W, b], { unconnected: "zero" });
      const first = gradients(y, [W, b], { unconnected: "zero" });
      const second = gradients(other, [W, b], { unconnected: "zero" });
      both.forEach((g, i) => assertWithin(g, add(first[i]!, second[i]!)));
    }),
    { numRuns: 50 },
  );
});

Deno.test("reverse and forward mode are adjoint on random graphs: ⟨J v, u⟩ = ⟨v, Jᵀ u⟩", () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.constantFrom(...drawnOps()), fc.nat(0xffffffff), (op, seed) => {
      const random = streamOf(op, seed);
      const { xs, y } = randomGraph(op, random, {
        steps: 8,
        value: (r) => Math.fround(2 * r.next() - 1),
      });
      const u = constant(
        tensor(Float32Array.from({ length: run([y])[0].size }, () => random.next() - 0.5), y.shape),
      );
      const reverse = gradients(y, xs, { gradYs: u, unconnected: "zero" });
      const exact = evaluateFloat64([...reverse, y, u], allowances.own);
      const values = (node: Node) => exact.get(node)!.values;
      xs.forEach((x, n) => {
        if (!exact.has(x)) return;
        const forward = gradientByTangents({ ys: [y], x, gradYs: [u], stopGradients: [] }, values);
        const v = Float64Array.from(forward, () => random.next() - 0.5);
        const { values: g, radii } = exact.get(reverse[n]!)!;
        const dot = (a: Float64Array) => a.reduce((sum, value, i) => sum + value * v[i]!, 0);
        const radius = radii.reduce((sum, r, i) => sum + r * Math.abs(v[i]!), 0);
        if (
          !Number.isFinite(dot(g)) || !Number.isFinite(dot(forward)) || !(radius < Infinity)
        ) return;
        assert(
          Math.abs(dot(g) - dot(forward)) <= radius,
          `${op} ${seed}: ${dot(g)} and ${dot(forward)}`,
        );
        compared++;
      });
    }),
    { numRuns: 500, seed: 7 },
  );
  assert(compared > 500, `${compared} compared`);
});
