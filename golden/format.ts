/**
 * The golden file format: one JSON file per notebook section, with every value that its cells
 * printed.
 *
 * `golden.schema.json` describes the same format for other languages.
 *
 * @module
 */
import { sizeOf } from "../core/shape.ts";
import { Checker } from "./checker.ts";
import type { ListPlace } from "./output.ts";
import { type PrintFormat, printFormats } from "./printed.ts";

/** The newest format version that this program reads, and the one it writes. */
export const formatVersion = 1;

/** A line and a column of an entry's text, both counted from 1. */
export type TextPosition = readonly [line: number, column: number];

/** What a printed block is: a tensor of one or more cases. */
export interface Binding {
  /** The name of the tensor. */
  readonly tensor: string;
  /** Ids of the cases that the tensor belongs to; it has the same value in each. */
  readonly cases: readonly string[];
  /** For a shape: it is that of `tensor[index]`, as of `x[0]`. */
  readonly index?: readonly number[];
  /** The block shows an input as it was given, not a computed value. */
  readonly echo?: true;
}

/** What every printed block has. */
export interface Block {
  /** Which block of its cell this is, counted from 1. */
  readonly occurrence: number;
  /** The place of the block's first character. */
  readonly start: TextPosition;
  /** The place behind its last character. */
  readonly end: TextPosition;
}

/** A printed array or scalar. */
export interface ValueBlock extends Block {
  /** An array, or a single number. */
  readonly kind: "array" | "scalar";
  /** Which of NumPy's two texts it is printed as. */
  readonly style: "str" | "repr";
  /** Its place in a Python list; the list's brackets and commas are part of the block's text. */
  readonly list?: ListPlace;
  /** The extent along each axis; `[]` for a scalar. */
  readonly shape: readonly number[];
  /** How its numbers are printed. */
  readonly format: PrintFormat;
  /** The text of every number in row-major order. */
  readonly numbers: readonly string[];
  /** Absent if the values were captured without bindings. */
  readonly bound?: Binding;
}

/** A printed shape, such as `(2, 3)`. */
export interface ShapeBlock extends Block {
  /** A shape. */
  readonly kind: "shape";
  /** The extents that are printed. */
  readonly shape: readonly number[];
  /** Absent if the values were captured without bindings. */
  readonly bound?: Binding;
}

/** A printed version of a library. */
export interface VersionBlock extends Block {
  /** A version. */
  readonly kind: "version";
  /** The version as printed. */
  readonly version: string;
}

/** A `<tf.Tensor …>` line: a tensor that was shown without its value. */
export interface TensorBlock extends Block {
  /** A tensor without its value. */
  readonly kind: "tensor";
  /** The extents that the line names. */
  readonly shape: readonly number[];
}

/** A value in the output of a cell. */
export type GoldenBlock = ValueBlock | ShapeBlock | VersionBlock | TensorBlock;

/** What one cell printed. */
export interface GoldenEntry {
  /** The number in `In [n]`. */
  readonly cell: number;
  /** The line of the source file on which the output starts. */
  readonly line: number;
  /** The output exactly as printed, line by line. */
  readonly text: readonly string[];
  /** The values in the text, in its order. */
  readonly blocks: readonly GoldenBlock[];
}

/** A golden file: what the cells of one notebook section printed, and where that is from. */
export interface Golden {
  /** What kind of file this is. */
  readonly format: "goldengrad-golden";
  /** The version of the format. */
  readonly formatVersion: 1;
  /** The heading of the section; empty for cells before the first heading. */
  readonly section: string;
  /** The notebook: its file name without folders, and the SHA-256 of its bytes. */
  readonly source: { readonly file: string; readonly sha256: string };
  /**
   * The libraries that computed the values; `version` is null where the notebook does not print it.
   */
  readonly libraries: readonly { readonly name: string; readonly version: string | null }[];
  /** How numbers are printed: float32 as NumPy 1.14 to 1.24 does, with its default options. */
  readonly printFormat: "numpy-1.14";
  /** How many decimal numbers the entries hold. */
  readonly numbers: number;
  /**
   * SHA-256 of this file's value as compact JSON (keys in the order of the file, UTF-8), without
   * this key.
   */
  readonly sha256: string;
  /** One for each cell with output, in the order of the notebook. */
  readonly entries: readonly GoldenEntry[];
}

/**
 * How many decimal numbers the entries of a golden file hold; the extents of shapes do not count.
 */
export function countNumbers(entries: readonly GoldenEntry[]): number {
  return entries.flatMap((entry) => entry.blocks)
    .reduce((count, block) => count + ("numbers" in block ? block.numbers.length : 0), 0);
}

/**
 * The SHA-256 of a golden, computed over everything but its own `sha256`.
 */
export async function goldenHash(golden: Omit<Golden, "sha256">): Promise<string> {
  const { sha256: _, ...rest } = golden as Golden;
  return await sha256Hex(new TextEncoder().encode(JSON.stringify(rest)));
}

/** The SHA-256 of bytes in hexadecimal. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Reads a golden file from its text and checks all of it: structure, format version, count and
 * hash.
 *
 * Rejects with a `SyntaxError` that names the file and what is wrong with it.
 */
export async function parseGolden(text: string, file: string): Promise<Golden> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SyntaxError(`Cannot read ${file}: the file is damaged, it is not JSON`);
  }
  const golden = checkGolden(value, file);
  if (await goldenHash(golden) !== golden.sha256) {
    throw new SyntaxError(
      `Cannot read ${file}: the file is damaged, its content does not have the SHA-256 it states`,
    );
  }
  return golden;
}

/**
 * Checks that a value is a golden file's, in structure, format version and count, and returns it as
 * such.
 *
 * The hash is left to {@linkcode parseGolden}. Throws a `SyntaxError` that names the file and the
 * part that is wrong.
 */
export function checkGolden(value: unknown, file: string): Golden {
  const root = new Checker(value, file).object();
  root.key("format").oneOf(["goldengrad-golden"]);
  root.key("formatVersion").version(formatVersion);
  root.key("section").text();
  root.key("source").object().key("file").text();
  root.key("source").key("sha256").text(/^[0-9a-f]{64}$/);
  for (const library of root.key("libraries").items()) {
    library.key("name").text();
    if (library.key("version").value !== null) library.key("version").text();
  }
  root.key("printFormat").oneOf(["numpy-1.14"]);
  root.key("sha256").text(/^[0-9a-f]{64}$/);
  root.key("entries").items().forEach(checkEntry);
  const golden = value as Golden;
  const count = countNumbers(golden.entries);
  if (root.key("numbers").whole() !== count) {
    throw root.key("numbers").error(`is ${golden.numbers}, but the entries hold ${count}`);
  }
  return golden;
}

function checkEntry(entry: Checker): void {
  entry.key("cell").whole();
  entry.key("line").whole();
  const text = entry.key("text").items().map((line) => line.text());
  entry.key("blocks").items().forEach((block, index) => {
    if (block.key("occurrence").whole() !== index + 1) {
      throw block.key("occurrence").error(`is not ${index + 1}`);
    }
    const [startLine, startColumn] = checkPosition(block.key("start"), text);
    const [endLine, endColumn] = checkPosition(block.key("end"), text);
    if (startLine > endLine || (startLine === endLine && startColumn >= endColumn)) {
      throw block.key("end").error("is not behind start");
    }
    checkBlock(block);
  });
}

function checkPosition(position: Checker, text: readonly string[]): TextPosition {
  const place = position.items().map((part) => part.whole());
  const [line = 0, column = 0] = place;
  if (place.length !== 2 || column < 1 || column > (text[line - 1]?.length ?? -1) + 1) {
    throw position.error("is not a place in the entry's text");
  }
  return [line, column];
}

function checkBlock(block: Checker): void {
  const kind = block.key("kind").oneOf(["array", "scalar", "shape", "version", "tensor"]);
  if (kind === "version") return void block.key("version").text();
  const shape = block.key("shape").items().map((extent) => extent.whole());
  if (kind === "tensor") return;
  if (block.has("bound")) checkBinding(block.key("bound"));
  if (kind === "shape") return;
  block.key("style").oneOf(["str", "repr"]);
  block.key("format").oneOf(printFormats);
  if (block.has("list")) {
    const index = block.key("list").key("index").whole();
    if (index >= block.key("list").key("length").whole()) {
      throw block.key("list").error("has an index beyond its length");
    }
  }
  const numbers = block.key("numbers").items();
  for (const number of numbers) number.text(/^-?(?:\d+\.?\d*(?:e[+-]\d+)?|inf)$|^nan$/);
  if (numbers.length !== sizeOf(shape)) {
    throw block.key("numbers").error(
      `has ${numbers.length} numbers, the shape has ${sizeOf(shape)}`,
    );
  }
}

function checkBinding(bound: Checker): void {
  bound.key("tensor").text(/^\w+$/);
  if (bound.key("cases").items().map((id) => id.text()).length === 0) {
    throw bound.key("cases").error("is empty");
  }
  if (bound.has("index")) bound.key("index").items().forEach((index) => index.whole());
  if (bound.has("echo")) bound.key("echo").oneOf([true]);
}
