/**
 * Checks a value read from JSON, part by part, and says which part is wrong.
 *
 * @module
 */

/**
 * A part of a JSON value and its path; every check throws a `SyntaxError` that names file and path.
 */
export class Checker {
  constructor(readonly value: unknown, readonly file: string, readonly path = "") {}

  /**
   * The error for this part, such as `Cannot read a.json: entries[0].cell is not a whole number`.
   */
  error(facts: string): SyntaxError {
    return new SyntaxError(
      `Cannot read ${this.file}: ${this.path === "" ? "the file" : this.path} ${facts}`,
    );
  }

  /** Whether this part is an object that has the key. */
  has(key: string): boolean {
    return Object.hasOwn(this.object().value as object, key);
  }

  /** The part under a key of this object. */
  key(key: string): Checker {
    const path = this.path === "" ? key : `${this.path}.${key}`;
    if (!this.has(key)) throw new Checker(undefined, this.file, path).error("is missing");
    return new Checker((this.value as Record<string, unknown>)[key], this.file, path);
  }

  /** This part, if it is an object. */
  object(): this {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value)) {
      throw this.error("is not an object");
    }
    return this;
  }

  /** The elements of this list. */
  items(): Checker[] {
    if (!Array.isArray(this.value)) throw this.error("is not a list");
    return this.value.map((item, index) => new Checker(item, this.file, `${this.path}[${index}]`));
  }

  /** This text, which must match the pattern. */
  text(pattern?: RegExp): string {
    if (typeof this.value !== "string") throw this.error("is not a text");
    if (pattern !== undefined && !pattern.test(this.value)) {
      throw this.error(`is ${JSON.stringify(this.value)}, which it cannot be`);
    }
    return this.value;
  }

  /** This number, which must be whole and not negative. */
  whole(): number {
    if (!Number.isSafeInteger(this.value) || this.value as number < 0) {
      throw this.error("is not a whole number");
    }
    return this.value as number;
  }

  /** This value, which must be one of a few. */
  oneOf<T extends string | boolean>(values: readonly T[]): T {
    const found = values.find((value) => value === this.value);
    if (found !== undefined) return found;
    throw this.error(
      `is ${JSON.stringify(this.value)}, expected ${
        values.map((v) => JSON.stringify(v)).join(" or ")
      }`,
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
