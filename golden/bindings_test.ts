import { assertEquals, assertThrows } from "@std/assert";
import { expandBraces, parseBindings } from "./bindings.ts";

function file(...bindings: unknown[]): string {
  return JSON.stringify({
    format: "goldengrad-bindings",
    formatVersion: 1,
    source: "a.txt",
    bindings,
  });
}

const one = { cell: 3, occurrence: 1, tensor: "x", cases: ["a/{b,c}"] };

Deno.test("bindings are read with their cases written out", () => {
  const { source, bindings } = parseBindings(
    file({ ...one, index: [0], echo: true, section: "s" }),
    "b.json",
  );
  assertEquals(source, "a.txt");
  assertEquals(bindings, [
    {
      cell: 3,
      occurrence: 1,
      section: "s",
      tensor: "x",
      cases: ["a/b", "a/c"],
      index: [0],
      echo: true,
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
});

const refused: [what: string, text: string, message: string][] = [
  ["not JSON", "{", "the file is not JSON"],
  ["a list", "[]", "the file is not an object"],
  ["another format", '{"format": "x"}', 'format is "x", expected "goldengrad-bindings"'],
  [
    "a newer version",
    '{"format": "goldengrad-bindings", "formatVersion": 2}',
    "formatVersion is 2, newer than 1, the newest that can be read",
  ],
  ["a missing tensor", file({ ...one, tensor: undefined }), "bindings[0].tensor is missing"],
  [
    "a tensor with a slash",
    file({ ...one, tensor: "a/b" }),
    'bindings[0].tensor is "a/b", which it cannot be',
  ],
  ["a fractional cell", file({ ...one, cell: 1.5 }), "bindings[0].cell is not a whole number"],
  ["an unknown key", file({ ...one, ocurrence: 1 }), 'bindings[0] has an unknown key "ocurrence"'],
  ["no cases", file({ ...one, cases: [] }), "bindings[0].cases is empty"],
  [
    "a case named twice",
    file({ ...one, cases: ["a", "{a,b}"] }),
    "bindings[0].cases names a case twice",
  ],
  [
    "an open brace",
    file({ ...one, cases: ["a{b"] }),
    "bindings[0].cases has a brace without its partner",
  ],
  [
    "a closing brace",
    file({ ...one, cases: ["a}b"] }),
    "bindings[0].cases has a brace without its partner",
  ],
  [
    "a block bound twice",
    file(one, { ...one, tensor: "y" }),
    "cell 3, occurrence 1 is bound twice",
  ],
];

for (const [what, text, message] of refused) {
  Deno.test(`bindings with ${what} are refused`, () => {
    assertEquals(
      assertThrows(() => parseBindings(text, "b.json"), SyntaxError).message,
      `Cannot read b.json: ${message}`,
    );
  });
}
