/**
 * A case's tables as chunks of CSV.
 *
 * @module
 */
import { checkCompiled, type CompiledCase } from "../cases/case.ts";
import { uniformInputs } from "../cases/random.ts";
import {
  boolean,
  callable,
  check,
  checkOptions,
  checkParts,
  type Kind,
  list,
  record,
  wholeNumber,
} from "../core/check.ts";
import { sizeOf } from "../core/shape.ts";
import { Tensor, tensorKind } from "../core/tensor.ts";
import type { Table } from "./table.ts";
import { TextBuffer } from "./text.ts";

/**
 * Which rows of random inputs. All three are whole numbers from 0 to 2^53 - 1, and so is the end.
 */
export interface RowRange {
  /** The seed of the generator. */
  readonly seed: number;
  /** The number of the first instance. */
  readonly first: number;
  /** How many rows. */
  readonly count: number;
}

/** How to export a case. */
export interface ExportOptions {
  /** The rows of random inputs; where missing, one instance with the case's own inputs. */
  readonly rows?: RowRange;
  /**
   * Whether each table begins with its header line; default true. Shards after the first go
   * without.
   */
  readonly header?: boolean;
  /**
   * The bytes from which on a chunk is handed out; default 256 KiB. A chunk holds whole instances.
   */
  readonly chunkBytes?: number;
}

/** A piece of a table's CSV. */
export interface Chunk {
  /** The table it belongs to, one of those given. */
  readonly table: Table;
  /** UTF-8 text, whole lines; valid until the next chunk is asked for. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How many instances are done so far. */
  readonly instances: number;
}

/**
 * Computes the instances of a case one after the other and writes each into all given tables of
 * that case.
 *
 * The chunks of one table, joined, are its CSV. Memory does not depend on the number of rows. Row i
 * is the same in every range that has it, so shards joined in order give the bytes of the whole.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { cases } from "../cases/mod.ts";
 * import { compileCase } from "../cases/case.ts";
 * import { exportCase } from "./export.ts";
 * import { wideTable } from "./table.ts";
 * const c = compileCase(cases[0]!);
 * let csv = "";
 * const rows = { seed: 42, first: 0, count: 3 };
 * for (const { bytes } of exportCase(c, [wideTable(c)], { rows })) {
 *   csv += new TextDecoder().decode(bytes);
 * }
 * assert(csv.startsWith("instance,x_0_0,"));
 * assertEquals(csv.split("\n").length, 5);
 * ```
 */
export function exportCase(
  c: CompiledCase,
  tables: readonly Table[],
  options: ExportOptions = {},
): Generator<Chunk, void, void> {
  const action = "export a case";
  checkCompiled(action, c);
  check(action, "tables", tables, list);
  tables.forEach((table, i) => {
    checkParts(action, `tables[${i}]`, table, { header: callable, append: callable });
  });
  checkOptions(action, options, { rows: record, header: boolean, chunkBytes: wholeNumber(1) });
  if (options.rows !== undefined) checkRows(action, options.rows);
  return chunks(c, tables, options);
}

/** Throws unless `rows` is a range: three whole numbers, all rows of which have a number. */
export function checkRows(action: string, rows: RowRange): void {
  const kinds = { seed: wholeNumber(), first: wholeNumber(), count: wholeNumber() };
  checkOptions(`${action}, option "rows"`, rows, kinds);
  checkParts(action, 'option "rows"', rows, kinds);
  check(action, 'the last instance of option "rows"', rows.first + rows.count, wholeNumber());
}

/** What a compiled case computes. */
const computed: Kind = {
  expected: "a list of tensors",
  isType: (value) => list.isType(value),
  each: tensorKind,
};

function* chunks(
  c: CompiledCase,
  tables: readonly Table[],
  options: ExportOptions,
): Generator<Chunk, void, void> {
  const { rows, header = true, chunkBytes = 1 << 18 } = options;
  const { seed, first, count } = rows ?? { seed: 0, first: 0, count: 1 };
  const inputs = rows &&
    c.inputs.map(({ node }) => new Tensor(new Float32Array(sizeOf(node.shape)), node.shape));
  const outputs = tables.map((table) => ({ table, buffer: new TextBuffer() }));
  if (header) { for (const { table, buffer } of outputs) table.header(buffer); }
  for (let i = 0; i < count; i++) {
    if (inputs) uniformInputs(inputs, seed, first + i);
    const values = c.run(inputs);
    check("export a case", "what it computes", values, computed);
    for (const { table, buffer } of outputs) {
      table.append(buffer, first + i, values);
      if (buffer.length >= chunkBytes) yield { table, bytes: buffer.take(), instances: i + 1 };
    }
  }
  for (const { table, buffer } of outputs) {
    if (buffer.length > 0) yield { table, bytes: buffer.take(), instances: count };
  }
}
