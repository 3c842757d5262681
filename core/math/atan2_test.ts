import { assertEquals } from "@std/assert";
import { fromBits } from "../float32.ts";
import hard from "../testdata/math_atan2_hard.json" with { type: "json" };
import { atan2 } from "./atan2.ts";
import { randomWords, wordsOf } from "../../testing/functions.ts";

const f = Math.fround;
const LEAST = 2 ** -149;
const MAX = 3.4028234663852886e38;

Deno.test("atan2 is correctly rounded on the hardest pairs", () => {
  const [first, second, expected] = [hard.inputs, hard.second, hard.expected]
    .map((words) => wordsOf(words).map(fromBits)) as [number[], number[], number[]];
  assertEquals([first.length, second.length, expected.length], [512, 512, 512]);
  assertEquals(first.map((x, i) => atan2(x, second[i]!)), expected);
});

Deno.test("atan2 of special values is as in C23, Annex F", () => {
  for (const x of [1, LEAST, MAX, Infinity]) {
    assertEquals([atan2(0, x), atan2(-0, x)], [0, -0]);
    assertEquals([atan2(0, -x), atan2(-0, -x)], [f(Math.PI), f(-Math.PI)]);
    assertEquals([atan2(x, 0), atan2(x, -0)], [f(Math.PI / 2), f(Math.PI / 2)]);
    assertEquals([atan2(-x, 0), atan2(-x, -0)], [f(-Math.PI / 2), f(-Math.PI / 2)]);
    assertEquals([atan2(x, NaN), atan2(NaN, x)], [NaN, NaN]);
  }
  assertEquals([atan2(0, 0), atan2(-0, 0)], [0, -0]);
  assertEquals([atan2(0, -0), atan2(-0, -0)], [f(Math.PI), f(-Math.PI)]);
  for (const y of [1, LEAST, MAX]) {
    assertEquals([atan2(y, Infinity), atan2(-y, Infinity)], [0, -0]);
    assertEquals([atan2(y, -Infinity), atan2(-y, -Infinity)], [f(Math.PI), f(-Math.PI)]);
    assertEquals([atan2(Infinity, y), atan2(Infinity, -y)], [f(Math.PI / 2), f(Math.PI / 2)]);
    assertEquals([atan2(-Infinity, y), atan2(-Infinity, -y)], [f(-Math.PI / 2), f(-Math.PI / 2)]);
  }
  assertEquals(atan2(Infinity, Infinity), f(Math.PI / 4));
  assertEquals(atan2(-Infinity, Infinity), f(-Math.PI / 4));
  assertEquals(atan2(Infinity, -Infinity), f(3 * Math.PI / 4));
  assertEquals(atan2(-Infinity, -Infinity), f(-3 * Math.PI / 4));
});

Deno.test("a subnormal angle is below the quotient, which may be a tie", () => {
  assertEquals(atan2(3 * LEAST, 2), LEAST); // 1.5 units, less a little
  assertEquals(atan2(-3 * LEAST, 2), -LEAST);
  assertEquals(atan2(LEAST, 2), 0);
  assertEquals(atan2(-LEAST, 2), -0);
  assertEquals(atan2(2 * LEAST, 2), LEAST);
  assertEquals(atan2(LEAST, MAX), 0);
  assertEquals(atan2(LEAST, -MAX), f(Math.PI));
  assertEquals(atan2(MAX, LEAST), f(Math.PI / 2));
});

Deno.test("atan2 of 1,000,000 random pairs is what double precision says where that can decide", () => {
  let y = 0;
  let decided = 0;
  for (const word of randomWords(1_000_000)) {
    const x = fromBits(word);
    const angle = Math.atan2(y, x);
    const low = f(angle * (1 - 2 ** -48));
    if (low === f(angle * (1 + 2 ** -48)) && Math.abs(angle) > 2 ** -125) {
      assertEquals(atan2(y, x), low);
      decided++;
    }
    y = x;
  }
  assertEquals(decided > 600_000, true);
});
