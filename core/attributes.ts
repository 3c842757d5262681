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
  type Kind,
  listOf,
  number as numberKind,
  oneOf,
} from "./check.ts";
import { type DType, DTYPES } from "./dtype.ts";
import {
  readIntegers,
  readNumber,
  type Refuse,
  tensorFromJson,
  tensorToJson,
  writeNumber,
} from "./json.ts";
import type { RandomStream } from "./random.ts";
import type { Shape } from "./shape.ts";
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
  /**
   * Draws one that an op can be tried with, given the shape `x` of the first operand and the
   * attributes drawn before; `null` where none fits. Missing where that depends on the op.
   */
  draw?(
    random: RandomStream,
    x: Shape,
    before: Readonly<Record<string, unknown>>,
  ): T | null;
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
    draw: (random) => random.next() < 0.5,
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
    draw: (random) => Math.fround(4 * random.next() - 2),
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

/** One of a few texts; `drawn` are those that samples may have. */
export function choice<const T extends string>(
  choices: readonly T[],
  text: string,
  drawn: readonly NoInfer<T>[] = choices,
): AttributeKind<T> {
  return {
    read: (json, refuse) =>
      choices.includes(json as T) ? json as T : refuse(`is not ${oneOf(choices).expected}`),
    write: (value) => value,
    resolve: (given, action, _, what) => checked(given, action, what, oneOf(choices)),
    draw: (random) => random.pick(drawn),
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

/** What was given, found to be of a kind of `check.ts`. */
export function checked<T>(given: unknown, action: string, what: string, kind: Kind): T {
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
