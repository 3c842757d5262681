/**
 * Reads the plain-text export of a notebook: `In [n]:` marks, code, a blank line, output.
 *
 * The export does not mark where code ends and output starts, and code has blank lines of its own.
 * The rule:
 *
 * - A cell reaches from its `In [n]:` line to the next one. Markdown headings that stand at its
 *   end, alone between blank lines, belong to what follows.
 * - Output is what follows the first blank line (or line of spaces) behind which *everything*
 *   reads as output: arrays, lists of arrays, scalars, shapes, `<tf.Tensor …>` lines and, where the
 *   code prints a `__version__`, the version, each with or without a label that ends in a colon.
 *   Python code never reads so. Blank lines inside an output, as in an array of rank 3, stay in it.
 * - Without such a line the cell has no output, if its code neither prints nor ends in a bare
 *   name. If it does, the output is damaged or of a kind that is not known, and reading fails with
 *   the reason: nothing is dropped in silence.
 *
 * @module
 */
import { type PrintedBlock, readOutput } from "./output.ts";
import {
  headingOf,
  type NotebookCell,
  type NotebookSection,
  printedVersions,
  SectionList,
} from "./section.ts";
import { cannotRead, type SourceLine, SourceText, splitLines } from "./source_text.ts";

const mark = /^In ?\[([\d ]*)\]:(.*)$/;
/** What may stand beside values: nothing, or a label that ends in a colon. */
const labels = /^(?:[^[\](){}=<>"'#]*:)?\s*$/;
const outputStart =
  /^\s*(?:[\w .-]*:\s*)?(?:array\(|\[[\s[]*(?:-?(?:\d|inf\b|nan\b)|array\(|\.\.\.)|\(\d+,|<tf\.Tensor|-?\d+\.\d|-?inf$|nan$)/;

/**
 * Reads the sections of a plain-text export. Throws a `SyntaxError` that names file, line and cell.
 */
export function readPlainText(text: string, file: string): readonly NotebookSection[] {
  const lines = splitLines(text);
  const marks = lines.flatMap(({ text }, index) => mark.test(text) ? [index] : []);
  if (marks.length === 0) {
    throw cannotRead(file, 1, 'no line such as "In [1]:" found, this is not a notebook');
  }
  const sections = new SectionList();
  for (const { text } of lines.slice(0, marks[0])) sections.addHeading(text);
  marks.forEach((start, index) => {
    const [, number, rest] = mark.exec(lines[start]!.text)!;
    const body = trimEnd([
      ...rest!.trim() === "" ? [] : [{ text: rest!.trim(), line: start + 1 }],
      ...lines.slice(start + 1, marks[index + 1]),
    ]);
    const end = headingsStart(body);
    if (number!.trim() !== "") {
      sections.addCell(splitCell(trimEnd(body.slice(0, end)), Number(number), start + 1, file));
    }
    for (const { text } of body.slice(end)) sections.addHeading(text);
  });
  return sections.sections;
}

/** Where the headings at the end of a cell's lines start; the number of lines if there are none. */
function headingsStart(body: readonly SourceLine[]): number {
  let start = body.length;
  for (let index = body.length - 1; index >= 0; index--) {
    const { text } = body[index]!;
    if (isBlank(text)) continue;
    const alone = index > 0 && isBlank(body[index - 1]!.text) &&
      isBlank(body[index + 1]?.text ?? "");
    if (headingOf(text) === undefined || !alone) break;
    start = index;
  }
  return start;
}

function splitCell(
  body: readonly SourceLine[],
  number: number,
  line: number,
  file: string,
): NotebookCell {
  const part = `cell ${number}`;
  const cell = (end: number, output: readonly SourceLine[]): NotebookCell => ({
    number,
    line,
    code: trimEnd(body.slice(0, end)).map(({ text }) => text).join("\n"),
    output,
  });
  const starts = body.flatMap((_, index) =>
    index > 0 && isBlank(body[index - 1]!.text) && !isBlank(body[index]!.text) ? [index] : []
  );
  for (const start of starts) {
    const output = body.slice(start);
    if (readsAsOutput(new SourceText(output, file, part), versionsIn(body.slice(0, start)))) {
      return cell(start, output);
    }
  }
  for (const start of starts) {
    const [first, second] = body.slice(start, start + 2).map(({ text }) => text);
    const labelled = labels.test(first!) && outputStart.test(second ?? "");
    if (!labelled && !outputStart.test(first!)) continue;
    if (hasOpenBracket(body.slice(0, start))) continue; // values in code
    const source = new SourceText(body.slice(start), file, part);
    const blocks = readOutput(source, { versions: versionsIn(body.slice(0, start)) });
    const [offset, rest] = strayText(source, blocks)!;
    throw source.error(
      offset,
      `${JSON.stringify(rest)} is neither a label nor a value that can be read`,
    );
  }
  if (prints(body)) {
    throw cannotRead(
      file,
      body.at(-1)!.line,
      "the code prints, and no output that can be read follows it",
      part,
    );
  }
  return cell(body.length, []);
}

function versionsIn(code: readonly SourceLine[]): number {
  return printedVersions(code.map(({ text }) => text).join("\n")).length;
}

function readsAsOutput(source: SourceText, versions: number): boolean {
  try {
    return strayText(source, readOutput(source, { versions })) === undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/**
 * The first text beside the values that is no label, with its offset. The last line must be, or
 * end, a value.
 */
function strayText(
  source: SourceText,
  blocks: readonly PrintedBlock[],
): [number, string] | undefined {
  let at = 0;
  for (const block of [...blocks, { start: source.text.length, end: source.text.length }]) {
    const between = source.text.slice(at, block.start);
    let offset = at;
    for (const line of between.split("\n")) {
      const last = block.start === source.text.length && line.trim() !== "";
      if (last || !labels.test(line)) return [offset, line.trim()];
      offset += line.length + 1;
    }
    at = block.end;
  }
  return undefined;
}

/**
 * Whether code surely prints: it calls `print` outside a function, or its last line is a bare name.
 */
function prints(code: readonly SourceLine[]): boolean {
  const defines = code.some(({ text }) => /^\s*(?:def|class)\b/.test(text));
  const last = code.findLast(({ text }) => !isBlank(text) && !text.trimStart().startsWith("#"));
  return !defines && code.some(({ text }) => /^\s*print\s*\(/.test(text)) ||
    /^(?!(?:pass|break|continue|return|raise)$)[A-Za-z_]\w*$/.test(last?.text ?? "");
}

/** Whether code stops within brackets; strings and comments do not count. */
function hasOpenBracket(code: readonly SourceLine[]): boolean {
  const bare = code.map(({ text }) =>
    text.replace(/(["'])(?:\\.|(?!\1).)*\1/g, "").replace(/#.*/, "")
  ).join("\n");
  return bare.replace(/[^[({]/g, "").length > bare.replace(/[^\])}]/g, "").length;
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

function trimEnd(lines: readonly SourceLine[]): SourceLine[] {
  return lines.slice(0, lines.findLastIndex(({ text }) => !isBlank(text)) + 1);
}
