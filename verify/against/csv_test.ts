import { assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import fc from "fast-check";
import { csvField } from "../../dataset/text.ts";
import { CsvReader } from "./csv.ts";

/**
 * The records as `line: fields`, and the problems as `line! message`, of a text that comes in the
 * given pieces.
 */
function read(...pieces: string[]): string[] {
  const found: string[] = [];
  const reader = new CsvReader({
    record: (fields, line) => found.push(`${line}: ${JSON.stringify(fields)}`),
    problem: (message, line) => found.push(`${line}! ${message}`),
  });
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return found;
}

Deno.test("lines end as on any system, and empty ones and a byte order mark do not count", () => {
  const expected = ['1: ["a","b"]', '2: ["1","2"]'];
  for (const text of ["a,b\n1,2", "a,b\n1,2\n", "a,b\r\n1,2\r\n", "\ufeffa,b\r\n1,2\r\n\r\n \n"]) {
    assertEquals(read(text), expected);
  }
  assertEquals(read("a\n\n\nb\n"), ['1: ["a"]', '4: ["b"]']);
  assertEquals(read(""), []);
  assertEquals(read("\ufeff\n"), []);
});

Deno.test("fields in quotes hold commas, quotes and line ends, and count as one line's record", () => {
  assertEquals(read('"a,b","c""d",""\nx,y,z'), ['1: ["a,b","c\\"d",""]', '2: ["x","y","z"]']);
  assertEquals(read('a,"b\r\nc\n",d\ne'), ['1: ["a","b\\r\\nc\\n","d"]', '4: ["e"]']);
  assertEquals(read('\ufeff"a",b\r\n"c","d"\r\n'), ['1: ["a","b"]', '2: ["c","d"]']);
  assertEquals(read(' "a" , " b" ,\t"c"\t\n'), ['1: ["a"," b","c"]']);
  assertEquals(read('"a",\n,"b"'), ['1: ["a",""]', '2: ["","b"]']);
});

Deno.test("blanks around a field do not count", () => {
  assertEquals(read(" a ,\tb, c d \n"), ['1: ["a","b","c d"]']);
});

Deno.test("wrong quoting is a problem of its record; the others are read", () => {
  assertEquals(read('"a"b,c\nd'), [
    '1! a quoted field is followed by "b", expected a comma',
    '2: ["d"]',
  ]);
  assertEquals(read('"a" ;"b"\n', '"c"\r"d"'), [
    '1! a quoted field is followed by " ;", expected a comma',
    '2! a quoted field is followed by "\\r\\"", expected a comma',
  ]);
  assertEquals(read('"a" "b"\n'), ['1! a quoted field is followed by " \\"", expected a comma']);

  assertEquals(read('a"b,c\nd'), ["1! a quote inside a field that is not quoted", '2: ["d"]']);
  assertEquals(read('a\nb,"c\nd\n'), ['1: ["a"]', "2! a quoted field is never closed"]);
});

Deno.test("any table is read as it was written, in pieces of any length, as @std/csv reads it", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "é") }).filter((text) =>
    /["\n,]/.test(text) || text !== ""
  );
  const table = fc.integer({ min: 1, max: 4 }).chain((columns) =>
    fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1 })
  );
  fc.assert(
    fc.property(
      table,
      fc.constantFrom("\n", "\r\n"),
      fc.integer({ min: 1, max: 9 }),
      (rows, end, size) => {
        const text = rows.map((row) => row.map(csvField).join(",") + end).join("");
        const pieces = text.match(new RegExp(`[^]{1,${size}}`, "g"))!;
        const found = read(...pieces).map((line) => JSON.parse(line.replace(/^\d+: /, "")));
        assertEquals(found, rows);
        assertEquals(found, parse(text));
      },
    ),
  );
});
