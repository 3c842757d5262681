/**
 * Bindings: which printed block is which tensor of which cases. A person writes them, since the
 * text does not say it.
 *
 * @module
 */
import { Checker } from "./checker.ts";
import type { Binding } from "./format.ts";

/** The binding of one printed block. */
export interface BlockBinding extends Binding {
  /** The number of the cell in `In [n]`. */
  readonly cell: number;
  /** Which block of the cell's output, counted from 1. */
  readonly occurrence: number;
  /** The heading of the cell's section, needed where two cells that print have the same number. */
  readonly section?: string;
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

/**
 * Reads a bindings file from its text. Braces in case ids are written out:
 * `n={1,2}/auto` is `n=1/auto` and `n=2/auto`.
 *
 * Throws a `SyntaxError` that names the file and the part that is wrong, also for a block that is
 * bound twice.
 */
export function parseBindings(text: string, file: string): Bindings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SyntaxError(`Cannot read ${file}: the file is not JSON`);
  }
  const root = new Checker(value, file).object();
  root.key("format").oneOf(["goldengrad-bindings"]);
  root.key("formatVersion").version(1);
  const bindings = root.key("bindings").items().map(readBinding);
  const seen = new Set<string>();
  for (const { cell, occurrence, section } of bindings) {
    const key = `cell ${cell}, occurrence ${occurrence}${
      section === undefined ? "" : ` of "${section}"`
    }`;
    if (seen.has(key)) throw new SyntaxError(`Cannot read ${file}: ${key} is bound twice`);
    seen.add(key);
  }
  return { file, source: root.key("source").text(), bindings };
}

const keys = ["cell", "occurrence", "section", "tensor", "cases", "index", "echo"];

function readBinding(binding: Checker): BlockBinding {
  const unknown = Object.keys(binding.object().value as object).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw binding.error(`has an unknown key ${JSON.stringify(unknown)}`);
  const cases = binding.key("cases").items().flatMap((pattern) => expandBraces(pattern.text()));
  if (cases.length === 0) throw binding.key("cases").error("is empty");
  if (cases.some((id) => /[{}]/.test(id))) {
    throw binding.key("cases").error("has a brace without its partner");
  }
  if (new Set(cases).size !== cases.length) throw binding.key("cases").error("names a case twice");
  return {
    cell: binding.key("cell").whole(),
    occurrence: binding.key("occurrence").whole(),
    ...binding.has("section") && { section: binding.key("section").text() },
    tensor: binding.key("tensor").text(/^\w+$/),
    cases,
    ...binding.has("index") &&
      { index: binding.key("index").items().map((index) => index.whole()) },
    ...binding.has("echo") && { echo: binding.key("echo").oneOf([true]) as true },
  };
}

/**
 * Writes out the braces of a pattern in order, as a shell does; braces may be nested.
 *
 * A brace that is not closed stands for itself.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { expandBraces } from "./bindings.ts";
 * assertEquals(expandBraces("a{b,c{1,2}}d").join(" "), "abd ac1d ac2d");
 * ```
 */
export function expandBraces(pattern: string): string[] {
  const start = pattern.indexOf("{");
  if (start < 0) return [pattern];
  let depth = 0;
  const choices = [""];
  for (let at = start; at < pattern.length; at++) {
    const char = pattern[at]!;
    if (char === "}" && --depth === 0) {
      const after = expandBraces(pattern.slice(at + 1));
      const inner = choices.flatMap(expandBraces);
      return inner.flatMap((choice) =>
        after.map((rest) => pattern.slice(0, start) + choice + rest)
      );
    }
    if (char === "," && depth === 1) choices.push("");
    else if (depth > 0) choices[choices.length - 1] += char;
    if (char === "{") depth++;
  }
  return [pattern];
}
