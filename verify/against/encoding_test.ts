import { assertEquals, assertRejects } from "@std/assert";
import { utf8Text } from "./encoding.ts";

type Bytes = Uint8Array<ArrayBuffer>;

async function textOf(bytes: Bytes, size = bytes.length): Promise<string> {
  const pieces: Bytes[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
  let text = "";
  for await (const part of utf8Text(pieces, "mine.csv")) text += part;
  return text;
}

const utf8 = (text: string) => new TextEncoder().encode(text);

Deno.test("UTF-8 is decoded, in pieces of any size, without a byte order mark", async () => {
  for (const text of ["", "a", "abcd", "case,tensor\n", "žluťoučký 🐎,ü\n"]) {
    for (const size of [1, 2, 3, 7, 100]) {
      assertEquals(await textOf(utf8(text), size), text);
      assertEquals(await textOf(utf8(`\ufeff${text}`), size), text);
    }
  }
});

Deno.test("another format is named", async () => {
  const utf16 = (text: string, bigEndian: boolean) => {
    const view = new DataView(new ArrayBuffer(2 * text.length));
    for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), !bigEndian);
    return new Uint8Array(view.buffer);
  };
  const compressed = async (format: CompressionFormat) =>
    new Uint8Array(
      await new Response(new Blob(["case"]).stream().pipeThrough(new CompressionStream(format)))
        .arrayBuffer(),
    );
  const files: [string, Bytes][] = [
    ["gzip-compressed", await compressed("gzip")],
    ["bzip2-compressed", utf8("BZh91AY")],
    ["xz-compressed", Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0)],
    ["Zstandard-compressed", Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x24)],
    ["a ZIP archive or a spreadsheet", utf8("PK\x03\x04\x14")],
    ["Parquet", utf8("PAR1\x15")],
    ["UTF-16 text", utf16("\ufeffcase", false)],
    ["UTF-16 text", utf16("\ufeffcase", true)],
    ["UTF-16 text", utf16("case", false)],
    ["UTF-16 text", utf16("case", true)],
  ];
  for (const [format, bytes] of files) {
    for (const size of [1, 3, 100]) {
      const message = `Cannot read mine.csv: it is ${format}, expected UTF-8 text`;
      await assertRejects(() => textOf(bytes, size), SyntaxError, message);
    }
  }
});

Deno.test("bytes that are not UTF-8 are refused wherever they stand", async () => {
  const message = "Cannot read mine.csv: it is not UTF-8 text";
  for (const bad of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0x80]]) {
    for (const bytes of [[...utf8("case,"), ...bad], [...bad, ...utf8("case,")]]) {
      await assertRejects(() => textOf(Uint8Array.from(bytes), 2), SyntaxError, message);
    }
  }
});
