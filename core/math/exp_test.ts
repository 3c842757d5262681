import { assert, assertEquals } from "@std/assert";
import { fromBits, toBits } from "../float32.ts";
import hard from "../testdata/math_exp_hard.json" with { type: "json" };
import { toFloat32 } from "./double_double.ts";
import { exp } from "./exp.ts";
import { expDoubleDouble } from "./exp_float64.ts";
import {
  bitRange,
  checkBits,
  exactExp,
  expectedFloat32,
  type Oracle,
  randomWords,
  roundExact,
  wordsOf,
} from "../../testing/functions.ts";

const oracle: Oracle = { float64: Math.exp, exact: exactExp };
const expected = (x: number): number => expectedFloat32(oracle, x);

Deno.test("exp is correctly rounded on 600,000 random bit patterns", () => {
  checkBits(exp, randomWords(600_000), expected);
});

Deno.test("exp is correctly rounded on 600,000 random inputs in [-10, 10]", () => {
  const inputs = randomWords(600_000).map((word) => toBits(10 * (word / 2 ** 31 - 1)));
  checkBits(exp, inputs, expected);
});

Deno.test("exp is correctly rounded on the hardest inputs, as MPFR and BigInt arithmetic say", () => {
  const inputs = wordsOf(hard.inputs);
  const results = wordsOf(hard.expected).map(fromBits);
  assertEquals([inputs.length, results.length], [hard.count, hard.count]);
  assert(hard.count >= 10_000);
  checkBits(exp, inputs, (_, index) => results[index]!);
  checkBits((x) => roundExact(exactExp(x)), inputs, (_, index) => results[index]!);
});

Deno.test("the second step alone is right on the hardest inputs too", () => {
  const results = wordsOf(hard.expected).map(fromBits);
  checkBits((x) => toFloat32(expDoubleDouble(x)), wordsOf(hard.inputs), (_, i) => results[i]!);
});

Deno.test("exp of special values is as in C23, Annex F", () => {
  assertEquals(exp(0), 1);
  assertEquals(exp(-0), 1);
  assertEquals(exp(Infinity), Infinity);
  assertEquals(exp(-Infinity), 0);
  assertEquals(exp(NaN), NaN);
  assertEquals(exp(3.4028234663852886e38), Infinity);
  assertEquals(exp(-3.4028234663852886e38), 0);
  assertEquals(exp(2 ** -149), 1);
  assertEquals(exp(-(2 ** -149)), 1);
});

Deno.test("exp overflows, becomes subnormal and vanishes at the right inputs", () => {
  assertEquals(toBits(exp(fromBits(0x42b17217))), 0x7f7fff84);
  assertEquals(exp(fromBits(0x42b17218)), Infinity);
  assertEquals(toBits(exp(fromBits(0xc2aeac4f))), 0x00800026);
  assertEquals(toBits(exp(fromBits(0xc2aeac50))), 0x007fffe6);
  assertEquals(toBits(exp(fromBits(0xc2cff1b4))), 1);
  assertEquals(exp(fromBits(0xc2cff1b5)), 0);
});

Deno.test("exp leaves 1 at the right inputs", () => {
  assertEquals(exp(fromBits(0x33800000)), 1 + 2 ** -23);
  assertEquals(exp(fromBits(0x337fffff)), 1);
  assertEquals(exp(fromBits(0xb3000000)), 1);
  assertEquals(exp(fromBits(0xb3000001)), 1 - 2 ** -24);
});

Deno.test("subnormal results of exp are correctly rounded", () => {
  checkBits(exp, bitRange(0xc2aeac00, 0xc2cff200, 17), expected);
});

Deno.test("exp never decreases around its thresholds", () => {
  // Neighbouring inputs about: 1, -1, overflow, +0, -0, the first subnormal result, the last one
  // above 0, ±ln 2.
  const centres = [
    0x3f800000,
    0xbf800000,
    0x42b17218,
    0x00010000,
    0x80010000,
    0xc2aeac50,
    0xc2cff1b5,
  ];
  for (const centre of [...centres, toBits(Math.LN2), toBits(-Math.LN2), 0x33800000, 0xb3000000]) {
    const sign = centre < 0x80000000 ? 1 : -1;
    let last = exp(fromBits(centre - 10_000));
    for (const bits of bitRange(centre - 9_999, centre + 10_000)) {
      const next = exp(fromBits(bits));
      assert(sign * (next - last) >= 0 || next === last, `at ${bits.toString(16)}`);
      last = next;
    }
  }
});
