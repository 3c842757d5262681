/**
 * Reads a Jupyter notebook: its sections, their code cells, and what each cell printed.
 *
 * @module
 */
import { readIpynb } from "./notebook_ipynb.ts";
import { readPlainText } from "./notebook_text.ts";
import { cannotRead, type SourceLine } from "./source_text.ts";

/** A code cell that was run. */
export interface NotebookCell {
  /** The number in `In [n]`. */
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

/** A notebook as its file shows it. */
export interface Notebook {
  /** The file name, for errors. */
  readonly file: string;
  /** The first one holds the cells before the first heading, and has no title. */
  readonly sections: readonly NotebookSection[];
}

/**
 * Reads a notebook from its file's text: nbformat 4 if the name ends in `.ipynb`, else the plain-text export with
 * `In [n]:` marks.
 *
 * Every heading starts a section; the cells before the first one form a section without a title. Throws a
 * `SyntaxError` that names file and line for text that is not such a notebook.
 *
 * @example
 * ```ts
 * import { readNotebook } from "./notebook.ts";
 * const { sections } = readNotebook("## demo\n\nIn [1]:\ny\n\narray([0.5], dtype=float32)\n", "demo.txt");
 * console.assert(sections[1]!.title === "demo");
 * console.assert(sections[1]!.cells[0]!.output[0]!.line === 6);
 * ```
 */
export function readNotebook(text: string, file: string): Notebook {
  if (text.trim() === "") throw cannotRead(file, 1, "the file is empty");
  const sections = file.toLowerCase().endsWith(".ipynb")
    ? readIpynb(text, file)
    : readPlainText(text, file);
  return { file, sections };
}

/** The names of the modules whose `__version__` a cell's code prints, such as `tensorflow`, in order. */
export function printedVersions(code: string): string[] {
  return [...code.replace(/#.*/g, "").matchAll(/\b(\w+)\.__version__/g)].map(([, name]) => name!);
}
