import { assert, assertEquals } from "@std/assert";
import { sourceValue } from "../core/functions/sources.ts";
import { philox4x32 } from "../core/random.ts";
import { cases, selectCases, smallCases } from "./mod.ts";
import { networkCases } from "./networks.ts";

/** The values of an input of a case. */
function input(id: string, name: string): Float32Array {
  const tensors = selectCases(id)[0]!.build();
  return sourceValue(tensors.find((t) => t.name === name)!.node)!.data;
}

Deno.test("networks are cases, and no small ones", () => {
  assertEquals(cases, [...smallCases, ...networkCases]);
  assertEquals(selectCases("network/*"), networkCases);
  for (const { id } of smallCases) assert(!id.startsWith("network/"), id);
});

Deno.test("every weight of a network has a gradient of its shape", () => {
  for (const c of networkCases) {
    const tensors = c.build();
    const weights = tensors.filter(({ role, name }) => role === "input" && /^[Wb]/.test(name));
    const gradients = tensors.filter(({ role }) => role === "gradient");
    assertEquals(gradients.map(({ name }) => name), weights.map(({ name }) => `d${name}`), c.id);
    assertEquals(gradients.map(({ node }) => node.shape), weights.map(({ node }) => node.shape));
    assert(weights.length > 0);
  }
});

Deno.test("the inputs of networks are drawn, each network's its own, and the same each time", () => {
  const first = networkCases.map((c) => {
    const { node } = c.build().find(({ name }) => name === "x")!;
    return [...sourceValue(node)!.data.subarray(0, 2)].map((value) => value * 2 ** 23);
  });
  assert(first.flat().every(Number.isInteger));
  assertEquals(new Set(first.map(String)).size, networkCases.length);
  const word = (i: number) => philox4x32(new Uint32Array(4), i, 0, 0, 0, 1, 0)[0]!;
  assertEquals(first[0], [0, 1].map((i) => (word(i) >>> 8) - 2 ** 23));
});

Deno.test("the inputs of products are uniform, positive, or cancel in pairs", () => {
  const least = (data: Float32Array) => data.reduce((a, b) => Math.min(a, b), Infinity);
  assert(least(input("network/product/K=512/uniform", "x")) < -0.99);
  assert(least(input("network/product/K=512/positive", "x")) >= 0);
  assert(least(input("network/product/K=512/positive", "u")) >= 0);
  const ratio = (id: string) => {
    const [x, u] = ["x", "u"].map((name) => input(id, name));
    let [sum, size] = [0, 0];
    for (let k = 0; k < 512; k++) {
      sum += x![k * 32]! * u![k * 32 + 1]!;
      size += Math.abs(x![k * 32]! * u![k * 32 + 1]!);
    }
    return Math.abs(sum) / size;
  };
  assert(ratio("network/product/K=512/uniform") > 2 ** -9);
  assert(ratio("network/product/K=512/cancelling") < 2 ** -9);
});
