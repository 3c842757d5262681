/**
 * Bindings: which printed block is which tensor of which cases. A person writes them, since the
 * text does not say it.
 *
 * @module
 */
import { check, text as anyText } from "../core/check.ts";
import { expandBraces } from "./braces.ts";
import { type Checker, readJson } from "./checker.ts";
import type { Binding } from "./format.ts";

/** The binding of one printed block. */
export interface BlockBinding extends Binding {
  /** Which code cell of the notebook's file, run or not, counted from 1. */
  readonly position: number;
  /** The number of that cell in `In [n]`: for people, and as a check. */
  readonly cell: number;
  /** Which block of the cell's output, counted from 1. */
  readonly occurrence: number;
  /** The line of the bindings file, for errors. */
  readonly line?: number;
}

/** A bindings file. */
export interface Bindings {
  /** The name of the bindings file, for errors. */
  readonly file: string;
  /** The file name of the notebook that the bindings are for. */
  readonly source: string;
  /** One for each printed block, in the order of the file. */
  readonly bindings: readonly BlockBinding[];
}

/** The newest version of the format of bindings files. */
const FORMAT_VERSION = 2;

/**
 * Reads a bindings file from its text. Braces in case ids are written out:
 * `n={1,2}/auto` is `n=1/auto` and `n=2/auto`.
 *
 * Throws a `SyntaxError` that names the file, and the line and part that is wrong, also for a block
 * that is bound twice.
 */
export function parseBindings(text: string, file: string): Bindings {
  check("read bindings", "text", text, anyText);
  check("read bindings", "file", file, anyText);
  const root = readJson(text, file).object();
  root.key("format").oneOf(["goldengrad-bindings"]);
  root.key("formatVersion").version(FORMAT_VERSION);
  root.object(["format", "formatVersion", "source", "bindings"]);
  const seen = new Set<string>();
  const bindings = root.key("bindings").items().map((part) => {
    const { position, occurrence } = checkBlockBinding(part.object(keys));
    const key = `${position}/${occurrence}`;
    if (seen.has(key)) {
      throw part.error(`binds position ${position}, occurrence ${occurrence}, which is bound`);
    }
    seen.add(key);
    return { ...part.value as BlockBinding, cases: casesOf(part.key("cases")), line: part.line! };
  });
  return { file, source: root.key("source").text(), bindings };
}

/** Checks that bindings given by a program are such, and returns them. */
export function checkedBindings(root: Checker): Bindings {
  root.object(["file", "source", "bindings"]).key("file").text();
  root.key("source").text();
  root.key("bindings").items().forEach((part) => checkBlockBinding(part.object([...keys, "line"])));
  return root.value as Bindings;
}

const keys = ["position", "cell", "occurrence", "tensor", "cases", "index", "echo"];

function checkBlockBinding(binding: Checker): BlockBinding {
  binding.key("position").whole(1);
  binding.key("cell").whole();
  binding.key("occurrence").whole(1);
  binding.key("tensor").text(/^\w+$/);
  const cases = binding.key("cases").items().map((id) => id.text(/^\P{Cc}*$/u));
  if (cases.length === 0) throw binding.key("cases").error("is empty");
  if (binding.has("index")) binding.key("index").items().forEach((index) => index.whole());
  if (binding.has("echo")) binding.key("echo").oneOf([true]);
  if (binding.has("line")) binding.key("line").whole(1);
  return binding.value as BlockBinding;
}

/** The cases that patterns with braces stand for. */
function casesOf(patterns: Checker): string[] {
  const cases = patterns.items().flatMap((pattern) => {
    const texts = expandBraces(pattern.text());
    if (typeof texts === "string") throw pattern.error(texts);
    return texts;
  });
  if (new Set(cases).size !== cases.length) throw patterns.error("names a case twice");
  return cases;
}
