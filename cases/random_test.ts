import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { tensor } from "../core/tensor.ts";
import { uniformInputs } from "./random.ts";
import { philox4x32 } from "../core/random.ts";

type Four = [number, number, number, number];

// From the file `kat_vectors` of Random123 1.14, the lines `philox4x32 10`: counter, key, words.
const known: [Four, [number, number], Four][] = [
  [[0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];

Deno.test("Philox4x32-10 gives the published words of Random123", () => {
  for (const [counter, key, words] of known) {
    assertEquals([...philox4x32(new Uint32Array(4), ...counter, ...key)], words);
  }
});

Deno.test("Philox4x32-10 agrees with a BigInt evaluation of its definition", () => {
  const word = fc.oneof(
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    fc.constantFrom(0, 1, 0xffff, 0x10000, 2 ** 32 - 1),
  );
  fc.assert(fc.property(word, word, word, word, word, word, (...words) => {
    assertEquals(
      [...philox4x32(new Uint32Array(4), ...words)],
      bigPhilox(words.map(BigInt)).map(Number),
    );
  }));
});

/** Philox4x32-10 as the paper writes it, in exact integers. */
function bigPhilox([c0, c1, c2, c3, k0, k1]: bigint[]): bigint[] {
  let counter = [c0!, c1!, c2!, c3!];
  for (let round = 0n; round < 10n; round++) {
    const p0 = 0xd2511f53n * counter[0]!;
    const p1 = 0xcd9e8d57n * counter[2]!;
    const key0 = BigInt.asUintN(32, k0! + round * 0x9e3779b9n);
    const key1 = BigInt.asUintN(32, k1! + round * 0xbb67ae85n);
    counter = [
      (p1 >> 32n) ^ counter[1]! ^ key0,
      BigInt.asUintN(32, p1),
      (p0 >> 32n) ^ counter[3]! ^ key1,
      BigInt.asUintN(32, p0),
    ];
  }
  return counter;
}

/** The values that an instance gives tensors of the given sizes, joined. */
function draw(sizes: number[], seed: number, instance: number): number[] {
  const tensors = sizes.map((size) => tensor(new Float32Array(size)));
  uniformInputs(tensors, seed, instance);
  return tensors.flatMap((t) => [...t.data]);
}

const counters = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

Deno.test("an element of an instance is the documented word of the documented block", () => {
  fc.assert(fc.property(counters, counters, (seed, instance) => {
    const split = (value: number) => [value % 2 ** 32, Math.floor(value / 2 ** 32)] as const;
    const expected = [0, 1, 2].flatMap((block) =>
      [...philox4x32(new Uint32Array(4), block, 0, ...split(instance), ...split(seed))].map((u) =>
        Math.floor(u / 256) / 2 ** 23 - 1
      )
    );
    assertEquals(draw([12], seed, instance), expected);
  }));
});

Deno.test("random inputs are multiples of 2^-23 in [-1, 1), and exact in float32", () => {
  fc.assert(fc.property(counters, counters, (seed, instance) => {
    for (const value of draw([50], seed, instance)) {
      assert(value >= -1 && value < 1 && Number.isInteger(value * 2 ** 23), String(value));
    }
  }));
});

Deno.test("an instance depends on its seed and number alone, however its elements are split into tensors", () => {
  const instance = draw([7], 5, 11);
  draw([9], 5, 12);
  assertEquals(draw([7], 5, 11), instance);
  assertEquals(draw([1, 0, 4, 2], 5, 11), instance);
});

Deno.test("rows and seeds that differ in one of their 53 bits differ", () => {
  const rows = [0, ...Array.from({ length: 53 }, (_, bit) => 2 ** bit)];
  assertEquals(new Set(rows.map((instance) => String(draw([4], 0, instance)))).size, 54);
  assertEquals(new Set(rows.map((seed) => String(draw([4], seed, 0)))).size, 54);
  assertNotEquals(draw([4], 0, 1), draw([4], 1, 0));
});

Deno.test("random inputs have the mean and the variance of the uniform distribution", () => {
  const values = draw([100_000], 1, 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  assert(Math.abs(mean) < 0.01, `mean ${mean}`);
  assert(Math.abs(variance - 1 / 3) < 0.005, `variance ${variance}`);
});

Deno.test("a seed or instance that is no integer from 0 to 2^53 - 1 is refused", () => {
  for (const bad of [-1, 0.5, NaN, Infinity, 2 ** 53]) {
    assertThrows(
      () => uniformInputs([], bad, 0),
      RangeError,
      `seed is ${bad}, expected a whole number`,
    );
    assertThrows(
      () => uniformInputs([], 0, bad),
      RangeError,
      `instance is ${bad}, expected a whole number`,
    );
  }
});
