/**
 * The captured text of a cell as a template: labels stay, values are put in.
 *
 * @module
 */
import { callable, check, text as anyText } from "../core/check.ts";
import type { GoldenBlock, GoldenEntry, TextPosition } from "./format.ts";
import { checkBlockArgument, checkEntryArgument } from "./golden_check.ts";

/**
 * The entry's text with the text of every block replaced by `textOf(block)`, which may have several
 * lines.
 *
 * A value in a list is written with the list's brackets and commas: see {@linkcode listText}.
 */
export function fillTemplate(entry: GoldenEntry, textOf: (block: GoldenBlock) => string): string[] {
  const action = "fill a template";
  checkEntryArgument(action, entry);
  check(action, "textOf", textOf, callable);
  const text = entry.text.join("\n");
  let filled = "";
  let at = 0;
  for (const block of entry.blocks) {
    const value = textOf(block);
    check(action, `the text of block ${block.occurrence}`, value, anyText);
    filled += text.slice(at, offsetOf(entry, block.start)) + value;
    at = offsetOf(entry, block.end);
  }
  return (filled + text.slice(at)).split("\n");
}

/** The captured text of a block. */
export function blockText(entry: GoldenEntry, block: GoldenBlock): string {
  checkEntryArgument("give a block's text", entry);
  checkBlockArgument("give a block's text", block, entry.text);
  return entry.text.join("\n").slice(offsetOf(entry, block.start), offsetOf(entry, block.end));
}

/**
 * Puts around a value's text what belongs to its place in a Python list: a bracket or comma before,
 * a bracket behind.
 */
export function listText(text: string, block: GoldenBlock): string {
  check("write a value of a list", "text", text, anyText);
  checkBlockArgument("write a value of a list", block);
  if (!("list" in block) || block.list === undefined) return text;
  const { index, length } = block.list;
  return `${index === 0 ? "[" : ", "}${text}${index === length - 1 ? "]" : ""}`;
}

function offsetOf(entry: GoldenEntry, [line, column]: TextPosition): number {
  return entry.text.slice(0, line - 1).reduce(
    (offset, text) => offset + text.length + 1,
    column - 1,
  );
}
