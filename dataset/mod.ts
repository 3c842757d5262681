/**
 * Datasets: the inputs, forward values and gradients of cases as CSV with exact bits.
 *
 * {@linkcode exportCase} gives the text of a case's tables in chunks, {@linkcode writeDataset}
 * fills a {@linkcode Folder} with tables and their manifest. Neither touches a file system: a
 * `Folder` is what the caller makes of it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cases, compileCase } from "../cases/mod.ts";
 * import { exportCase, longTable } from "./mod.ts";
 * const c = compileCase(cases[0]!);
 * const [chunk] = exportCase(c, [longTable(c)]);
 * const [header] = new TextDecoder().decode(chunk!.bytes).split("\n");
 * assertEquals(header, "case,instance,role,tensor,shape,index,value,bits");
 * ```
 *
 * @module
 */
export { type Chunk, exportCase, type ExportOptions, type RowRange } from "./export.ts";
export { type FileDigest, type FileSink, type Folder } from "./folder.ts";
export { fileName, MANIFEST_NAME } from "./manifest.ts";
export { type Field, type Layout, longTable, type Table, wideTable } from "./table.ts";
export { TextBuffer } from "./text.ts";
export { type DatasetOptions, type DatasetSummary, writeDataset } from "./writer.ts";
