/**
 * Turns a notebook and its bindings into golden files.
 *
 * @module
 */
import { callable, check, checkOptions, type Kind, record, text } from "../core/check.ts";
import { Binder } from "./binder.ts";
import { type Bindings, checkedBindings } from "./bindings.ts";
import { Checker, faultOfArgument } from "./checker.ts";
import {
  FORMAT_VERSION,
  type Golden,
  type GoldenBlock,
  type GoldenEntry,
  type TextPosition,
} from "./format.ts";
import { checkGoldenArgument, countNumbers } from "./golden_check.ts";
import { hashOf, sha256Hex } from "./hash.ts";
import { type Notebook, readNotebook } from "./notebook.ts";
import { type NotebookCell, printedVersions } from "./section.ts";
import type { PrintedNumber } from "./numpy_text.ts";
import { type PrintedBlock, readOutput } from "./output.ts";
import { printedSet, type PrintFormat } from "./printed.ts";
import { cannotRead, quoted, SourceText } from "./source_text.ts";

/** A golden file before it is written. */
export interface GoldenFile {
  /** The file name, without folders. */
  readonly name: string;
  /** What the file holds. */
  readonly golden: Golden;
}

/** Options of {@linkcode captureNotebook}. */
export interface CaptureOptions {
  /** Which printed block is which tensor; without them the values are left unbound. */
  readonly bindings?: Bindings;
  /** Is told, in one line each, what looks as if a part of the notebook were missing. */
  readonly warn?: (message: string) => void;
}

/**
 * Reads a notebook from its bytes and returns a golden file for each section whose cells print
 * numbers.
 *
 * Rejects with a `SyntaxError` for a notebook that cannot be read, a printed value that is bound to
 * nothing, and a binding that names no printed value.
 */
export async function captureNotebook(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  options: CaptureOptions = {},
): Promise<GoldenFile[]> {
  const action = "capture a notebook";
  check(action, "bytes", bytes, ownBytes);
  check(action, "file", file, fileName);
  checkOptions(action, options, { bindings: record, warn: callable });
  const bindings = options.bindings === undefined
    ? undefined
    : checkedBindings(new Checker(options.bindings, faultOfArgument(action), ["bindings"]));
  const notebook = readNotebook(decodeText(bytes, file), file);
  for (const warning of notebook.warnings) options.warn?.(warning);
  const binder = new Binder(notebook, bindings);
  const sections = notebook.sections.map(({ title, cells }) => ({
    title,
    entries: cells.flatMap((cell) =>
      cell.output.length === 0 ? [] : [readEntry(cell, file, binder)]
    ),
  }));
  binder.finish();

  const shared = {
    source: { file, sha256: await sha256Hex(bytes) },
    libraries: findLibraries(notebook, sections.flatMap(({ entries }) => entries)),
    printFormat: "numpy-1.14",
  } as const;
  const files: GoldenFile[] = [];
  for (const [index, { title, entries }] of sections.entries()) {
    const numbers = countNumbers(entries);
    if (numbers === 0) continue;
    const golden = {
      format: "goldengrad-golden",
      formatVersion: FORMAT_VERSION,
      section: title,
      ...shared,
      numbers,
    } as const;
    const name = `${String(index).padStart(2, "0")}_${slug(title)}.json`;
    const sha256 = await hashOf({ ...golden, entries });
    files.push({ name, golden: { ...golden, sha256, entries } });
  }
  return files;
}

/** The text of a golden file: objects over several lines, lists of plain values on one. */
export function goldenText(golden: Golden): string {
  checkGoldenArgument("write a golden", golden);
  return writeJson(golden, "") + "\n";
}

function writeJson(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = indent + "  ";
  if (Array.isArray(value)) {
    const plain = value.every((item) => typeof item !== "object");
    if (plain && JSON.stringify(value).length <= 100) {
      return `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
    }
    return `[\n${value.map((item) => inner + writeJson(item, inner)).join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value).map(([key, item]) =>
    `${inner}${JSON.stringify(key)}: ${writeJson(item, inner)}`
  );
  return `{\n${entries.join(",\n")}\n${indent}}`;
}

function decodeText(bytes: Uint8Array, file: string): string {
  try {
    return decodeUtf8(bytes);
  } catch {
    throw cannotRead(file, badLine(bytes), "the text is not UTF-8");
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

/** The first line, counted from 1, that is not UTF-8. */
function badLine(bytes: Uint8Array): number {
  for (let line = 1, start = 0;; line++) {
    const end = bytes.indexOf(0x0a, start);
    try {
      decodeUtf8(bytes.subarray(start, end < 0 ? bytes.length : end));
    } catch {
      return line;
    }
    start = end + 1;
  }
}

function readEntry(cell: NotebookCell, file: string, binder: Binder): GoldenEntry {
  const source = new SourceText(cell.output, file, `cell ${cell.number}`);
  const printed = readOutput(source, { versions: printedVersions(cell.code).length });
  const blocks = printed.map((block, index): GoldenBlock => {
    const occurrence = index + 1;
    const place = {
      occurrence,
      start: placeOf(source, block.start),
      end: placeOf(source, block.end),
    };
    const { kind, shape } = block;
    if (kind === "version") return { kind, ...place, version: block.version! };
    if (kind === "tensor") return { kind, ...place, shape };
    const format = kind === "shape" ? undefined : printFormatOf(block, source);
    const bound = binder.bind(
      cell,
      occurrence,
      () => source.error(block.start, `printed value ${occurrence} is bound to no tensor`),
    );
    const binding = bound && { binding: bound };
    if (format === undefined) return { kind: "shape", ...place, shape, ...binding };
    const numbers = block.numbers.map(({ text }) => text);
    const list = block.list && { list: block.list };
    return {
      kind: kind as "array" | "scalar",
      ...place,
      style: block.style,
      ...list,
      shape,
      format,
      numbers,
      ...binding,
    };
  });
  return {
    position: cell.position,
    cell: cell.number,
    line: cell.output[0]!.line,
    text: cell.output.map(({ text }) => text),
    blocks,
  };
}

function placeOf(source: SourceText, offset: number): TextPosition {
  const { line, column } = source.positionOf(offset);
  return [line, column];
}

/** The format of a block's numbers; each of them must be the text of some float32 value. */
function printFormatOf(block: PrintedBlock, source: SourceText): PrintFormat {
  const fault = (number: PrintedNumber, facts: string): SyntaxError =>
    cannotRead(source.file, source.lines[number.line - 1]!.line, facts, source.part);
  const finite = block.numbers.filter(({ text }) => /\d/.test(text));
  const exponents = finite.some(({ text }) => text.includes("e"));
  const format = block.kind === "scalar" ? "scalar" : exponents ? "array-exponent" : "array";
  const odd = format === "array-exponent"
    ? finite.find(({ text }) => !text.includes("e"))
    : undefined;
  if (odd !== undefined) {
    throw fault(odd, `${quoted(odd.text)} stands in an array with exponents and has none`);
  }
  for (const number of block.numbers) {
    try {
      printedSet(number.text, format);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw fault(number, error.message.replace(/^Cannot read a printed number: /, ""));
    }
  }
  return format;
}

/**
 * The libraries whose version the notebook prints, and NumPy, whose text it is, with or without a
 * version.
 */
function findLibraries(notebook: Notebook, entries: readonly GoldenEntry[]): Golden["libraries"] {
  const cells = notebook.sections.flatMap(({ cells }) => cells).filter(({ output }) =>
    output.length > 0
  );
  const code = cells.map((cell) => cell.code).join("\n");
  const versions = new Map<string, string | null>([]);
  cells.forEach((cell, index) => {
    const blocks = entries[index]!.blocks.filter((block) => block.kind === "version");
    printedVersions(cell.code).slice(0, blocks.length).forEach((alias, i) => {
      const name = new RegExp(`^[ \\t]*import (\\S+) as ${alias}\\b`, "m").exec(code)?.[1] ?? alias;
      versions.set(name, blocks[i]!.version);
    });
  });
  if (!versions.has("numpy")) versions.set("numpy", null);
  return [...versions].map(([name, version]) => ({ name, version }));
}

function slug(title: string): string {
  if (title === "") return "preamble";
  const plain = title.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
  return plain.replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "").slice(0, 60) || "section";
}

const ownBytes: Kind = {
  expected: "a Uint8Array that shares its memory with no other thread",
  isType: (value) => value instanceof Uint8Array && value.buffer instanceof ArrayBuffer,
};

const fileName: Kind = {
  expected: "a file name without folders",
  isType: text.isType,
  inRange: (value: string) => /^[^/\\]+$/.test(value),
};
