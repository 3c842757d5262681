// Products in letters as rows of this test: of vectors, of stacks of matrices, with axes that run
// together; their values, bounds, tangents and gradients to second order.

import { assert, assertEquals, assertThrows } from "@std/assert";
import { gradients, type Node, run, variable } from "../mod.ts";
import { choice } from "../core/attributes.ts";
import { type Letters, product } from "../core/forms/product.ts";
import { sourceValue } from "../core/functions/sources.ts";
import { RandomStream } from "../core/random.ts";
import type { Shape } from "../core/shape.ts";
import { addOps, nodeOf } from "../testing/fixture_ops.ts";
import { Draw } from "../testing/op_graphs.ts";
import { allowances } from "./allowance.ts";
import { evaluateFloat64 } from "./exact.ts";
import { gradientByTangents } from "./tangents.ts";

/** Inner and outer products, matrices either way round, stacks of them, and axes in common. */
const EQUATIONS = [
  "k,k,",
  "m,n,mn",
  "mk,kn,mn",
  "km,nk,nm",
  "zmk,zkn,zmn",
  "ab,ab,ba",
  "ijk,kj,ik",
];

const lettersOf = (equation: string) => equation.split(",") as unknown as Letters;

const einsum = product({
  summary: "A product in letters.",
  example: ["", ""],
  attributes: { equation: choice(EQUATIONS, "the letters") },
  letters: ({ equation }) => lettersOf(equation),
  multiply: (a, b, letters) => nodeOf("einsum", [a, b], { equation: letters.join() }),
});
addOps({ einsum });

/** The product by its definition: the sum over all ways to give every letter an index. */
function naive(equation: string, a: Node, b: Node): number[] {
  const words = lettersOf(equation);
  const extents = new Map<string, number>();
  [a, b].forEach(({ shape }, i) =>
    [...words[i]!].forEach((letter, axis) => extents.set(letter, shape[axis]!))
  );
  const at = (word: string, index: ReadonlyMap<string, number>) =>
    [...word].reduce((place, letter) => place * extents.get(letter)! + index.get(letter)!, 0);
  const size = [...words[2]].reduce((n, letter) => n * extents.get(letter)!, 1);
  const sums = new Array<number>(size).fill(0);
  const index = new Map<string, number>();
  const [p, q] = [a, b].map((node) => sourceValue(node)!.data);
  const visit = ([letter, ...rest]: readonly string[]) => {
    if (letter === undefined) {
      sums[at(words[2], index)]! += p![at(words[0], index)]! * q![at(words[1], index)]!;
      return;
    }
    for (let i = 0; i < extents.get(letter)!; i++) visit((index.set(letter, i), rest));
  };
  visit([...extents.keys()]);
  return sums;
}

/** A product of small whole numbers, which no order of additions rounds. */
function drawn(equation: string, seed: number): { y: Node; a: Node; b: Node; r: Draw } {
  const r = new Draw(seed);
  const extents = new Map<string, number>();
  const input = (word: string) => {
    const shape = [...word].map((letter) => {
      if (!extents.has(letter)) extents.set(letter, r.below(4));
      return extents.get(letter)!;
    });
    return variable(r.tensorOf(shape, () => r.below(9) - 4));
  };
  const [p, q] = lettersOf(equation);
  const [a, b] = [input(p), input(q)];
  return { y: nodeOf("einsum", [a, b], { equation }), a, b, r };
}

for (const equation of EQUATIONS) {
  Deno.test(`the product ${equation} is the sum of its definition, and so are its gradients, twice`, () => {
    for (let seed = 0; seed < 40; seed++) {
      const { y, a, b, r } = drawn(equation, seed);
      assertEquals([...run([y])[0].data], naive(equation, a, b).map((value) => value + 0));
      const g = variable(r.tensorOf(y.shape, () => r.below(9) - 4));
      const first = gradients(y, [a, b], { gradYs: g, unconnected: "zero" });
      const [p, q, z] = lettersOf(equation);
      assertEquals(
        run(first).map(({ data }) => [...data]),
        [naive([z, q, p].join(), g, b), naive([z, p, q].join(), g, a)],
      );
      assertEquals(
        first.map(({ op, shape }) => [op, shape]),
        [a, b].map((x) => ["einsum", x.shape]),
      );
      // The gradient of ∂y/∂a with respect to g is the product again.
      const h = variable(r.tensorOf(a.shape, () => r.below(9) - 4));
      const [back, other] = gradients(first[0], [g, b], { gradYs: h, unconnected: "zero" });
      const found = run([back, other]).map(({ data }) => [...data]);
      assertEquals(found, [naive(equation, h, b), naive([z, p, q].join(), g, h)]);
    }
  });

  Deno.test(`the exact product ${equation} encloses the engine's, and forward mode agrees`, () => {
    for (let seed = 0; seed < 10; seed++) {
      const { y, a, b } = drawn(equation, seed);
      const xs = [a, b];
      const all = [y, ...gradients(y, xs, { unconnected: "zero" })];
      const exact = evaluateFloat64(all, allowances.own);
      run(all).forEach(({ data }, n) => {
        const { values, radii } = exact.get(all[n]!)!;
        data.forEach((value, k) => assert(Math.abs(value - values[k]!) <= radii[k]!));
      });
      xs.forEach((x, n) => {
        const valueOf = (node: Node) => exact.get(node)!.values;
        const witness = { ys: [y], x, gradYs: [null], stopGradients: [] };
        assertEquals(gradientByTangents(witness, valueOf), exact.get(all[n + 1]!)!.values);
      });
    }
  });
}

Deno.test("a product draws operands that fit, and refuses others by their letters", () => {
  const draw = einsum.sample as (random: RandomStream, x: Shape) => { shapes: Shape[] } | null;
  const { shapes } = draw(new RandomStream(2), [2, 3])!;
  assertEquals(shapes[0], [2, 3]);
  const [a, b] = [[2, 3], [4, 5]].map((shape) => variable(new Draw(1).tensorOf(shape, () => 1)));
  assertThrows(
    () => nodeOf("einsum", [a!, b!], { equation: "mk,kn,mn" }),
    TypeError,
    "Cannot compute einsum: shapes [2,3] and [4,5] do not agree: k of mk,kn is 3 and 4",
  );
  assertThrows(
    () => nodeOf("einsum", [a!, b!], { equation: "k,kn,n" }),
    TypeError,
    "shapes [2,3] and [4,5], expected [k] and [k,n]",
  );
});
