/**
 * Attributes: what an op needs beside its operands. One kind per sort of attribute says how the
 * public function takes it, how JSON holds it, and when two are equal.
 *
 * @module
 */
import { shortestText } from "./float32.ts";
import {
  boolean as booleanKind,
  check,
  isDense,
  listOf,
  number as numberKind,
  oneOf,
  shown,
} from "./check.ts";
import { checkShape, isPossible, resolveAxes, type Shape, sizeOf } from "./shape.ts";
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

/** A kind of attribute. */
export interface AttributeKind<T> {
  /** Reads it from JSON; `inputs` are the shapes of the node's inputs. */
  read(json: unknown, refuse: Refuse, inputs: readonly Shape[]): T;
  /** Writes it for JSON, equal texts for equal values only. */
  write(value: T): unknown;
  /**
   * Makes it of what the public function was given, `undefined` where that is nothing; throws
   * errors that begin with `Cannot ${action}`.
   */
  resolve(given: unknown, action: string, inputs: readonly Shape[]): T;
  /** What it is where JSON does not say; then it is not written either. */
  readonly absent?: T;
  /** How the public function takes it. */
  readonly parameter: {
    /** In TypeScript. */
    readonly type: string;
    /** The key among the options, where it is another than the attribute's name. */
    readonly key?: string;
    /** Whether it is an argument of its own, and not one of the options. */
    readonly positional?: boolean;
    /** Whether it may be left out. */
    readonly optional?: boolean;
    /** What it is, for the documentation. */
    readonly text: string;
  };
}

/** The kinds of all attributes in `A`. */
export type AttributeKinds<A> = [A] extends [never]
  ? Readonly<Record<string, AttributeKind<unknown>>>
  : { readonly [N in keyof A]-?: AttributeKind<A[N]> };

/** The attributes whose kinds are `K`. */
export type AttributesOf<K> = {
  readonly [N in keyof K]: K[N] extends AttributeKind<infer T> ? T : never;
};

/** Ascending axes of the first operand: all where not given. */
export const axes: AttributeKind<readonly number[]> = {
  read(json, refuse, [first = []]) {
    const list = readIntegers(json, refuse);
    const ascending = list.every((axis, i) => axis > (list[i - 1] ?? -1));
    if (ascending && (list.at(-1) ?? -1) < first.length) return list;
    return refuse(`is not a list of ascending axes of rank ${first.length}`);
  },
  write: (list) => [...list],
  resolve: (given, action, [x]) => resolveAxes(given, x!.length, action),
  parameter: {
    type: "number | readonly number[]",
    key: "axis",
    optional: true,
    text: "the axis or axes, from the end where negative; all by default",
  },
};

/**
 * An axis: `byDefault` the one given, from the end where negative. It is one of the first operand,
 * or of a tensor whose rank follows from the operands' shapes.
 */
export function axis(
  byDefault: number,
  rankOf: (inputs: readonly Shape[]) => number = ([x = []]) => x.length,
): AttributeKind<number> {
  return {
    read(json, refuse, inputs) {
      const rank = rankOf(inputs);
      const inRange = Number.isInteger(json) && (json as number) >= 0 && (json as number) < rank;
      return inRange ? json as number : refuse(`is no axis of rank ${rank}`);
    },
    write: (value) => value,
    resolve(given = byDefault, action, inputs) {
      check(action, 'option "axis"', given, numberKind);
      return resolveAxes(given, rankOf(inputs), action)[0]!;
    },
    parameter: {
      type: "number",
      optional: true,
      text: `the axis, from the end where negative; ${byDefault} by default`,
    },
  };
}

/** Whether something is so: false where not given. */
export function flag(text: string): AttributeKind<boolean> {
  return {
    read: (json, refuse) => typeof json === "boolean" ? json : refuse("is not a boolean"),
    write: (value) => value,
    resolve(given = false, action) {
      check(action, "an option", given, booleanKind);
      return given as boolean;
    },
    parameter: { type: "boolean", optional: true, text: `whether ${text}; false by default` },
  };
}

/** Any double. */
export function number(text: string): AttributeKind<number> {
  return {
    read(json, refuse) {
      if (TEXTS.includes(json)) return Number(json);
      return typeof json === "number" ? json : refuse("is not a number");
    },
    write: (x) => Number.isFinite(x) && !Object.is(x, -0) ? x : Object.is(x, -0) ? "-0" : `${x}`,
    resolve(given, action) {
      check(action, "a number", given, numberKind);
      return given as number;
    },
    parameter: { type: "number", positional: true, text },
  };
}

/** Whole numbers that `infer` checks. */
export function integers(text: string): AttributeKind<readonly number[]> {
  return {
    read: readIntegers,
    write: (list) => [...list],
    resolve(given, action) {
      check(action, text, given, listOf(integerKind, "whole numbers"));
      return [...given as number[]];
    },
    parameter: { type: "readonly number[]", positional: true, text },
  };
}

/** A whole number that `infer` checks. */
export function integer(text: string): AttributeKind<number> {
  return {
    read: (json, refuse) =>
      Number.isSafeInteger(json) ? json as number : refuse("is not a whole number"),
    write: (value) => value,
    resolve(given, action) {
      check(action, text, given, integerKind);
      return given as number;
    },
    parameter: { type: "number", positional: true, text },
  };
}

const integerKind = {
  expected: "a whole number",
  isType: (value: unknown) => typeof value === "number",
  inRange: (value: number) => Number.isSafeInteger(value),
};

/** How much is put before and after along each axis. */
export const paddings: AttributeKind<readonly (readonly [number, number])[]> = {
  read(json, refuse) {
    if (!isDense(json)) return refuse("is not a list of pairs");
    return json.map((pair, axis) => {
      const [before, after, ...more] = readShape(pair, (facts) => refuse(`at ${axis} ${facts}`));
      if (after === undefined || more.length > 0) return refuse(`at ${axis} is not a pair`);
      return [before!, after];
    });
  },
  write: (list) => list.map((pair) => [...pair]),
  resolve(given, action) {
    check(action, "paddings", given, listOf(pairKind, "pairs"));
    return (given as [number, number][]).map(([before, after]) => [before, after]);
  },
  parameter: {
    type: "readonly (readonly [number, number])[]",
    positional: true,
    text: "how much is put before and after, by axis",
  },
};

const pairKind = {
  expected: "a pair of whole numbers from 0",
  isType: (value: unknown) =>
    isDense(value) && value.length === 2 && value.every((each) => typeof each === "number"),
  inRange: (pair: readonly number[]) =>
    pair.every((each) => Number.isSafeInteger(each) && each >= 0),
};

/** One of a few texts, the first where not given if it is an option. */
export function choice<const T extends string>(
  choices: readonly T[],
  text: string,
): AttributeKind<T> {
  const kind = oneOf(choices);
  return {
    read: (json, refuse) =>
      choices.includes(json as T) ? json as T : refuse(`is not ${kind.expected}`),
    write: (value) => value,
    resolve(given, action) {
      check(action, text, given, kind);
      return given as T;
    },
    parameter: {
      type: choices.map((each) => JSON.stringify(each)).join(" | "),
      positional: true,
      text,
    },
  };
}

/** An order of the axes of the first operand: the reverse where not given. */
export const permutation: AttributeKind<readonly number[]> = {
  ...integers("permutation"),
  resolve(given, action, [x]) {
    if (given === undefined) return x!.map((_, axis) => x!.length - 1 - axis);
    return integers("permutation").resolve(given, action, []);
  },
  parameter: {
    type: "readonly number[]",
    positional: true,
    optional: true,
    text: "axis `permutation[i]` of the operand becomes axis `i`; reversed by default",
  },
};

/** The extent along each axis. */
export const shape: AttributeKind<Shape> = {
  read: readShape,
  write: (value) => [...value],
  resolve(given, action) {
    checkShape(given, action);
    return [...given];
  },
  parameter: { type: "Shape", positional: true, text: "the extents of the result" },
};

/** A tensor. */
export const tensor: AttributeKind<Tensor> = {
  read: tensorFromJson,
  write: tensorToJson,
  resolve: (given) => given as Tensor,
  parameter: { type: "Tensor", positional: true, text: "the value" },
};

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
 * import { attributesKey, number } from "./attributes.ts";
 * const key = (slope: number) => attributesKey({ slope: number("the slope") }, { slope });
 * assertEquals(key(0.1), key(0.1));
 * assertNotEquals(key(-0), key(0));
 * assertNotEquals(key(NaN), key(Infinity));
 * ```
 */
export function attributesKey(
  kinds: Readonly<Record<string, AttributeKind<unknown>>>,
  attributes: object,
): string {
  const values = attributes as Readonly<Record<string, unknown>>;
  return JSON.stringify(
    Object.entries(kinds).map(([name, kind]) => kind.write(values[name])),
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
 * import { tensorToJson } from "./attributes.ts";
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
