/**
 * Reads notebook files of nbformat 4, as Jupyter saves them.
 *
 * @module
 */
import { shown } from "../core/check.ts";
import { type JsonNode, parseJsonLines } from "./json_lines.ts";
import { type NotebookSection, SectionList } from "./section.ts";
import { cannotRead, type SourceLine } from "./source_text.ts";

/**
 * Reads the sections of a `.ipynb` file.
 *
 * A cell's output is what it wrote to stdout and the `text/plain` of its results, in order; stderr
 * and tracebacks hold no values and are passed over. Cells that were not run have no number and are
 * left out. Throws a `SyntaxError` that names file and line for text that is not JSON, another
 * nbformat, or a file that breaks the format.
 */
export function readIpynb(text: string, file: string): readonly NotebookSection[] {
  const root = parseJsonLines(text, file);
  const nbformat = member(root, "nbformat")?.value;
  if (nbformat !== 4) {
    const found = typeof nbformat === "number" ? `nbformat ${nbformat}` : "a file without nbformat";
    throw cannotRead(
      file,
      member(root, "nbformat")?.line ?? root.line,
      `${found} is not read, only nbformat 4`,
    );
  }
  const sections = new SectionList();
  let position = 0;
  for (const cell of itemsOf(member(root, "cells"), "cells", root, file)) {
    const type = member(cell, "cell_type")?.value;
    const source = textOf(member(cell, "source"), "source", cell, file);
    if (type === "markdown") {
      for (const { text } of joinLines([source])) sections.addHeading(text);
    } else if (type === "code") {
      position++;
      const output = readOutputs(cell, file);
      const count = member(cell, "execution_count");
      if (typeof count?.value === "number") {
        const { value: number, line } = count;
        if (!Number.isSafeInteger(number) || number < 0) {
          throw cannotRead(file, line, `execution_count is ${number}, not a whole number`);
        }
        const code = source.map((piece) => piece.text).join("");
        sections.addCell({ position, number, line: cell.line, code, output });
      } else if (output.length > 0) {
        throw cannotRead(file, cell.line, "a cell has output and no execution_count");
      }
    }
  }
  return sections.sections;
}

/** The lines that a cell printed, without blank ones at the end. */
function readOutputs(cell: JsonNode, file: string): SourceLine[] {
  const texts: SourceLine[][] = [];
  let streaming = false;
  for (const output of itemsOf(member(cell, "outputs"), "outputs", cell, file)) {
    const type = member(output, "output_type")?.value;
    if (type === "stream") {
      if (member(output, "name")?.value === "stderr") continue;
      const pieces = textOf(member(output, "text"), "text", output, file);
      if (streaming) { for (const piece of pieces) texts.at(-1)!.push(piece); }
      else texts.push(pieces);
      streaming = true;
    } else if (type === "execute_result" || type === "display_data") {
      const data = member(output, "data");
      const plain = data === undefined ? undefined : member(data, "text/plain");
      if (plain !== undefined) texts.push(textOf(plain, "text/plain", output, file));
      streaming = false;
    } else if (type !== "error") {
      const facts = type === undefined ? "is missing" : `${shown(type)} is not of nbformat 4`;
      throw cannotRead(file, output.line, `output_type ${facts}`);
    }
  }
  const lines = joinLines(texts);
  while (lines.length > 0 && lines.at(-1)!.text.trim() === "") lines.pop();
  return lines;
}

/**
 * Joins the pieces of each text and cuts them into lines; each text starts a line, its last line
 * break is dropped.
 */
function joinLines(texts: readonly (readonly SourceLine[])[]): SourceLine[] {
  return texts.flatMap((pieces) => {
    const lines: SourceLine[] = [];
    let open = false;
    for (const piece of pieces) {
      piece.text.split(/\r?\n/).forEach((text, index) => {
        const begun = index === 0 && open ? lines.pop()! : { text: "", line: piece.line };
        lines.push({ text: begun.text + text, line: begun.text === "" ? piece.line : begun.line });
      });
      open = true;
    }
    if (lines.at(-1)?.text === "") lines.pop();
    return lines;
  });
}

function member(node: JsonNode, key: string): JsonNode | undefined {
  return node.value instanceof Map ? node.value.get(key) : undefined;
}

function itemsOf(
  node: JsonNode | undefined,
  key: string,
  parent: JsonNode,
  file: string,
): readonly JsonNode[] {
  if (node !== undefined && Array.isArray(node.value)) return node.value;
  throw cannotRead(file, (node ?? parent).line, `${key} is missing or not a list`);
}

/** A text of the notebook: a string or a list of strings. */
function textOf(
  node: JsonNode | undefined,
  key: string,
  parent: JsonNode,
  file: string,
): SourceLine[] {
  const pieces = node !== undefined && Array.isArray(node.value)
    ? node.value as readonly JsonNode[]
    : [node];
  return pieces.map((piece) => {
    if (typeof piece?.value !== "string") {
      throw cannotRead(file, (piece ?? parent).line, `${key} is missing or not a text`);
    }
    return { text: piece.value, line: piece.line };
  });
}
