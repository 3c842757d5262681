/**
 * The golden file format: one JSON file per notebook section, with every value that its cells
 * printed.
 *
 * `golden.schema.json` describes the same format for other languages.
 *
 * @module
 */
import type { ListPlace } from "./output.ts";
import type { PrintFormat } from "./printed.ts";

/** The newest format version that this program reads, and the one it writes. */
export const FORMAT_VERSION = 2;

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
  readonly binding?: Binding;
}

/** A printed shape, such as `(2, 3)`. */
export interface ShapeBlock extends Block {
  /** A shape. */
  readonly kind: "shape";
  /** The extents that are printed. */
  readonly shape: readonly number[];
  /** Absent if the values were captured without bindings. */
  readonly binding?: Binding;
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
  /** Which code cell of the notebook's file it is, run or not, counted from 1. */
  readonly position: number;
  /** The number in `In [n]`, for people: a notebook may have it twice. */
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
  readonly formatVersion: 2;
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
