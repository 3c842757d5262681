/**
 * The door: checks of what a caller gives, made before any work is done.
 *
 * Every public function checks its arguments here, so that an error points at the caller and says
 * what was expected. A wrong type is a `TypeError`, a value out of range a `RangeError`; both read
 * `Cannot <action>: <facts>`, in one line.
 *
 * @module
 */

/** What an argument must be. */
export interface Kind {
  /** What stands in messages after "expected": `true or false`. */
  readonly expected: string;
  /** Whether a value has the type; if not, a `TypeError` is due. */
  isType(value: unknown): boolean;
  /**
   * Whether a value of that type is in range; if not, a `RangeError` is due. Any is, if missing.
   */
  inRange?(value: never): boolean;
  /** What the elements of a list must be; the message then names the first that is not. */
  readonly each?: Kind;
}

/** The key under which nodes of every copy of goldengrad say which copy made them. */
export const NODE_BRAND: unique symbol = Symbol.for("goldengrad.node");

/** The same for tensors. */
export const TENSOR_BRAND: unique symbol = Symbol.for("goldengrad.tensor");

/** What this copy's own nodes and tensors have under their brand. */
export const THIS_COPY: symbol = Symbol("this copy of goldengrad");

/** Any text. */
export const text: Kind = { expected: "a text", isType: (value) => typeof value === "string" };

/** Any number, NaN and the infinities included. */
export const number: Kind = { expected: "a number", isType: (value) => typeof value === "number" };

/** A text or a number. */
export const textOrNumber: Kind = {
  expected: "a text or a number",
  isType: (value) => typeof value === "string" || typeof value === "number",
};

/** `true` or `false`. */
export const boolean: Kind = {
  expected: "true or false",
  isType: (value) => typeof value === "boolean",
};

/** A function. */
export const callable: Kind = {
  expected: "a function",
  isType: (value) => typeof value === "function",
};

/** A `Float32Array`. */
export const float32Array: Kind = {
  expected: "a Float32Array",
  isType: (value) => ArrayBuffer.isView(value) && value instanceof Float32Array,
};

/** A list without holes. */
export const list: Kind = {
  expected: "a list without holes",
  isType: (value) => isDense(value),
};

/** An object that is neither null nor a list. */
export const record: Kind = { expected: "an object", isType: isRecord };

/** An object as a literal makes it: no list, map, promise or the like. */
export const dictionary: Kind = {
  expected: "an object such as { name: value }",
  isType: (value) => isPlain(value),
};

/** Anything: for what is checked elsewhere. */
export const anything: Kind = { expected: "anything", isType: () => true };

/** A whole number of either sign, within ±(2^53 - 1). */
export const integer: Kind = {
  expected: "a whole number",
  isType: (value) => typeof value === "number",
  inRange: (value: number) => Number.isSafeInteger(value),
};

/** A whole number from `least` to 2^53 - 1. */
export function wholeNumber(least = 0): Kind {
  return {
    expected: `a whole number from ${least}`,
    isType: (value) => typeof value === "number",
    inRange: (value: number) => Number.isSafeInteger(value) && value >= least,
  };
}

/** One of a few texts. */
export function oneOf(choices: readonly string[]): Kind {
  return {
    expected: choices.map((choice) => JSON.stringify(choice)).join(" or "),
    isType: (value) => typeof value === "string",
    inRange: (value: string) => choices.includes(value),
  };
}

/**
 * A list without holes whose elements are all of a kind, which is called `elements` in messages.
 */
export function listOf(kind: Kind, elements: string): Kind {
  return { expected: `a list of ${elements}`, isType: isDense, each: kind };
}

/** Throws unless a value is of a kind; `what` names the argument in the message: `profile`. */
export function check(action: string, what: string, value: unknown, kind: Kind): void {
  const facts = () => `${what} is ${shown(value)}, expected ${kind.expected}`;
  if (!kind.isType(value)) throw new TypeError(`Cannot ${action}: ${facts()}`);
  if (!(kind.inRange?.(value as never) ?? true)) {
    throw new RangeError(`Cannot ${action}: ${facts()}`);
  }
  if (kind.each === undefined) return;
  const elements = value as readonly unknown[];
  for (let i = 0; i < elements.length; i++) check(action, `${what}[${i}]`, elements[i], kind.each);
}

/** Throws unless a value is an object whose every own key has a value of the kind. */
export function checkRecord(action: string, what: string, value: unknown, kind: Kind): void {
  check(action, what, value, record);
  for (const [key, item] of Object.entries(value as object)) {
    check(action, `${what} ${shown(key)}`, item, kind);
  }
}

/** Throws unless a value is an object that has what `kinds` names; it may have more. */
export function checkParts(
  action: string,
  what: string,
  value: unknown,
  kinds: Readonly<Record<string, Kind>>,
): void {
  check(action, what, value, record);
  for (const [key, kind] of Object.entries(kinds)) {
    check(action, `"${key}" of ${what}`, (value as Record<string, unknown>)[key], kind);
  }
}

/**
 * Throws unless `options` is an object whose every key is known, so that a misspelt one is not
 * ignored, and every value is of its kind. `undefined` counts as missing.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { boolean, checkOptions } from "./check.ts";
 * const given = () => checkOptions("reduce", { keepDim: true }, { keepDims: boolean });
 * assertThrows(given, TypeError, 'Cannot reduce: there is no option "keepDim", only keepDims');
 * ```
 */
export function checkOptions(
  action: string,
  options: unknown,
  kinds: Readonly<Record<string, Kind>>,
): void {
  const known = Object.keys(kinds);
  if (!isPlain(options)) {
    const expected = known.length === 0 ? "none" : `an object such as { ${known[0]}: … }`;
    throw new TypeError(`Cannot ${action}: options are ${shown(options)}, expected ${expected}`);
  }
  for (const [key, value] of Object.entries(options)) {
    if (!Object.hasOwn(kinds, key)) {
      const others = known.length === 0 ? "nor any other" : `only ${known.join(", ")}`;
      throw new TypeError(`Cannot ${action}: there is no option ${shown(key)}, ${others}`);
    }
    if (value !== undefined) check(action, `option "${key}"`, value, kinds[key]!);
  }
}

/**
 * A value as messages show it: a text, number or truth value as it is, cut if long; else its type.
 */
export function shown(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return isDense(value) ? "a list" : "a list with a hole";
  switch (typeof value) {
    case "string": {
      const quoted = JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
      // JSON leaves further line ends and control characters, which move terminals and editors
      return quoted.replace(
        /[\x7f-\x9f\u2028\u2029]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
    }
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return value < 10n ** 30n && value > -(10n ** 30n) ? `the bigint ${value}` : "a bigint";
    case "undefined":
    case "boolean":
      return String(value);
    case "object":
      return shownObject(value);
    default:
      return `a ${typeof value}`;
  }
}

function shownObject(value: object): string {
  if (ArrayBuffer.isView(value)) return "a typed array";
  const brands = value as { readonly [NODE_BRAND]?: symbol; readonly [TENSOR_BRAND]?: symbol };
  const copy = brands[NODE_BRAND] ?? brands[TENSOR_BRAND];
  if (copy === undefined) return "an object";
  const kind = brands[NODE_BRAND] === undefined ? "a tensor" : "a node";
  if (copy === THIS_COPY) return kind;
  return `${kind} of another copy of goldengrad (the module was imported from two addresses)`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Whether a value is an object as `{ … }` makes it. Anything else, such as a `Map`, may hide what
 * it holds from the check.
 */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Whether a value is a list in which every place is filled; `every` alone passes over holes. */
export function isDense(value: unknown): value is readonly unknown[] {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!(i in value)) return false;
  return true;
}
