// The walk of gradients beyond the sizes of the cases: many paths, targets, sources and samples.

import { assert, assertEquals } from "@std/assert";
import {
  add,
  addN,
  gradients,
  matmul,
  mul,
  type Node,
  perSampleGradients,
  reduceMean,
  run,
  variable,
} from "../mod.ts";
import { evaluateNaively } from "../testing/naive.ts";
import { Draw } from "../testing/op_graphs.ts";
import { randomDag } from "../testing/random_dag.ts";
import { dual, fixed, float32, float64 } from "../testing/scalars.ts";
import { toBits } from "./float32.ts";
import { sourceValue } from "./functions/sources.ts";

const bitsOf = (node: Node) => Array.from(run([node])[0].data, toBits);

Deno.test("contributions of any number are added in the order of the queue", () => {
  for (let count = 1; count <= 60; count++) {
    const draw = new Draw(count);
    const factors = Array.from({ length: count }, () => Math.fround(10 ** (8 * draw.next() - 4)));
    const expected = [toBits(float32.addN(factors))];
    const x = variable(1);
    const paths = factors.map((factor) => mul(x, factor));
    // As targets of their own, and as the operands of one sum, they are reached in their order.
    assertEquals(bitsOf(gradients(paths, x, { unconnected: "zero" })[0]), expected);
    assertEquals(bitsOf(gradients(addN(paths), x, { unconnected: "zero" })[0]), expected);
  }
});

Deno.test("the gradient of a target named many times is its gradient as often", () => {
  const x = variable([1, 2]);
  const y = mul(x, x);
  const ys = Array.from({ length: 50 }, () => y);
  assertEquals(Array.from(run(gradients(ys, x, { unconnected: "zero" }))[0].data), [100, 200]);
});

Deno.test("gradients of graphs of hundreds of nodes agree with derivatives by naive loops", () => {
  for (let seed = 0; seed < 8; seed++) {
    const draw = new Draw(seed);
    const { inputs, nodes } = randomDag(draw, 300);
    const ys = [nodes.at(-1)!, ...draw.shuffled(nodes).slice(0, 11)];
    const gradYs = ys.map((y, i) => i % 3 === 0 ? null : draw.input(y.shape));
    const inner = draw.shuffled(nodes.slice(0, 150)).slice(0, 5);
    const stopGradients = draw.shuffled(nodes.slice(0, 200)).slice(0, 6);
    const xs = [...inputs, ...inner];
    const found = gradients(ys, xs, { gradYs, stopGradients, unconnected: "zero" });

    const values = inputs.map(({ shape }) => draw.tensorOf(shape, () => 2 * draw.next() - 1).data);
    const source = (node: Node) => values[inputs.indexOf(node)] ?? sourceValue(node)!.data;
    const weights = gradYs.map((u, n) =>
      u === null ? ys[n]!.shape.reduce((a, b) => a * b, 1) : sourceValue(u)!.data
    );
    const reverse = evaluateNaively(found, float64, source);
    const plain = evaluateNaively([...nodes, ...inputs], float64, source);
    xs.forEach((x, k) => {
      const direction = draw.input(x.shape);
      const v = sourceValue(direction)!.data;
      // x itself moves, whatever it is; what counts as a constant stays.
      const held = stopGradients.filter((node) => node !== x);
      const moved = evaluateNaively(ys, dual, (node) => Array.from(source(node), fixed), (node) => {
        if (node === x) return plain(x).map((value, e) => ({ value, slope: v[e]! }));
        return held.includes(node) ? plain(node).map(fixed) : undefined;
      });
      let [forward, scale] = [0, 1];
      ys.forEach((y, n) => {
        const w = weights[n]!;
        moved(y).forEach(({ slope }, e) => {
          const term = slope * (typeof w === "number" ? 1 : w[e]!);
          forward += term;
          scale += Math.abs(term);
        });
      });
      const backward = reverse(found[k]!).reduce((sum, g, e) => sum + g * v[e]!, 0);
      assert(
        Math.abs(backward - forward) <= 2 ** -30 * scale,
        `seed ${seed}, x ${k}: ${backward}, expected ${forward}`,
      );
    });
  }
});

Deno.test("a mean's upstream is divided by the count of its terms, whatever that is", () => {
  const draw = new Draw(5);
  for (const n of [1, 2, 3, 7, 64, 65, 100, 101, 257, 999, 4097]) {
    const [x, g] = [draw.input([n, 2]), draw.input([2])];
    const y = reduceMean(x, { axis: 0 });
    const [dx] = run(gradients(y, x, { gradYs: g, unconnected: "zero" }));
    const upstream = sourceValue(g)!.data;
    dx.data.forEach((found, i) => assertEquals(found, Math.fround(upstream[i % 2]! / n)));
  }
});

Deno.test("each of many samples of rank 4 has its own gradient, times its upstream", () => {
  const draw = new Draw(2);
  const [n, rest] = [11, [2, 3, 2]];
  const [x, W, g] = [draw.input([n, ...rest]), draw.input(rest), draw.input([n, ...rest])];
  const data = (node: Node) => sourceValue(node)!.data;
  for (const gradY of [undefined, sourceValue(g)!]) {
    const samples = perSampleGradients(mul(x, W), [x, W], gradY === undefined ? {} : { gradY });
    assertEquals(samples.length, n);
    samples.forEach(([dx, dW], sample) => {
      const upstream = (i: number) => gradY === undefined ? 1 : gradY.data[i]!;
      const at = (e: number) => sample * 12 + e;
      const expectedW = Array.from(
        { length: 12 },
        (_, e) => Math.fround(upstream(at(e)) * data(x)[at(e)]!),
      );
      const expectedX = Array.from(
        { length: 12 * n },
        (_, i) => Math.floor(i / 12) === sample ? Math.fround(upstream(i) * data(W)[i % 12]!) : 0,
      );
      assertEquals(Array.from(run([dW])[0].data), expectedW);
      assertEquals(Array.from(run([dx])[0].data, (v) => v + 0), expectedX);
    });
  }
});

Deno.test("the per-sample gradients of twenty samples add up to that of the batch", () => {
  const draw = new Draw(6);
  const [x, W] = [draw.input([20, 3]), draw.input([3, 4])];
  const y = matmul(x, W);
  const [whole] = gradients(y, [W], { unconnected: "zero" });
  const sum = perSampleGradients(y, [W]).map(([g]) => g).reduce((a, b) => add(a, b));
  // In matmul the samples are added in their order from +0, as here.
  assertEquals(bitsOf(sum), bitsOf(whole));
});
