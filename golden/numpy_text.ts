/**
 * Reads float32 arrays and scalars from the text that NumPy 1.14 to 1.24 prints for them.
 *
 * Nothing is guessed: a summarized array, ragged rows, another dtype or a token that is not a
 * number is refused.
 *
 * @module
 */
import { type Position, quoted, type SourceText } from "./source_text.ts";

/** A printed number: its text as it stands, without padding, and its place. */
export interface PrintedNumber extends Position {
  readonly text: string;
}

/** An array as read: its shape, its numbers in row-major order, and where its text ends. */
export interface PrintedArray {
  readonly style: "str" | "repr";
  readonly shape: readonly number[];
  readonly numbers: readonly PrintedNumber[];
  /** Offset just behind the last character. */
  readonly end: number;
}

/** A number inside an array: `3.`, `-0.26`, `1.50e-10`, `nan`, `-inf`. */
const ELEMENT = /^-?(?:\d+\.\d*(?:e[+-]\d{2,3})?|inf|nan)$/;

/** How many axes an array of NumPy 1.14 to 1.24 can have (NPY_MAXDIMS). */
const MAX_RANK = 32;

/** The extents in `2, 3` or `3,`; a `SyntaxError` at `offset` for those that no array can have. */
export function extents(source: SourceText, offset: number, text: string): number[] {
  const shape = text.split(",").filter((part) => part.trim() !== "").map(Number);
  if (shape.length > MAX_RANK) throw source.error(offset, tooDeep);
  if (!shape.every(Number.isSafeInteger)) {
    throw source.error(offset, `the shape ${quoted(text)} has an extent that is no whole number`);
  }
  return shape;
}

const tooDeep = `the array has more than ${MAX_RANK} axes, NumPy's have not`;

/**
 * Reads the array that starts at `offset`: `[[a b]\n [c d]]` as `str` prints it or
 * `array([...], dtype=float32)` as `repr` does, of any rank.
 *
 * Throws a `SyntaxError` that names file and line for text that is not wholly such an array.
 */
export function readArray(source: SourceText, offset: number): PrintedArray {
  const style = source.text.startsWith("array(", offset) ? "repr" : "str";
  return new ArrayReader(source, offset, style).read();
}

class ArrayReader {
  readonly #numbers: PrintedNumber[] = [];
  readonly #source: SourceText;
  readonly #style: "str" | "repr";
  readonly #start: number;
  #at: number;

  constructor(source: SourceText, offset: number, style: "str" | "repr") {
    this.#source = source;
    this.#start = offset;
    this.#at = offset;
    this.#style = style;
  }

  read(): PrintedArray {
    let shape: readonly number[];
    if (this.#style === "repr") {
      this.#at += "array(".length;
      this.#skipSpace();
      shape = this.#char() === "[" ? this.#readRow() : this.#readElement();
      shape = this.#readAttributes(shape);
    } else {
      shape = this.#readRow();
    }
    return { style: this.#style, shape, numbers: this.#numbers, end: this.#at };
  }

  /** Reads `[...]`, which stands within as many brackets as `depth` says; returns its shape. */
  #readRow(depth = 0): readonly number[] {
    if (depth >= MAX_RANK) throw this.#source.error(this.#at, tooDeep);
    this.#at++;
    let length = 0;
    let first: readonly number[] | undefined;
    for (;;) {
      this.#skipSpace();
      if (this.#char() === "]") break;
      if (length > 0) this.#readSeparator();
      const at = this.#at;
      const inner = this.#char() === "[" ? this.#readRow(depth + 1) : this.#readElement();
      first ??= inner;
      if (inner.length !== first.length) {
        throw this.#source.error(at, "the array is ragged, a row stands beside a number");
      }
      if (inner.some((extent, axis) => extent !== first![axis])) {
        const [row, before] = [inner, first].map((s) => s.join("x"));
        throw this.#source.error(
          at,
          `the array is ragged, this row has ${row} values and the first has ${before}`,
        );
      }
      length++;
    }
    this.#at++;
    return [length, ...(first ?? [])];
  }

  #readSeparator(): void {
    const comma = this.#char() === ",";
    if (comma && this.#style === "str") {
      throw this.#source.error(
        this.#at,
        'found "," in an array printed by str, such a list of numbers is not read',
      );
    }
    if (!comma && this.#style === "repr") {
      throw this.#source.error(
        this.#at,
        `expected "," in an array printed by repr, found ${this.#found()}`,
      );
    }
    if (comma) {
      this.#at++;
      this.#skipSpace();
    }
  }

  #readElement(): readonly number[] {
    const text = this.#token();
    if (this.#at + text.length >= this.#source.text.length) throw this.#truncated();
    if (text.startsWith("...")) {
      throw this.#source.error(this.#at, "the array is summarized with ..., print it whole");
    }
    if (!ELEMENT.test(text)) {
      throw this.#source.error(
        this.#at,
        `${this.#found()} is not a float32 number as NumPy prints it in an array`,
      );
    }
    this.#numbers.push({ text, ...this.#source.positionOf(this.#at) });
    this.#at += text.length;
    return [];
  }

  /**
   * Reads what follows the values of a `repr`: `, shape=(0, 3)` where the array is empty, then `,
   * dtype=float32)`.
   */
  #readAttributes(shape: readonly number[]): readonly number[] {
    for (;;) {
      this.#skipSpace();
      if (this.#char() === ")") {
        throw this.#source.error(this.#at, "the array has no dtype=float32");
      }
      if (this.#char() !== ",") {
        throw this.#source.error(
          this.#at,
          `expected "," behind the values of the array, found ${this.#found()}`,
        );
      }
      this.#at++;
      this.#skipSpace();
      const rest = this.#source.text.slice(this.#at);
      const empty = /^shape=\((\d+(?:,\s*\d+)*),?\)/.exec(rest);
      if (empty !== null && this.#numbers.length === 0) {
        shape = extents(this.#source, this.#at, empty[1]!);
        if (!shape.includes(0)) {
          throw this.#source.error(this.#at, `the array is empty and its ${empty[0]} is not`);
        }
        this.#at += empty[0].length;
        continue;
      }
      const dtype = /^dtype=(\w+)\)/.exec(rest);
      if (dtype === null) {
        if (/^(?:d|dt|dty|dtyp|dtype|dtype=\w*)?$/.test(rest)) throw this.#truncated();
        throw this.#source.error(
          this.#at,
          `expected dtype=float32 behind the array, found ${this.#found()}`,
        );
      }
      if (dtype[1] !== "float32") {
        throw this.#source.error(
          this.#at,
          `the array has dtype ${dtype[1]!.slice(0, 40)}, only float32 is read`,
        );
      }
      this.#at += dtype[0].length;
      return shape;
    }
  }

  #skipSpace(): void {
    while (/\s/.test(this.#source.text[this.#at] ?? "")) this.#at++;
    if (this.#at >= this.#source.text.length) throw this.#truncated();
  }

  #truncated(): SyntaxError {
    const { line } = this.#source.positionOf(this.#start);
    const begun = this.#source.lines[line - 1]!.line;
    return this.#source.error(
      this.#source.text.length,
      `the array begun in line ${begun} is truncated`,
    );
  }

  #char(): string {
    return this.#source.text[this.#at] ?? "";
  }

  /** The characters up to the next space, comma or bracket. */
  #token(): string {
    return /^[^\s,[\]()]*/.exec(this.#source.text.slice(this.#at))![0];
  }

  #found(): string {
    return quoted(this.#token() || this.#char());
  }
}
