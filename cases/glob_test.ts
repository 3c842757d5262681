import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { matchesGlob } from "./glob.ts";
import { selectCases } from "./mod.ts";

/** By the definition, every way to split the text: for short ones only. */
function naive(glob: string, text: string): boolean {
  if (glob === "") return text === "";
  if (glob[0] === "*") {
    return naive(glob.slice(1), text) || (text !== "" && naive(glob, text.slice(1)));
  }
  return text !== "" && (glob[0] === "?" || glob[0] === text[0]) &&
    naive(glob.slice(1), text.slice(1));
}

Deno.test("a glob matches what its definition says", () => {
  const letters = (choices: string[]) =>
    fc.string({ unit: fc.constantFrom(...choices), maxLength: 8 });
  fc.assert(
    fc.property(letters(["a", "b", "*", "?"]), letters(["a", "b", "*", "\n"]), (glob, text) => {
      assertEquals(matchesGlob(glob, text), naive(glob, text));
    }),
    { numRuns: 20_000 },
  );
});

Deno.test("nothing but * and ? is special", () => {
  for (const text of ["[", "a.b", "^$", "\\", "(x|y)+", "{2}"]) {
    assert(matchesGlob(text, text));
    assert(!matchesGlob(text, "a-b"));
  }
});

/** A text of n times "a" that counts how often one of its characters is read. */
function counted(n: number): { text: string; reads: () => number } {
  let reads = 0;
  const text = new Proxy(Array(n).fill("a"), {
    get: (letters, key) => {
      if (key !== "length") reads++;
      return letters[key as never];
    },
  });
  return { text: text as unknown as string, reads: () => reads };
}

Deno.test("thousands of stars take steps in proportion to the text, not to its ways to be split", () => {
  const stars = "*".repeat(5000);
  for (const length of [100, 1000, 10_000]) {
    for (const glob of [`${stars}x`, "*a".repeat(40) + "x", `${stars}ab`]) {
      const { text, reads } = counted(length);
      assert(!matchesGlob(glob, text));
      assert(reads() >= length && reads() <= 4 * length, `${reads()} reads of ${length}`);
    }
  }
  assertThrows(() => selectCases("********x"), RangeError, 'none matches "********x"');
  assertThrows(() => selectCases(`${stars}\n${stars}`), RangeError, "none matches");
});
