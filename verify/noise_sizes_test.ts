// The size of an op's own noise: 0 where every honest engine is exact, else that of its roundings.

import { assert, assertEquals } from "@std/assert";
import {
  add,
  addN,
  div,
  exp,
  greater,
  matmul,
  maximum,
  mul,
  neg,
  reduceMaxGrad,
  reduceMean,
  reduceSum,
  reshape,
  square,
  variable,
} from "../core/functions/mod.ts";
import { sourceValue } from "../core/functions/sources.ts";
import type { Node } from "../core/graph.ts";
import type { Allowance } from "../core/op.ts";
import { rowOf } from "../core/ops/table.ts";
import { Tensor } from "../core/tensor.ts";
import { noiseSizes } from "./noise_sizes.ts";

const [U, FLUSH] = [2 ** -24, 2 ** -126];

/** Sizes that tell the kinds of rounding apart. */
const allowance: Allowance = {
  source: () => 0,
  rounding: (magnitude) => magnitude * U + FLUSH,
  division: (magnitude) => magnitude * 3 * U + FLUSH,
  elementary: (magnitude) => magnitude * 8 * U + FLUSH,
  summation: () => NaN,
  mean: () => NaN,
};

/** The noise of a node whose inputs are sources. */
function noiseOf(node: Node): number[] {
  const { reference } = rowOf(node);
  assert(reference !== "source");
  const values = node.inputs.map((input) => Float64Array.from(sourceValue(input)!.data));
  const output = reference(node as never, values);
  return Array.from(noiseSizes(node, { values, output, allowance })!);
}

Deno.test("an elementwise op has the noise of its rounding, none where the result is exact", () => {
  const [near] = noiseOf(mul(variable([1 + 2 ** -23]), 1 + 2 ** -23));
  assert(Math.abs(near! - (1 + 2 ** -22) * U) < U * 1e-6);
  assertEquals(noiseOf(mul(variable([3, 0, 1 + 2 ** -23]), 0.5)), [0, 0, 0]);
  assertEquals(noiseOf(add(variable([1, 0.1]), [2 ** -30, 0])), [(1 + 2 ** -30) * U + FLUSH, 0]);
  assertEquals(noiseOf(square(variable([3]))), [0]);
  assertEquals(noiseOf(mul(variable([2 ** -100]), 2 ** -30)), [2 ** -130 * U + FLUSH]);
  assertEquals(noiseOf(div(variable([0, 1]), 4)), [0, 0.75 * U + FLUSH]);
  assertEquals(noiseOf(exp(variable([0]))), [8 * U + FLUSH]);
  const exact = variable([0.1, 0.3]);
  for (
    const node of [neg(exact), maximum(exact, 0.2), greater(exact, 0.2), reshape(exact, [2, 1])]
  ) {
    assertEquals(noiseOf(node), [0, 0], node.op);
  }
});

Deno.test("a sum is exact where all its terms are multiples of a unit, and few", () => {
  assertEquals(noiseOf(reduceSum(variable([0.25, -3, 100]))), [0]);
  assertEquals(noiseOf(reduceSum(variable([0, 0]))), [0]);
  assertEquals(noiseOf(matmul(variable([[0.5, 3]]), variable([[0.5], [4]]))), [0]);
  assertEquals(noiseOf(reduceMean(variable([1, 2, 3, 6]))), [0]);
  assertEquals(noiseOf(addN([variable([2 ** 23]), [1]])), [0]);
  assert(noiseOf(addN([variable([2 ** 24]), [1]]))[0]! > 0);
  assert(noiseOf(reduceMean(variable([1, 2, 3])))[0]! > 0);
  assert(noiseOf(reduceSum(variable([0.1, 1])))[0]! > 0);
});

Deno.test("the noise of a sum is that of its partial sums in the worst of several orders", () => {
  // Partial sums 0.1 and 1.1; the expectation over both orders is smaller than 1 and 1.1.
  const terms = [Math.fround(0.1), 1];
  const inOrder = terms[0]! ** 2 + (terms[0]! + 1) ** 2;
  const shuffled = (terms[0]! ** 2 + 1) / 2 + (terms[0]! + 1) ** 2;
  assert(shuffled > inOrder);
  const [sum] = noiseOf(reduceSum(variable(terms)));
  assert(Math.abs(sum! / (U * Math.sqrt(shuffled)) - 1) < 1e-12, `${sum}`);
  // A product is rounded once more each.
  const [product] = noiseOf(matmul(variable([terms]), variable([[1], [1]])));
  assert(Math.abs(product! / (U * Math.sqrt(shuffled + terms[0]! ** 2 + 1)) - 1) < 1e-12);
  // In lanes a sum whose terms cancel in index order meets large partial sums.
  const swings = Float32Array.from({ length: 32 }, (_, i) => (i % 2 === 0 ? 1.1 : -1.1));
  const cancelling = noiseOf(reduceSum(variable(new Tensor(swings, [32]))))[0]!;
  assert(cancelling >= U * Math.sqrt(8 * 1.1 ** 2 * 30) * 0.99, `${cancelling / U}`);
});

Deno.test("equal terms round alike: the noise of their sum grows as its error does", () => {
  const n = 16384, x = Math.fround(0.1);
  const [noise] = noiseOf(reduceSum(variable(new Tensor(new Float32Array(n).fill(x), [n]))));
  let sum = 0;
  for (let i = 0; i < n; i++) sum = Math.fround(sum + x);
  assert(Math.abs(noise! / (Math.sqrt(3) * Math.abs(sum - n * x)) - 1) < 1e-6);
});

Deno.test("a share of a gradient is noisy, a gradient that one winner gets whole is not", () => {
  const options = { axis: 1 } as const;
  const x = variable([[1, 5, 2], [3, 3, 3], [4, 4, 1]]);
  const noise = noiseOf(reduceMaxGrad(x, [0.1, 0.1, 0.1], options));
  assertEquals([...noise.slice(0, 3), ...noise.slice(6)], [0, 0, 0, 0, 0, 0]);
  for (const each of noise.slice(3, 6)) assert(each > U * 0.03 && each < U * 0.1, `${each / U}`);
});
