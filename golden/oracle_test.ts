// Bindings of many cases, choices and axes, against naive definitions.

import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { expandBraces } from "./braces.ts";
import { checkBindings } from "./bound_cases.ts";
import type { Golden } from "./format.ts";
import { goldenFor } from "./mod.ts";

Deno.test("braces of any number of groups and choices are written out, the last fastest", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "/", "="), maxLength: 3 });
  const groups = fc.array(
    fc.tuple(word, fc.array(word, { minLength: 2, maxLength: 7 })),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(groups, word, (parts, end) => {
      const pattern = parts.map(([text, choices]) => `${text}{${choices.join(",")}}`).join("") +
        end;
      let expected = [""];
      for (const [text, choices] of parts) {
        const longer: string[] = [];
        for (const start of expected) {
          for (const choice of choices) longer.push(start + text + choice);
        }
        expected = longer;
      }
      assertEquals(expandBraces(pattern), expected.map((text) => text + end));
    }),
    { numRuns: 60, seed: 3 },
  );
});

const CASES = Array.from({ length: 9 }, (_, i) => `a/${i}`);

/** A golden file of a block of shape [2, 2] that is a part of a tensor of nine cases. */
function goldenOf(index: readonly number[]): Golden {
  const block = {
    kind: "array",
    style: "str",
    occurrence: 1,
    start: [1, 1],
    end: [1, 9],
    shape: [2, 2],
    format: "array",
    numbers: ["1.", "2.", "3.", "4."],
    binding: { tensor: "x", cases: CASES, index },
  };
  const source = { file: "a.txt", sha256: "0".repeat(64) };
  const entry = { cell: 3, position: 1, line: 1, text: ["x".repeat(99)], blocks: [block] };
  const header = { format: "goldengrad-golden", formatVersion: 2, printFormat: "numpy-1.14" };
  const rest = { section: "", source, libraries: [], numbers: 4, sha256: source.sha256 };
  return { ...header, ...rest, entries: [entry] } as unknown as Golden;
}

Deno.test("a block belongs to every case that it is bound to, and to no other", () => {
  const golden = goldenOf([]);
  for (const id of CASES) {
    assertEquals(goldenFor(id, [golden]).map(({ tensor, source }) => [tensor, source.occurrence]), [
      [
        "x",
        1,
      ],
    ]);
  }
  assertEquals(goldenFor("a/9", [golden]), []);
});

Deno.test("every case and every index of a binding must exist", () => {
  const shape = [3, 4, 5, 2, 2];
  checkBindings([goldenOf([2, 3, 4])], () => shape);
  for (const index of [[3, 3, 4], [2, 4, 4], [2, 3, 5], [0, 0, 99]]) {
    assertThrows(
      () => checkBindings([goldenOf(index)], () => shape),
      RangeError,
      "x of a/0 has [3,4,5,2,2]",
    );
  }
  for (const missing of CASES) {
    const golden = goldenOf([2, 3, 4]);
    assertThrows(
      () => checkBindings([golden], (id) => id === missing ? undefined : shape),
      RangeError,
      `case ${missing} has no tensor x`,
    );
    assertThrows(
      () => checkBindings([golden], (id) => id === missing ? [3, 4, 5, 2, 1] : shape),
      RangeError,
      `x of ${missing} has [3,4,5,2,1]`,
    );
  }
});
