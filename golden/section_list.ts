/**
 * Gathers cells under the headings they stand beneath.
 *
 * @module
 */
import type { NotebookCell, NotebookSection } from "./notebook.ts";

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
  return /^#{1,6}[ \t]+(.*\S)/.exec(line)?.[1]?.replace(/[ \t]+#+$/, "");
}
