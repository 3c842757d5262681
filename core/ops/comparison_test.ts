import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  type Node,
  notEqual,
  placeholder,
  run,
  variable,
} from "../../mod.ts";
import { checkBound, checkKernel } from "../../testing/elementwise.ts";
import type { DType } from "../dtype.ts";

const text = (node: Node) => `${run([node])[0]}`;
const FLOATS: readonly DType[] = ["float32", "float32"];
const INTEGERS: readonly DType[] = ["int32", "int32"];
const BOOLS: readonly DType[] = ["bool", "bool"];

const comparisons = {
  equal: { op: equal, definition: (a: number, b: number) => a === b ? 1 : 0 },
  notEqual: { op: notEqual, definition: (a: number, b: number) => a === b ? 0 : 1 },
  less: { op: less, definition: (a: number, b: number) => a < b ? 1 : 0 },
  lessEqual: { op: lessEqual, definition: (a: number, b: number) => a < b || a === b ? 1 : 0 },
  greater: { op: greater, definition: (a: number, b: number) => b < a ? 1 : 0 },
  greaterEqual: {
    op: greaterEqual,
    definition: (a: number, b: number) => b < a || a === b ? 1 : 0,
  },
};

const truth = {
  logicalAnd: { op: logicalAnd, definition: (a: number, b: number) => a === 1 && b === 1 ? 1 : 0 },
  logicalOr: { op: logicalOr, definition: (a: number, b: number) => a === 1 || b === 1 ? 1 : 0 },
};

const operand = (dtype: DType) => placeholder([1], { dtype });

for (const [name, { op, definition }] of Object.entries(comparisons)) {
  Deno.test(`${name} gives bool and agrees with its definition, element by element`, () => {
    for (const dtypes of [FLOATS, INTEGERS]) {
      checkKernel(op as (...x: Node[]) => Node, definition, dtypes);
    }
    assertEquals(op(variable([1, 2]), 1).dtype, "bool");
  });

  Deno.test(`the bound of ${name} holds at 20,000 boxes, and is 1 or 0`, () => {
    const node = op(operand("float32"), operand("float32"));
    const { certain, bounded, undecidable } = checkBound(node, definition, FLOATS);
    assert(certain > 4000 && bounded > 2000, `${certain} ${bounded}`);
    assertEquals(undecidable, 0);
  });
}

for (const name of ["equal", "notEqual"] as const) {
  Deno.test(`${name} takes bool as well`, () => {
    checkKernel(
      comparisons[name].op as (...x: Node[]) => Node,
      comparisons[name].definition,
      BOOLS,
    );
  });
}

for (const [name, { op, definition }] of Object.entries(truth)) {
  Deno.test(`${name} agrees with its definition, and one operand may decide for certain`, () => {
    checkKernel(op as (...x: Node[]) => Node, definition, BOOLS);
    const node = op(operand("bool"), operand("bool"));
    const counts = checkBound(node, definition, BOOLS);
    assert(counts.certain > 5000 && counts.bounded > 5000);
    assertEquals(counts.undecidable, 0);
  });
}

Deno.test("logicalNot agrees with its definition", () => {
  const definition = (x: number) => x === 0 ? 1 : 0;
  checkKernel(logicalNot as (...x: Node[]) => Node, definition, ["bool"]);
  const counts = checkBound(logicalNot(operand("bool")), definition, ["bool"]);
  assert(counts.certain > 5000 && counts.bounded > 5000);
});

Deno.test("NaN compares as false, but differs from everything; the zeros are equal", () => {
  const x = variable([NaN, -0, Infinity]);
  const y = variable([NaN, 0, Infinity]);
  const table = Object.values(comparisons).map(({ op }) => text(op(x, y)));
  assertEquals(table, [
    "[0. 1. 1.]",
    "[1. 0. 0.]",
    "[0. 0. 0.]",
    "[0. 1. 1.]",
    "[0. 0. 0.]",
    "[0. 1. 1.]",
  ]);
});

Deno.test("numbers beside a node get its dtype, and true and false are bool", () => {
  const index = variable([1, 2, 3], { dtype: "int32" });
  assertEquals(less(index, 3).inputs[1]!.dtype, "int32");
  assertEquals(
    text(logicalAnd([true, true, false], [[true], [false]])),
    "[[1. 1. 0.]\n [0. 0. 0.]]",
  );
  assertEquals(text(equal(variable([true, false], { dtype: "bool" }), true)), "[1. 0.]");
});

Deno.test("other dtypes than an op takes are refused by name", () => {
  const bool = variable([true], { dtype: "bool" });
  const index = variable([1], { dtype: "int32" });
  const float = variable([1]);
  const wrong: readonly [() => unknown, string][] = [
    [() => less(bool, bool), "less: operand 0 is bool, expected float32 or int32"],
    [() => greater(float, bool), "greater: operand 1 is bool, expected float32 or int32"],
    [() => less(index, float), "less: operands are int32 and float32"],
    [() => equal(bool, float), "equal: operands are bool and float32"],
    [() => logicalAnd(float, bool), "logicalAnd: operand 0 is float32, expected bool"],
    [() => logicalNot(index), "logicalNot: operand 0 is int32, expected bool"],
  ];
  for (const [call, facts] of wrong) {
    assertEquals(assertThrows(call, TypeError).message, `Cannot compute ${facts}`);
  }
  const fraction = assertThrows(() => less(index, 1.5), RangeError);
  assertEquals(
    fraction.message,
    "Cannot make a constant: int32 value 0 is 1.5, expected a whole number within ±2^24",
  );
  const two = assertThrows(() => logicalOr(bool, 2), RangeError);
  assertEquals(two.message, "Cannot make a constant: bool value 0 is 2, expected 0 or 1");
  const truth = assertThrows(() => less(float, true), TypeError);
  assertEquals(truth.message, "Cannot make a constant: expected a number, found true");
});
