import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { fromBits, fromOrdinal, ordinal, toBits } from "../core/float32.ts";
import { elementText, formatScalar } from "../core/format.ts";
import { distanceToPrinted, printedSet, type PrintFormat, printFormats } from "./printed.ts";

Deno.test("a number with all its digits stands for one value", () => {
  const value = Math.fround(0.8263534);
  assertEquals(printedSet("0.8263534", "array"), { lowest: value, highest: value, count: 1 });
  assertEquals(printedSet("1.1603864", "scalar").count, 1);
  assertEquals(printedSet("1.25e-10", "array-exponent").lowest, Math.fround(1.25e-10));
});

Deno.test("a number cut at 8 fractional digits stands for all values that print so", () => {
  const { lowest, highest, count } = printedSet("0.05094419", "array");
  assertEquals([count, ordinal(highest) - ordinal(lowest)], [3, 2]);
  for (let n = ordinal(lowest) - 2; n <= ordinal(highest) + 2; n++) {
    const member = lowest <= fromOrdinal(n) && fromOrdinal(n) <= highest;
    assertEquals(elementText(fromOrdinal(n)) === "0.05094419", member);
  }
});

Deno.test("a negative number stands for the mirror image of the positive one", () => {
  const positive = printedSet("0.05094419", "array");
  assertEquals(printedSet("-0.05094419", "array"), {
    lowest: -positive.highest,
    highest: -positive.lowest,
    count: positive.count,
  });
});

Deno.test("zeros keep their sign", () => {
  assertEquals(printedSet("0.", "array"), { lowest: 0, highest: 0, count: 1 });
  assert(Object.is(printedSet("-0.", "array").lowest, -0));
  assert(Object.is(printedSet("-0.0", "scalar").lowest, -0));
  assert(Object.is(printedSet("-0.000e+00", "array-exponent").lowest, -0));
  assertEquals(distanceToPrinted(0, "-0.", "array"), 1);
  assertEquals(distanceToPrinted(-0, "-0.", "array"), 0);
  assertEquals(distanceToPrinted(2 ** -149, "0.", "array"), 1);
});

Deno.test("nan and infinities stand for themselves", () => {
  for (const format of printFormats) {
    assertEquals(distanceToPrinted(NaN, "nan", format), 0);
    assertEquals(distanceToPrinted(1, "nan", format), Infinity);
    assertEquals(distanceToPrinted(Infinity, "inf", format), 0);
    assertEquals(distanceToPrinted(-Infinity, "inf", format), Infinity);
    assertEquals(distanceToPrinted(3.4028234663852886e38, "inf", format), Infinity);
  }
});

Deno.test("no distance is NaN", () => {
  for (const text of ["nan", "inf", "-inf"]) {
    for (const value of [NaN, Infinity, -Infinity, 0, -0, 1]) {
      for (const format of printFormats) assert(distanceToPrinted(value, text, format) >= 0);
    }
  }
  for (const value of [NaN, Infinity, -Infinity]) {
    assertEquals(distanceToPrinted(value, "0.5", "array"), Infinity);
  }
});

Deno.test("the distance is counted from the nearest member", () => {
  const { lowest, highest } = printedSet("0.05094419", "array");
  assertEquals(distanceToPrinted(fromOrdinal(ordinal(highest) + 3), "0.05094419", "array"), 3);
  assertEquals(distanceToPrinted(fromOrdinal(ordinal(lowest) - 2), "0.05094419", "array"), 2);
});

Deno.test("an array without exponents holds magnitudes from 1e-4 to below 1e8", () => {
  assertEquals(toBits(printedSet("0.0001", "array").lowest), toBits(1e-4) + 1);
  assertEquals(printedSet("99999992.", "array").lowest, 99999992);
  assertThrows(() => printedSet("100000000.", "array"), SyntaxError);
});

Deno.test("an array with exponents fills short digits with zeros (to NumPy 1.20) or exact digits (from 1.21)", () => {
  const value = printedSet("-7.819085e-02", "array-exponent");
  assertEquals(value.count, 1);
  assertEquals(printedSet("-7.8190850e-02", "array-exponent"), value);
  assertEquals(printedSet("-7.8190848e-02", "array-exponent"), value);
  assertEquals(printedSet("1.40e-45", "array-exponent").lowest, 2 ** -149);
  assertEquals(printedSet("1.e-45", "array-exponent").lowest, 2 ** -149);
});

Deno.test("an array with values above 2^24 fills them in the same two ways", () => {
  assertEquals(printedSet("99999992.", "array"), { lowest: 99999992, highest: 99999992, count: 1 });
  assertEquals(printedSet("99999990.", "array"), { lowest: 99999992, highest: 99999992, count: 1 });
});

const notPrinted: [text: string, format: PrintFormat, where: string][] = [
  ["0.60", "array", "in an array"],
  ["0.30000000000000004", "array", "in an array"],
  ["0.00000001", "array", "in an array"],
  ["1.5e-03", "scalar", "as a scalar"],
  ["3.", "scalar", "as a scalar"],
  ["0.6000000238418579", "scalar", "as a scalar"],
  ["1.23456789012e-10", "array-exponent", "in an array with exponents"],
  ["1.e+39", "array-exponent", "in an array with exponents"],
  ["-7.8190849e-02", "array-exponent", "in an array with exponents"],
  ["12.5e-10", "array-exponent", "in an array with exponents"],
  ["0.5", "array-exponent", "in an array with exponents"],
  ["0.00", "array", "in an array"],
  ["99999991.", "array", "in an array"],
  ["099999992.", "array", "in an array"],
  ["1.5e+00", "array", "in an array"],
  ["-nan", "array", "in an array"],
  ["word", "array", "in an array"],
  ["1.2.3", "array", "in an array"],
  ["", "scalar", "as a scalar"],
];

for (const [text, format, where] of notPrinted) {
  Deno.test(`"${text}" is no text of a float32 value ${where}`, () => {
    const error = assertThrows(() => printedSet(text, format), SyntaxError);
    assertEquals(
      error.message,
      `Cannot read a printed number: no float32 value prints as "${text}" ${where}`,
    );
  });
}

Deno.test("every value is a member of the set of its own text, and the set's neighbours are not", () => {
  const plain = fc.integer({ min: ordinal(2e-4), max: ordinal(9e7) }).map(fromOrdinal);
  fc.assert(fc.property(plain, fc.boolean(), (magnitude, negative) => {
    const value = negative ? -magnitude : magnitude;
    const text = elementText(value);
    const { lowest, highest, count } = printedSet(text, "array");
    assert(lowest <= value && value <= highest);
    assertEquals(count, ordinal(highest) - ordinal(lowest) + 1);
    assertEquals([elementText(lowest), elementText(highest)], [text, text]);
    assert(elementText(fromOrdinal(ordinal(lowest) - 1)) !== text);
    assert(elementText(fromOrdinal(ordinal(highest) + 1)) !== text);
  }));
});

Deno.test("the bits of a value survive its scalar text", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffffff }), (bits) => {
    const value = fromBits(bits);
    assertEquals(toBits(printedSet(formatScalar(value), "scalar").lowest), toBits(value));
  }));
});

Deno.test("a number longer than any float32 is printed stands for nothing", () => {
  assertEquals(printedSet(`1.${"0".repeat(100)}e+00`, "array-exponent").count, 1);
  assertThrows(() => printedSet(`1.${"0".repeat(300)}e+00`, "array-exponent"), SyntaxError);
});
