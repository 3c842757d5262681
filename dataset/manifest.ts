/**
 * The manifest of a dataset: a Frictionless Data Package (version 1 of the specifications).
 *
 * @module
 */
import type { Case, CompiledCase } from "../cases/case.ts";
import { GENERATOR_NAME } from "../cases/random.ts";
import config from "../deno.json" with { type: "json" };
import type { RowRange } from "./export.ts";
import { check, text } from "../core/check.ts";
import { type Layout, layoutKind, type Table } from "./table.ts";

/** The name of the manifest in the folder of a dataset. */
export const MANIFEST_NAME = "datapackage.json";

/** A file that was written, as the manifest describes it. */
export interface WrittenFile {
  readonly name: string;
  readonly case: Case;
  readonly compiled: CompiledCase;
  readonly table: Table;
  readonly instances: number;
  readonly bytes: number;
  /** SHA-256 of the bytes in hexadecimal. */
  readonly sha256: string;
}

/**
 * The file name of a case's table, portable and the same on every system: lower case, `/` as `.`,
 * `=` as `-`, anything else but letters, digits, `.`, `-` and `_` as `_`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fileName } from "./manifest.ts";
 * assertEquals(fileName("notebook/n=2/auto", "long"), "notebook.n-2.auto.long.csv");
 * ```
 */
export function fileName(id: string, layout: Layout): string {
  check("name a file", "id", id, text);
  check("name a file", "layout", layout, layoutKind);
  if (id === "") throw new RangeError("Cannot name a file: the id is empty");
  const stem = id.toLowerCase().replaceAll("/", ".").replaceAll("=", "-").replace(
    /[^a-z0-9._-]/g,
    "_",
  );
  return `${stem.replace(/^[^a-z0-9]/, "x$&")}.${layout}.csv`;
}

/**
 * The text of `datapackage.json`: a resource for each file, with schema, row count, SHA-256 and the
 * parameters of its case.
 *
 * The property `goldengrad` holds what the specifications have no place for: the version that wrote
 * the files and where the inputs come from. There is no date in it, so that the same command gives
 * the same bytes. The files are those of one call, all with the same rows.
 */
export function manifestText(files: readonly WrittenFile[], rows?: RowRange): string {
  const manifest = {
    profile: "tabular-data-package",
    name: "goldengrad",
    title: "goldengrad: forward values and gradients with exact float32 bits",
    description:
      "Inputs, forward values and gradients of parameterized cases, computed in IEEE 754 binary32 by goldengrad. " +
      "The same version gives the same bits on every machine.",
    version: config.version,
    licenses: [{
      name: config.license,
      title: "MIT License",
      path: "https://opensource.org/license/mit",
    }],
    sources: [{
      title:
        "goldengrad's own float32 engine; the notebook's cases follow a notebook that ran NumPy and TensorFlow 1.8",
    }],
    goldengrad: { version: config.version, inputs: inputsSource(rows) },
    resources: files.map(resource),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function inputsSource(rows?: RowRange): object {
  if (!rows) return { from: "case", description: "One instance, with the case's own inputs" };
  return {
    from: "generator",
    generator: GENERATOR_NAME,
    distribution: "uniform",
    interval: "[-1, 1)",
    seed: rows.seed,
    firstRow: rows.first,
    rows: rows.count,
    description: "Instance i is the case at random inputs that depend on the seed and i alone",
  };
}

function resource(file: WrittenFile): object {
  const { table } = file;
  return {
    profile: "tabular-data-resource",
    name: file.name.replace(/\.csv$/, ""),
    path: file.name,
    title: `${file.case.id}, ${table.layout}`,
    description: file.case.description,
    format: "csv",
    mediatype: "text/csv",
    encoding: "utf-8",
    bytes: file.bytes,
    hash: `sha256:${file.sha256}`,
    rows: file.instances * table.lines,
    dialect: {
      csvddfVersion: "1.2",
      delimiter: ",",
      lineTerminator: "\n",
      quoteChar: '"',
      doubleQuote: true,
      skipInitialSpace: false,
      header: true,
      caseSensitiveHeader: true,
    },
    schema: { fields: table.fields, missingValues: [], primaryKey: table.primaryKey },
    goldengrad: {
      case: file.case.id,
      parameters: file.case.parameters,
      layout: table.layout,
      instances: file.instances,
      tensors: file.compiled.tensors.map(({ name, role, node }) => ({
        name,
        role,
        shape: node.shape,
      })),
    },
  };
}

/**
 * The names of the files that a manifest of ours lists.
 *
 * Throws a `SyntaxError` for a text that is not JSON, and for a package that goldengrad did not
 * write or that lists other names than {@linkcode fileName} makes: nothing outside the folder can
 * be named.
 */
export function listedFiles(text: string): string[] {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    throw new SyntaxError(
      `Cannot replace ${MANIFEST_NAME}: it is not JSON, so not written by goldengrad`,
    );
  }
  const { goldengrad, resources } = (manifest ?? {}) as {
    goldengrad?: unknown;
    resources?: unknown;
  };
  if (typeof goldengrad !== "object" || goldengrad === null || !Array.isArray(resources)) {
    throw new SyntaxError(`Cannot replace ${MANIFEST_NAME}: it was not written by goldengrad`);
  }
  return resources.map((entry: unknown) => {
    const path = (entry as { path?: unknown } | null)?.path;
    if (typeof path !== "string" || !/^[a-z0-9][a-z0-9._-]*\.(long|wide)\.csv$/.test(path)) {
      throw new SyntaxError(
        `Cannot replace ${MANIFEST_NAME}: it lists ${
          JSON.stringify(path)
        }, which goldengrad did not write`,
      );
    }
    return path;
  });
}
