/**
 * CSV text as UTF-8 bytes: RFC 4180 fields and the shortest decimals of float32 values.
 *
 * @module
 */
import { check, type Kind, number, text as textKind, wholeNumber } from "../core/check.ts";
import { shortestText, toBits } from "../core/float32.ts";

/**
 * The longest line that is written, in bytes; whoever reads our files need not take longer ones.
 */
export const LONGEST_LINE: number = 2 ** 26;

/** A field as RFC 4180 writes it: in quotes where it holds a comma, a quote or a line break. */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The shortest decimal that reads back to the float32 `x`: as JavaScript writes numbers, but `-0`,
 * `NaN`, `INF` and `-INF` as the number type of Frictionless Table Schema has them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { valueText } from "./text.ts";
 * assertEquals(valueText(Math.fround(0.1)), "0.1");
 * assertEquals(valueText(-Infinity), "-INF");
 * ```
 */
export function valueText(x: number): string {
  const text = shortestText(x);
  return text.endsWith("y") ? text.replace("Infinity", "INF") : text;
}

/** The codes of `0123456789abcdef`. */
// deno-fmt-ignore
const HEX_DIGITS: readonly number[] = [
  0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66,
];

/** The code of an ASCII character. */
const asciiCode: Kind = {
  expected: "a whole number from 0 to 127",
  isType: number.isType,
  inRange: (code: number) => Number.isInteger(code) && code >= 0 && code < 0x80,
};

/**
 * Bytes that grow as text is appended to them; every append makes its own room.
 *
 * Methods look at their arguments once more in words only where something is wrong: they are called
 * for every value.
 */
export class TextBuffer {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  /** The number of bytes appended since the last {@linkcode take}. */
  get length(): number {
    return this.#length;
  }

  /** Appends a text. */
  text(text: string): void {
    if (typeof text !== "string") check("append", "text", text, textKind);
    this.#reserve(3 * text.length);
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) {
        this.#length +=
          new TextEncoder().encodeInto(text.slice(i), this.#bytes.subarray(this.#length)).written;
        return;
      }
      this.#bytes[this.#length++] = unit;
    }
  }

  /** Appends one ASCII character, given by its code. */
  code(code: number): void {
    if (!Number.isInteger(code) || code < 0 || code >= 0x80) {
      check("append", "code", code, asciiCode);
    }
    this.#reserve(1);
    this.#bytes[this.#length++] = code;
  }

  /** Appends the bits of a float32 value as `0x` and eight hexadecimal digits. */
  bits(x: number): void {
    if (typeof x !== "number") check("append bits", "the value", x, number);
    this.#reserve(10);
    const bits = toBits(x);
    const bytes = this.#bytes;
    const start = this.#length;
    bytes[start] = 0x30; // "0x"
    bytes[start + 1] = 0x78;
    for (let digit = 0; digit < 8; digit++) {
      bytes[start + 2 + digit] = HEX_DIGITS[(bits >>> (28 - 4 * digit)) & 15]!;
    }
    this.#length += 10;
  }

  /**
   * Appends a copy of the `count` bytes at `start`.
   *
   * Throws a `RangeError` for bytes that have not been appended.
   */
  repeat(start: number, count: number): void {
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(count) || start < 0 || count < 0) {
      check("repeat bytes", "start", start, wholeNumber());
      check("repeat bytes", "count", count, wholeNumber());
    }
    if (start + count > this.#length) {
      throw new RangeError(
        `Cannot repeat bytes: ${count} from ${start} are more than the ${this.#length} there are`,
      );
    }
    this.#reserve(count);
    this.#bytes.copyWithin(this.#length, start, start + count);
    this.#length += count;
  }

  /** Returns the bytes and starts again; they are valid until the next append. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return bytes;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
