/**
 * Text from bytes: UTF-8 only; what is something else is named.
 *
 * @module
 */

/** What files of other formats begin with. */
const beginnings: readonly (readonly [name: string, ...bytes: readonly number[]])[] = [
  ["gzip-compressed", 0x1f, 0x8b],
  ["bzip2-compressed", 0x42, 0x5a, 0x68],
  ["xz-compressed", 0xfd, 0x37, 0x7a, 0x58, 0x5a],
  ["Zstandard-compressed", 0x28, 0xb5, 0x2f, 0xfd],
  ["a ZIP archive or a spreadsheet", 0x50, 0x4b, 0x03, 0x04],
  ["Parquet", 0x50, 0x41, 0x52, 0x31],
  ["UTF-16 text", 0xff, 0xfe],
  ["UTF-16 text", 0xfe, 0xff],
];

/** How many bytes tell a format. */
const HEAD = 5;

/**
 * Decodes a file, piece by piece, for a reader that stops where it wants.
 *
 * Throws a `SyntaxError`, `Cannot read <name>: …`, for what is not UTF-8, and names the format
 * where the first bytes do; what the pieces throw passes through.
 *
 * @example
 * ```ts
 * import { assertRejects } from "@std/assert";
 * import { utf8Text } from "./encoding.ts";
 * const pieces = utf8Text([Uint8Array.of(0x1f, 0x8b, 8, 0)], "mine.csv");
 * const message = "Cannot read mine.csv: it is gzip-compressed, expected UTF-8 text";
 * await assertRejects(() => pieces.next(), SyntaxError, message);
 * ```
 */
export async function* utf8Text(
  pieces: AsyncIterable<Uint8Array<ArrayBuffer>> | Iterable<Uint8Array<ArrayBuffer>>,
  name: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (piece?: Uint8Array<ArrayBuffer>) => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined });
    } catch {
      throw new SyntaxError(`Cannot read ${name}: it is not UTF-8 text`);
    }
  };
  const checked = (head: Uint8Array<ArrayBuffer>) => {
    const format = formatOf(head);
    if (format === undefined) return head;
    throw new SyntaxError(`Cannot read ${name}: it is ${format}, expected UTF-8 text`);
  };
  let head: Uint8Array<ArrayBuffer> | null = new Uint8Array(0); // null once it is looked at
  for await (const piece of pieces) {
    if (head === null) {
      yield decode(piece);
      continue;
    }
    head = joined(head, piece);
    if (head.length < HEAD) continue;
    yield decode(checked(head));
    head = null;
  }
  if (head !== null) yield decode(checked(head));
  yield decode();
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** The format, other than UTF-8, of a file that begins with these bytes. */
function formatOf(head: Uint8Array): string | undefined {
  const [known] = beginnings.find(([, ...bytes]) => bytes.every((byte, i) => head[i] === byte)) ??
    [];
  // ASCII text in UTF-16 without a byte order mark: every other byte is 0.
  const zeros = Array.from(head.subarray(0, 4), (byte) => byte === 0 ? "0" : "1").join("");
  return known ?? (zeros === "0101" || zeros === "1010" ? "UTF-16 text" : undefined);
}
