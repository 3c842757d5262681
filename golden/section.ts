/**
 * The sections of a notebook: cells under the headings they stand beneath.
 *
 * @module
 */
import type { SourceLine } from "./source_text.ts";

/** A code cell that was run. */
export interface NotebookCell {
  /** Which code cell of the file it is, run or not, counted from 1. */
  readonly position: number;
  /** The number in `In [n]`; a notebook may have it twice. */
  readonly number: number;
  /** The line of the file that the cell starts on. */
  readonly line: number;
  /** The source code, without blank lines at its end. */
  readonly code: string;
  /** What the cell printed, without blank lines at its end; `line` is the line of the file. */
  readonly output: readonly SourceLine[];
}

/** The cells under one heading. */
export interface NotebookSection {
  /** The text of the heading; empty for the cells before the first heading. */
  readonly title: string;
  /** The cells that were run, in the order of the file. */
  readonly cells: readonly NotebookCell[];
}

/** Sections as a reader meets headings and cells, in the order of the file. */
export class SectionList {
  readonly #sections: { title: string; cells: NotebookCell[] }[] = [{ title: "", cells: [] }];

  get sections(): readonly NotebookSection[] {
    return this.#sections;
  }

  addCell(cell: NotebookCell): void {
    this.#sections.at(-1)!.cells.push(cell);
  }

  /** Starts a section if `line` is a markdown heading: one to six `#`, a space, a title. */
  addHeading(line: string): void {
    const title = headingOf(line);
    if (title !== undefined) this.#sections.push({ title, cells: [] });
  }
}

/** The title in a markdown heading, or `undefined` for another line. */
export function headingOf(line: string): string | undefined {
  const title = /^#{1,6}[ \t]+(?=\S)(.*)$/s.exec(line)?.[1]?.trimEnd();
  if (title === undefined) return undefined;
  let end = title.length;
  while (title[end - 1] === "#") end--;
  return end < title.length && /[ \t]/.test(title[end - 1] ?? "")
    ? title.slice(0, end).trimEnd()
    : title;
}

/** Whether code has a line that is neither blank nor a comment. */
export function hasCode(code: string): boolean {
  return code.split("\n").some((line) => /^[^#]/.test(line.trimStart()));
}

/**
 * The names of the modules whose `__version__` a cell's code prints, such as `tensorflow`, in
 * order.
 */
export function printedVersions(code: string): string[] {
  return [...code.replace(/#.*/g, "").matchAll(/\b(\w+)\.__version__/g)].map(([, name]) => name!);
}
