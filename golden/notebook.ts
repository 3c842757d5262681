/**
 * Reads a Jupyter notebook: its sections, their code cells, and what each cell printed.
 *
 * @module
 */
import { check, text as anyText } from "../core/check.ts";
import { readIpynb } from "./notebook_ipynb.ts";
import { readPlainText } from "./notebook_text.ts";
import type { NotebookSection } from "./section.ts";
import { cannotRead } from "./source_text.ts";

/** A notebook as its file shows it. */
export interface Notebook {
  /** The file name, for errors. */
  readonly file: string;
  /** The first one holds the cells before the first heading, and has no title. */
  readonly sections: readonly NotebookSection[];
  /** What looks as if the file were cut off, in one line each; not for `.ipynb`, which is whole. */
  readonly warnings: readonly string[];
}

/**
 * Reads a notebook from its file's text: nbformat 4 if the name ends in
 * `.ipynb`, else the plain-text export with `In [n]:` marks.
 *
 * Every heading starts a section; the cells before the first one form a section without a title.
 * Throws a `SyntaxError` that names file and line for text that is not such a notebook.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readNotebook } from "./notebook.ts";
 * const text = "## demo\n\nIn [1]:\ny\n\narray([0.5], dtype=float32)\n";
 * const { sections } = readNotebook(text, "demo.txt");
 * assertEquals(sections[1]!.title, "demo");
 * assertEquals(sections[1]!.cells[0]!.output[0]!.line, 6);
 * ```
 */
export function readNotebook(text: string, file: string): Notebook {
  check("read a notebook", "text", text, anyText);
  check("read a notebook", "file", file, anyText);
  if (text.trim() === "") throw cannotRead(file, 1, "the file is empty");
  if (file.toLowerCase().endsWith(".ipynb")) {
    return { file, sections: readIpynb(text, file), warnings: [] };
  }
  return { file, ...readPlainText(text, file) };
}
