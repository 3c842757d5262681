/**
 * Reading CSV as RFC 4180 has it, in pieces, with the number of the line on which each record
 * starts.
 *
 * @module
 */
import { shown } from "../../core/check.ts";
import { LONGEST_LINE } from "../../dataset/text.ts";

/** What becomes of the records of a CSV text. Lines are numbered from 1. */
export interface CsvHandler {
  /**
   * Takes the fields of a record, at most the first 65,536; `count` says how many there are. Blanks
   * around a field are gone unless they are in quotes.
   */
  record(fields: readonly string[], line: number, count: number): void;
  /** Takes what makes a record unreadable; the record is left out. */
  problem(message: string, line: number): void;
}

/** How many fields of a record are kept: a line of commas only must not fill the memory. */
const FIELDS_KEPT = 2 ** 16;

/**
 * Where the reader stands: before a field, in one, in one in quotes, behind its last quote, or in a
 * line that is left out.
 */
type Place = "before" | "plain" | "quoted" | "behind" | "left out";

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;

/**
 * Reads CSV text that comes in pieces of any length, in time and memory that grow as the text does.
 *
 * Lines end with `\n` or `\r\n`; the last need not end. A byte order mark and empty lines are
 * skipped. Fields may be quoted, may then hold commas, line ends and doubled quotes, and may have
 * blanks around the quotes. A record has at most {@linkcode LONGEST_LINE} characters; a longer one
 * is a problem, and the reader stops there.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { CsvReader } from "./csv.ts";
 * const records: string[] = [];
 * const reader = new CsvReader({
 *   record: (fields, line) => records.push(`${line}: ${fields.join("|")}`),
 *   problem: (message) => records.push(message),
 * });
 * reader.push('a,b\r\n1,"x');
 * reader.push(', ""y"""');
 * reader.end();
 * assertEquals(records.join(" "), '1: a|b 2: 1|x, "y"');
 * ```
 */
export class CsvReader {
  readonly #handler: CsvHandler;
  #place: Place = "before";
  #fields: string[] = [];
  #count = 0;
  /** The field so far. */
  #text = "";
  /** The blanks behind its last quote. */
  #gap = "";
  /** The line that is read, and the one on which its record starts. */
  #line = 1;
  #first = 1;
  /** Where the record starts, counted from the start of the piece; negative in an earlier one. */
  #start = 0;
  #stopped = false;

  constructor(handler: CsvHandler) {
    this.#handler = handler;
  }

  /** Whether the reader met a record that is too long; it takes no more text then. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Reads the next piece of the text. */
  push(piece: string): void {
    for (let at = 0; at < piece.length && !this.#stopped;) at = this.#read(piece, at);
    this.#checkLength(piece.length);
    this.#start -= piece.length;
  }

  /** Reads what is left when the text has ended. */
  end(): void {
    if (this.#stopped) return;
    if (this.#place === "quoted") this.#refuse("a quoted field is never closed");
    else if (this.#place !== "before" || this.#count > 0) this.#endLine(0);
  }

  /** Reads on from `at`, and gives the position up to which the piece is read. */
  #read(piece: string, at: number): number {
    switch (this.#place) {
      case "before":
        return this.#readBefore(piece, at);
      case "plain":
        return this.#readPlain(piece, at);
      case "quoted":
        return this.#readQuoted(piece, at);
      case "behind":
        return this.#readBehind(piece, at);
      case "left out": {
        const end = piece.indexOf("\n", at);
        return end < 0 ? piece.length : this.#endLine(end);
      }
    }
  }

  #readBefore(piece: string, at: number): number {
    const next = afterBlanks(piece, at);
    if (next === piece.length) return next;
    const code = piece.charCodeAt(next);
    if (code === LINE_FEED) return this.#endLine(next);
    this.#place = code === QUOTE ? "quoted" : "plain";
    return code === QUOTE ? next + 1 : next;
  }

  #readPlain(piece: string, at: number): number {
    let end = at;
    let code = 0;
    for (; end < piece.length; end++) {
      code = piece.charCodeAt(end);
      if (code === COMMA || code === LINE_FEED || code === QUOTE) break;
    }
    this.#text += piece.slice(at, end);
    if (end === piece.length) return end;
    if (code === LINE_FEED) return this.#endLine(end);
    if (code === COMMA) this.#endField();
    else this.#refuse("a quote inside a field that is not quoted");
    return end + 1;
  }

  #readQuoted(piece: string, at: number): number {
    let end = piece.indexOf('"', at);
    while (end >= 0 && piece.charCodeAt(end + 1) === QUOTE) end = piece.indexOf('"', end + 2);
    const text = piece.slice(at, end < 0 ? undefined : end);
    for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) this.#line++;
    // replaceAll would make a rope with a knot at every quote: 1.1 GB in a line of quotes.
    this.#text += text.includes('"') ? text.split('""').join('"') : text;
    if (end < 0) return piece.length;
    this.#place = "behind";
    this.#gap = "";
    return end + 1;
  }

  #readBehind(piece: string, at: number): number {
    const next = afterBlanks(piece, at);
    this.#gap += piece.slice(at, next);
    if (next === piece.length) return next;
    const code = piece.charCodeAt(next);
    if (code === LINE_FEED) return this.#endLine(next);
    if (code === COMMA) {
      this.#endField();
    } else if (code === QUOTE && this.#gap === "") { // doubled, with the end of a piece between
      this.#text += '"';
      this.#place = "quoted";
    } else {
      const found = shown(this.#gap + piece[next]);
      this.#refuse(`a quoted field is followed by ${found}, expected a comma`);
    }
    return next + 1;
  }

  #endField(): void {
    const field = this.#place === "behind" ? this.#text : this.#text.trim();
    if (this.#count < FIELDS_KEPT) this.#fields.push(field);
    this.#count++;
    this.#text = "";
    this.#place = "before";
  }

  /** Ends the record with the line feed at `at`, and gives the position after it. */
  #endLine(at: number): number {
    if (!this.#checkLength(at)) return at;
    const empty = this.#place === "before" && this.#count === 0;
    if (this.#place !== "left out" && !empty) {
      this.#endField();
      this.#handler.record(this.#fields, this.#first, this.#count);
    }
    this.#fields = [];
    this.#count = 0;
    this.#place = "before";
    this.#first = ++this.#line;
    this.#start = at + 1;
    return at + 1;
  }

  #refuse(message: string): void {
    this.#handler.problem(message, this.#first);
    this.#place = "left out";
    this.#text = "";
  }

  /** Whether the record, up to `at`, is short enough; else it is a problem, and the last one. */
  #checkLength(at: number): boolean {
    if (this.#stopped || at - this.#start <= LONGEST_LINE) return !this.#stopped;
    const what = this.#line > this.#first ? "the record that begins here" : "the line";
    const hint = this.#place === "quoted" ? ": is a quote never closed?" : "";
    this.#refuse(`${what} has more than ${LONGEST_LINE} characters${hint}`);
    this.#fields = [];
    this.#stopped = true;
    return false;
  }
}

/** Where the blanks that begin at `at` end; a line feed is none. */
function afterBlanks(text: string, at: number): number {
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const blank = code < 0x80
      ? code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== LINE_FEED)
      : /\s/.test(text[at]!);
    if (!blank) break;
  }
  return at;
}
