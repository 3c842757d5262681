import { assertEquals } from "@std/assert";
import { fromBits } from "../float32.ts";
import hard from "../testdata/math_pow_hard.json" with { type: "json" };
import { pow } from "./pow.ts";
import { randomWords, wordsOf } from "../../testing/functions.ts";

const MAX = 3.4028234663852886e38;
const LEAST = 2 ** -149;

Deno.test("pow is correctly rounded on the hardest pairs", () => {
  const [first, second, expected] = [hard.inputs, hard.second, hard.expected]
    .map((words) => wordsOf(words).map(fromBits)) as [number[], number[], number[]];
  assertEquals([first.length, second.length, expected.length], [512, 512, 512]);
  assertEquals(first.map((x, i) => pow(x, second[i]!)), expected);
});

Deno.test("pow of special values is as in C23, Annex F", () => {
  for (const x of [0, -0, 1, -1, 2, -2, Infinity, -Infinity, NaN, MAX, LEAST]) {
    assertEquals([pow(x, 0), pow(x, -0), pow(1, x)], [1, 1, 1]);
    if (x !== 0) assertEquals(pow(NaN, x), NaN);
    if (x !== 1) assertEquals(pow(x, NaN), NaN);
  }
  for (const odd of [1, 3, 16777215]) {
    assertEquals([pow(0, odd), pow(-0, odd)], [0, -0]);
    assertEquals([pow(0, -odd), pow(-0, -odd)], [Infinity, -Infinity]);
    assertEquals([pow(-Infinity, odd), pow(-Infinity, -odd)], [-Infinity, -0]);
  }
  for (const y of [2, 0.5, 16777216, MAX, LEAST]) {
    assertEquals([pow(0, y), pow(-0, y)], [0, 0]);
    assertEquals([pow(0, -y), pow(-0, -y)], [Infinity, Infinity]);
    assertEquals([pow(-Infinity, y), pow(-Infinity, -y)], [Infinity, 0]);
  }
  for (const y of [1, 2, 0.5, LEAST]) {
    assertEquals([pow(Infinity, y), pow(Infinity, -y)], [Infinity, 0]);
  }
  assertEquals([pow(-1, Infinity), pow(-1, -Infinity)], [1, 1]);
  for (const x of [0, -0, 0.5, -0.5, LEAST]) {
    assertEquals([pow(x, Infinity), pow(x, -Infinity)], [0, Infinity]);
  }
  for (const x of [2, -2, MAX, Infinity, -Infinity]) {
    assertEquals([pow(x, Infinity), pow(x, -Infinity)], [Infinity, 0]);
  }
  for (const y of [0.5, -0.5, LEAST, 8388607.5]) assertEquals(pow(-2, y), NaN);
});

Deno.test("pow overflows, becomes subnormal and vanishes", () => {
  assertEquals([pow(2, 127), pow(2, 128)], [2 ** 127, Infinity]);
  assertEquals([pow(-2, 127), pow(-2, 129)], [-(2 ** 127), -Infinity]);
  assertEquals([pow(2, -149), pow(-2, -149)], [2 ** -149, -(2 ** -149)]);
  assertEquals([pow(2, -150), pow(-2, -151)], [0, -0]); // 2^-150 is a tie
  assertEquals(pow(MAX, 1), MAX);
  assertEquals(pow(MAX, MAX), Infinity);
  assertEquals(pow(MAX, -1), Math.fround(1 / MAX));
});

Deno.test("exact powers and exact ties are rounded to nearest even", () => {
  // 4097² = 2²⁴ + 2¹³ + 1 is a tie; so is every odd 25-bit square. 3¹⁵ is exact, 3¹⁶ is not.
  for (let x = 4097; x < 5793; x += 2) assertEquals(pow(x, 2), Math.fround(x * x));
  for (let x = 1; x < 4097; x++) assertEquals(pow(x, 2), x * x);
  for (let x = 1; x <= 322; x++) assertEquals(pow(x, 3), Math.fround(x ** 3));
  for (let y = 1; y <= 15; y++) assertEquals(pow(3, y), 3 ** y);
  assertEquals(pow(3, 16), Math.fround(43046721));
  assertEquals(pow(4097 / 4096, 2), Math.fround((4097 / 4096) ** 2));
  for (let x = 1; x < 4096; x++) {
    assertEquals([pow(x * x, 0.5), pow(x * x, -0.5)], [x, Math.fround(1 / x)]);
  }
  assertEquals(pow(4096, 0.25), 8);
  assertEquals(pow(81, 0.75), 27);
  assertEquals(pow(2 ** -148, 0.125), Math.fround(2 ** -18.5));
  // Powers with odd factors of 25 bits, of squares: (257²)^1.5 = 257³ = 16974593 is a tie.
  assertEquals(pow(66049, 1.5), 16974592);
});

Deno.test("pow of 1,000,000 random pairs is what double precision says where that can decide", () => {
  let x = 0;
  let decided = 0;
  for (const word of randomWords(1_000_000)) {
    const y = ((word >>> 8) / 2 ** 24 - 0.5) * 40;
    const exponent = Math.fround(y);
    const power = x ** exponent;
    const low = Math.fround(power * (1 - 2 ** -48));
    if (low === Math.fround(power * (1 + 2 ** -48))) {
      assertEquals(pow(x, exponent), low);
      decided++;
    }
    x = fromBits(0x3b800000 + (word >>> 5));
  }
  assertEquals(decided > 990_000, true);
});
