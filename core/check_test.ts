import { assertEquals, assertThrows } from "@std/assert";
import { boolean, check, checkOptions, list, listOf, oneOf, shown, wholeNumber } from "./check.ts";

Deno.test("a wrong type is a TypeError, a value out of range a RangeError", () => {
  const one = oneOf(["own", "any"]);
  check("judge", "profile", "own", one);
  assertThrows(
    () => check("judge", "profile", 1, one),
    TypeError,
    'Cannot judge: profile is 1, expected "own" or "any"',
  );
  assertThrows(() => check("judge", "profile", "all", one), RangeError, 'profile is "all"');
  for (const value of [-1, 1.5, NaN, Infinity, 2 ** 53]) {
    assertThrows(() => check("write", "rows", value, wholeNumber()), RangeError, "whole number");
  }
  assertThrows(() => check("write", "rows", 2n, wholeNumber()), TypeError, "is the bigint 2");
});

Deno.test("a list with a hole is no list, and its elements are of a kind", () => {
  // deno-lint-ignore no-sparse-arrays
  assertThrows(() => check("use", "xs", [1, , 2], list), TypeError, "a list without holes");
  const layouts = listOf(oneOf(["long", "wide"]), '"long" or "wide"');
  check("write", "layouts", ["long"], layouts);
  assertThrows(() => check("write", "layouts", ["tall"], layouts), RangeError, "layouts");
  assertThrows(() => check("write", "layouts", [1], layouts), TypeError, "layouts");
  assertThrows(() => check("write", "layouts", "long", layouts), TypeError, "layouts");
});

Deno.test("options are an object, every key is known, every value of its kind", () => {
  const kinds = { keepDims: boolean };
  checkOptions("reduce", {}, kinds);
  checkOptions("reduce", { keepDims: undefined }, kinds);
  for (const options of [null, [], 1, "keepDims", () => {}]) {
    assertThrows(() => checkOptions("reduce", options, kinds), TypeError, "Cannot reduce: options");
  }
  const wrong = () => checkOptions("reduce", { keepDims: "no" }, kinds);
  assertThrows(wrong, TypeError, 'option "keepDims" is "no", expected true or false');
  assertThrows(() => checkOptions("reduce", { toString: 1 }, kinds), TypeError, "no option");
  for (
    const [options, message] of [
      [{ axis: 1 }, 'Cannot add: there is no option "axis", nor any other'],
      [3, "Cannot add: options are 3, expected none"],
    ] as const
  ) assertEquals(assertThrows(() => checkOptions("add", options, {}), TypeError).message, message);
});

Deno.test("a value is shown in one short line", () => {
  const values = [
    null,
    undefined,
    -0,
    2n,
    "a\nb",
    "x".repeat(99),
    [],
    {},
    () => {},
    Symbol("s"),
    "\u2028\x9b",
  ];
  assertEquals(values.map(shown), [
    "null",
    "undefined",
    "-0",
    "the bigint 2",
    '"a\\nb"',
    `"${"x".repeat(60)}…"`,
    "a list",
    "an object",
    "a function",
    "a symbol",
    '"\\u2028\\u009b"',
  ]);
});
