/**
 * A piece of a file that knows where it came from, so that every error can name its line.
 *
 * @module
 */

/** One line of text and the number of the line of the file that it stands on, counted from 1. */
export interface SourceLine {
  /** The line without its line break. */
  readonly text: string;
  /** Its number. */
  readonly line: number;
}

/** A place in a {@linkcode SourceText}: line and column, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Lines of one file, joined for reading; offsets into {@linkcode SourceText.text} turn back into
 * places.
 */
export class SourceText {
  /** The lines joined by `\n`. */
  readonly text: string;
  readonly #starts: number[] = [];

  /** `part` names where in the file the lines stand, such as `cell 30`; it is shown in errors. */
  constructor(
    readonly lines: readonly SourceLine[],
    readonly file: string,
    readonly part?: string,
  ) {
    this.text = lines.map((line) => line.text).join("\n");
    let start = 0;
    for (const line of lines) {
      this.#starts.push(start);
      start += line.text.length + 1;
    }
  }

  /** The place of an offset, counted from the first line of this text. */
  positionOf(offset: number): Position {
    let [low, high] = [0, this.#starts.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }

  /** The error for text at `offset` that cannot be read: its message names file, line and part. */
  error(offset: number, facts: string): SyntaxError {
    const { line } = this.positionOf(Math.min(offset, this.text.length));
    return cannotRead(this.file, this.lines[line - 1]?.line ?? 1, facts, this.part);
  }
}

/**
 * The error for a file that cannot be read, such as `Cannot read a.txt:7 (cell 3): …`, with line
 * and part where they are known.
 */
export function cannotRead(
  file: string,
  line: number | undefined,
  facts: string,
  part?: string,
): SyntaxError {
  const place = `${line === undefined ? "" : `:${line}`}${part === undefined ? "" : ` (${part})`}`;
  return new SyntaxError(oneLine(`Cannot read ${file}${place}: ${facts}`));
}

/** A text with what would break the line of a message shown as U+FFFD. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, "\ufffd");
}

/** The first characters of a text in quotation marks, as messages show what was found. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

/** Splits text into numbered lines; both `\n` and `\r\n` end a line. */
export function splitLines(text: string, firstLine = 1): SourceLine[] {
  return text.split(/\r?\n/).map((line, index) => ({ text: line, line: firstLine + index }));
}
