/**
 * The two layouts of a case's table: their columns, and their lines as CSV.
 *
 * @module
 */
import { checkCompiled, type CompiledCase } from "../cases/case.ts";
import { oneOf, shown } from "../core/check.ts";
import { type Shape, sizeOf } from "../core/shape.ts";
import type { Tensor } from "../core/tensor.ts";
import { csvField, LONGEST_LINE, type TextBuffer, valueText } from "./text.ts";

/** How values are laid out: one line per element, or one line per instance. */
export type Layout = "long" | "wide";

/** A layout, as an argument. */
export const layoutKind = oneOf(["long", "wide"]);

/** A column, as a field descriptor of Frictionless Table Schema. */
export interface Field {
  /** The column's name in the header. */
  readonly name: string;
  /** The type of its values. */
  readonly type: "string" | "integer" | "number";
  /** What it holds. */
  readonly description?: string;
  /** What its values keep to. */
  readonly constraints?: {
    readonly pattern?: string;
    readonly enum?: readonly string[];
    readonly minimum?: number;
  };
}

/** The table of one case in one layout. */
export interface Table {
  /** How values are laid out. */
  readonly layout: Layout;
  /** The columns, in order. */
  readonly fields: readonly Field[];
  /** The columns that tell lines apart. */
  readonly primaryKey: readonly string[];
  /** Lines per instance, without the header. */
  readonly lines: number;
  /** Values per instance. */
  readonly values: number;
  /** Appends the header line. */
  header(out: TextBuffer): void;
  /** Appends the lines of one instance: the values of the case's tensors, in their order. */
  append(out: TextBuffer, instance: number, values: readonly Tensor[]): void;
}

const COMMA = 0x2c;
const NEWLINE = 0x0a;

/** A shape as the column `shape` has it: `2x3`, and nothing for a scalar. */
export function shapeField(shape: Shape): string {
  return shape.join("x");
}

const longFields: readonly Field[] = [
  { name: "case", type: "string", description: "Id of the case" },
  {
    name: "instance",
    type: "integer",
    description: "Number of the instance, from 0",
    constraints: { minimum: 0 },
  },
  {
    name: "role",
    type: "string",
    description: "What the tensor is to the case",
    constraints: { enum: ["input", "forward", "gradient"] },
  },
  { name: "tensor", type: "string", description: "Name of the tensor" },
  {
    name: "shape",
    type: "string",
    description: "Shape of the tensor as 2x3, empty for a scalar",
    constraints: { pattern: "([0-9]+(x[0-9]+)*)?" },
  },
  {
    name: "index",
    type: "integer",
    description: "Place of the element in row-major order, from 0",
    constraints: { minimum: 0 },
  },
  {
    name: "value",
    type: "number",
    description: "Shortest decimal that reads back to the same float32",
  },
  {
    name: "bits",
    type: "string",
    description: "Bits of the float32 in hexadecimal",
    constraints: { pattern: "0x[0-9a-f]{8}" },
  },
];

/** The most bytes of a line of the long table beside the id and the tensor's name. */
const LONG_REST = 512;

/** One line per element: `case,instance,role,tensor,shape,index,value,bits`. */
export function longTable(c: CompiledCase): Table {
  checkCompiled("lay out a table", c);
  const size = elementCount(c);
  const names = c.tensors.map(({ name }) => fieldBytes(name));
  checkLine(c, fieldBytes(c.id) + names.reduce((a, b) => Math.max(a, b), 0) + LONG_REST);
  const head = `${csvField(c.id)},`;
  const tails = c.tensors.map(({ role, name, node }) =>
    `,${role},${csvField(name)},${shapeField(node.shape)},`
  );
  return {
    layout: "long",
    fields: longFields,
    primaryKey: ["case", "instance", "tensor", "index"],
    lines: size,
    values: size,
    header: (out) => headerLine(out, longFields),
    append(out, instance, values) {
      for (let t = 0; t < tails.length; t++) {
        const { data } = values[t]!;
        if (data.length === 0) continue;
        const start = out.length; // the columns before the index are copied from the first line
        out.text(`${head}${instance}${tails[t]}`);
        const prefix = out.length - start;
        for (let index = 0; index < data.length; index++) {
          if (index > 0) out.repeat(start, prefix);
          out.text(String(index));
          out.code(COMMA);
          out.text(valueText(data[index]!));
          out.code(COMMA);
          out.bits(data[index]!);
          out.code(NEWLINE);
        }
      }
    },
  };
}

/**
 * One line per instance: `instance`, then a column for each element, such as `x_0_0` or, for a
 * scalar, `y_sum`.
 *
 * Throws a `RangeError` where two elements would share a column, or a line could be longer than
 * {@linkcode LONGEST_LINE}.
 */
export function wideTable(c: CompiledCase): Table {
  checkCompiled("lay out a table", c);
  checkLine(c, wideLineBytes(c));
  const names = c.tensors.flatMap(({ name, node }) => elementNames(name, node.shape));
  const fields: Field[] = [
    {
      name: "instance",
      type: "integer",
      description: "Number of the instance, from 0",
      constraints: { minimum: 0 },
    },
    ...names.map((name) => ({ name, type: "number" as const })),
  ];
  if (new Set(fields.map(({ name }) => name)).size !== fields.length) {
    const twice = names.find((name, i) => name === "instance" || names.indexOf(name) !== i);
    throw new RangeError(`Cannot lay out ${c.id} as a wide table: two columns are named ${twice}`);
  }
  return {
    layout: "wide",
    fields,
    primaryKey: ["instance"],
    lines: 1,
    values: names.length,
    header: (out) => headerLine(out, fields),
    append(out, instance, values) {
      out.text(String(instance));
      for (let t = 0; t < values.length; t++) {
        const { data } = values[t]!;
        for (let i = 0; i < data.length; i++) {
          out.code(COMMA);
          out.text(valueText(data[i]!));
        }
      }
      out.code(NEWLINE);
    },
  };
}

/** The most bytes of a float32 value as text, with its comma: `-340282350000000000000,`. */
const VALUE_BYTES = 23;

/** The most bytes of an instance's number. */
const NUMBER_BYTES = 16;

/** The most bytes of a line of the wide table, its header included. */
function wideLineBytes(c: CompiledCase): number {
  return c.tensors.reduce((bytes, { name, node: { shape } }) => {
    const indices = shape.reduce((length, extent) => length + 1 + String(extent).length, 0);
    return bytes + sizeOf(shape) * Math.max(VALUE_BYTES, fieldBytes(name) + indices + 1);
  }, "instance".length + NUMBER_BYTES);
}

/** The most bytes of a field in UTF-8, with its quotes doubled. */
function fieldBytes(text: string): number {
  return 3 * csvField(text).length;
}

function checkLine(c: CompiledCase, bytes: number): void {
  if (bytes <= LONGEST_LINE) return;
  throw new RangeError(
    `Cannot lay out ${shown(c.id)}: a line may take ${bytes} bytes, more than ${LONGEST_LINE}`,
  );
}

/** The table of a case in the given layout. */
export function caseTable(c: CompiledCase, layout: Layout): Table {
  return layout === "long" ? longTable(c) : wideTable(c);
}

/**
 * The column names of a tensor's elements in row-major order: `W_A_0_0`, `W_A_0_1`, …, and the bare
 * name of a scalar.
 */
export function elementNames(name: string, shape: Shape): string[] {
  return shape.reduce<string[]>(
    (names, extent) =>
      names.flatMap((prefix) => Array.from({ length: extent }, (_, i) => `${prefix}_${i}`)),
    [name],
  );
}

function headerLine(out: TextBuffer, fields: readonly Field[]): void {
  out.text(fields.map(({ name }) => csvField(name)).join(","));
  out.code(NEWLINE);
}

function elementCount(c: CompiledCase): number {
  return c.tensors.reduce((count, { node }) => count + sizeOf(node.shape), 0);
}
