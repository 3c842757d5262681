/**
 * Reading CSV as RFC 4180 has it, in pieces, with the number of the line on which each record
 * starts.
 *
 * @module
 */

/** What becomes of the records of a CSV text. Lines are numbered from 1. */
export interface CsvHandler {
  /** Takes the fields of a record; blanks around a field are gone unless they are in quotes. */
  record(fields: readonly string[], line: number): void;
  /** Takes what makes a record unreadable; the record is left out. */
  problem(message: string, line: number): void;
}

/** A field in quotes that a line has left open. */
interface OpenRecord {
  readonly line: number;
  readonly fields: string[];
  /** The text of the open field so far. */
  text: string;
}

/**
 * Reads CSV text that comes in pieces of any length.
 *
 * Lines end with `\n` or `\r\n`; the last need not end. A byte order mark and empty lines are
 * skipped. Fields may be quoted, may then hold commas, line ends and doubled quotes, and may have
 * blanks around the quotes.
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
  #rest = "";
  #line = 0;
  #open: OpenRecord | null = null;

  constructor(handler: CsvHandler) {
    this.#handler = handler;
  }

  /** Reads the next piece of the text. */
  push(text: string): void {
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      this.#readLine(this.#rest + text.slice(start, end));
      this.#rest = "";
      start = end + 1;
    }
    this.#rest += text.slice(start);
  }

  /** Reads what is left when the text has ended. */
  end(): void {
    if (this.#rest !== "") this.#readLine(this.#rest);
    this.#rest = "";
    if (this.#open === null) return;
    this.#handler.problem("a quoted field is never closed", this.#open.line);
    this.#open = null;
  }

  #readLine(line: string): void {
    if (++this.#line === 1 && line.startsWith("\ufeff")) line = line.slice(1);
    if (this.#open !== null || line.includes('"')) return this.#readQuoted(line);
    if (line.trim() === "") return;
    const fields = line.split(",");
    for (let i = 0; i < fields.length; i++) fields[i] = fields[i]!.trim();
    this.#handler.record(fields, this.#line);
  }

  /** Reads a line that has quotes, or that goes on with a field in quotes. */
  #readQuoted(line: string): void {
    const record = this.#open ?? { line: this.#line, fields: [], text: "" };
    let inQuotes = this.#open !== null;
    this.#open = null;
    for (let at = 0;;) {
      if (!inQuotes) {
        const [blanks, quote] = /\s*("?)/y.exec(line.slice(at))!;
        if (quote === "") {
          const comma = line.indexOf(",", at);
          const field = line.slice(at, comma < 0 ? undefined : comma).trim();
          if (field.includes('"')) {
            return this.#refuse("a quote inside a field that is not quoted", record);
          }
          record.fields.push(field);
          if (comma < 0) return this.#handler.record(record.fields, record.line);
          at = comma + 1;
          continue;
        }
        at += blanks.length;
      }
      const quote = line.indexOf('"', at);
      if (quote < 0) {
        record.text += `${line.slice(at)}\n`;
        this.#open = record;
        return;
      }
      record.text += line.slice(at, quote);
      at = quote + 1;
      inQuotes = line[at] === '"';
      if (inQuotes) {
        record.text += '"';
        at++;
        continue;
      }
      record.fields.push(record.text);
      record.text = "";
      const [after, comma] = /\s*(,?)/y.exec(line.slice(at))!;
      at += after.length;
      if (comma === "" && at < line.length) {
        return this.#refuse("text after a quoted field", record);
      }
      if (comma === "") return this.#handler.record(record.fields, record.line);
    }
  }

  #refuse(message: string, { line }: OpenRecord): void {
    this.#handler.problem(message, line);
  }
}
