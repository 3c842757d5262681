/**
 * The values of another program, read from a CSV of the `long` layout.
 *
 * @module
 */
import type { Case } from "../../cases/case.ts";
import { didYouMean } from "../../cases/suggest.ts";
import { shown } from "../../core/check.ts";
import { shapeText } from "../../core/shape.ts";
import { valueText } from "../../dataset/text.ts";
import { CsvReader } from "./csv.ts";
import {
  type CaseElements,
  elementsOf,
  type GivenInstance,
  instancesOf,
  noElements,
  type Place,
  type Required,
  type Warning,
} from "./elements.ts";
import { type Header, readHeader, separatorHint } from "./header.ts";
import { agrees, parseBits, parseFloat32 } from "./number.ts";
import { type Problem, ProblemList } from "./problems.ts";

/** What a file holds. */
export interface GivenValues {
  /**
   * In the order of the cases, by number; the order of the lines does not matter. None if there are
   * problems.
   */
  readonly instances: readonly GivenInstance[];
  /**
   * What is wrong with the file, by line: the first 20. Gaps are told only where nothing else is
   * wrong, since a row that can't be used leaves one.
   */
  readonly problems: readonly Problem[];
  /** How many problems there are. */
  readonly problemCount: number;
  /**
   * Tensors that are not there and need not be, one warning per case and set of tensors. Inputs may
   * be missing.
   */
  readonly warnings: readonly Warning[];
}

/** A longer word has no near neighbour among names, and is too long to be compared with them. */
const WORD_LIMIT = 200;

/**
 * Reads a CSV that has a header with the columns `case`, `tensor`, `index` and `value` or `bits`,
 * in any order, beside any others.
 *
 * `instance` is 0 where it is missing or empty. `bits` wins over `value` where it is there and not
 * empty; the value must then be the same number, or its first digits. A decimal is rounded to
 * float32 once. `shape` and `role`, where they are there, must be those of the tensor; an empty
 * `role` says nothing, an empty `shape` says scalar. The header may come again, as in files that
 * were joined. The text may come in pieces.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cases } from "../../cases/mod.ts";
 * import { ValuesReader } from "./values.ts";
 * const reader = new ValuesReader(cases);
 * reader.push("case,tensor,index,value\n");
 * reader.push("notebook/n=1/target=y/upstream=none/auto,dlogits,2,0.25\n");
 * const { problems } = reader.end();
 * assertEquals(problems[0]!.line, 2);
 * const message = 'index 2 is out of range: "dlogits" has 2 elements, shape [1,2]';
 * assertEquals(problems[0]!.message, message);
 * ```
 */
export class ValuesReader {
  readonly #cases: readonly Case[];
  readonly #required: Required;
  readonly #problems = new ProblemList();
  readonly #csv: CsvReader;
  readonly #found = new Map<string, CaseElements | null>();
  /** `undefined` before the header, `null` below one that can't be used. */
  #header: Header | null | undefined;
  #rows = 0;

  /** A reader of values for some of the given cases, which must have the required tensors. */
  constructor(cases: readonly Case[], required: Required = "gradients") {
    this.#cases = cases;
    this.#required = required;
    const problems = this.#problems;
    this.#csv = new CsvReader({
      record: (fields, line, count) => {
        if (this.#header === undefined) {
          this.#header = readHeader(fields, count, (message) => problems.add(line, message));
        } else if (this.#header !== null) this.#readRow(this.#header, fields, line, count);
      },
      problem: (message, line) => {
        if (this.#header === null) return;
        this.#header ??= null; // what comes next is no header
        problems.add(line, message);
      },
    });
  }

  /** Whether the reader has stopped at a line that is too long. */
  get stopped(): boolean {
    return this.#csv.stopped;
  }

  /** Reads the next piece of the text. */
  push(text: string): void {
    this.#csv.push(text);
  }

  /** Says what the text held, once it has ended. */
  end(): GivenValues {
    this.#csv.end();
    const problems = this.#problems;
    if (problems.count === 0 && this.#rows === 0) {
      const empty = this.#header === undefined;
      problems.add(1, empty ? "the file is empty: expected a header" : "no rows below the header");
    }
    const isWhole = problems.count === 0;
    const found = this.#cases.flatMap(({ id }) => {
      const elements = isWhole && this.#found.get(id);
      return elements ? [instancesOf(elements, this.#required, problems)] : [];
    });
    return {
      instances: problems.count > 0 ? [] : found.flatMap(({ instances }) => instances),
      problems: problems.first(),
      problemCount: problems.count,
      warnings: found.flatMap(({ warnings }) => warnings),
    };
  }

  #readRow(header: Header, fields: readonly string[], line: number, count: number): void {
    const { at } = header;
    if (fields[at.case] === "case" && String(fields) === String(header.fields)) return;
    this.#rows++;
    if (count !== header.count) {
      const hint = separatorHint(fields, header.count);
      const found = `expected ${header.count} fields as in the header, found ${count}${hint}`;
      return this.#problems.add(line, found);
    }
    const elements = this.#elementsOf(fields[at.case]!, line);
    const place = elements && this.#placeOf(elements, fields[at.tensor]!, line);
    if (!place) return;
    const instance = at.instance < 0 || fields[at.instance] === ""
      ? 0
      : this.#integer("instance", fields[at.instance]!, line);
    const index = this.#integer("index", fields[at.index]!, line);
    if (instance === undefined || index === undefined) return;
    const { name, role, shape, start, size } = place;
    const said = at.role < 0 ? "" : fields[at.role]!;
    if (said !== "" && said !== role) {
      const message = `role ${shown(said)} is not that of "${name}": expected "${role}"`;
      return this.#problems.add(line, message);
    }
    if (at.shape >= 0 && fields[at.shape] !== place.shapeField) {
      const message = `shape ${shown(fields[at.shape])} is not that of "${name}"`;
      return this.#problems.add(line, `${message}: expected "${place.shapeField}"`);
    }
    if (index >= size) {
      const has = `${size === 1 ? "1 element" : `${size} elements`}, shape ${shapeText(shape)}`;
      return this.#problems.add(line, `index ${index} is out of range: "${name}" has ${has}`);
    }
    const { values, lines } = elementsOf(elements, instance);
    const before = lines[start + index]!;
    if (before > 0) {
      const again = `"${name}" of case "${elements.case.id}", instance ${instance}`;
      return this.#problems.add(line, `index ${index} of ${again}, was given on line ${before}`);
    }
    lines[start + index] = line;
    values[start + index] = this.#value(at, fields, line);
  }

  /** The value of a row; NaN, and a problem, if it can't be read. */
  #value({ bits, value }: Header["at"], fields: readonly string[], line: number): number {
    const decimal = value < 0 ? "" : fields[value]!;
    if (bits < 0 || (fields[bits] === "" && value >= 0)) {
      const read = parseFloat32(decimal);
      if (read === undefined) this.#problems.add(line, `value ${shown(decimal)} is not a number`);
      return read ?? NaN;
    }
    const read = parseBits(fields[bits]!);
    const said = `bits ${shown(fields[bits])} are`;
    if (read === undefined) {
      this.#problems.add(line, `${said} not 0x and 8 hexadecimal digits`);
    } else if (!agrees(decimal, read)) {
      this.#problems.add(line, `${said} ${valueText(read)}, but value is ${shown(decimal)}`);
    }
    return read ?? NaN;
  }

  #elementsOf(id: string, line: number): CaseElements | null {
    let elements = this.#found.get(id);
    if (elements === undefined) {
      const found = this.#cases.find((c) => c.id === id);
      elements = found === undefined ? null : noElements(found);
      this.#found.set(id, elements);
    }
    if (elements === null) {
      this.#problems.addOnce(line, id, "", () => {
        return `there is no case ${shown(id)}${suggestion(id, this.#cases.map((c) => c.id))}`;
      });
    }
    return elements;
  }

  #placeOf({ case: { id }, places }: CaseElements, name: string, line: number): Place | undefined {
    const place = places.get(name);
    if (place === undefined) {
      this.#problems.addOnce(line, id, name, () => {
        return `case "${id}" has no tensor ${shown(name)}${suggestion(name, places.keys())}`;
      });
    }
    return place;
  }

  #integer(column: string, text: string, line: number): number | undefined {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
    this.#problems.add(line, `${column} ${shown(text)} is not an integer from 0`);
    return undefined;
  }
}

function suggestion(word: string, names: Iterable<string>): string {
  return word.length > WORD_LIMIT ? "" : didYouMean(word, names);
}
