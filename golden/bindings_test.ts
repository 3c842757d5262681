import { assertEquals, assertThrows } from "@std/assert";
import { parseBindings } from "./bindings.ts";
import { expandBraces } from "./braces.ts";

function file(...bindings: unknown[]): string {
  return JSON.stringify({
    format: "goldengrad-bindings",
    formatVersion: 2,
    source: "a.txt",
    bindings,
  });
}

const one = { position: 2, cell: 3, occurrence: 1, tensor: "x", cases: ["a/{b,c}"] };

Deno.test("bindings are read with their cases written out", () => {
  const { source, bindings } = parseBindings(
    file({ ...one, index: [0], echo: true }),
    "b.json",
  );
  assertEquals(source, "a.txt");
  assertEquals(bindings, [
    {
      position: 2,
      cell: 3,
      occurrence: 1,
      tensor: "x",
      cases: ["a/b", "a/c"],
      index: [0],
      echo: true,
      line: 1,
    },
  ]);
});

Deno.test("braces are written out in order", () => {
  assertEquals(expandBraces("x"), ["x"]);
  assertEquals(expandBraces("n={1,2}/{manual,auto}"), [
    "n=1/manual",
    "n=1/auto",
    "n=2/manual",
    "n=2/auto",
  ]);
  assertEquals(expandBraces("{a/{b,c},d}/e"), ["a/b/e", "a/c/e", "d/e"]);
  assertEquals(expandBraces("a{,b}"), ["a", "ab"]);
  assertEquals(expandBraces("a,b"), ["a,b"]);
  assertEquals(expandBraces("{a,b}{c,{d,e}f}"), ["ac", "adf", "aef", "bc", "bdf", "bef"]);
});

Deno.test("a pattern is refused before it fills the memory or the stack", () => {
  assertEquals(expandBraces("{a,b}".repeat(40)), "stands for more than 10000 texts");
  assertEquals(expandBraces(`{${"a,".repeat(5000)}}`), "has more than 10000 characters");
  assertEquals((expandBraces("{".repeat(5000) + "}".repeat(5000)) as string[]).length, 1);
});

const refused: [what: string, text: string, message: string][] = [
  ["not JSON", "{", "not JSON, expected a key, found the end of the file"],
  ["a list", "[]", "the file is not an object"],
  ["another format", '{"format": "x"}', 'format is "x", expected "goldengrad-bindings"'],
  [
    "a newer version",
    '{"format": "goldengrad-bindings", "formatVersion": 3}',
    "formatVersion is 3, newer than 2, the newest that can be read",
  ],
  ["a missing tensor", file({ ...one, tensor: undefined }), "bindings[0].tensor is missing"],
  [
    "a tensor with a slash",
    file({ ...one, tensor: "a/b" }),
    'bindings[0].tensor is "a/b", which it cannot be',
  ],
  ["a fractional cell", file({ ...one, cell: 1.5 }), "bindings[0].cell is not a whole number"],
  ["an unknown key", file({ ...one, ocurrence: 1 }), 'bindings[0] has an unknown key "ocurrence"'],
  ["a position of 0", file({ ...one, position: 0 }), "bindings[0].position is 0, counted from 1"],
  [
    "a key beside",
    '{"format": "goldengrad-bindings", "formatVersion": 2, "x": 1}',
    'the file has an unknown key "x"',
  ],
  [
    "too many cases",
    file({ ...one, cases: ["{a,b}".repeat(20)] }),
    "bindings[0].cases[0] stands for more than 10000 texts",
  ],
  ["no cases", file({ ...one, cases: [] }), "bindings[0].cases is empty"],
  [
    "a case named twice",
    file({ ...one, cases: ["a", "{a,b}"] }),
    "bindings[0].cases names a case twice",
  ],
  [
    "an open brace",
    file({ ...one, cases: ["a{b"] }),
    "bindings[0].cases[0] has a brace without its partner",
  ],
  [
    "a closing brace",
    file({ ...one, cases: ["a}b"] }),
    "bindings[0].cases[0] has a brace without its partner",
  ],
  [
    "a block bound twice",
    file(one, { ...one, tensor: "y" }),
    "bindings[1] binds position 2, occurrence 1, which is bound",
  ],
];

for (const [what, text, message] of refused) {
  Deno.test(`bindings with ${what} are refused`, () => {
    assertEquals(
      assertThrows(() => parseBindings(text, "b.json"), SyntaxError).message,
      `Cannot read b.json:1: ${message}`,
    );
  });
}
