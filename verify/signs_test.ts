// Engines that truncate are told by the signs of their errors, and honest ones are not.

import { assert, assertEquals } from "@std/assert";
import { type Case, compileCase, selectCases } from "../cases/mod.ts";
import { uniformInputs } from "../cases/random.ts";
import type { Evaluate } from "../core/evaluate.ts";
import { matmul, variable } from "../core/functions/mod.ts";
import { RandomStream } from "../core/random.ts";
import { Tensor } from "../core/tensor.ts";
import { type Fault, faultyValues } from "../testing/faulty_engine.ts";
import { describe } from "./describe.ts";
import { engineWith, type Habits } from "./honest.ts";
import { judge } from "./judge.ts";
import { SIGN_LIMIT, signStatistic } from "./signs.ts";

const orders: readonly Habits["order"][] = [
  "forward",
  "reversed",
  "pairwise",
  "random",
  "double",
];
const truncating: readonly NonNullable<Fault["order"]>[] = [1, 8, 16, "blocks", "pairwise"];

/** 1,024 sums of K products of random numbers. */
function dots(K: number, kind: "uniform" | "positive", seed: number) {
  const factors = [[32, K], [K, 32]].map((shape) => new Tensor(new Float32Array(32 * K), shape));
  uniformInputs(factors, seed, 0);
  if (kind === "positive") {
    for (const { data } of factors) data.forEach((value, i) => data[i] = Math.abs(value));
  }
  const node = matmul(variable(factors[0]!), variable(factors[1]!));
  const [a, b] = factors.map(({ data }) => data);
  const exact = new Float64Array(1024);
  exact.forEach((_, e) => {
    for (let t = 0; t < K; t++) exact[e]! += a![(e >> 5) * K + t]! * b![t * 32 + e % 32]!;
  });
  return { node, exact };
}

for (const kind of ["uniform", "positive"] as const) {
  Deno.test(`on ${kind} inputs the signs of honest engines' errors stay below 4, and of truncating ones' far above ${SIGN_LIMIT}`, () => {
    let [honest, least] = [0, Infinity];
    for (const K of [16, 128, 512]) {
      for (const seed of [1, 2, 3]) {
        const { node, exact } = dots(K, kind, seed);
        const engines: Evaluate[] = orders.flatMap((order) =>
          [false, true].map((fused) => engineWith({ order, fused })(new RandomStream(seed)))
        );
        for (const engine of engines) {
          const z = signStatistic(engine([node]).get(node)!, exact);
          honest = Math.max(honest, Math.abs(z));
        }
        for (const order of truncating) {
          const got = faultyValues([node], { truncate: true, order }).get(node)!;
          least = Math.min(least, signStatistic(got, exact));
        }
      }
    }
    console.log(`honest at most ${honest.toFixed(2)}, truncating at least ${least.toFixed(1)}`);
    assert(honest < 4, `${honest}`);
    assert(least > 2 * SIGN_LIMIT, `${least}`);
  });
}

/** The verdict on the weights' gradient of a case as an engine computes it. */
function verdictOf(c: Case, fault: Fault, options: Parameters<typeof judge>[2] = {}) {
  const { node } = c.build().find(({ name }) => name === "dW")!;
  const value = new Tensor(faultyValues([node], fault).get(node)!, node.shape);
  return judge(c.id, { dW: value }, options);
}

Deno.test("a product's verdict names a truncating accumulator, whatever its order, and no honest engine", () => {
  for (const kind of ["uniform", "positive"]) {
    const [c] = selectCases(`network/product/K=512/${kind}`);
    for (const order of truncating) {
      const verdict = verdictOf(c!, { truncate: true, order });
      assert(!verdict.right);
      const wrong = verdict.tensors.filter(({ right }) => !right);
      assertEquals(wrong.map(({ witness }) => witness), ["float64"]);
      const told = /; likely cause: a truncating accumulator: [\d,]+ of [\d,]+ errors lie towards/;
      assert(told.test(describe(wrong[0]!)), describe(wrong[0]!));
      assert(verdictOf(c!, { order }).right);
    }
  }
});

Deno.test("signs count at the case's own inputs only, and not where terms cancel", () => {
  const [c] = selectCases("network/product/K=512/uniform");
  const compiled = compileCase(c!);
  const x = compiled.inputs.find(({ name }) => name === "x")!;
  const other = Float32Array.from(compiled.run()[compiled.tensors.indexOf(x)]!.data);
  other[0] = other[0]! * (1 - 2 ** -22);
  const inputs = { x: new Tensor(other, x.node.shape) };
  assert(verdictOf(c!, { truncate: true }, { inputs }).right);
  const [cancelling] = selectCases("network/product/K=512/cancelling");
  assert(verdictOf(cancelling!, { truncate: true }).right);
});
