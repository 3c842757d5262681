// Selections: their bounds, and pooling as a row of this test, where windows overlap, reach beyond
// the edge, and the first of several winners takes all.

import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  argMax,
  argMin,
  constant,
  gather,
  gradients,
  mul,
  type Node,
  reduceMax,
  reduceMaxAt,
  reduceMaxGrad,
  reduceMin,
  reduceMinAt,
  reduceMinGrad,
  run,
  scatterAdd,
  tensor,
  variable,
} from "../mod.ts";
import { type AttributesOf, integers } from "../core/attributes.ts";
import { over } from "../core/forms/places.ts";
import { selection } from "../core/forms/selection.ts";
import { sourceValue } from "../core/functions/sources.ts";
import { rowOf } from "../core/ops/table.ts";
import type { Shape } from "../core/shape.ts";
import { addOps, nodeOf } from "../testing/fixture_ops.ts";
import { Draw } from "../testing/op_graphs.ts";
import { allowances, type Profile } from "./allowance.ts";
import { evaluateFloat64 } from "./exact.ts";
import { gradientByTangents } from "./tangents.ts";

const attributes = { size: integers("the window"), strides: integers("the strides") };
type Attributes = AttributesOf<typeof attributes>;

const pooled = (before: number) => (shapes: readonly Shape[], { size, strides }: Attributes) => {
  const [h, w] = shapes[0]!.map((extent, i) =>
    Math.ceil((extent + 2 * before - size[i]! + 1) / strides[i]!)
  );
  return [Math.max(0, h!), Math.max(0, w!)];
};

addOps(selection("maxPool", {
  summary: "The largest element of each window, with a padding of 1 that never wins.",
  example: ["", ""],
  exampleGrad: ["", ""],
  exampleAt: ["", ""],
  attributes,
  infer: pooled(1),
  candidates: ([y], { size, strides: [p, q] }) =>
    over([...y!, ...size], (i, j, u, v) => [
      [i!, j!],
      [i!.times(p!).plus(u!).plus(-1), j!.times(q!).plus(v!).plus(-1)],
    ]),
  best: "largest",
  ties: "first",
  faces: () => [
    (x, g, options: Attributes) => nodeOf("maxPoolGrad", [x, g], options),
    (x, h, options: Attributes) => nodeOf("maxPoolAt", [x, h], options),
  ],
  options: (given) => given,
  sample: () => null,
}));

/** The row of the winner of each window, by looking at each of its places. */
function poolWinners(y: Node, x: Node): (number | null)[] {
  const { size, strides } = y.attributes as Attributes;
  const [height, width] = x.shape, { data } = sourceValue(x)!;
  const winners: (number | null)[] = [];
  for (let i = 0; i < y.shape[0]!; i++) {
    for (let j = 0; j < y.shape[1]!; j++) {
      let winner: number | null = null;
      for (let r = i * strides[0]! - 1; r < i * strides[0]! - 1 + size[0]!; r++) {
        for (let s = j * strides[1]! - 1; s < j * strides[1]! - 1 + size[1]!; s++) {
          if (r < 0 || r >= height! || s < 0 || s >= width!) continue;
          const at = r * width! + s;
          if (winner === null || data[at]! > data[winner]!) winner = at;
        }
      }
      winners.push(winner);
    }
  }
  return winners;
}

Deno.test("pooling takes the first winner of each window, and hands gradients to it, twice", () => {
  let ties = 0;
  for (let seed = 0; seed < 100; seed++) {
    const r = new Draw(seed);
    const x = variable(r.tensorOf([1 + r.below(6), 1 + r.below(6)], () => r.below(3) - 1));
    const y = nodeOf("maxPool", [x], {
      size: [1 + r.below(3), 1 + r.below(3)],
      strides: [1 + r.below(2), 1 + r.below(3)],
    });
    const u = variable(r.tensorOf(y.shape, () => r.below(9) - 4));
    const winners = poolWinners(y, x);
    const values = sourceValue(x)!.data, upstream = sourceValue(u)!.data;
    const expected = new Float32Array(values.length);
    winners.forEach((at, k) => {
      if (at !== null) expected[at]! += upstream[k]!;
    });
    const [g] = gradients(y, x, { gradYs: u, unconnected: "zero" });
    const h = variable(r.tensorOf(x.shape, () => r.below(9) - 4));
    const [back] = gradients(g, u, { gradYs: h, unconnected: "zero" });
    const found = run([y, g, back]).map(({ data }) => [...data]);
    const at = (data: ArrayLike<number>, none: number) =>
      winners.map((winner) => winner === null ? none : data[winner]!);
    assertEquals(found, [at(values, -Infinity), [...expected], at(sourceValue(h)!.data, 0)]);
    const exact = evaluateFloat64([y, g, u], allowances.own);
    const of = (node: Node) => exact.get(node)!.values;
    const forward = gradientByTangents({ ys: [y], x, gradYs: [u], stopGradients: [] }, of);
    assertEquals([...forward], [...expected]);
    ties += values.length - new Set(values).size;
  }
  assert(ties > 500);
});

/** Every op over axes, given what is selected among, and a tensor of its shape. */
const kinds: Readonly<Record<string, (x: Node, v: Node) => Node>> = {
  reduceMax: (x) => reduceMax(x, { axis: 1 }),
  reduceMin: (x) => reduceMin(x, { axis: 1 }),
  reduceMaxGrad: (x, v) => reduceMaxGrad(x, reduceMax(v, { axis: 1 }), { axis: 1 }),
  reduceMinGrad: (x, v) => reduceMinGrad(x, reduceMax(v, { axis: 1 }), { axis: 1 }),
  reduceMaxAt: (x, v) => reduceMaxAt(x, v, { axis: 1 }),
  reduceMinAt: (x, v) => reduceMinAt(x, v, { axis: 1 }),
  argMax: (x) => argMax(x, { axis: 1 }),
  argMin: (x) => argMin(x, { axis: 1 }),
  maxPool: (x) => nodeOf("maxPool", [x], { size: [2, 3], strides: [1, 2] }),
};

/** The values of a node's inputs, and how far they may be off: few, so that many just meet. */
function inputsOf(r: Draw, y: Node) {
  const step = r.next() < 0.5 ? 1 : 2 ** -6;
  const values = y.inputs.map(({ shape }) =>
    Float64Array.from(r.tensorOf(shape, () => (r.below(7) - 3) * step).data)
  );
  const scale = r.below(3) === 0 ? 0 : step;
  const radii = values.map((list) => list.map(() => scale * r.below(4) / 4));
  return { values, radii };
}

for (const [op, make] of Object.entries(kinds)) {
  Deno.test(`the bound of ${op} holds wherever the operands lie, and is reached`, () => {
    let largest = 0, zero = 0, trials = 0;
    for (let seed = 0; seed < 400; seed++) {
      const r = new Draw(seed);
      const shape = [1 + r.below(3), 1 + r.below(4)];
      const y = make(r.input(shape), r.input(shape));
      const { kernel, reference, bound } = rowOf(y);
      assert(kernel !== "source" && reference !== "source" && bound !== "source");
      const { values, radii } = inputsOf(r, y);
      const output = reference(y as never, values);
      const radius = bound(y as never, { values, radii, output, allowance: allowances.own });
      const z = new Float32Array(output.length);
      for (let t = 0; t < 12; t++) {
        // At the ends of the intervals most of the time.
        const moved = values.map((list, n) =>
          Float32Array.from(list, (value, i) => value + (r.below(3) - 1) * radii[n]![i]!)
        );
        kernel(y as never, z, moved)();
        z.forEach((value, k) => {
          const off = Math.abs(value - output[k]!);
          assert(off <= radius[k]!, `${op} ${seed} ${k}: ${off} > ${radius[k]}`);
          if (radius[k]! > 2 ** -9) largest = Math.max(largest, off / radius[k]!);
          if (radius[k]! === 0) zero++;
          trials++;
        });
      }
    }
    assert(largest > 0.9, `the largest share is ${largest}`);
    assert(zero > trials / 10, `${zero} of ${trials} are exact`);
  });
}

/** Exact values and radii of a node. */
function enclosed(y: Node, profile: Profile = "own") {
  const { values, radii } = evaluateFloat64([y], allowances[profile]).get(y)!;
  return { values: [...values], radii: [...radii] };
}

Deno.test("NaN is the best of all for certain, and all its candidates' gradients are NaN", () => {
  const x = variable([[1, NaN, 3], [NaN, NaN, 1], [1, 2, 2]]);
  for (const reduce of [reduceMax, reduceMin]) {
    const y = reduce(x, { axis: 1 });
    const last = reduce === reduceMax ? 2 : 1;
    assertEquals([...run([y])[0].data], [NaN, NaN, last]);
    assertEquals(enclosed(y), { values: [NaN, NaN, last], radii: [0, 0, 0] });
    const [g] = gradients(y, x, { unconnected: "zero" });
    assertEquals([...run([g])[0].data].slice(0, 6), new Array(6).fill(NaN));
    const upstream = { ys: [y], x, gradYs: [null], stopGradients: [] };
    const exact = evaluateFloat64([y, g], allowances.own);
    const forward = gradientByTangents(upstream, (node) => exact.get(node)!.values);
    assertEquals(forward, exact.get(g)!.values);
  }
  assertEquals([...run([argMax(x, { axis: 1 })])[0].data], [1, 0, 1]);
  assertEquals([...run([argMin(x, { axis: 1 })])[0].data], [1, 0, 0]);
});

Deno.test("of what may be anything, nothing is said of all it is compared with", () => {
  const radiiOf = (y: Node, radii: Float64Array[]) => {
    const { reference, bound } = rowOf(y);
    assert(reference !== "source" && bound !== "source");
    const values = y.inputs.map((x) => Float64Array.from(sourceValue(x)!.data));
    const output = reference(y as never, values);
    return [...bound(y as never, { values, radii, output, allowance: allowances.own })];
  };
  const [x, v] = [
    variable([[1, 2, 9], [3, 4, NaN], [5, 6, 7]]),
    variable(new Array(3).fill([1, 1, 1])),
  ];
  const off = Float64Array.of(Infinity, 0, 0, Infinity, 0, 0, 0, 0, 0);
  const radii = [off, new Float64Array(9)];
  const all = new Array<number>(3).fill(Infinity), none = [0, 0, 0];
  assertEquals(radiiOf(reduceMax(x, { axis: 1 }), radii), [Infinity, 0, 0]);
  assertEquals(radiiOf(reduceMaxAt(x, v, { axis: 1 }), radii), [Infinity, 0, 0]);
  const grad = reduceMaxGrad(x, [1, 1, 1], { axis: 1 });
  assertEquals(radiiOf(grad, [off, new Float64Array(3)]), [...all, ...none, ...none]);
  // Any of three may be the first; the first NaN may come before the one that is known.
  assertEquals(radiiOf(argMax(x, { axis: 1 }), radii), [2, 2, 0]);
});

Deno.test("of nothing the largest is -Infinity, the smallest Infinity, and there is no index", () => {
  const x = variable(tensor(new Float32Array(0), [2, 0]));
  assertEquals(enclosed(reduceMax(x, { axis: 1 })).values, [-Infinity, -Infinity]);
  assertEquals(run([reduceMin(x)])[0].data[0], Infinity);
  assertEquals(run(gradients(reduceMax(x), x, { unconnected: "zero" }))[0].shape, [2, 0]);
  assertEquals(run([reduceMaxAt(x, x, { axis: 1 })])[0].data, new Float32Array(2));
  assertThrows(
    () => argMax(x, { axis: 1 }),
    TypeError,
    "Cannot compute argMax: axis 1 of shape [2,0] is empty",
  );
});

Deno.test("three winners have a third each, as TensorFlow rounds it", () => {
  const x = variable([7, 7, 7, -1]);
  const f = Math.fround;
  const [g] = gradients(mul(reduceMax(x), 0.7), x, { unconnected: "zero" });
  const third = f(f(1 / 3) * f(0.7));
  assertEquals([...run([g])[0].data], [third, third, third, 0]);
});

Deno.test("what is read at an index that is not certain is undecidable, and nothing else", () => {
  const near = mul([[1, 1], [1, 2]], constant(0.1)); // a tie that rounding may break
  const index = argMax(near, { axis: 1 });
  assertEquals(enclosed(index), { values: [0, 1], radii: [1, 0] });
  const read = gather([[10, 20], [30, 40]], index, { axis: 1 });
  assertEquals(enclosed(read).radii, [Infinity, 0, Infinity, 0]);
  const written = scatterAdd([1, 2], index, [3]);
  assertEquals(enclosed(written).radii, [Infinity, Infinity, Infinity]);
});
