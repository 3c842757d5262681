import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Ajv2020 } from "ajv";
import { goldenText } from "./capture.ts";
import type { Golden } from "./format.ts";
import { checkGolden, goldenHash, parseGolden } from "./golden_check.ts";
import schema from "./golden.schema.json" with { type: "json" };
import { goldens } from "./goldens.ts";

const validate = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false })
  .compile(schema);
const folder = new URL("./notebook/", import.meta.url);
const names = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) =>
  /^\d.*\.json$/.test(name)
).sort();

// deno-lint-ignore no-explicit-any
type Loose = any;

/** A golden file's value with one change. */
function changed(change: (golden: Loose) => void, index = 2): Loose {
  const copy = structuredClone(goldens()[index]!);
  change(copy);
  return copy;
}

Deno.test("every golden file reads back whole: structure, count and hash", async () => {
  assertEquals(names.length, goldens().length);
  for (const [index, name] of names.entries()) {
    const text = Deno.readTextFileSync(new URL(name, folder));
    assertEquals(await parseGolden(text, name), goldens()[index]!);
    assertEquals(goldenText(goldens()[index]!), text);
  }
});

Deno.test("every golden file satisfies the JSON Schema", () => {
  for (const golden of goldens()) assert(validate(golden), JSON.stringify(validate.errors));
});

Deno.test("the hash is that of the compact JSON without the hash", async () => {
  const golden = goldens()[0]!;
  const compact = JSON.stringify(golden).replace(`"sha256":"${golden.sha256}",`, "");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(compact));
  assertEquals(await goldenHash(golden), golden.sha256);
  assertEquals(new Uint8Array(digest).toHex(), golden.sha256);
});

const wrong: [what: string, change: (golden: Loose) => void, message: string][] = [
  ["another format", (g) => g.format = "other", 'format is "other", expected "goldengrad-golden"'],
  [
    "a newer format version",
    (g) => g.formatVersion = 3,
    "formatVersion is 3, newer than 2, the newest that can be read",
  ],
  ["an older format version", (g) => g.formatVersion = 1, "formatVersion is 1, only 2 can be read"],
  ["no section", (g) => delete g.section, "section is missing"],
  [
    "no hash of the source",
    (g) => g.source.sha256 = "12",
    'source.sha256 is "12", which it cannot be',
  ],
  [
    "a version that is no text",
    (g) => g.libraries[0].version = 1.8,
    "libraries[0].version is not a text",
  ],
  [
    "another print format",
    (g) => g.printFormat = "numpy-2",
    'printFormat is "numpy-2", expected "numpy-1.14"',
  ],
  ["a count that disagrees", (g) => g.numbers = 35, "numbers is 35, but the entries hold 36"],
  ["entries that are no list", (g) => g.entries = {}, "entries is not a list"],
  ["a negative cell", (g) => g.entries[0].cell = -1, "entries[0].cell is not a whole number"],
  ["a position of 0", (g) => g.entries[0].position = 0, "entries[0].position is 0, counted from 1"],
  ["no position", (g) => delete g.entries[0].position, "entries[0].position is missing"],
  ["an unknown key", (g) => g.more = [], 'the file has an unknown key "more"'],
  [
    "an unknown key in a block",
    (g) => g.entries[0].blocks[0].more = [],
    'entries[0].blocks[0] has an unknown key "more"',
  ],
  ["text that is no text", (g) => g.entries[0].text[1] = null, "entries[0].text[1] is not a text"],
  [
    "a start of three",
    (g) => g.entries[0].blocks[0].start = [1, 1, 1],
    "entries[0].blocks[0].start is not a place in the entry's text",
  ],
  [
    "an end beyond the text",
    (g) => g.entries[0].blocks[0].end = [2, 38],
    "entries[0].blocks[0].end is not a place in the entry's text",
  ],
  [
    "another kind",
    (g) => g.entries[0].blocks[0].kind = "matrix",
    'entries[0].blocks[0].kind is "matrix", expected "array" or "scalar" or "shape" or "version" or "tensor"',
  ],
  [
    "a fractional shape",
    (g) => g.entries[0].blocks[0].shape[0] = 1.5,
    "entries[0].blocks[0].shape[0] is not a whole number",
  ],
  [
    "another number format",
    (g) => g.entries[0].blocks[0].format = "hex",
    'entries[0].blocks[0].format is "hex", expected "array" or "array-exponent" or "scalar"',
  ],
  [
    "a number that is no text",
    (g) => g.entries[0].blocks[0].numbers[0] = 3,
    "entries[0].blocks[0].numbers[0] is not a text",
  ],
  [
    "a word for a number",
    (g) => g.entries[0].blocks[0].numbers[0] = "three",
    'entries[0].blocks[0].numbers[0] is "three", which it cannot be',
  ],
  [
    "an empty tensor name",
    (g) => g.entries[0].blocks[0].binding.tensor = "",
    'entries[0].blocks[0].binding.tensor is "", which it cannot be',
  ],
  [
    "no cases",
    (g) => g.entries[0].blocks[0].binding.cases = [],
    "entries[0].blocks[0].binding.cases is empty",
  ],
  [
    "a case that is no text",
    (g) => g.entries[0].blocks[0].binding.cases = [1],
    "entries[0].blocks[0].binding.cases[0] is not a text",
  ],
];

for (const [what, change, message] of wrong) {
  Deno.test(`a golden file with ${what} is refused, here and by the schema`, () => {
    const value = changed(change);
    assertEquals(
      assertThrows(() => checkGolden(value, "g.json"), SyntaxError).message,
      `Cannot read g.json: ${message}`,
    );
    // Counts and places in the text are beyond a schema.
    if (!/but the entries hold|end is not a place/.test(message)) {
      assert(!validate(value), "the schema lets it pass");
    }
  });
}

const beyondSchema: [
  what: string,
  change: (golden: Loose) => void,
  index: number,
  message: string,
][] = [
  [
    "a number missing",
    (g) => g.entries[0].blocks[0].numbers.pop(),
    2,
    "entries[0].blocks[0].numbers has 5 numbers, the shape has 6",
  ],
  [
    "occurrences out of order",
    (g) => g.entries[0].blocks[0].occurrence = 2,
    2,
    "entries[0].blocks[0].occurrence is not 1",
  ],
  [
    "an end before its start",
    (g) => g.entries[0].blocks[0].end = [1, 1],
    2,
    "entries[0].blocks[0].end is not behind start",
  ],
  [
    "a place beyond its list",
    (g) => g.entries[0].blocks[3].list.index = 1,
    1,
    "entries[0].blocks[3].list has an index beyond its length",
  ],
  [
    "two entries of one cell",
    (g) => g.entries[1].position = g.entries[0].position,
    2,
    "entries[1].position is not above 16",
  ],
  [
    "blocks that overlap",
    (g) => g.entries[4].blocks[1].start = [2, 5],
    2,
    "entries[4].blocks[1].start lies within the block before it",
  ],
];

for (const [what, change, index, message] of beyondSchema) {
  Deno.test(`a golden file with ${what} is refused`, () => {
    const error = assertThrows(() => checkGolden(changed(change, index), "g.json"), SyntaxError);
    assertEquals(error.message, `Cannot read g.json: ${message}`);
  });
}

Deno.test("a changed digit is noticed", async () => {
  const text = goldenText(goldens()[0]!).replace('"5.7"', '"5.8"');
  const error = await assertRejects(() => parseGolden(text, "g.json"), SyntaxError);
  assertEquals(
    error.message,
    "Cannot read g.json: the file is damaged, its content does not have the SHA-256 it states",
  );
});

Deno.test("a changed header is noticed", async () => {
  const text = goldenText(goldens()[0]!).replace("1.8.0", "1.9.0");
  await assertRejects(
    () => parseGolden(text, "g.json"),
    SyntaxError,
    "does not have the SHA-256 it states",
  );
});

Deno.test("a golden file that is cut off is refused", async () => {
  const error = await assertRejects(
    () => parseGolden(goldenText(goldens()[0]!).slice(0, 900), "g.json"),
    SyntaxError,
  );
  assertEquals(
    error.message,
    "Cannot read g.json:37: not JSON, expected a value, found the end of the file",
  );
});

Deno.test("a value that is not an object is refused", () => {
  for (const value of [null, [], "text", 1]) {
    const error = assertThrows(() => checkGolden(value, "g.json"), SyntaxError);
    assertEquals(error.message, "Cannot read g.json: the file is not an object");
  }
});

Deno.test("values captured without bindings are valid", () => {
  const golden: Golden = changed((g) => {
    for (const { blocks } of g.entries) for (const block of blocks) delete block.binding;
  });
  assert(validate(golden), JSON.stringify(validate.errors));
  assertEquals(checkGolden(golden, "g.json").numbers, 36);
});
