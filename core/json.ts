/**
 * What JSON holds: float32 values and tensors that read back to the same bits, and checks of what
 * is read.
 *
 * @module
 */
import { isDense, shown } from "./check.ts";
import { shortestText } from "./float32.ts";
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

/** Reads a list of whole numbers; -0, which some writers make of 0, is 0. */
export function readIntegers(json: unknown, refuse: Refuse): number[] {
  if (!isDense(json) || !json.every(Number.isSafeInteger)) {
    return refuse("is not a list of whole numbers");
  }
  return (json as readonly number[]).map((value) => value + 0);
}

/**
 * Writes a tensor as JSON that reads back to the same bits.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor } from "./tensor.ts";
 * import { tensorToJson } from "./json.ts";
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

/** Writes a double as JSON that reads back to the same. */
export function writeNumber(x: number): ValueJson {
  return Number.isFinite(x) && !Object.is(x, -0)
    ? x
    : Object.is(x, -0)
    ? "-0"
    : String(x) as ValueJson;
}

/** Reads a double; a number too large for one is refused. */
export function readNumber(json: unknown, refuse: Refuse): number {
  if (TEXTS.includes(json)) return Number(json);
  return Number.isFinite(json) ? json as number : refuse("is not a number");
}

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
