/**
 * Attributes: what an op needs beside its operands. One kind per sort of attribute says how the
 * public function takes it, how JSON holds it, and when two are equal.
 *
 * @module
 */
import {
  boolean,
  check,
  integer as integerKind,
  isDense,
  type Kind,
  listOf,
  number as numberKind,
  oneOf,
} from "./check.ts";
import { type DType, DTYPES } from "./dtype.ts";
import {
  readIntegers,
  readNumber,
  readShape,
  type Refuse,
  tensorFromJson,
  tensorToJson,
  writeNumber,
} from "./json.ts";
import { checkShape, resolveAxes, type Shape } from "./shape.ts";
import { Tensor, tensorKind } from "./tensor.ts";

/** A kind of attribute. */
export interface AttributeKind<T> {
  /** Reads it from JSON; `inputs` are the shapes of the node's inputs. */
  read(json: unknown, refuse: Refuse, inputs: readonly Shape[]): T;
  /** Writes it for JSON, equal texts for equal values only. */
  write(value: T): unknown;
  /**
   * Makes it of what the public function was given, `undefined` where that is nothing; throws
   * errors that begin with `Cannot ${action}` and name the argument: `what`.
   */
  resolve(given: unknown, action: string, inputs: readonly Shape[], what: string): T;
  /** A JSON Schema of what is written, in the terms of `graph.schema.json`. */
  readonly schema: object;
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

/** Makes an argument of its own an option that may be left out. */
export function option<T extends string | number | boolean>(
  kind: AttributeKind<T>,
  byDefault: T,
): AttributeKind<T> {
  return {
    ...kind,
    resolve: (given, action, inputs, what) =>
      given === undefined ? byDefault : kind.resolve(given, action, inputs, what),
    parameter: {
      ...kind.parameter,
      positional: false,
      optional: true,
      text: `${kind.parameter.text}; ${byDefault} by default`,
    },
  };
}

/** Whether something is so: false where not given. */
export function flag(text: string): AttributeKind<boolean> {
  return option({
    read: (json, refuse) => typeof json === "boolean" ? json : refuse("is not a boolean"),
    write: (value) => value,
    resolve: (given, action, _, what) => checked(given, action, what, boolean),
    schema: { type: "boolean" },
    parameter: { type: "boolean", text: `whether ${text}` },
  }, false);
}

/** Any double. */
export function number(text: string): AttributeKind<number> {
  return {
    read: readNumber,
    write: writeNumber,
    resolve: (given, action, _, what) => checked(given, action, what, numberKind),
    schema: { $ref: "#/$defs/number" },
    parameter: { type: "number", positional: true, text },
  };
}

/** A whole number that `infer` checks. */
export function integer(text: string): AttributeKind<number> {
  return {
    read: (json, refuse) =>
      Number.isSafeInteger(json) ? json as number + 0 : refuse("is not a whole number"),
    write: (value) => value,
    resolve: (given, action, _, what) => checked<number>(given, action, what, integerKind) + 0,
    schema: { type: "integer" },
    parameter: { type: "number", positional: true, text },
  };
}

/** Whole numbers that `infer` checks. */
export function integers(text: string): AttributeKind<readonly number[]> {
  return {
    read: readIntegers,
    write: (list) => [...list],
    resolve(given, action, _, what) {
      const list = checked<number[]>(given, action, what, listOf(integerKind, "whole numbers"));
      return list.map((value) => value + 0); // -0 is 0
    },
    schema: { type: "array", items: { type: "integer" } },
    parameter: { type: "readonly number[]", positional: true, text },
  };
}

/** One of a few texts. */
export function choice<const T extends string>(
  choices: readonly T[],
  text: string,
): AttributeKind<T> {
  return {
    read: (json, refuse) =>
      choices.includes(json as T) ? json as T : refuse(`is not ${oneOf(choices).expected}`),
    write: (value) => value,
    resolve: (given, action, _, what) => checked(given, action, what, oneOf(choices)),
    schema: { enum: choices },
    parameter: {
      get type() {
        return choices.map((each) => JSON.stringify(each)).join(" | ");
      },
      positional: true,
      text,
    },
  };
}

/** The schema of axes, each named once. */
const AXES = { type: "array", items: { type: "integer", minimum: 0 }, uniqueItems: true };

/** Ascending axes of the first operand: all where not given. */
export const axes: AttributeKind<readonly number[]> = {
  read(json, refuse, [first = []]) {
    const list = readIntegers(json, refuse);
    const ascending = list.every((axis, i) => axis > (list[i - 1] ?? -1));
    if (ascending && (list.at(-1) ?? -1) < first.length) return list;
    return refuse(`is not a list of ascending axes of rank ${first.length}`);
  },
  write: (list) => [...list],
  resolve: (given, action, [x], what) => resolveAxes(given, x!.length, action, what),
  schema: AXES,
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
      const inRange = Number.isInteger(json) && json as number >= 0 && json as number < rank;
      return inRange ? json as number + 0 : refuse(`is no axis of rank ${rank}`);
    },
    write: (value) => value,
    resolve(given = byDefault, action, inputs, what) {
      check(action, what, given, integerKind);
      return resolveAxes(given, rankOf(inputs), action, what)[0]!;
    },
    schema: { type: "integer", minimum: 0 },
    parameter: {
      type: "number",
      optional: true,
      text: `the axis, from the end where negative; ${byDefault} by default`,
    },
  };
}

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
  resolve(given, action, _, what) {
    const pairs = checked<[number, number][]>(given, action, what, listOf(pairKind, "pairs"));
    return pairs.map(([before, after]) => [before + 0, after + 0]);
  },
  schema: {
    type: "array",
    items: { type: "array", items: { type: "integer", minimum: 0 }, minItems: 2, maxItems: 2 },
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

const order = integers(
  "axis `permutation[i]` of the operand becomes axis `i`; reversed by default",
);

/** An order of the axes of the first operand, which `infer` checks: the reverse where not given. */
export const permutation: AttributeKind<readonly number[]> = {
  ...order,
  resolve(given, action, [x], what) {
    if (given === undefined) return x!.map((_, axis) => x!.length - 1 - axis);
    return order.resolve(given, action, [], what);
  },
  schema: AXES,
  parameter: { ...order.parameter, optional: true },
};

/** The extent along each axis. */
export const shape: AttributeKind<Shape> = {
  read: readShape,
  write: (value) => [...value],
  resolve(given, action, _, what) {
    checkShape(given, action, what);
    return given.map((extent) => extent + 0); // -0 is 0
  },
  schema: { $ref: "#/$defs/shape" },
  parameter: { type: "Shape", positional: true, text: "the extents of the result" },
};

/** A tensor, which is copied. */
export const tensor: AttributeKind<Tensor> = {
  read: tensorFromJson,
  write: tensorToJson,
  resolve(given, action, _, what) {
    const { data, shape } = checked<Tensor>(given, action, what, tensorKind);
    return new Tensor(data.slice(), shape);
  },
  schema: { $ref: "#/$defs/tensor" },
  parameter: { type: "Tensor", positional: true, text: "the value" },
};

/** What the values of the result are. */
export const dtype: AttributeKind<DType> = {
  ...choice(DTYPES, "the dtype of the result"),
  schema: { $ref: "#/$defs/dtype" },
};

/** What was given, found to be of a kind. */
function checked<T>(given: unknown, action: string, what: string, kind: Kind): T {
  check(action, what, given, kind);
  return given as T;
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
