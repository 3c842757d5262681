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
import { scanOutput } from "./output.ts";
import {
  hasCode,
  headingOf,
  type NotebookCell,
  type NotebookSection,
  printedVersions,
  SectionList,
} from "./section.ts";
import {
  cannotRead,
  oneLine,
  quoted,
  type SourceLine,
  SourceText,
  splitLines,
} from "./source_text.ts";

const MARK = /^In ?\[([\d ]*)\]:(.*)$/;
/** What may stand beside values: nothing, or a label that ends in a colon. */
const LABELS = /^(?:[^[\](){}=<>"'#]*:)?\s*$/;
const valueStart =
  /^(?:array\(|\[[\s[]*(?:-?(?:\d|inf\b|nan\b)|array\(|\.\.\.)|(?:\[\s*){33}|\(\d+,|<tf\.Tensor|-?\d+\.\d|-?inf$|nan$)/;

/**
 * How often a line may be read in vain; more than once only where the lines between print versions.
 */
const MAX_PASSES = 8;

/** What a plain-text export holds. */
interface PlainText {
  readonly sections: readonly NotebookSection[];
  /** What looks as if the file were cut off. */
  readonly warnings: readonly string[];
}

/**
 * Reads the sections of a plain-text export. Throws a `SyntaxError` that names file, line and cell.
 */
export function readPlainText(text: string, file: string): PlainText {
  const lines = splitLines(text);
  const marks = lines.flatMap(({ text }, index) => MARK.test(text) ? [index] : []);
  if (marks.length === 0) {
    throw cannotRead(file, 1, 'no line such as "In [1]:" found, this is not a notebook');
  }
  const sections = new SectionList();
  let last: NotebookCell | undefined;
  for (const { text } of lines.slice(0, marks[0])) sections.addHeading(text);
  marks.forEach((start, index) => {
    const [, number, rest] = MARK.exec(lines[start]!.text)!;
    const body = trimEnd([
      ...rest!.trim() === "" ? [] : [{ text: rest!.trim(), line: start + 1 }],
      ...lines.slice(start + 1, marks[index + 1]),
    ]);
    const end = headingsStart(body);
    last = undefined;
    if (number!.trim() !== "") {
      if (!/^ *\d+ *$/.test(number!) || !Number.isSafeInteger(Number(number))) {
        throw cannotRead(file, start + 1, `${quoted(number!)} is no number of a cell`);
      }
      const code = trimEnd(body.slice(0, end));
      last = splitCell(code, index + 1, Number(number), start + 1, file);
      sections.addCell(last);
    }
    for (const { text } of body.slice(end)) sections.addHeading(text);
  });
  const doubt = last && doubtOf(last, text);
  const warnings = doubt === undefined
    ? []
    : [`${oneLine(file)}:${last!.line} (cell ${last!.number}): ${doubt}`];
  return { sections: sections.sections, warnings };
}

/**
 * Why the file may be cut off, judged by its last cell. Where it is cut between two lines of an
 * output nothing shows it but the bindings: they name values that are not there.
 */
function doubtOf({ code, output }: NotebookCell, text: string): string | undefined {
  const maybe = "the file may be cut off";
  if (output.length === 0) {
    return `the last cell has ${hasCode(code) ? "code and no output" : "no code"}, ${maybe}`;
  }
  return text.endsWith("\n") || /[\])>]$/.test(output.at(-1)!.text)
    ? undefined
    : `the last line is a value that no line break ends, ${maybe}`;
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
  position: number,
  number: number,
  line: number,
  file: string,
): NotebookCell {
  const part = `cell ${number}`;
  const cell = (end: number): NotebookCell => ({
    position,
    number,
    line,
    code: trimEnd(body.slice(0, end)).map(({ text }) => text).join("\n"),
    output: body.slice(end),
  });
  const source = new SourceText(body, file, part);
  const starts = startsOf(body);
  /** How many versions were still to come, each time that a line was passed in vain. */
  const failed = new Map<number, number[]>();
  for (const { index, offset, versions } of starts) {
    const passed = failed.get(offset) ?? [];
    if (passed.includes(versions) || passed.length === MAX_PASSES) continue;
    if (readsAsOutput(source, offset, versions, failed)) return cell(index);
  }
  for (const { index, offset, versions, open } of starts) {
    const [first, second] = body.slice(index, index + 2).map(({ text }) => text);
    const labelled = LABELS.test(first!) && startsValue(second ?? "");
    if (!labelled && !startsValue(first!)) continue;
    if (open > 0) continue; // values in code
    const stray = strayText(source, offset, versions)!;
    throw source.error(
      stray.offset,
      `${quoted(stray.text)} is neither a label nor a value that can be read`,
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
  return cell(body.length);
}

/** A line behind a blank one, where output may start, and what the code before it says. */
interface Start {
  readonly index: number;
  readonly offset: number;
  /** How many versions the code before it prints. */
  readonly versions: number;
  /** How many brackets are open there; strings and comments do not count. */
  readonly open: number;
}

function startsOf(body: readonly SourceLine[]): Start[] {
  const starts: Start[] = [];
  let [offset, versions, open] = [0, 0, 0];
  body.forEach(({ text }, index) => {
    if (index > 0 && isBlank(body[index - 1]!.text) && !isBlank(text)) {
      starts.push({ index, offset, versions, open });
    }
    offset += text.length + 1;
    versions += printedVersions(text).length;
    open += openedBy(text);
  });
  return starts;
}

/** Whether a line starts with a value, or with a label and a value. */
function startsValue(line: string): boolean {
  const text = line.trimStart();
  const label = /^[\w .-]*:/.exec(text)?.[0] ?? "";
  return valueStart.test(text) || valueStart.test(text.slice(label.length).trimStart());
}

/**
 * Whether everything from an offset on reads as output. If not, the lines that were passed on the
 * way are noted in `failed`: to start there would fail at the same place, and a long cell would be
 * read again and again.
 */
function readsAsOutput(
  source: SourceText,
  offset: number,
  versions: number,
  failed: Map<number, number[]>,
): boolean {
  try {
    return strayText(source, offset, versions, failed) === undefined;
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
  from: number,
  versions: number,
  begun: Map<number, number[]> = new Map(),
): { offset: number; text: string } | undefined {
  const stray = (offset: number, end: number) => ({
    offset,
    text: source.text.slice(offset, end).trim(),
  });
  let at = from;
  let label: { offset: number; text: string } | undefined; // behind the last value
  let left = versions;
  for (const found of scanOutput(source, { from, versions })) {
    const end = typeof found === "number" ? found : found.start;
    const line = source.text.slice(at, end);
    if (!LABELS.test(line)) return stray(at, end);
    if (typeof found === "number") {
      if (!isBlank(line)) label ??= stray(at, end);
      at = end + 1;
      begun.set(at, [...begun.get(at) ?? [], left]);
    } else {
      label = undefined;
      if (found.kind === "version") left--;
      at = found.end;
    }
  }
  const last = stray(at, source.text.length);
  return label ?? (last.text === "" ? undefined : last);
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

/** How many brackets a line of code opens and leaves open; strings and comments do not count. */
function openedBy(line: string): number {
  let open = 0;
  let quote = "";
  for (let at = 0; at < line.length; at++) {
    const char = line[at]!;
    if (quote !== "") {
      if (char === "\\") at++;
      else if (char === quote) quote = "";
    } else if (char === "#") {
      break;
    } else if (char === '"' || char === "'") {
      quote = char;
    } else {
      open += "[({".includes(char) ? 1 : "])}".includes(char) ? -1 : 0;
    }
  }
  return open;
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

function trimEnd(lines: readonly SourceLine[]): SourceLine[] {
  return lines.slice(0, lines.findLastIndex(({ text }) => !isBlank(text)) + 1);
}
