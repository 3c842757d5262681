import { assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import fc from "fast-check";
import { csvField, TextBuffer, valueText } from "./text.ts";

/** The text of what `fill` appends. */
function textOf(fill: (out: TextBuffer) => void): string {
  const out = new TextBuffer();
  fill(out);
  return new TextDecoder().decode(out.take());
}

Deno.test("any field reads back from CSV", () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: "binary" })), (fields) => {
    const record = ["first", ...fields];
    const expected = record.map((field) => field.replaceAll("\r\n", "\n")); // the parser's doing
    assertEquals(parse(`${record.map(csvField).join(",")}\n`), [expected]);
  }));
});

Deno.test("a field is quoted only where it must be", () => {
  const fields = ["n=2/target=y", 'say "no"', "a,b", "a\nb", "a\rb", "", " a "];
  assertEquals(fields.map(csvField), [
    "n=2/target=y",
    '"say ""no"""',
    '"a,b"',
    '"a\nb"',
    '"a\rb"',
    "",
    " a ",
  ]);
});

Deno.test("values that are no plain number are written as Frictionless has them", () => {
  assertEquals([NaN, Infinity, -Infinity, -0, 0].map(valueText), ["NaN", "INF", "-INF", "-0", "0"]);
});

Deno.test("bits are written as eight hexadecimal digits", () => {
  const values = [0, -0, 1, -1, NaN, Infinity, -Infinity, 2 ** -149, Math.fround(0.8175567)];
  assertEquals(values.map((x) => textOf((out) => out.bits(x))), [
    "0x00000000",
    "0x80000000",
    "0x3f800000",
    "0xbf800000",
    "0x7fc00000",
    "0x7f800000",
    "0xff800000",
    "0x00000001",
    "0x3f514b65",
  ]);
});

Deno.test("a buffer holds what was appended, in any script, however long", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" })), fc.nat(70_000), (texts, padding) => {
      const all = ["-".repeat(padding), ...texts];
      assertEquals(textOf((out) => all.forEach((text) => out.text(text))), all.join(""));
    }),
  );
});

Deno.test("a buffer repeats an earlier stretch, and is empty once taken", () => {
  const out = new TextBuffer();
  out.text("abcdef");
  out.repeat(1, 3);
  out.code(0x0a);
  assertEquals(out.length, 10);
  assertEquals(new TextDecoder().decode(out.take()), "abcdefbcd\n");
  assertEquals([out.length, out.take().length], [0, 0]);
});
