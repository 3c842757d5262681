import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type JsonNode, parseJsonLines } from "./json_lines.ts";

function plain({ value }: JsonNode): unknown {
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, node]) => [key, plain(node)]));
  }
  return Array.isArray(value) ? value.map(plain) : value;
}

Deno.test("every value has its line", () => {
  const root = parseJsonLines('{\n "a": [1,\n  "x"],\n\n "b": {}\n}', "a.json");
  const { a, b } = Object.fromEntries(root.value as ReadonlyMap<string, JsonNode>);
  assertEquals([root.line, a!.line, b!.line], [1, 2, 5]);
  assertEquals((a!.value as JsonNode[]).map(({ line }) => line), [2, 3]);
});

Deno.test("values are those of JSON.parse", () => {
  fc.assert(fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1), (value, indent) => {
    const text = JSON.stringify(value, null, indent);
    const expected = JSON.stringify(Object.assign({ value: JSON.parse(text) }));
    assertEquals(JSON.stringify({ value: plain(parseJsonLines(text, "a.json")) }), expected);
  }));
});

const notJson: [text: string, message: string][] = [
  ['{\n "a": 1', '2: not JSON, expected "," or "}", found the end of the file'],
  ['{"a" 1}', '1: not JSON, expected ":", found "1"'],
  ["{a: 1}", '1: not JSON, expected a key, found "a"'],
  ['{"a": 1,}', '1: not JSON, expected a key, found "}"'],
  ["[1,\n]", '2: not JSON, expected a value, found "]"'],
  ["[1 2]", '1: not JSON, expected "," or "]", found "2"'],
  ["[1] 2", '1: not JSON, expected the end of the file, found "2"'],
  ["[NaN]", '1: not JSON, expected a value, found "NaN"'],
  ["[01]", '1: not JSON, expected a value, found "01"'],
  ['["a\nb"]', '1: not JSON, expected a value, found "\\"a"'],
  ['"a', '1: not JSON, expected a value, found "\\"a"'],
  ["", "1: not JSON, expected a value, found the end of the file"],
  ["In [1]:", '1: not JSON, expected a value, found "In"'],
];

for (const [text, message] of notJson) {
  Deno.test(`${JSON.stringify(text)} is not JSON`, () => {
    const error = assertThrows(() => parseJsonLines(text, "a.json"), SyntaxError);
    assertEquals(error.message, `Cannot read a.json:${message}`);
    assertThrows(() => JSON.parse(text), SyntaxError);
  });
}
