/**
 * Kinds of attributes that belong to a shape: axes of it, items by axis, and shapes themselves.
 *
 * @module
 */
import { type AttributeKind, checked, integers } from "./attributes.ts";
import { check, integer as integerKind, isDense, listOf } from "./check.ts";
import { readIntegers, readShape } from "./json.ts";
import { checkShape, resolveAxes, type Shape } from "./shape.ts";

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
  draw: (random, x) => [...x.keys()].filter(() => random.next() < 0.6),
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
    draw(random, x) {
      const rank = rankOf([x]);
      return rank === 0 ? null : random.below(rank);
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
  draw: (random, x) => x.map(() => [random.below(3), random.below(2)]),
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
  draw: (random, x) => random.shuffled([...x.keys()]),
  schema: AXES,
  parameter: { ...order.parameter, optional: true },
};

/** Where a part of the first operand begins, by axis; `infer` checks it. */
export const begin: AttributeKind<readonly number[]> = {
  ...integers("where it begins, by axis"),
  draw: (random, x) => x.map((extent) => random.below(extent)),
};

/** The extents of the part that begins at the attribute `begin`; `infer` checks them. */
export const size: AttributeKind<readonly number[]> = {
  ...integers("its extents"),
  draw: (random, x, { begin }) =>
    x.map((extent, axis) => extent && 1 + random.below(extent - (begin as Shape)[axis]!)),
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

/** A shape with as many elements as the first operand. */
export const sameSize: AttributeKind<Shape> = {
  ...shape,
  draw: (random, x) => [...random.shuffled(x), 1],
};

/** A shape that the first operand broadcasts to. */
export const stretched: AttributeKind<Shape> = {
  ...shape,
  draw: (random, x) => [2, ...x.map((extent) => extent === 1 ? 1 + random.below(3) : extent)],
};
