import { assertEquals } from "@std/assert";
import { fromOrdinal, ordinal } from "../core/float32.ts";
import { printedSet } from "../golden/printed.ts";
import {
  compareDiscrete,
  compareFloat64,
  comparePrinted,
  outcomeOf,
  verdicts,
  weakest,
} from "./verdict.ts";

const up = (x: number, steps = 1) => fromOrdinal(ordinal(x) + steps);

Deno.test("the weakest verdict counts", () => {
  assertEquals(weakest(["bits", "within", "printed"]), "within");
  assertEquals(weakest(["fail", "undecidable"]), "fail");
  assertEquals(weakest([]), "bits");
});

Deno.test("a value equal to the rounded exact one has verdict bits", () => {
  assertEquals(compareFloat64(Math.fround(0.1), 0.1, 0).verdict, "bits");
  assertEquals(compareFloat64(-0, -0, 0).verdict, "bits");
});

Deno.test("a value is within its budget up to the last ULP and fails one beyond", () => {
  const radius = 3 * 2 ** -23;
  assertEquals(compareFloat64(up(1, 3), 1, radius).verdict, "within");
  assertEquals(compareFloat64(up(1, 4), 1, radius).verdict, "fail");
  assertEquals(compareFloat64(up(1, 4), 1, radius).distance, 4);
  assertEquals(compareFloat64(up(1, 4), 1, radius).budget, 3);
});

Deno.test("NaN equals NaN only", () => {
  assertEquals(compareFloat64(NaN, NaN, 0).verdict, "bits");
  assertEquals(compareFloat64(NaN, 1, 1e30).verdict, "fail");
  assertEquals(compareFloat64(1, NaN, 1e30).verdict, "fail");
  assertEquals(compareFloat64(Infinity, NaN, 1e30).verdict, "fail");
  assertEquals(compareFloat64(NaN, Infinity, 1e30).verdict, "fail");
});

Deno.test("infinities match by sign and nothing finite matches them", () => {
  assertEquals(compareFloat64(Infinity, Infinity, 0).verdict, "bits");
  assertEquals(compareFloat64(-Infinity, Infinity, 1e38).verdict, "fail");
  assertEquals(compareFloat64(3.4e38, Infinity, 1e38).verdict, "fail");
  assertEquals(compareFloat64(Infinity, 3.4e38, 1e38).verdict, "fail");
});

Deno.test("a zero of the other sign is within, not bits", () => {
  assertEquals(compareFloat64(-0, 0, 0).verdict, "within");
  assertEquals(comparePrinted(-0, "0.", printedSet("0.", "array"), 0).verdict, "within");
  assertEquals(comparePrinted(-0, "-0.", printedSet("-0.", "array"), 0).verdict, "bits");
});

Deno.test("where nothing can be said the verdict is undecidable", () => {
  for (const radius of [Infinity, NaN]) {
    assertEquals(compareFloat64(1, 1, radius).verdict, "undecidable");
    assertEquals(compareFloat64(NaN, 1, radius).verdict, "undecidable");
  }
});

Deno.test("subnormal values are judged on their own spacing", () => {
  const tiny = 2 ** -149;
  assertEquals(compareFloat64(tiny, 2 * tiny, tiny).verdict, "within");
  assertEquals(compareFloat64(0, 2 * tiny, tiny).verdict, "fail");
  assertEquals(compareFloat64(0, 2 * tiny, tiny).distance, 2);
});

Deno.test("every value that prints to the captured text is printed, and its neighbours are not", () => {
  const set = printedSet("0.05094419", "array");
  assertEquals(set.count, 3);
  for (const value of [set.lowest, set.highest]) {
    assertEquals(comparePrinted(value, "0.05094419", set, 0).verdict, "printed");
  }
  assertEquals(comparePrinted(up(set.highest), "0.05094419", set, 0).verdict, "fail");
  assertEquals(comparePrinted(up(set.lowest, -1), "0.05094419", set, 1e-8).verdict, "within");
  assertEquals(comparePrinted(up(set.highest, 5), "0.05094419", set, 1).distance, 5);
  assertEquals(comparePrinted(NaN, "0.05094419", set, 1).verdict, "fail");
  assertEquals(comparePrinted(Infinity, "0.05094419", set, 1).verdict, "fail");
});

Deno.test("a text that one value prints to stands for its bits", () => {
  const set = printedSet("1.56", "array");
  assertEquals(set.count, 1);
  assertEquals(comparePrinted(Math.fround(1.56), "1.56", set, 0).verdict, "bits");
  assertEquals(comparePrinted(up(Math.fround(1.56)), "1.56", set, 0).verdict, "fail");
});

Deno.test("nan and inf are compared as captured", () => {
  const [nan, inf] = [printedSet("nan", "array"), printedSet("inf", "array")];
  assertEquals(comparePrinted(NaN, "nan", nan, 0).verdict, "bits");
  assertEquals(comparePrinted(0, "nan", nan, 1).verdict, "fail");
  assertEquals(comparePrinted(Infinity, "inf", inf, 0).verdict, "bits");
  assertEquals(comparePrinted(3e38, "inf", inf, 1e38).verdict, "fail");
  assertEquals(comparePrinted(-Infinity, "inf", inf, 1e38).verdict, "fail");
});

Deno.test("a budget as large as the value checks nothing, unless the bits are right", () => {
  const verdict = (value: number, exact: number, radius: number, largest?: number) =>
    compareFloat64(value, exact, radius, largest).verdict;
  for (const sign of [1, -1]) {
    assertEquals(verdict(sign, sign * 2, 2 - 2 ** -50), "within");
    assertEquals(verdict(sign, sign * 2, 2), "unchecked");
    assertEquals(verdict(0, sign * 2, 1e9), "unchecked");
    assertEquals(verdict(sign * 2, sign * 2, 1e9), "bits");
    assertEquals(verdict(sign * 5, sign * 2, 2), "fail");
    assertEquals(verdict(sign * 2 ** -140, sign * 2 ** -130, 2 ** -126), "unchecked");
  }
  assertEquals(comparePrinted(1.25, "1.5", printedSet("1.5", "array"), 1.5).verdict, "unchecked");
  assertEquals(comparePrinted(1.25, "1.5", printedSet("1.5", "array"), 1.25).verdict, "within");
  assertEquals(compareDiscrete(3, 2, 1, "int32").verdict, "within");
  assertEquals(compareDiscrete(3, 1, 2, "int32").verdict, "unchecked");
});

Deno.test("a zero is as large as the largest value of its tensor, and keeps a tiny budget", () => {
  const verdict = (radius: number, largest: number) =>
    compareFloat64(radius / 2, 0, radius, largest).verdict;
  assertEquals([verdict(0.5, 1), verdict(1, 1), verdict(2, 1)], [
    "within",
    "unchecked",
    "unchecked",
  ]);
  assertEquals([verdict(2 ** -100, 0), verdict(2 ** -99, 0)], ["within", "unchecked"]);
  assertEquals(compareFloat64(0, 0, 1, 0).verdict, "bits");
  const zero = printedSet("0.", "array");
  assertEquals(comparePrinted(1, "0.", zero, 2, 3).verdict, "within");
  assertEquals(comparePrinted(1, "0.", zero, 3, 3).verdict, "unchecked");
  assertEquals(compareDiscrete(1, 0, 2, "int32", 3).verdict, "within");
  assertEquals(compareDiscrete(1, 0, 3, "int32", 3).verdict, "unchecked");
});

Deno.test("a verdict comes to one of three outcomes", () => {
  assertEquals(verdicts.map((verdict) => outcomeOf({ right: true, verdict })), [
    "right",
    "right",
    "right",
    "not checked",
    "not checked",
    "right",
  ]);
  for (const verdict of verdicts) assertEquals(outcomeOf({ right: false, verdict }), "wrong");
});
