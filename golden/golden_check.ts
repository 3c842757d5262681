/**
 * Reads golden files and checks all of them, so that the rest of the program can rely on the type.
 *
 * @module
 */
import { check, text as anyText } from "../core/check.ts";
import { sizeOf } from "../core/shape.ts";
import { Checker, faultOfArgument, faultOfFile, readJson } from "./checker.ts";
import { FORMAT_VERSION, type Golden, type GoldenEntry, type TextPosition } from "./format.ts";
import { hashOf } from "./hash.ts";
import { printFormats } from "./printed.ts";
import { cannotRead } from "./source_text.ts";

/**
 * Reads a golden file from its text and checks all of it: structure, format version, count and
 * hash.
 *
 * Rejects with a `SyntaxError` that names the file, and the line and part that is wrong.
 */
export async function parseGolden(text: string, file: string): Promise<Golden> {
  check("read a golden file", "text", text, anyText);
  check("read a golden file", "file", file, anyText);
  const golden = checkedGolden(readJson(text, file));
  if (await hashOf(golden) === golden.sha256) return golden;
  const facts = "the file is damaged, its content does not have the SHA-256 it states";
  throw cannotRead(file, undefined, facts);
}

/**
 * Checks that a value is a golden file's, in structure, format version and count, and returns it as
 * such.
 *
 * The hash is left to {@linkcode parseGolden}. Throws a `SyntaxError` that names the file and the
 * part that is wrong.
 */
export function checkGolden(value: unknown, file: string): Golden {
  check("check a golden file", "file", file, anyText);
  return checkedGolden(new Checker(value, faultOfFile(file)));
}

/** Throws a `TypeError` unless an argument is a golden, with its hash or still without. */
export function checkGoldenArgument(
  action: string,
  value: unknown,
  { hashed = true }: { hashed?: boolean } = {},
): void {
  checkGoldenParts(new Checker(value, faultOfArgument(action), ["golden"]), hashed);
}

/** Throws a `TypeError` unless an argument is a list of goldens. */
export function checkGoldensArgument(action: string, what: string, value: unknown): void {
  new Checker(value, faultOfArgument(action), [what]).items().forEach(checkedGolden);
}

/** Throws a `TypeError` unless an argument is the entry of a golden. */
export function checkEntryArgument(action: string, value: unknown): void {
  checkEntry(new Checker(value, faultOfArgument(action), ["entry"]));
}

/** Throws a `TypeError` unless an argument is a list of entries of a golden. */
export function checkEntriesArgument(action: string, value: unknown): void {
  new Checker(value, faultOfArgument(action), ["entries"]).items().forEach(checkEntry);
}

/** Throws a `TypeError` unless an argument is a block of an entry with the given text. */
export function checkBlockArgument(action: string, value: unknown, text?: readonly string[]): void {
  checkBlock(new Checker(value, faultOfArgument(action), ["block"]), text);
}

function checkedGolden(root: Checker): Golden {
  checkGoldenParts(root, true);
  return root.value as Golden;
}

const headerKeys = ["format", "formatVersion", "section", "source", "libraries", "printFormat"];
const goldenKeys = [...headerKeys, "numbers", "sha256", "entries"];
const digest = /^[0-9a-f]{64}$/;
/** Text of one line. */
const line = /^\P{Cc}*$/u;

function checkGoldenParts(root: Checker, hashed: boolean): void {
  root.object().key("format").oneOf(["goldengrad-golden"]);
  root.key("formatVersion").version(FORMAT_VERSION);
  root.object(goldenKeys).key("section").text();
  const source = root.key("source").object(["file", "sha256"]);
  source.key("file").text(/^[^/\\]+$/);
  source.key("sha256").text(digest);
  for (const library of root.key("libraries").items()) {
    library.object(["name", "version"]).key("name").text();
    if (library.key("version").value !== null) library.key("version").text();
  }
  root.key("printFormat").oneOf(["numpy-1.14"]);
  if (hashed || root.has("sha256")) root.key("sha256").text(digest);
  let before = 0;
  for (const entry of root.key("entries").items()) {
    checkEntry(entry);
    const { position } = entry.value as GoldenEntry;
    if (position <= before) throw entry.key("position").error(`is not above ${before}`);
    before = position;
  }
  const count = numbersIn(root.key("entries").value as GoldenEntry[]);
  if (root.key("numbers").whole() !== count) {
    throw root.key("numbers").error(
      `is ${root.key("numbers").value}, but the entries hold ${count}`,
    );
  }
}

/** How many numbers the entries hold, which are known to be entries. */
function numbersIn(entries: readonly GoldenEntry[]): number {
  return entries.flatMap((entry) => entry.blocks)
    .reduce((count, block) => count + ("numbers" in block ? block.numbers.length : 0), 0);
}

/**
 * How many decimal numbers the entries of a golden file hold; the extents of shapes do not count.
 */
export function countNumbers(entries: readonly GoldenEntry[]): number {
  checkEntriesArgument("count numbers", entries);
  return numbersIn(entries);
}

/**
 * The SHA-256 of a golden, computed over everything but its own `sha256`.
 */
export async function goldenHash(golden: Omit<Golden, "sha256">): Promise<string> {
  checkGoldenArgument("hash a golden", golden, { hashed: false });
  return await hashOf(golden);
}

function checkEntry(entry: Checker): void {
  entry.object(["position", "cell", "line", "text", "blocks"]).key("position").whole(1);
  entry.key("cell").whole();
  entry.key("line").whole(1);
  const text = entry.key("text").items().map((line) => line.text());
  let before: TextPosition = [1, 1];
  entry.key("blocks").items().forEach((block, index) => {
    const { start, end } = checkBlock(block, text);
    if (block.key("occurrence").value !== index + 1) {
      throw block.key("occurrence").error(`is not ${index + 1}`);
    }
    if (isBefore(start, before)) {
      throw block.key("start").error("lies within the block before it");
    }
    before = end;
  });
}

function isBefore([line, column]: TextPosition, [otherLine, otherColumn]: TextPosition): boolean {
  return line < otherLine || (line === otherLine && column < otherColumn);
}

function checkPosition(position: Checker, text?: readonly string[]): TextPosition {
  const place = position.items().map((part) => part.whole());
  const [line = 0, column = 0] = place;
  const length = text === undefined ? Infinity : text[line - 1]?.length ?? -1;
  if (place.length !== 2 || line < 1 || column < 1 || column > length + 1) {
    throw position.error("is not a place in the entry's text");
  }
  return [line, column];
}

const placeKeys = ["kind", "occurrence", "start", "end"];
const blockKeys = {
  array: [...placeKeys, "style", "list", "shape", "format", "numbers", "binding"],
  scalar: [...placeKeys, "style", "list", "shape", "format", "numbers", "binding"],
  shape: [...placeKeys, "shape", "binding"],
  version: [...placeKeys, "version"],
  tensor: [...placeKeys, "shape"],
};

function checkBlock(
  block: Checker,
  text?: readonly string[],
): { start: TextPosition; end: TextPosition } {
  block.key("occurrence").whole(1);
  const start = checkPosition(block.key("start"), text);
  const end = checkPosition(block.key("end"), text);
  if (!isBefore(start, end)) throw block.key("end").error("is not behind start");
  const kind = block.key("kind").oneOf(["array", "scalar", "shape", "version", "tensor"]);
  block.object(blockKeys[kind]);
  if (kind === "version") block.key("version").text();
  else block.key("shape").items().forEach((extent) => extent.whole());
  if (block.has("binding")) checkBinding(block.key("binding"));
  if (kind === "array" || kind === "scalar") checkValues(block);
  return { start, end };
}

function checkValues(block: Checker): void {
  block.key("style").oneOf(["str", "repr"]);
  block.key("format").oneOf(printFormats);
  if (block.has("list")) {
    const place = block.key("list").object(["index", "length"]);
    if (place.key("index").whole() >= place.key("length").whole()) {
      throw place.error("has an index beyond its length");
    }
  }
  const numbers = block.key("numbers").items();
  for (const number of numbers) number.text(/^-?(?:\d+\.?\d*(?:e[+-]\d+)?|inf)$|^nan$/);
  const size = sizeOf(block.key("shape").value as number[]);
  if (numbers.length !== size) {
    throw block.key("numbers").error(`has ${numbers.length} numbers, the shape has ${size}`);
  }
}

function checkBinding(bound: Checker): void {
  bound.object(["tensor", "cases", "index", "echo"]).key("tensor").text(/^\w+$/);
  const cases = bound.key("cases").items().map((id) => id.text(line));
  if (cases.length === 0) throw bound.key("cases").error("is empty");
  if (bound.has("index")) bound.key("index").items().forEach((index) => index.whole());
  if (bound.has("echo")) bound.key("echo").oneOf([true]);
}
