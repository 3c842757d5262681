/**
 * Hands out the bindings of a notebook's printed values, each once.
 *
 * @module
 */
import type { Bindings, BlockBinding } from "./bindings.ts";
import type { Binding } from "./format.ts";
import type { Notebook } from "./notebook.ts";
import type { NotebookCell } from "./section.ts";
import { oneLine } from "./source_text.ts";

/** Hands out bindings and notices those that fit no printed value, and values that have none. */
export class Binder {
  readonly #bindings: Bindings | undefined;
  readonly #notebook: Notebook;
  /** The bindings that were not handed out yet, by block. */
  readonly #left = new Map<string, BlockBinding>();

  constructor(notebook: Notebook, bindings: Bindings | undefined) {
    this.#notebook = notebook;
    this.#bindings = bindings;
    for (const binding of bindings?.bindings ?? []) {
      const key = `${binding.position}/${binding.occurrence}`;
      if (this.#left.has(key)) throw this.#fault(binding, "the block is bound twice");
      this.#left.set(key, binding);
    }
  }

  /**
   * The binding of a printed value; throws `missing()` if there are bindings and none is for it,
   * and a `SyntaxError` if the cell has another number than the binding says.
   */
  bind(
    { position, number }: NotebookCell,
    occurrence: number,
    missing: () => Error,
  ): Binding | undefined {
    if (this.#bindings === undefined) return undefined;
    const key = `${position}/${occurrence}`;
    const found = this.#left.get(key);
    if (found === undefined) throw missing();
    if (found.cell !== number) {
      throw this.#fault(found, `the cell at position ${position} is In [${number}]`);
    }
    this.#left.delete(key);
    const { tensor, cases, index, echo } = found;
    return { tensor, cases, ...index && { index }, ...echo && { echo } };
  }

  /** Throws if a binding was never handed out. */
  finish(): void {
    for (const unused of this.#left.values()) {
      throw this.#fault(unused, `${this.#notebook.file} prints no such value`);
    }
  }

  #fault({ position, cell, occurrence, tensor, line }: BlockBinding, facts: string): SyntaxError {
    const file = `${this.#bindings!.file}${line === undefined ? "" : `:${line}`}`;
    return new SyntaxError(
      oneLine(
        `Cannot use ${file}: position ${position}, cell ${cell}, occurrence ${occurrence} (${tensor}): ${facts}`,
      ),
    );
  }
}
