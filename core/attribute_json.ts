/**
 * What a graph's JSON form is made of: float32 values, tensors and attributes, written and read
 * back to the same bits.
 *
 * @module
 */
import type { AttributeKind, AttributeTypes } from "./graph.ts";
import { shortestText } from "./float32.ts";
import { isDense, shown } from "./check.ts";
import { isPossible, type Shape, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** A float32 value in JSON: a number, or a text for what JSON's numbers lack or lose. */
export type ValueJson = number | "NaN" | "Infinity" | "-Infinity" | "-0";

/** A tensor in JSON: its shape, and its values in row-major order. */
export interface TensorJson {
  /** The extent along each axis. */
  readonly shape: Shape;
  /** As many as the shape holds. */
  readonly values: readonly ValueJson[];
}

/**
 * Refuses a JSON value: throws an error that says what part it is and the given facts, such as
 * `is not a boolean`.
 */
export type Refuse = (facts: string) => never;

/**
 * How one kind of attribute is read from JSON and written to it. `inputs` are the shapes of the
 * node's inputs.
 */
interface Codec<T> {
  read(json: unknown, refuse: Refuse, inputs: readonly Shape[]): T;
  write(value: T): unknown;
}

const codecs: { readonly [K in AttributeKind]: Codec<AttributeTypes[K]> } = {
  axes: {
    read(json, refuse, [first = []]) {
      const axes = readIntegers(json, refuse);
      const ascending = axes.every((axis, i) => axis > (axes[i - 1] ?? -1));
      if (ascending && (axes.at(-1) ?? -1) < first.length) return axes;
      return refuse(`is not a list of ascending axes of rank ${first.length}`);
    },
    write: (axes) => [...axes],
  },
  boolean: {
    read: (json, refuse) => typeof json === "boolean" ? json : refuse("is not a boolean"),
    write: (value) => value,
  },
  number: {
    read(json, refuse) {
      if (TEXTS.includes(json)) return Number(json);
      return typeof json === "number" ? json : refuse("is not a number");
    },
    write: (x) => Number.isFinite(x) && !Object.is(x, -0) ? x : Object.is(x, -0) ? "-0" : `${x}`,
  },
  integers: { read: readIntegers, write: (integers) => [...integers] },
  shape: { read: readShape, write: (shape) => [...shape] },
  tensor: { read: tensorFromJson, write: tensorToJson },
};

/** Reads an attribute of the given kind; `inputs` are the shapes of the node's inputs. */
export function readAttribute(
  kind: AttributeKind,
  json: unknown,
  refuse: Refuse,
  inputs: readonly Shape[],
): unknown {
  return codecs[kind].read(json, refuse, inputs);
}

/** Writes an attribute of the given kind. */
export function writeAttribute(kind: AttributeKind, value: unknown): unknown {
  return codecs[kind].write(value as never);
}

/**
 * A text that two nodes of an op share just when their attributes are equal: what JSON would write
 * for them, so that NaN, the infinities, -0 and 0 differ, which `JSON.stringify` alone takes for
 * one another.
 *
 * A tensor costs as much text as it has values, so nodes whose attributes hold one, which are
 * sources today, are better told apart by identity.
 *
 * @example
 * ```ts
 * import { assertEquals, assertNotEquals } from "@std/assert";
 * import { attributesKey } from "./attribute_json.ts";
 * const key = (slope: number) => attributesKey({ slope: "number" }, { slope });
 * assertEquals(key(0.1), key(0.1));
 * assertNotEquals(key(-0), key(0));
 * assertNotEquals(key(NaN), key(Infinity));
 * ```
 */
export function attributesKey(
  kinds: Readonly<Record<string, AttributeKind>>,
  attributes: object,
): string {
  const values = attributes as Readonly<Record<string, unknown>>;
  return JSON.stringify(
    Object.entries(kinds).map(([name, kind]) => writeAttribute(kind, values[name])),
  );
}

/** Whether a JSON value is an object: no list, not null. */
export function isJsonObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/**
 * Checks that an object has all of the keys, and no others but the optional. Errors call a key what
 * `noun` says.
 */
export function checkKeys(
  json: Readonly<Record<string, unknown>>,
  refuse: Refuse,
  keys: readonly string[],
  { optional = [], noun = "key" }: { optional?: readonly string[]; noun?: string } = {},
): void {
  const missing = keys.find((key) => !Object.hasOwn(json, key));
  if (missing !== undefined) refuse(`lacks the ${noun} ${shown(missing)}`);
  const unknown = Object.keys(json).find((key) => !keys.includes(key) && !optional.includes(key));
  if (unknown !== undefined) refuse(`has the unknown ${noun} ${shown(unknown)}`);
}

/** Reads a shape: a list of whole numbers, none of them negative, that a tensor can have. */
export function readShape(json: unknown, refuse: Refuse): number[] {
  const shape = readIntegers(json, refuse);
  if (!shape.every((extent) => extent >= 0)) return refuse("is not a list of extents");
  return isPossible(shape) ? shape : refuse("is larger than a tensor can be");
}

function readIntegers(json: unknown, refuse: Refuse): number[] {
  if (isDense(json) && json.every(Number.isSafeInteger)) return [...json] as number[];
  return refuse("is not a list of whole numbers");
}

/**
 * Writes a tensor as JSON that reads back to the same bits.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor } from "./tensor.ts";
 * import { tensorToJson } from "./attribute_json.ts";
 * const json = JSON.stringify(tensorToJson(tensor([0.1, -0, NaN])));
 * assertEquals(json, '{"shape":[3],"values":[0.1,"-0","NaN"]}');
 * ```
 */
export function tensorToJson({ shape, data }: Tensor): TensorJson {
  return { shape: [...shape], values: Array.from(data, writeValue) };
}

/** Reads a tensor from JSON; numbers are rounded to float32. */
export function tensorFromJson(json: unknown, refuse: Refuse): Tensor {
  if (!isJsonObject(json)) return refuse("is not an object");
  checkKeys(json, refuse, ["shape", "values"]);
  const { shape, values } = json;
  const extents = readShape(shape, (facts) => refuse(`has a shape that ${facts}`));
  if (!Array.isArray(values)) return refuse("has values that are not a list");
  if (values.length !== sizeOf(extents)) {
    return refuse(`has ${values.length} values for a shape of ${sizeOf(extents)}`);
  }
  const number = (value: unknown, i: number) =>
    readValue(value) ?? refuse(`has a value at ${i} that is no float32 number`);
  return new Tensor(Float32Array.from(values, number), extents);
}

/** Numbers that JSON has no text for, and -0, which many of its readers take for 0. */
const TEXTS: readonly unknown[] = ["NaN", "Infinity", "-Infinity", "-0"];

function writeValue(x: number): ValueJson {
  const text = shortestText(x);
  return TEXTS.includes(text) ? text as ValueJson : Number(text);
}

/**
 * The value, or `null` for anything else; a finite number that rounds to infinity is refused as
 * well.
 */
function readValue(json: unknown): number | null {
  if (TEXTS.includes(json)) return Number(json);
  return typeof json === "number" && Number.isFinite(Math.fround(json)) ? json : null;
}
