import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import {
  type AttributeKind,
  attributesKey,
  axes,
  axis,
  choice,
  dtype,
  flag,
  integer,
  integers,
  number,
  option,
  paddings,
  permutation,
  shape,
  tensor,
} from "./attributes.ts";
import { fromBits } from "./float32.ts";
import { tensor as makeTensor } from "./tensor.ts";

// deno-lint-ignore no-explicit-any
type AnyKind = AttributeKind<any>;

const refuse = (facts: string): never => {
  throw new SyntaxError(facts);
};

/** What a kind makes of what a public function was given, for an operand of rank 3. */
const resolve = <T>(kind: AttributeKind<T>, given: unknown) =>
  kind.resolve(given, "compute it", [[2, 3, 4]], "size");

/** What a kind reads back of what it wrote. */
const reread = <T>(kind: AttributeKind<T>, value: T) =>
  kind.read(JSON.parse(JSON.stringify(kind.write(value))), refuse, [[2, 3, 4]]);

const mode = choice(["constant", "reflect", "edge"], "how");

/** Values by kind, as a public function takes them, and what they are then; no two are equal. */
const taken: Readonly<Record<string, readonly [AnyKind, readonly (readonly unknown[])[]]>> = {
  integer: [integer("n"), [[0], [-3], [2 ** 53 - 1]]],
  number: [number("x"), [[0], [-0], [0.1], [NaN], [Infinity], [-Infinity], [5e-324], [1e300]]],
  choice: [mode, [["constant"], ["reflect"], ["edge"]]],
  flag: [flag("so"), [[true], [undefined, false]]],
  axis: [axis(-1), [[0], [1], [undefined, 2]]],
  "axis from the end": [axis(-1), [[-3, 0], [-2, 1], [-1, 2]]],
  axes: [axes, [[undefined, [0, 1, 2]], [1, [1]], [[-1, 0], [0, 2]], [[], []]]],
  integers: [integers("sizes"), [[[]], [[1, -1]], [[-1, 1]], [[1, -1, 0]]]],
  paddings: [paddings, [[[]], [[[0, 1]]], [[[1, 0]]], [[[0, 1], [0, 0]]]]],
  permutation: [permutation, [[undefined, [2, 1, 0]], [[0, 2, 1]]]],
  shape: [shape, [[[]], [[2, 0]], [[0, 2]], [[2, 0, 1]]]],
  dtype: [dtype, [["float32"], ["int32"], ["bool"]]],
  tensor: [
    tensor,
    [0, -0, NaN, Infinity, -Infinity, [1, 2], [2, 1], [[1, 2]], fromBits(1)]
      .map((values) => [makeTensor(values)]),
  ],
  "an option": [option(integer("n"), 4), [[undefined, 4], [5]]],
};

for (const [name, [kind, values]] of Object.entries(taken)) {
  Deno.test(`${name}: what is given is written, read back, and has a key of its own`, () => {
    const keys = values.map(([given, expected = given]) => {
      const value = resolve(kind, given);
      assertEquals(value, expected);
      assertEquals(reread(kind, value), value);
      const key = attributesKey({ a: kind }, { a: value });
      assertEquals(attributesKey({ a: kind }, { a: reread(kind, value) }), key);
      return key;
    });
    assertEquals(new Set(keys).size, keys.length, keys.join(" "));
  });
}

Deno.test("NaN has one key, whatever its bits are, and -0 and 0 have two, in a tensor too", () => {
  const key = (value: number) => attributesKey({ value: tensor }, { value: makeTensor([value]) });
  assertEquals(key(fromBits(0xffc00001)), key(NaN));
  assertNotEquals(key(-0), key(0));
});

Deno.test("attributes of one kind have a key together that keeps them apart", () => {
  const kinds = { p: integers("p"), q: integers("q") };
  assertNotEquals(
    attributesKey(kinds, { p: [1], q: [2, 3] }),
    attributesKey(kinds, { p: [1, 2], q: [3] }),
  );
});

Deno.test("-0 is 0 where whole numbers are wanted, given and read", () => {
  const zeros = [
    resolve(integer("n"), -0),
    resolve(axis(0), -0),
    ...resolve(axes, [-0]),
    ...resolve(integers("n"), [-0]),
    ...resolve(permutation, [-0, 1, 2]).slice(0, 1),
    ...resolve(shape, [-0]),
    integer("n").read(-0, refuse, []),
    axis(0).read(-0, refuse, [[1]]),
    ...axes.read([-0], refuse, [[1]]),
    ...shape.read([-0], refuse, []),
  ];
  assert(zeros.every((zero) => Object.is(zero, 0)), `${zeros.map((zero) => Object.is(zero, -0))}`);
});

Deno.test("a tensor is copied, so that what is done to the caller's changes no node", () => {
  const mine = makeTensor([1, 2]);
  const own = resolve(tensor, mine);
  mine.data[0] = 9;
  assertEquals(Array.from(own.data), [1, 2]);
});

const wrong: readonly (readonly [AnyKind, unknown, typeof TypeError, string])[] = [
  [integer("n"), "3", TypeError, 'size is "3", expected a whole number'],
  [integer("n"), [3], TypeError, "size is a list, expected a whole number"],
  [integer("n"), undefined, TypeError, "size is undefined, expected a whole number"],
  [integer("n"), 0.5, RangeError, "size is 0.5, expected a whole number"],
  [integer("n"), NaN, RangeError, "size is NaN, expected a whole number"],
  [integer("n"), 2 ** 53, RangeError, "size is 9007199254740992, expected a whole number"],
  [integers("n"), 3, TypeError, "size is 3, expected a list of whole numbers"],
  [integers("n"), [1, 0.5], RangeError, "size[1] is 0.5, expected a whole number"],
  [integers("n"), [1, "2"], TypeError, 'size[1] is "2", expected a whole number'],
  [number("x"), "3", TypeError, 'size is "3", expected a number'],
  [number("x"), null, TypeError, "size is null, expected a number"],
  [mode, "Edge", RangeError, 'size is "Edge", expected "constant" or "reflect" or "edge"'],
  [mode, 1, TypeError, 'size is 1, expected "constant" or "reflect" or "edge"'],
  [mode, undefined, TypeError, 'size is undefined, expected "constant" or "reflect" or "edge"'],
  [flag("so"), 1, TypeError, "size is 1, expected true or false"],
  [flag("so"), null, TypeError, "size is null, expected true or false"],
  [axis(0), [0], TypeError, "size is a list, expected a whole number"],
  [axis(0), 0.5, RangeError, "size is 0.5, expected a whole number"],
  [axis(0), 3, RangeError, "axis 3 is not in [-3, 3) of a tensor of rank 3"],
  [axis(0), -4, RangeError, "axis -4 is not in [-3, 3) of a tensor of rank 3"],
  [axes, 1.5, RangeError, "size is 1.5, expected a whole number"],
  [axes, "all", TypeError, 'size is "all", expected a whole number or a list of them'],
  [axes, [0, 1.5], RangeError, "size[1] is 1.5, expected a whole number"],
  [axes, [3], RangeError, "axis 3 is not in [-3, 3) of a tensor of rank 3"],
  [axes, [0, -3], RangeError, "axis 0 is named twice"],
  [paddings, [1, 2], TypeError, "size[0] is 1, expected a pair of whole numbers from 0"],
  [
    paddings,
    [[0, 1], [0]],
    TypeError,
    "size[1] is a list, expected a pair of whole numbers from 0",
  ],
  [paddings, [[0, -1]], RangeError, "size[0] is a list, expected a pair of whole numbers from 0"],
  [permutation, [0, 0.5, 1], RangeError, "size[1] is 0.5, expected a whole number"],
  [permutation, "abc", TypeError, 'size is "abc", expected a list of whole numbers'],
  [shape, 3, TypeError, "size is 3, expected a list of extents"],
  [shape, [2, -1], RangeError, "size[1] is -1, expected a whole number from 0"],
  [shape, new Array(40).fill(1), RangeError, "size has 40 axes, more than 32"],
  [dtype, "float64", RangeError, 'size is "float64", expected "float32" or "int32" or "bool"'],
  [tensor, [1, 2], TypeError, "size is a list, expected a tensor"],
  [option(integer("n"), 4), 0.5, RangeError, "size is 0.5, expected a whole number"],
];

for (const [kind, given, errorClass, message] of wrong) {
  Deno.test(`wrong arguments are named with what was expected: ${message}`, () => {
    const error = assertThrows(() => resolve(kind, given), errorClass);
    assertEquals(error.message, `Cannot compute it: ${message}`);
  });
}

const misread: readonly (readonly [AnyKind, unknown, string])[] = [
  [integer("n"), 0.5, "is not a whole number"],
  [integer("n"), "1", "is not a whole number"],
  [integers("n"), [1, 2 ** 53], "is not a list of whole numbers"],
  [number("x"), "nan", "is not a number"],
  [number("x"), JSON.parse("1e999"), "is not a number"],
  [mode, "Edge", 'is not "constant" or "reflect" or "edge"'],
  [mode, ["edge"], 'is not "constant" or "reflect" or "edge"'],
  [flag("so"), 0, "is not a boolean"],
  [axis(0), -1, "is no axis of rank 3"],
  [axis(0), 3, "is no axis of rank 3"],
  [axis(0), null, "is no axis of rank 3"],
  [axes, [2, 1], "is not a list of ascending axes of rank 3"],
  [axes, 1, "is not a list of whole numbers"],
  [paddings, [[1, 2, 3]], "at 0 is not a pair"],
  [paddings, [[1, 2], [-1, 0]], "at 1 is not a list of extents"],
  [dtype, "float64", 'is not "float32" or "int32" or "bool"'],
  [shape, [-1], "is not a list of extents"],
  [shape, [2 ** 20, 2 ** 20], "is larger than a tensor can be"],
  [tensor, [1], "is not an object"],
];

for (const [kind, json, message] of misread) {
  Deno.test(`JSON that is no such attribute is refused: ${JSON.stringify(json)} ${message}`, () => {
    const error = assertThrows(() => kind.read(json, refuse, [[2, 3, 4]]), SyntaxError);
    assertEquals(error.message, message);
  });
}

Deno.test("an attribute of its own argument becomes an option by a default", () => {
  const { parameter } = option(mode, "edge");
  assertEquals([parameter.positional, parameter.optional], [false, true]);
  assertEquals(parameter.type, '"constant" | "reflect" | "edge"');
  assert(parameter.text.endsWith("edge by default"));
});
