import { assertEquals, assertThrows } from "@std/assert";
import { type Case, cases, selectCases } from "./mod.ts";

Deno.test("a glob selects cases in order, * standing for any text", () => {
  assertEquals(selectCases("*"), cases);
  assertEquals(selectCases("notebook/n=1/composed/*").map(({ id }) => id), [
    "notebook/n=1/composed/manual",
    "notebook/n=1/composed/auto",
  ]);
  assertEquals(selectCases("notebook/n=?/composed/auto").length, 2);
});

Deno.test("a glob that matches nothing is answered with near ids", () => {
  const error = assertThrows(() => selectCases("notebook/n=1/composed/automatic"), RangeError);
  assertEquals(
    error.message.includes('did you mean "notebook/n=1/composed/auto"'),
    true,
    error.message,
  );
  assertThrows(() => selectCases("["), RangeError, 'none matches "["');
  assertThrows(() => selectCases(""), RangeError, "Cannot select cases");
});

Deno.test("the list of cases can't be changed", () => {
  assertThrows(() => (cases as Case[]).push(cases[0]!), TypeError);
});
