/**
 * Checks a value part by part and says which part is wrong: what was read from JSON, or what a
 * caller gave.
 *
 * @module
 */
import { list, record, shown } from "../core/check.ts";
import { lineAt, parseJsonLines } from "./json_lines.ts";
import { cannotRead, oneLine } from "./source_text.ts";

/** The keys and indices that lead to a part of a value. */
export type Path = readonly (string | number)[];

/** The error for what is wrong with a part of a value, and the line of a part where it has one. */
export interface Fault {
  (path: Path, facts: string): Error;
  line?(path: Path): number;
}

/** The fault of a file whose text is not at hand: a `SyntaxError` that names file and part. */
export function faultOfFile(file: string): Fault {
  return (path, facts) => cannotRead(file, undefined, `${pathText(path) || "the file"} ${facts}`);
}

/** The fault of an argument: a `TypeError` that says what could not be done. */
export function faultOfArgument(action: string): Fault {
  return (path, facts) => new TypeError(oneLine(`Cannot ${action}: ${pathText(path)} ${facts}`));
}

/**
 * A JSON file's value, whose errors name the line too. Throws a `SyntaxError` for text that is not
 * JSON.
 */
export function readJson(text: string, file: string): Checker {
  const root = parseJsonLines(text, file);
  const line = (path: Path) => lineAt(root, path);
  const fault = (path: Path, facts: string) =>
    cannotRead(file, line(path), `${pathText(path) || "the file"} ${facts}`);
  return new Checker(JSON.parse(text), Object.assign(fault, { line }));
}

/** A path as JavaScript has it: `entries[0].cell`. */
function pathText(path: Path): string {
  return path.map((key, i) => typeof key === "number" ? `[${key}]` : i === 0 ? key : `.${key}`)
    .join("");
}

/** A part of a value and its path; every check throws the fault that belongs to the value. */
export class Checker {
  constructor(readonly value: unknown, readonly fault: Fault, readonly path: Path = []) {}

  /**
   * The error for this part, such as `Cannot read a.json: entries[0].cell is not a whole number`.
   */
  error(facts: string): Error {
    return this.fault(this.path, facts);
  }

  /** The line of the file that this part starts on, where it is known. */
  get line(): number | undefined {
    return this.fault.line?.(this.path);
  }

  /** Whether this part is an object that has the key; a key that is undefined is not there. */
  has(key: string): boolean {
    return Object.hasOwn(this.object().value as object, key) &&
      (this.value as Record<string, unknown>)[key] !== undefined;
  }

  /** The part under a key of this object. */
  key(key: string): Checker {
    const path = [...this.path, key];
    if (!this.has(key)) throw this.fault(path, "is missing");
    return new Checker((this.value as Record<string, unknown>)[key], this.fault, path);
  }

  /** This part, if it is an object, which has no keys but the given ones. */
  object(keys?: readonly string[]): this {
    if (!record.isType(this.value)) throw this.error("is not an object");
    const unknown = keys && Object.keys(this.value as object).find((key) => !keys.includes(key));
    if (unknown !== undefined) throw this.error(`has an unknown key ${shown(unknown)}`);
    return this;
  }

  /** The elements of this list. */
  items(): Checker[] {
    if (!Array.isArray(this.value)) throw this.error("is not a list");
    if (!list.isType(this.value)) throw this.error("is a list with holes");
    return this.value.map((item, index) => new Checker(item, this.fault, [...this.path, index]));
  }

  /** This text, which must match the pattern. */
  text(pattern?: RegExp): string {
    if (typeof this.value !== "string") throw this.error("is not a text");
    if (pattern !== undefined && !pattern.test(this.value)) {
      throw this.error(`is ${shown(this.value)}, which it cannot be`);
    }
    return this.value;
  }

  /** This number, which must be whole and not less than `least`. */
  whole(least = 0): number {
    if (!Number.isSafeInteger(this.value) || this.value as number < 0) {
      throw this.error("is not a whole number");
    }
    if (this.value as number < least) throw this.error(`is ${this.value}, counted from ${least}`);
    return this.value as number;
  }

  /** This value, which must be one of a few. */
  oneOf<T extends string | boolean>(values: readonly T[]): T {
    const found = values.find((value) => value === this.value);
    if (found !== undefined) return found;
    throw this.error(
      `is ${shown(this.value)}, expected ${values.map((v) => JSON.stringify(v)).join(" or ")}`,
    );
  }

  /** Checks that this is the format version that the program reads. */
  version(newest: number): void {
    const version = this.whole();
    if (version > newest) {
      throw this.error(`is ${version}, newer than ${newest}, the newest that can be read`);
    }
    if (version < newest) throw this.error(`is ${version}, only ${newest} can be read`);
  }
}
