/**
 * Finds the printed values in the output of a cell: arrays, lists, scalars, shapes, versions and
 * `<tf.Tensor …>` lines.
 *
 * What stands between the values are labels. A decimal number that is part of no value is refused,
 * so that no printed number is ever passed over.
 *
 * @module
 */
import { extents, type PrintedNumber, readArray } from "./numpy_text.ts";
import { quoted, type SourceText } from "./source_text.ts";

/**
 * What a printed value is; `tensor` is the line that TensorFlow prints for a tensor without a
 * value.
 */
export type BlockKind = "array" | "scalar" | "shape" | "version" | "tensor";

/**
 * The place of a value in a Python list, such as `[array(...)]`; brackets and commas belong to the
 * value's text.
 */
export interface ListPlace {
  /** The place in the list, counted from 0. */
  readonly index: number;
  /** How many values the list has. */
  readonly length: number;
}

/** One printed value. */
export interface PrintedBlock {
  readonly kind: BlockKind;
  /** Which of NumPy's two texts an array is printed as. */
  readonly style: "str" | "repr";
  readonly list?: ListPlace;
  /**
   * The shape of the array, `[]` for a scalar; for a `shape` or `tensor` block the shape that it
   * names.
   */
  readonly shape: readonly number[];
  readonly numbers: readonly PrintedNumber[];
  /** The version that a `version` block prints. */
  readonly version?: string;
  /** Offsets of the first character and of the one behind the last. */
  readonly start: number;
  readonly end: number;
}

/** Options of {@linkcode readOutput}. */
export interface OutputOptions {
  /** The offset of the output's first character; 0 by default. */
  readonly from?: number;
  /** How many `__version__` the cell's code prints: so many of its output's words are versions. */
  readonly versions?: number;
}

const TENSOR_LINE = /<tf\.Tensor '[^'\n]*' shape=\(([\d, ]*)\) dtype=\w+>/y;
const SHAPE_TUPLE = /\((?:\d+,|\d+(?:, \d+)+|)\)(?=[\s,;]|$)/y;
const VERSION = /v?\d+\.\d[\w.+-]*(?=\s|$)/y;
const SCALAR = /-?(?:\d+\.\d+(?:e[+-]\d+)?|\d+e[+-]\d+|inf|nan)(?=[\s,;)\]]|$)/y;
/** A `[` and those behind it. */
const brackets = /\[[\s[]*/y;
/** What follows the brackets that start an array or a list of values, not a word in brackets. */
const innermost = /-?(?:\d|inf\b|nan\b)|\.\.\.|array\(|\]|$/y;
const WORD = /[\w.%][\w.%+/-]*/y;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * Reads the values printed in the output of a cell, in the order of their text.
 *
 * Throws a `SyntaxError` that names file and line for a value that cannot be read exactly.
 */
export function readOutput(source: SourceText, options: OutputOptions = {}): PrintedBlock[] {
  return [...scanOutput(source, options)].filter((found) => typeof found !== "number");
}

/**
 * The values from an offset on, each as soon as it is read, and between them the offsets of the
 * line breaks that lie in no value, so that a reader can stop at the first line it does not want.
 */
export function* scanOutput(
  source: SourceText,
  { from = 0, versions = 0 }: OutputOptions,
): Generator<PrintedBlock | number> {
  const { text } = source;
  let at = from;
  while (at < text.length) {
    if (at > from && /[\w.%)\]+/-]/.test(text[at - 1]!)) {
      if (text[at] === "\n") yield at;
      at++; // inside a word, or an index such as x[0]
      continue;
    }
    const found = (versions > 0 ? readVersion(text, at) : undefined) ?? readValue(source, at, from);
    if (found !== undefined) {
      if (found[0]?.kind === "version") versions--;
      yield* found;
      at = found.at(-1)!.end;
      continue;
    }
    const [label] = match(WORD, text, at) ?? match(brackets, text, at) ?? [text[at]!];
    if (/\d\.\d/.test(label) && !/^v?\d+(?:\.\d+){2,}/.test(label)) {
      throw source.error(at, `${quoted(label)} is not a number as NumPy prints it`);
    }
    const lineBreak = label.indexOf("\n");
    if (lineBreak >= 0) yield at + lineBreak;
    at += label.length;
  }
}

function readVersion(text: string, at: number): PrintedBlock[] | undefined {
  const found = match(VERSION, text, at);
  if (found === null) return undefined;
  const end = at + found[0].length;
  return [{
    kind: "version",
    style: "str",
    shape: [],
    numbers: [],
    version: found[0],
    start: at,
    end,
  }];
}

function readValue(source: SourceText, at: number, from: number): PrintedBlock[] | undefined {
  const { text } = source;
  if (text.startsWith("array(", at)) {
    if (/[(,]/.test(text.slice(from, at).trimEnd().at(-1) ?? "")) {
      throw source.error(at, "a tuple of arrays is not read");
    }
    return [readArrayBlock(source, at)];
  }
  const open = match(brackets, text, at);
  if (open !== null && match(innermost, text, at + open[0].length) !== null) {
    if (text.startsWith("[array(", at) || isScalarList(text, at)) return readList(source, at);
    return [readArrayBlock(source, at)];
  }
  const tensor = match(TENSOR_LINE, text, at);
  if (tensor !== null) {
    return [{ ...bare("tensor", at, tensor[0]), shape: extents(source, at, tensor[1]!) }];
  }
  const tuple = match(SHAPE_TUPLE, text, at);
  if (tuple !== null) {
    return [{ ...bare("shape", at, tuple[0]), shape: extents(source, at, tuple[0].slice(1, -1)) }];
  }
  return match(SCALAR, text, at) === null ? undefined : [readScalarBlock(source, at)];
}

function bare(kind: BlockKind, start: number, text: string): PrintedBlock {
  return { kind, style: "str", shape: [], numbers: [], start, end: start + text.length };
}

function readArrayBlock(source: SourceText, start: number): PrintedBlock {
  const array = readArray(source, start);
  // As str prints it, an array stands in no brackets: what is closed here was opened in a part that
  // is missing.
  if (source.text[start] === "[" && match(/[ \t]*\]/y, source.text, array.end) !== null) {
    throw source.error(array.end, "a bracket is closed that none opens, the array may be cut off");
  }
  return {
    kind: "array",
    style: array.style,
    shape: array.shape,
    numbers: array.numbers,
    start,
    end: array.end,
  };
}

function readScalarBlock(source: SourceText, start: number): PrintedBlock {
  const found = match(SCALAR, source.text, start);
  if (found === null) {
    const [other] = match(/[^\s,\]]*/y, source.text, start) ?? [""];
    throw source.error(
      start,
      `${quoted(other)} in a list is neither an array nor a number`,
    );
  }
  return {
    ...bare("scalar", start, found[0]),
    numbers: [{ text: found[0], ...source.positionOf(start) }],
  };
}

/**
 * Whether a list of scalars starts here, such as `[1.0, 0.25]`. `[0.25]` could be such a list or an
 * array: it is read as an array, unless its digits are those of a scalar (`[1.0]`, or more than 8
 * behind the point).
 */
function isScalarList(text: string, at: number): boolean {
  return match(/\[-?(?:\d+(?:\.\d+)?e[-+\d]*|\d+\.\d+|inf|nan),/y, text, at) !== null ||
    match(/\[-?\d+\.(?:0|\d{9,})\]/y, text, at) !== null;
}

/**
 * Reads a list of arrays or scalars; each value's text reaches from the bracket or comma before it
 * to its end.
 */
function readList(source: SourceText, start: number): PrintedBlock[] {
  const { text } = source;
  const values: PrintedBlock[] = [];
  let at = start;
  for (;;) {
    const inner = at + (at === start ? 1 : ", ".length);
    const value = text.startsWith("array(", inner)
      ? readArrayBlock(source, inner)
      : readScalarBlock(source, inner);
    values.push({ ...value, start: at });
    at = value.end;
    if (text[at] === "]") break;
    if (!text.startsWith(", ", at)) {
      throw source.error(at, 'the list is truncated, expected ", " or "]" behind a value');
    }
  }
  return values.map((value, index) => ({
    ...value,
    list: { index, length: values.length },
    end: index === values.length - 1 ? value.end + 1 : value.end,
  }));
}
