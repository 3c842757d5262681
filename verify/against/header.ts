/**
 * The header of a CSV of values: which columns it has, and if it can't be used, why.
 *
 * @module
 */
import { didYouMean } from "../../cases/suggest.ts";
import { shown } from "../../core/check.ts";

/** The columns that are read; others are ignored. */
const COLUMNS = ["case", "instance", "role", "tensor", "shape", "index", "value", "bits"] as const;

/** A header that can be used. */
export interface Header {
  /** The names of all its columns. */
  readonly fields: readonly string[];
  /** How many fields a row has. */
  readonly count: number;
  /** At which place each column that is read stands; -1 for one that is not there. */
  readonly at: Readonly<Record<typeof COLUMNS[number], number>>;
}

/** What may stand between fields by mistake. */
const SEPARATORS: Readonly<Record<string, string>> = {
  ";": "semicolons",
  "\t": "tabs",
  "|": "vertical bars",
  " ": "blanks",
};

/** Reads the fields of the first record; `null` if they can't be used, once `problem` heard why. */
export function readHeader(
  fields: readonly string[],
  count: number,
  problem: (message: string) => void,
): Header | null {
  const at = Object.fromEntries(
    COLUMNS.map((name) => [name, fields.indexOf(name)]),
  ) as Header["at"];
  const missing = (["case", "tensor", "index"] as const).filter((name) => at[name] < 0);
  const noValue = at.value < 0 && at.bits < 0;
  const twice = COLUMNS.filter((name) => fields.lastIndexOf(name) !== at[name]);
  for (const name of twice) problem(`the header has "${name}" twice`);
  if (missing.length > 0 || noValue) {
    const other = otherFormat(fields, at);
    if (other !== undefined) {
      problem(other);
    } else {
      const names = fields.filter((name) => /^\w{1,40}$/.test(name));
      const near = (name: string) =>
        didYouMean(name, names) || `: found ${shown(firstLine(fields))}`;
      for (const name of missing) {
        problem(`the header has no column "${name}"${near(name)}`);
      }
      if (noValue) {
        problem(`the header has no column "value" or "bits"${near("value")}`);
      }
    }
  }
  return missing.length > 0 || noValue || twice.length > 0 ? null : { fields, count, at };
}

/** As much of the first line as can matter. */
function firstLine(fields: readonly string[]): string {
  return fields.slice(0, 100).join(",").slice(0, 10_000);
}

/** What the file is instead, where its first record shows that. */
function otherFormat(fields: readonly string[], at: Header["at"]): string | undefined {
  const line = firstLine(fields);
  const separator = Object.keys(SEPARATORS).find((separator) => {
    const words = line.toLowerCase().split(separator).map((word) => word.trim());
    return COLUMNS.filter((name) => words.includes(name)).length > 1;
  });
  if (separator !== undefined) {
    return `the fields are separated by ${SEPARATORS[separator]}, expected commas`;
  }
  if (line.includes("\r")) return "the lines end with CR alone, expected LF or CRLF";
  if (fields[0] === "instance" && at.tensor < 0 && at.index < 0) {
    return "this is the wide layout, a line per instance: " +
      "expected the long one, a line per element";
  }
  if (Math.max(...Object.values(at)) >= 0) return undefined;
  return "the first line is no header with the columns case, tensor, index and value or bits: " +
    `found ${shown(line)}`;
}

/** How the fields of a row are separated that has one field where the header has `count`. */
export function separatorHint(fields: readonly string[], count: number): string {
  const [only = "", more] = fields;
  const found = more === undefined &&
    Object.keys(SEPARATORS).find((separator) =>
      only.length < 10_000 && only.split(separator).length === count
    );
  return found ? `, separated by ${SEPARATORS[found]}` : "";
}
