/**
 * The values of another program, read from a CSV of the `long` layout.
 *
 * @module
 */
import type { Case } from "../../cases/case.ts";
import { didYouMean } from "../../cases/suggest.ts";
import { shapeText } from "../../core/shape.ts";
import { CsvReader } from "./csv.ts";
import {
  type CaseElements,
  elementsOf,
  type GivenInstance,
  instancesOf,
  noElements,
  type Place,
  type Warning,
} from "./elements.ts";
import { parseBits, parseFloat32 } from "./number.ts";
import { type Problem, ProblemList } from "./problems.ts";

/** What a file holds. */
export interface GivenValues {
  /** In the order of the cases, by number; the order of the lines does not matter. */
  readonly instances: readonly GivenInstance[];
  /**
   * What is wrong with the file, by line: the first 20. If there is anything, the values should not
   * be judged.
   */
  readonly problems: readonly Problem[];
  /** How many problems there are. */
  readonly problemCount: number;
  /**
   * Tensors that are not there and so can't be judged, one warning per case and set of tensors.
   * Inputs may be missing.
   */
  readonly warnings: readonly Warning[];
}

const columns = ["case", "instance", "tensor", "index", "value", "bits"] as const;
const optional: readonly string[] = ["instance", "bits"];

/** How many fields a row has, and at which place each column is; -1 for one that is not there. */
interface Header {
  readonly length: number;
  readonly at: Readonly<Record<typeof columns[number], number>>;
}

/**
 * Reads a CSV that has a header with the columns `case`, `tensor`, `index` and `value`, in any
 * order, beside any others.
 *
 * `instance` is 0 where it is missing or empty; `bits` wins over `value` where it is there and not
 * empty. A decimal is rounded to float32 once. The text may come in pieces.
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
  readonly #problems = new ProblemList();
  readonly #csv: CsvReader;
  readonly #found = new Map<string, CaseElements | null>();
  /** `undefined` before the header, `null` below one that can't be used. */
  #header: Header | null | undefined;
  #rows = 0;

  /** A reader of values for some of the given cases. */
  constructor(cases: readonly Case[]) {
    this.#cases = cases;
    this.#csv = new CsvReader({
      record: (fields, line) => {
        if (this.#header === undefined) this.#header = this.#readHeader(fields, line);
        else if (this.#header !== null) this.#readRow(this.#header, fields, line);
      },
      problem: (message, line) => {
        this.#rows++;
        this.#problems.add(line, message);
      },
    });
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
    const found = this.#cases.flatMap(({ id }) => {
      const elements = this.#found.get(id);
      return elements ? [instancesOf(elements, problems)] : [];
    });
    return {
      instances: found.flatMap(({ instances }) => instances),
      problems: problems.first(),
      problemCount: problems.count,
      warnings: found.flatMap(({ warnings }) => warnings),
    };
  }

  #readHeader(fields: readonly string[], line: number): Header | null {
    const at = Object.fromEntries(columns.map((name) => [name, fields.indexOf(name)]));
    const missing = columns.filter((name) => at[name]! < 0 && !optional.includes(name));
    const twice = columns.filter((name) => fields.lastIndexOf(name) !== at[name]);
    for (const name of missing) {
      const found = didYouMean(name, fields) || `: found ${shown(fields.join(","))}`;
      this.#problems.add(line, `the header has no column "${name}"${found}`);
    }
    for (const name of twice) this.#problems.add(line, `the header has "${name}" twice`);
    if (missing.length + twice.length > 0) return null;
    return { length: fields.length, at: at as Header["at"] };
  }

  #readRow({ length, at }: Header, fields: readonly string[], line: number): void {
    this.#rows++;
    if (fields.length !== length) {
      const found = `expected ${length} fields as in the header, found ${fields.length}`;
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
    const { name, shape, start, size } = place;
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
    const bits = at.bits < 0 ? "" : fields[at.bits]!;
    const value = bits === "" ? parseFloat32(fields[at.value]!) : parseBits(bits);
    if (value !== undefined) values[start + index] = value;
    else if (bits !== "") {
      this.#problems.add(line, `bits ${shown(bits)} are not 0x and up to 8 hexadecimal digits`);
    } else this.#problems.add(line, `value ${shown(fields[at.value]!)} is not a number`);
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
        return `there is no case ${shown(id)}${didYouMean(id, this.#cases.map((c) => c.id))}`;
      });
    }
    return elements;
  }

  #placeOf({ case: { id }, places }: CaseElements, name: string, line: number): Place | undefined {
    const place = places.get(name);
    if (place === undefined) {
      this.#problems.addOnce(line, id, name, () => {
        return `case "${id}" has no tensor ${shown(name)}${didYouMean(name, places.keys())}`;
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

/** A text of the file as a message shows it: quoted, on one line, cut where it is long. */
function shown(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
