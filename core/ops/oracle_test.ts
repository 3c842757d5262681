// Every op against naive loops, which share no code with it, at ranks and sizes beyond the cases.

import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  add,
  addN,
  broadcastTo,
  compile,
  exp,
  gradients,
  matmul,
  mul,
  type Node,
  reduceMean,
  reduceSum,
  reshape,
  run,
  sub,
  transpose,
  variable,
} from "../../mod.ts";
import { Draw, forOpGraphs, opGraphs } from "../../testing/op_graphs.ts";
import { definitions, evaluateNaively } from "../../testing/naive.ts";
import { float32, float64 } from "../../testing/scalars.ts";
import { fromBits, toBits } from "../float32.ts";
import { ops, rowOf } from "./table.ts";
import type { Reduced } from "../forms/reduced.ts";
import { sourceValue } from "../functions/sources.ts";

/** Asserts that a node's kernel gives the bits that the numeric contract says. */
function assertKernel(y: Node): void {
  const expected = evaluateNaively([y], float32, (node) => sourceValue(node)!.data)(y);
  const [found] = run([y]);
  assertEquals(found.shape, y.shape);
  assertEquals(Array.from(found.data, toBits), expected.map(toBits), `${y.op} ${y.shape}`);
}

/** Asserts that a node's float64 evaluation is that of plain loops, to the rounding of doubles. */
function assertReference(y: Node, inputs: readonly Node[]): void {
  const expected = evaluateNaively([y], float64, (node) => sourceValue(node)!.data)(y);
  const { reference } = rowOf(y);
  assert(reference !== "source");
  const found = reference(
    y as never,
    inputs.map((input) => Float64Array.from(sourceValue(input)!.data)),
  );
  assertEquals(found.length, expected.length);
  expected.forEach((value, i) => {
    const near = Object.is(found[i], value) ||
      Math.abs(found[i]! - value) <= 2 ** -40 * Math.max(1, Math.abs(value));
    assert(near, `${y.op} ${y.shape}: ${found[i]} at ${i}, expected ${value}`);
  });
}

const special = [0, -0, 1, -1, Infinity, -Infinity, NaN, 2 ** -149, -(2 ** -126), 3.4e38, 1e-30];

/** Any bits, or a value at which arithmetic is special. */
function anyValue(draw: Draw): number {
  if (draw.next() < 0.3) return special[draw.below(special.length)]!;
  return fromBits(draw.below(2 ** 32));
}

for (const op of Object.keys(opGraphs)) {
  Deno.test(`${op} agrees with naive loops up to rank 6, in both precisions`, () => {
    forOpGraphs(op, ({ y, inputs }, draw) => {
      assertKernel(y);
      assertReference(y, inputs);
      // The same op on values of any bits.
      const feeds = inputs.filter(({ dtype }) => dtype === "float32")
        .map((x) => [x, draw.tensorOf(x.shape, () => anyValue(draw))] as const);
      const fed = new Map(feeds);
      const expected = evaluateNaively(
        [y],
        float32,
        (node) => (fed.get(node) ?? sourceValue(node)!).data,
      )(y);
      assertEquals(Array.from(run([y], fed)[0].data, toBits), expected.map(toBits));
    });
  });
}

Deno.test("every multilinear op and every selection has a naive definition", () => {
  for (const [op, { form: { name } }] of Object.entries(ops)) {
    if (name === "source" || name === "elementwise") continue;
    assert(definitions[op] !== undefined, `${op} has no definition in testing/naive/`);
  }
});

const large: readonly (readonly [string, (draw: Draw) => Node])[] = [
  ["a sum of 20,011 terms", (draw) => reduceSum(draw.input([20011]))],
  ["a sum of 9,001 terms along a middle axis", (draw) => {
    return reduceSum(draw.input([2, 9001, 2]), { axis: 1 });
  }],
  ["a sum of 3 · 5 · 7 · 11 terms of three outer axes", (draw) => {
    return reduceSum(draw.input([3, 5, 2, 7, 11]), { axis: [0, 1, 3, 4] });
  }],
  ["a sum of 3 · 5 · 7 terms of three axes apart", (draw) => {
    return reduceSum(draw.input([3, 2, 5, 2, 7]), { axis: [0, 2, 4] });
  }],
  [
    "a mean of 1,001 terms",
    (draw) => reduceMean(draw.input([3, 1001]), { axis: 1, keepDims: true }),
  ],
  ["200 sums", (draw) => reduceSum(draw.input([200, 3]), { axis: 1 })],
  [
    "a product of 33x150 and 150x41",
    (draw) => matmul(draw.input([33, 150]), draw.input([150, 41])),
  ],
  ["a product of both transposed", (draw) => {
    const [a, b] = [draw.input([67, 19]), draw.input([31, 67])];
    return matmul(a, b, { transposeA: true, transposeB: true });
  }],
  ["5,003 exponentials", (draw) => exp(draw.input([5003]))],
  ["a broadcast over 13 · 7 runs", (draw) => add(draw.input([13, 1, 11]), draw.input([7, 1]))],
  ["operands of one size and two shapes", (draw) => sub(draw.input([6, 1]), draw.input([6]))],
  ["eleven axes", (draw) => {
    const x = draw.input([1, 2, 1, 2, 1, 1, 2, 1, 2, 3, 2]);
    return reduceSum(x, { axis: [10, 2, 9, 1], keepDims: true });
  }],
  ["eleven axes transposed", (draw) => {
    return transpose(draw.input([1, 2, 1, 3, 1, 1, 2, 1, 2, 1, 5]), [
      3,
      10,
      2,
      0,
      9,
      1,
      8,
      4,
      6,
      5,
      7,
    ]);
  }],
  ["seven axes broadcast", (draw) => {
    return mul(draw.input([2, 1, 3, 1, 2, 1, 2]), draw.input([3, 1, 2, 1, 3, 1]));
  }],
  ["a row repeated 300 times", (draw) => broadcastTo(draw.input([3]), [4, 75, 3])],
  ["2,310 elements reshaped", (draw) => reshape(draw.input([2, 3, 5, 7, 11]), [11, 7, 30])],
  ["40 operands", (draw) => addN(Array.from({ length: 40 }, () => draw.input([7])))],
  ["153 operands", (draw) => addN(Array.from({ length: 153 }, () => draw.input([2])))],
];

for (const [name, make] of large) {
  Deno.test(`${name}: the bits of naive loops`, () => {
    const y = make(new Draw(1));
    assertKernel(y);
    assertReference(y, y.inputs);
  });
}

Deno.test("addN takes every number of operands from 1 to 80 in its order", () => {
  const draw = new Draw(3);
  for (let count = 1; count <= 80; count++) {
    assertKernel(addN(Array.from({ length: count }, () => draw.input([3]))));
  }
});

Deno.test("a sum takes every number of terms from 0 to 300 in its order", () => {
  const draw = new Draw(4);
  for (let count = 0; count <= 300; count++) assertKernel(reduceSum(draw.input([count])));
});

Deno.test("an extent of 0 broadcasts with 1 and with itself, on either side", () => {
  for (const [a, b, shape] of [[[0], [1], [0]], [[1, 3], [0, 1], [0, 3]], [[], [2, 0], [2, 0]]]) {
    const [p, q] = [a!, b!].map((s) => variable(new Draw(5).tensorOf(s, () => 1))) as [Node, Node];
    assertEquals([add(p, q).shape, add(q, p).shape], [shape, shape]);
    assertEquals(run([add(p, q)])[0].size, 0);
  }
});

Deno.test("axes are named in any order and from either end, and reduced in ascending order", () => {
  const draw = new Draw(11);
  const rank = 13;
  const x = draw.input(Array.from({ length: rank }, (_, axis) => axis % 4 === 1 ? 2 : 1));
  for (let round = 0; round < 200; round++) {
    const chosen: number[] = [];
    for (let axis = 0; axis < rank; axis++) if (draw.next() < 0.6) chosen.push(axis);
    const axis = draw.shuffled(chosen).map((a) => draw.next() < 0.5 ? a : a - rank);
    const { attributes } = reduceSum(x, { axis });
    assertEquals((attributes as Reduced).axes, chosen);
  }
});

Deno.test("shapes that disagree are refused in whichever axis or operand, at rank 7", () => {
  const shape = [2, 3, 2, 3, 2, 3, 2];
  const draw = new Draw(7);
  const x = draw.input(shape);
  for (const axis of shape.keys()) {
    const other = draw.input(shape.with(axis, 4));
    assertThrows(() => add(x, other), TypeError, "do not broadcast");
    assertThrows(() => broadcastTo(x, other.shape), TypeError, "does not stretch");
    assertThrows(() => addN([x, x, other]), TypeError, "differ");
    assertThrows(() => gradients(x, x, { gradYs: other }), TypeError, "has shape");
    assertThrows(() => compile([x], [x]).run([sourceValue(other)!]), TypeError, "has shape");
  }
  for (let place = 0; place < 40; place++) {
    const operands = Array.from({ length: 40 }, (_, i) => draw.input(i === place ? [3] : [2]));
    assertThrows(() => addN(operands), TypeError, "differ");
  }
});

Deno.test("matrices of every small size, square ones too, multiply and differentiate right", () => {
  const draw = new Draw(10);
  for (const [m, k, n] of [[5, 5, 5], [7, 7, 3], [3, 9, 9], [6, 2, 6], [17, 1, 17], [1, 33, 1]]) {
    for (
      const [transposeA, transposeB] of [[0, 0], [0, 1], [1, 0], [1, 1]].map((t) => t.map(Boolean))
    ) {
      const a = draw.input(transposeA ? [k!, m!] : [m!, k!]);
      const b = draw.input(transposeB ? [n!, k!] : [k!, n!]);
      const g = draw.input([m!, n!]);
      const y = matmul(a, b, { transposeA: transposeA!, transposeB: transposeB! });
      assertKernel(y);
      const found = run(gradients(y, [a, b], { gradYs: g, unconnected: "zero" }));
      const at = (x: Node, i: number, j: number, transposed: boolean) => {
        const [row, column] = transposed ? [j, i] : [i, j];
        return sourceValue(x)!.data[row * x.shape[1]! + column]!;
      };
      // dA = G·Bᵀ and dB = Aᵀ·G, each in the layout of its operand.
      const sum = (count: number, term: (t: number) => number) => {
        let total = 0;
        for (let t = 0; t < count; t++) total = Math.fround(total + Math.fround(term(t)));
        return total;
      };
      for (let t = 0; t < k!; t++) {
        for (let i = 0; i < m!; i++) {
          const expected = sum(n!, (j) => at(g, i, j, false) * at(b, t, j, transposeB!));
          assertEquals(found[0].data[transposeA ? t * m! + i : i * k! + t], expected);
        }
        for (let j = 0; j < n!; j++) {
          const expected = sum(m!, (i) => at(a, i, t, transposeA!) * at(g, i, j, false));
          assertEquals(found[1].data[transposeB ? j * k! + t : t * n! + j], expected);
        }
      }
    }
  }
});
