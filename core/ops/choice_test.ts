import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  clipByValue,
  div,
  gradients,
  greater,
  maximum,
  minimum,
  mul,
  type Node,
  notEqual,
  placeholder,
  run,
  square,
  variable,
  where,
} from "../../mod.ts";
import { boundAt, checkBound, checkKernel, type Definition } from "../../testing/elementwise.ts";
import type { DType } from "../dtype.ts";

const text = (node: Node | null) => node === null ? "null" : `${run([node])[0]}`;
const gradientTexts = (y: Node, xs: readonly Node[]) => gradients(y, xs).map(text).join(" ");

const FLOATS: readonly DType[] = ["float32", "float32"];
const operands = (dtypes: readonly DType[]) => dtypes.map((dtype) => placeholder([1], { dtype }));

const larger = (a: number, b: number) => {
  if (a !== a || b !== b) return NaN;
  if (a === b) return 1 / a > 0 ? a : b; // +0 above -0
  return a > b ? a : b;
};
const smaller = (a: number, b: number) => -larger(-a, -b);
const clipped = (x: number, min: number, max: number) => larger(smaller(x, max), min);
const chosen = (condition: number, a: number, b: number) => condition === 1 ? a : b;

const table = {
  maximum: { op: maximum, definition: larger, dtypes: FLOATS },
  minimum: { op: minimum, definition: smaller, dtypes: FLOATS },
  clipByValue: {
    op: clipByValue,
    definition: clipped,
    dtypes: ["float32", "float32", "float32"],
  },
  where: { op: where, definition: chosen, dtypes: ["bool", "float32", "float32"] },
} as const;

for (const [name, { op, definition, dtypes }] of Object.entries(table)) {
  const make = op as (...x: Node[]) => Node;

  Deno.test(`${name} agrees with its definition, element by element`, () => {
    checkKernel(make, definition as Definition, dtypes);
    const integers = dtypes.map((dtype) => dtype === "bool" ? dtype : "int32");
    checkKernel(make, definition as Definition, integers);
    assertEquals(make(...operands(integers)).dtype, "int32");
  });

  Deno.test(`the bound of ${name} holds at 20,000 boxes`, () => {
    const node = make(...operands(dtypes));
    const counts = checkBound(node, definition as Definition, dtypes);
    assert(counts.certain > 2000 && counts.bounded > 5000, JSON.stringify(counts));
    assert(counts.undecidable > 50 && counts.undecidable < 4000, JSON.stringify(counts));
  });
}

Deno.test("a tie in maximum and minimum sends the gradient to the first operand, NaN to the second", () => {
  const a = variable([1, 2, 3, NaN, 1, NaN]);
  const b = variable([2, 2, 2, 1, NaN, NaN]);
  const larger = "[0. 1. 1. 0. 0. 0.] [1. 0. 0. 1. 1. 1.]";
  assertEquals(gradientTexts(maximum(a, b), [a, b]), larger);
  const smaller = "[1. 1. 0. 0. 0. 0.] [0. 0. 1. 1. 1. 1.]";
  assertEquals(gradientTexts(minimum(a, b), [a, b]), smaller);
  assertEquals(text(maximum(a, b)), "[ 2.  2.  3. nan nan nan]");
  assertEquals(text(minimum(a, b)), "[ 1.  2.  2. nan nan nan]");
});

Deno.test("clipByValue sends its gradient to x within and at the bounds, beyond them to the bound", () => {
  const [x, min, max] = [variable([-3, -1, 0, 1, 3]), variable(-1), variable(1)];
  const y = mul(clipByValue(x, min, max), [1, 10, 100, 1000, 10000]);
  const expected = "[   0.   10.  100. 1000.    0.] 1.0 10000.0";
  assertEquals(gradientTexts(y, [x, min, max]), expected);
});

Deno.test("clipByValue sends nothing to an x that is NaN, and takes min where it is above max", () => {
  const [x, min, max] = [variable(NaN), variable(-1), variable(1)];
  const y = clipByValue(x, min, max);
  assertEquals([text(y), gradientTexts(y, [x, min, max])], ["nan", "0.0 1.0 0.0"]);
  const crossed = clipByValue([-5, 0, 5], max, min);
  assertEquals(text(crossed), "[1. 1. 1.]");
  assertEquals(gradientTexts(crossed, [max, min]), "3.0 0.0");
});

Deno.test("where sends its gradient to what is chosen, and none to the condition", () => {
  const [a, b] = [variable([[1], [2]]), variable([10, 20, 30])];
  const condition = variable([true, false, true], { dtype: "bool" });
  const y = where(condition, a, b);
  assertEquals(text(y), "[[ 1. 20.  1.]\n [ 2. 20.  2.]]");
  assertEquals(gradientTexts(y, [a, b]), "[[2.]\n [2.]] [0. 2. 0.]");
  const x = variable([-1, 2]);
  assertEquals(gradientTexts(where(greater(x, 0), 1, 2), [x]), "null");
});

Deno.test("the where trap: what is not chosen sends 0 times its derivative, NaN at a pole", () => {
  const x = variable([0, 2]);
  const trapped = where(notEqual(x, 0), div(1, x), 0);
  assertEquals(text(trapped), "[0.  0.5]");
  assertEquals(gradientTexts(trapped, [x]), "[  nan -0.25]");
});

Deno.test("a second where, on what the pole is computed from, avoids the trap", () => {
  const x = variable([0, 2]);
  const safe = notEqual(x, 0);
  const y = where(safe, div(1, where(safe, x, 1)), 0);
  assertEquals([text(y), gradientTexts(y, [x])], ["[0.  0.5]", "[ 0.   -0.25]"]);
});

Deno.test("choices have derivatives of any order where what they choose has", () => {
  const cubes: readonly ((x: Node) => Node)[] = [
    (x) => mul(maximum(square(x), x), x),
    (x) => mul(minimum(x, square(x)), square(x)),
    (x) => mul(clipByValue(x, 1, 5), square(clipByValue(x, 0, 5))),
    (x) => where(greater(x, 2), mul(square(x), x), x),
  ];
  for (const cube of cubes) {
    const x = variable(3);
    let y = cube(x);
    const values = [1, 2, 3].map(() => {
      [y] = gradients(y, x, { unconnected: "zero" }) as [Node];
      return text(y);
    });
    assertEquals(values, ["27.0", "18.0", "6.0"], `${cube}`);
  }
});

Deno.test("the error of a maximum is that of the operand that wins for certain, else the larger", () => {
  const node = maximum(placeholder([1]), placeholder([1]));
  const radiusOf = (a: number, ea: number, b: number, eb: number) =>
    boundAt(node, [[a, ea], [b, eb]]);
  assertEquals(radiusOf(5, 0.25, 3, 1), 0.25);
  assertEquals(radiusOf(3, 1, 5, 0.25), 0.25);
  assertEquals(radiusOf(4, 0.25, 3, 1), 1);
  assertEquals(radiusOf(5, Infinity, 3, 1), Infinity);
  assertEquals(radiusOf(NaN, 0, 3, 1), 0);
  assertEquals(radiusOf(Infinity, 0, 3, 1), 0);
});

Deno.test("where an uncertain condition meets NaN or infinity, nothing is known", () => {
  const [c, a, b] = operands(["bool", "float32", "float32"]);
  const node = where(c!, a!, b!);
  const radiusOf = (a: number, b: number) => boundAt(node, [[1, 1], [a, 0.25], [b, 0.5]]);
  assertEquals([radiusOf(NaN, 1), radiusOf(1, -Infinity)], [Infinity, Infinity]);
  const both = boundAt(node, [[0, 1], [NaN, 0], [NaN, 0]]);
  assertEquals([radiusOf(3, 3) >= 0.5, radiusOf(3, 3) < 0.500001, both], [true, true, 0]);
});

Deno.test("other dtypes, shapes and values than a choice takes are refused", () => {
  const bool = variable([true], { dtype: "bool" });
  const index = variable([1, 2], { dtype: "int32" });
  const float = variable([1, 2]);
  const wrong: readonly [() => unknown, string][] = [
    [() => maximum(bool, bool), "maximum: operand 0 is bool, expected float32 or int32"],
    [() => minimum(float, index), "minimum: operands are float32 and int32"],
    [() => where(float, 1, 2), "where: operand 0 is float32, expected bool"],
    [() => where(bool, float, index), "where: operands are float32 and int32"],
    [() => clipByValue(index, float, 1), "clipByValue: operands are int32 and float32"],
    [
      () => where(bool, [1, 2], [1, 2, 3]),
      "where: shapes [1], [2] and [3] do not broadcast",
    ],
    [
      () => clipByValue([1, 2], [1, 2, 3], 1),
      "clipByValue: shapes [2], [3] and [] do not broadcast",
    ],
  ];
  for (const [call, facts] of wrong) {
    assertEquals(assertThrows(call, TypeError).message, `Cannot compute ${facts}`);
  }
  const five = assertThrows(() => where([0, 5], 1, 2), RangeError);
  assertEquals(five.message, "Cannot make a constant: bool value 1 is 5, expected 0 or 1");
  const fraction = assertThrows(() => maximum(index, 0.5), RangeError);
  assertEquals(
    fraction.message,
    "Cannot make a constant: int32 value 0 is 0.5, expected a whole number within ±2^24",
  );
});
