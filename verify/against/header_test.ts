import { assertEquals } from "@std/assert";
import { compileCase, smallCases as cases } from "../../cases/mod.ts";
import { wideTable } from "../../dataset/mod.ts";
import { TextBuffer } from "../../dataset/text.ts";
import { ValuesReader } from "./values.ts";

const id = "notebook/n=1/target=y/upstream=none/auto";
const header = "case,tensor,index,value";

/** What is wrong with a text, as `line: message`. */
function problems(text: string): string[] {
  const reader = new ValuesReader(cases);
  reader.push(text);
  return reader.end().problems.map(({ line, message }) => `${line}: ${message}`);
}

Deno.test("a header without a needed column, or with one twice, is the only problem", () => {
  const rows = `\n${id},dlogits,zero,NOT\n,,,,,\n"a"b\n`;
  assertEquals(problems(`case,tensor,idx,Value${rows}`), [
    '1: the header has no column "index": found "case,tensor,idx,Value"',
    '1: the header has no column "value" or "bits", did you mean "Value"?',
  ]);
  assertEquals(problems(`${header},bits,bits${rows}`), ['1: the header has "bits" twice']);
  assertEquals(problems(`${header},role,role${rows}`), ['1: the header has "role" twice']);
  assertEquals(problems(`"case"x${rows}`), [
    '1: a quoted field is followed by "x", expected a comma',
  ]);
});

Deno.test("what stands between the fields instead of commas is told, and nothing else", () => {
  const separators = { ";": "semicolons", "\t": "tabs", "|": "vertical bars", " ": "blanks" };
  for (const [separator, name] of Object.entries(separators)) {
    const text = `${header}\n${id},dlogits,0,0.5\n${id},dlogits,1,0.5`;
    assertEquals(problems(text.replaceAll(",", separator)), [
      `1: the fields are separated by ${name}, expected commas`,
    ]);
    const rows = text.replaceAll(",", separator).replace(/.*/, header);
    const found = `expected 4 fields as in the header, found 1, separated by ${name}`;
    assertEquals(problems(rows), [`2: ${found}`, `3: ${found}`]);
  }
  assertEquals(problems('"case";"tensor";"index";"value"\n"a";"b";"0";"1"'), [
    '1: a quoted field is followed by ";", expected a comma',
  ]);
  assertEquals(problems(`Fall;Tensor;Index;Wert\n${id};dlogits;0;0,5`), [
    "1: the fields are separated by semicolons, expected commas",
  ]);
  assertEquals(problems("my case,the tensor,index,value\n").slice(0, 1), [
    '1: the header has no column "case": found "my case,the tensor,index,value"',
  ]);
});

Deno.test("a file of another kind is told what it is", () => {
  assertEquals(problems(`${header}\r${id},dlogits,0,0.5\r`), [
    "1: the lines end with CR alone, expected LF or CRLF",
  ]);
  assertEquals(problems(`${id},dlogits,0,0.5\n`), [
    "1: the first line is no header with the columns case, tensor, index and value or bits: " +
    `found "${id},dlogits,0,0.5"`,
  ]);
  for (const c of cases) {
    const wide = new TextBuffer();
    wideTable(compileCase(c)).header(wide);
    assertEquals(problems(`${new TextDecoder().decode(wide.take())}0,1,2`), [
      "1: this is the wide layout, a line per instance: expected the long one, a line per element",
    ]);
  }
});

Deno.test("a header of a million columns is read, and what is wrong with it shown on one line", () => {
  const many = "column,".repeat(1e6);
  assertEquals(problems(`${many}\n`)[0]!.length < 200, true);
  assertEquals(problems(`"ca\nse",tensor,index,value\n`), [
    '1: the header has no column "case": found "ca\\nse,tensor,index,value"',
  ]);
});
