/**
 * What is wrong with a file, by line.
 *
 * @module
 */

/** Something wrong with a file. */
export interface Problem {
  /** The line, from 1. */
  readonly line: number;
  /** What is wrong, in one line without a full stop. */
  readonly message: string;
}

/** How many problems are kept. */
const KEPT = 20;

/** The first problems of a file in the order of its lines; the others are counted. */
export class ProblemList {
  readonly #problems: { line: number; message: () => string }[] = [];
  readonly #once = new Map<string, Map<string, number>>();
  #count = 0;

  /** How many problems were added. */
  get count(): number {
    return this.#count;
  }

  /** Adds a problem. */
  add(line: number, message: string): void {
    this.#insert(line, () => message);
  }

  /**
   * Adds a problem that many lines may share, told apart by a case and a name; the lines after the
   * first are counted in its message.
   */
  addOnce(line: number, id: string, name: string, message: () => string): void {
    let names = this.#once.get(id);
    if (names === undefined) this.#once.set(id, names = new Map());
    const rows = names.get(name) ?? 0;
    names.set(name, rows + 1);
    if (rows > 0) return;
    const counted = names;
    this.#insert(line, () => {
      const rows = counted.get(name)!;
      return rows === 1 ? message() : `${message()} (${rows} rows)`;
    });
  }

  /** The first 20, in the order of the lines. */
  first(): Problem[] {
    return this.#problems.map(({ line, message }) => ({ line, message: message() }));
  }

  #insert(line: number, message: () => string): void {
    this.#count++;
    let at = this.#problems.length;
    if (at === KEPT && line >= this.#problems[at - 1]!.line) return;
    while (at > 0 && line < this.#problems[at - 1]!.line) at--;
    this.#problems.splice(at, 0, { line, message });
    this.#problems.length = Math.min(this.#problems.length, KEPT);
  }
}
