import { assert, assertEquals } from "@std/assert";
import { fromBits, toBits } from "../float32.ts";
import hard from "../testdata/math_sigmoid_hard.json" with { type: "json" };
import { sigmoid } from "./sigmoid.ts";
import {
  bitRange,
  checkBits,
  exactSigmoid,
  expectedFloat32,
  type Oracle,
  randomWords,
  roundExact,
  wordsOf,
} from "../../testing/functions.ts";

const oracle: Oracle = { float64: (x) => 1 / (1 + Math.exp(-x)), exact: exactSigmoid };
const expected = (x: number): number => expectedFloat32(oracle, x);

Deno.test("sigmoid is correctly rounded on 600,000 random bit patterns", () => {
  checkBits(sigmoid, randomWords(600_000), expected);
});

Deno.test("sigmoid is correctly rounded on 600,000 random inputs in [-8, 8]", () => {
  const inputs = randomWords(600_000).map((word) => toBits(8 * (word / 2 ** 31 - 1)));
  checkBits(sigmoid, inputs, expected);
});

Deno.test("sigmoid is correctly rounded on the hardest inputs, as MPFR and BigInt arithmetic say", () => {
  const inputs = wordsOf(hard.inputs);
  const results = wordsOf(hard.expected).map(fromBits);
  assertEquals([inputs.length, results.length], [hard.count, hard.count]);
  assert(hard.count >= 10_000);
  checkBits(sigmoid, inputs, (_, index) => results[index]!);
  checkBits((x) => roundExact(exactSigmoid(x)), inputs, (_, index) => results[index]!);
});

Deno.test("sigmoid of special values", () => {
  assertEquals(sigmoid(0), 0.5);
  assertEquals(sigmoid(-0), 0.5);
  assertEquals(sigmoid(Infinity), 1);
  assertEquals(sigmoid(-Infinity), 0);
  assertEquals(sigmoid(NaN), NaN);
  assertEquals(sigmoid(3.4028234663852886e38), 1);
  assertEquals(sigmoid(-3.4028234663852886e38), 0);
  assertEquals(sigmoid(2 ** -149), 0.5);
  assertEquals(sigmoid(-(2 ** -149)), 0.5);
});

Deno.test("sigmoid reaches 1, becomes subnormal and vanishes at the right inputs", () => {
  assertEquals(sigmoid(fromBits(0x418aa122)), 1 - 2 ** -24);
  assertEquals(sigmoid(fromBits(0x418aa123)), 1);
  assertEquals(toBits(sigmoid(fromBits(0xc2aeac4f))), 0x00800026);
  assertEquals(toBits(sigmoid(fromBits(0xc2aeac50))), 0x007fffe6);
  assertEquals(toBits(sigmoid(fromBits(0xc2cff1b4))), 1);
  assertEquals(sigmoid(fromBits(0xc2cff1b5)), 0);
});

Deno.test("where 1/2 + x/4 is a midpoint, the cubic term decides", () => {
  // x = n·2⁻²³ with n odd: the exact result is below the midpoint by x³/48, far beyond a double's
  // precision.
  assertEquals(sigmoid(3 * 2 ** -23), 0.5 + 2 ** -24);
  assertEquals(sigmoid(7 * 2 ** -23), 0.5 + 3 * 2 ** -24);
  // x = -n·2⁻²⁴, where results are spaced twice as closely: above the midpoint by |x|³/48.
  assertEquals(sigmoid(-3 * 2 ** -24), 0.5 - 2 ** -25);
  assertEquals(sigmoid(-7 * 2 ** -24), 0.5 - 3 * 2 ** -25);
  for (let n = 1; n < 2 ** 14; n += 2) {
    for (const x of [n * 2 ** -23, -n * 2 ** -24]) {
      checkBits(sigmoid, [toBits(x)], () => roundExact(exactSigmoid(x)));
    }
  }
});

Deno.test("subnormal results of sigmoid are correctly rounded", () => {
  checkBits(sigmoid, bitRange(0xc2aeac00, 0xc2cff200, 17), expected);
});

Deno.test("sigmoid never decreases around its thresholds", () => {
  // Neighbouring inputs about: ±1, where it reaches 1, ±0, the first subnormal result, the last one
  // above 0.
  const centres = [0x3f800000, 0xbf800000, 0x418aa123, 0x00010000, 0x80010000, 0xc2aeac50];
  for (const centre of [...centres, 0xc2cff1b5, toBits(2 ** -23), toBits(-(2 ** -24))]) {
    const sign = centre < 0x80000000 ? 1 : -1;
    let last = sigmoid(fromBits(centre - 10_000));
    for (const bits of bitRange(centre - 9_999, centre + 10_000)) {
      const next = sigmoid(fromBits(bits));
      assert(sign * (next - last) >= 0, `at ${bits.toString(16)}`);
      last = next;
    }
  }
});
