import { assertEquals, assertThrows } from "@std/assert";
import type { Op } from "../core/op.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import { checkLaws, laws } from "./op_laws.ts";

/** Damage to the row of an op, and the law that it breaks. */
const damages: readonly (readonly [law: string, op: OpName, damage: (row: Op) => Partial<Op>])[] = [
  ["the sample fits", "neg", () => ({ sample: () => ({ shapes: [[5]] }) })],
  ["the sample fits", "transpose", (row) => ({
    sample: (random, x) => {
      const drawn = (row.sample as Exclude<Op["sample"], "source">)(random, x);
      return drawn && { ...drawn, attributes: { permutation: [7] } };
    },
  })],
  ["the example prints what it says", "exp", () => ({ example: ["exp(0)", "1."] })],
  ["the example prints what it says", "exp", () => ({ example: ["neg(0)", "-0."] })],
  ["an exact result moves no further than the bound says", "mul", ({ bound }) => ({
    bound: (...given) => (bound as Exclude<Op["bound"], "source">)(...given).map((r) => 0.9 * r),
  })],
  ["an exact result moves no further than the bound says", "mul", ({ bound }) => ({
    bound: (...given) => (bound as Exclude<Op["bound"], "source">)(...given).map((r) => 1000 * r),
  })],
  ["honest engines stay within the bound", "matmul", ({ kernel }) => ({
    kernel: (node, output, inputs) => {
      const compute = (kernel as Exclude<Op["kernel"], "source">)(node, output, inputs);
      return () => {
        compute();
        output.forEach((value, i) => output[i] = value * (1 + 2 ** -19));
      };
    },
  })],
  ["reverse mode, forward mode and differences agree, twice", "square", ({ reference }) => ({
    // Rules of gradients and tangents are picked out of the table once; differences look it up.
    reference: (...given) =>
      (reference as Exclude<Op["reference"], "source">)(...given).map((y) => y * (1 + 2 ** -16)),
  })],
  ["JSON keeps op, attributes and bits", "transpose", ({ attributes: { permutation } }) => ({
    attributes: {
      permutation: {
        ...permutation!,
        write: (order: unknown) => (order as number[]).toReversed(),
      },
    },
  })],
  ["wrong numbers, dtypes, shapes and attributes are refused by name", "add", () => ({
    infer: (shapes, _, _refuse) => shapes[0]!,
  })],
];

for (const [law, name, damage] of damages) {
  Deno.test(`a damaged row of ${name} breaks the law: ${law}`, () => {
    const table = ops as Record<OpName, Op>;
    const row = table[name];
    table[name] = { ...row, ...damage(row) };
    try {
      assertThrows(() => laws[law]!(name));
    } finally {
      table[name] = row;
    }
    laws[law]!(name);
  });
}

Deno.test("every law has a row that breaks it here; an error names op and law", () => {
  assertEquals([...new Set(damages.map(([law]) => law))], Object.keys(laws));
  const table = ops as Record<OpName, Op>;
  const row = table.exp;
  table.exp = { ...row, example: ["exp(0)", "2.0"] };
  try {
    assertThrows(() => checkLaws("exp"), Error, "exp: the example prints what it says: ");
  } finally {
    table.exp = row;
  }
  checkLaws("exp");
});
