/**
 * CSV text as UTF-8 bytes: RFC 4180 fields and the shortest decimals of float32 values.
 *
 * @module
 */
import { shortestText, toBits } from "../core/float32.ts";

/**
 * The most characters that a record of a CSV may have, whoever writes or reads it: 64 Mi, so a line
 * of 64 MiB is always short enough.
 */
export const LINE_LIMIT = 2 ** 26;

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

const encoder = new TextEncoder();
const HEX_DIGITS = encoder.encode("0123456789abcdef");

/** Bytes that grow as text is appended to them; every append makes its own room. */
export class TextBuffer {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  /** The number of bytes appended since the last {@linkcode take}. */
  get length(): number {
    return this.#length;
  }

  /** Appends a text. */
  text(text: string): void {
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
    this.#reserve(1);
    this.#bytes[this.#length++] = code;
  }

  /** Appends the bits of a float32 value as `0x` and eight hexadecimal digits. */
  bits(x: number): void {
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

  /** Appends a copy of the `count` bytes at `start`. */
  repeat(start: number, count: number): void {
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
