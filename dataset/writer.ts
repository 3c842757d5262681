/**
 * Writing datasets into a folder.
 *
 * @module
 */
import { type Case, caseKind, compileCase } from "../cases/case.ts";
import {
  callable,
  check,
  checkOptions,
  checkParts,
  checkRecord,
  type Kind,
  listOf,
  record,
  text,
  textOrNumber,
} from "../core/check.ts";
import { checkRows, exportCase, type RowRange } from "./export.ts";
import { type FileSink, type Folder, Replacement } from "./folder.ts";
import {
  fileName,
  listedFiles,
  MANIFEST_NAME,
  manifestText,
  type WrittenFile,
} from "./manifest.ts";
import { caseTable, type Layout, layoutKind, type Table } from "./table.ts";

/** What to write. */
export interface DatasetOptions {
  /** The layouts to write; default both. */
  readonly layouts?: readonly Layout[];
  /** Rows of random inputs; where missing, one instance with each case's own inputs. */
  readonly rows?: RowRange;
  /** Stops the writing; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** Told now and then how many of all instances of all cases are done. */
  readonly onProgress?: (instances: number) => void;
  /** Told how many files of a run that was killed were removed or put back, if any. */
  readonly onCleared?: (files: number) => void;
}

/** What was written, the manifest not counted. */
export interface DatasetSummary {
  /** CSV files. */
  readonly files: number;
  /** Lines without the headers. */
  readonly rows: number;
  /** Float32 values as text; one that is in both layouts counts twice. */
  readonly values: number;
  /** The length of all CSV files. */
  readonly bytes: number;
}

/**
 * Writes the tables of cases and their `datapackage.json` into a folder.
 *
 * In a folder that has a dataset, the files that its manifest lists are replaced or removed. Any
 * other file in the way is an error, and so is a manifest that is not ours. After an error or an
 * abort the folder is as before; what a run that was killed has left there is cleared first. The
 * folder is locked meanwhile. Cases are compiled and run one at a time.
 */
export async function writeDataset(
  folder: Folder,
  cases: readonly Case[],
  options: DatasetOptions = {},
): Promise<DatasetSummary> {
  const action = "write a dataset";
  checkParts(action, "the folder", folder, folderKinds);
  check(action, "cases", cases, listOf(caseKind, "cases"));
  cases.forEach((c, i) => {
    checkParts(action, `cases[${i}]`, c, { description: text, parameters: record });
    checkRecord(action, `parameter of cases[${i}]`, c.parameters, textOrNumber);
  });
  checkOptions(action, options, {
    layouts: listOf(layoutKind, '"long" or "wide"'),
    rows: record,
    signal: signalKind,
    onProgress: callable,
    onCleared: callable,
  });
  const { layouts = ["long", "wide"], rows, signal, onProgress, onCleared } = options;
  if (rows !== undefined) checkRows(action, rows);
  const names = distinctNames(cases, layouts);
  const replacement = await Replacement.begin(folder, {
    names,
    manifest: MANIFEST_NAME,
    listed: listedFiles,
    onCleared,
  });
  try {
    const files: WrittenFile[] = [];
    for (const [number, c] of cases.entries()) {
      const compiled = compileCase(c);
      const sinks = new Map<Table, FileSink>();
      for (const layout of layouts) {
        sinks.set(caseTable(compiled, layout), await replacement.create(fileName(c.id, layout)));
      }
      const perCase = rows?.count ?? 1;
      for (
        const { table, bytes, instances } of exportCase(
          compiled,
          [...sinks.keys()],
          rows ? { rows } : {},
        )
      ) {
        signal?.throwIfAborted();
        await sinks.get(table)!.write(bytes);
        onProgress?.(number * perCase + instances);
      }
      for (const [table, sink] of sinks) {
        const name = fileName(c.id, table.layout);
        files.push({ name, case: c, compiled, table, instances: perCase, ...await sink.close() });
      }
    }
    const manifest = await replacement.create(MANIFEST_NAME);
    await manifest.write(new TextEncoder().encode(manifestText(files, rows)));
    await manifest.close();
    signal?.throwIfAborted();
    await replacement.commit();
    return summaryOf(files);
  } catch (error) {
    await replacement.abandon();
    throw error;
  }
}

const folderKinds: Readonly<Record<keyof Folder, Kind>> = {
  make: callable,
  unmake: callable,
  read: callable,
  exists: callable,
  create: callable,
  rename: callable,
  remove: callable,
  lock: callable,
  unlock: callable,
  list: callable,
};

const signalKind: Kind = {
  expected: "an AbortSignal",
  isType: (value) => value instanceof AbortSignal,
};

function distinctNames(cases: readonly Case[], layouts: readonly Layout[]): string[] {
  const ids = new Map<string, string>();
  for (const { id } of cases) {
    for (const layout of layouts) {
      const name = fileName(id, layout);
      if (ids.has(name)) {
        throw new RangeError(`Cannot name files: ${ids.get(name)} and ${id} would both be ${name}`);
      }
      ids.set(name, id);
    }
  }
  return [...ids.keys()];
}

function summaryOf(files: readonly WrittenFile[]): DatasetSummary {
  const sum = (count: (file: WrittenFile) => number) =>
    files.reduce((total, file) => total + count(file), 0);
  return {
    files: files.length,
    rows: sum(({ instances, table }) => instances * table.lines),
    values: sum(({ instances, table }) => instances * table.values),
    bytes: sum(({ bytes }) => bytes),
  };
}
