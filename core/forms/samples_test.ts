import { assert, assertEquals, assertThrows } from "@std/assert";
import { integer } from "../attributes.ts";
import type { Op, Sample } from "../op.ts";
import { type OpName, ops } from "../ops/table.ts";
import { RandomStream } from "../random.ts";
import type { Shape } from "../shape.ts";
import { unary } from "./elementwise.ts";

const drawn = (row: Op, x: Shape, count = 60): (Sample | null)[] => {
  if (row.sample === "source") throw new TypeError("a source has no samples");
  const { sample } = row;
  return Array.from({ length: count }, (_, seed) => sample(new RandomStream(seed), x));
};
const samples = (op: OpName, x: Shape) => drawn(ops[op], x).filter((sample) => sample !== null);

Deno.test("how large indices may be follows from the axis that they are looked up in", () => {
  const axes = new Set<number>();
  for (const { below, attributes } of samples("gather", [2, 5, 3])) {
    const { axis } = attributes as { axis: number };
    axes.add(axis);
    assertEquals(below, [undefined, [2, 5, 3][axis]]);
  }
  assertEquals(axes.size, 3);
  for (const { below, attributes } of samples("scatterAdd", [2, 5, 3])) {
    const { axis, shape } = attributes as { axis: number; shape: Shape };
    assertEquals(below, [undefined, shape[axis]]);
  }
});

Deno.test("nothing is drawn where nothing fits: no axis, no element to find, another rank", () => {
  const fitting = (op: OpName, x: Shape) => samples(op, x).length;
  assertEquals(
    [
      fitting("concat", []),
      fitting("gather", []),
      fitting("gather", [0]),
      fitting("argMax", [2, 0]),
    ],
    [0, 0, 0, 0],
  );
  assertEquals([[3], [2, 3], [2, 3, 1]].map((x) => fitting("matmul", x)), [0, 60, 0]);
});

Deno.test("operands after the first are drawn by the form: alike, broadcasting, any number", () => {
  const shapesOf = (op: OpName) => samples(op, [2, 3]).map(({ shapes }) => shapes);
  assert(shapesOf("stack").every((shapes) => shapes.every((shape) => shape.join() === "2,3")));
  assertEquals(new Set(shapesOf("stack").map(({ length }) => length)), new Set([1, 2, 3]));
  assertEquals(new Set(shapesOf("addN").map(({ length }) => length)).size, 9);
  assert(shapesOf("where").every((shapes) => shapes.length === 3));
  const second = new Set(shapesOf("sub").map(([, b]) => `${b}`));
  assertEquals(["2,3", "1,3", "2,1", "3", ""].filter((shape) => !second.has(shape)), []);
});

Deno.test("a row whose attribute nobody draws says so", () => {
  const row = unary({
    summary: "",
    example: ["", ""],
    attributes: { count: integer("a number") },
    exact: (x, { count }) => x * count,
    spread: () => 0,
    tangent: () => 0,
    gradient: "none",
  });
  assertThrows(
    () => drawn(row as unknown as Op, [2]),
    TypeError,
    'Cannot draw a sample: neither kind nor row of "count" says how',
  );
});
