// Bounds, gradients and forward mode against naive loops over index tuples, at ranks, extents and
// counts beyond those of the cases. Engine and judge share the rows of the ops; these share none.

import { assert, assertEquals } from "@std/assert";
import { ulp } from "../core/float32.ts";
import { gradients } from "../core/gradients.ts";
import type { Node } from "../core/graph.ts";
import { type OpName, ops, rowOf } from "../core/ops/table.ts";
import { tensor } from "../core/tensor.ts";
import { evaluateNaively, type Scalars } from "../testing/naive.ts";
import { Draw, forOpGraphs, type OpGraph, opGraphs } from "../testing/op_graphs.ts";
import { dual, fixed, float64 } from "../testing/scalars.ts";
import { allowances, type Profile } from "./allowance.ts";
import { evaluateFloat64 } from "./exact.ts";
import { gradientByTangents } from "./tangents.ts";
import { add, addN, matmul, mul, reduceMean, reduceSum, variable } from "../core/functions/mod.ts";
import { sourceValue } from "../core/functions/sources.ts";

/** A double, and how far an engine may be off. */
interface Bounded {
  readonly value: number;
  readonly error: number;
}

/** The bounds of `verify/README.md`, written down anew. */
function boundedBy(profile: Profile): Scalars<Bounded> {
  const any = profile === "any";
  const [slack, flush] = [1 + 2 ** -26, any ? 2 ** -126 : 0];
  const gamma = (k: number) => k * 2 ** -24 / (1 - k * 2 ** -24);
  const rounded = (value: number, spread: number, ulps = 0.5): Bounded => ({
    value,
    error: spread + ulps * slack * ulp(Math.abs(value) + spread) + flush,
  });
  const exactly = (value: number, error: number) => ({ value, error });
  const spreadOf = (a: Bounded, b: Bounded) =>
    Math.abs(a.value) * b.error + Math.abs(b.value) * a.error + a.error * b.error;
  const sized = ({ value, error }: Bounded) => Math.abs(value) + error;
  const total = (list: readonly number[]) => list.reduce((sum, term) => sum + term, 0);
  const errors = (terms: readonly Bounded[]) => total(terms.map(({ error }) => error));
  const value = (terms: readonly Bounded[]) => total(terms.map(({ value }) => value));
  const sumOf = (terms: readonly Bounded[], roundings: number): Bounded => {
    const n = terms.length;
    const loss = n * (any ? (1 + roundings) * 2 ** -126 : roundings * 2 ** -150);
    const count = n === 0 ? 0 : n - 1 + roundings;
    const added = gamma(count) * (total(terms.map(sized)) + loss) * slack + loss;
    return exactly(value(terms), errors(terms) + added);
  };
  const logistic = float64.unary.sigmoid;
  return {
    unary: {
      neg: ({ value, error }) => exactly(-value, error),
      square: (x) => rounded(x.value ** 2, spreadOf(x, x)),
      exp: ({ value, error }) =>
        rounded(Math.exp(value), Math.exp(value) * Math.expm1(error), any ? 4 : 0.5),
      sigmoid({ value, error }) {
        const nearest = Math.max(0, Math.abs(value) - error);
        const slope = logistic(nearest) * logistic(-nearest);
        return rounded(logistic(value), error * slope, any ? 4 : 0.5);
      },
    },
    binary: {
      add: (a, b) => rounded(a.value + b.value, a.error + b.error),
      sub: (a, b) => rounded(a.value - b.value, a.error + b.error),
      mul: (a, b) => rounded(a.value * b.value, spreadOf(a, b)),
      div(a, b) {
        const quotient = a.value / b.value;
        const spread = (a.error + b.error * Math.abs(quotient)) / (Math.abs(b.value) - b.error);
        return rounded(quotient, spread, any ? 1.5 : 0.5);
      },
    },
    number: (x) => exactly(x, 0),
    value: (x) => x.value,
    stop: (x) => x,
    addN: (terms) => sumOf(terms, 0),
    sum: (terms) => sumOf(terms, 0),
    mean(terms) {
      const n = terms.length;
      if (n === 0) return exactly(NaN, 0);
      const steps = gamma(n - 1 + (any ? 2 : 0)) * total(terms.map(sized)) * slack / n;
      return rounded(value(terms) / n, errors(terms) / n + steps + 2 * n * flush);
    },
    dot(row, column) {
      const products = row.map((a, t) =>
        exactly(a.value * column[t]!.value, spreadOf(a, column[t]!))
      );
      return sumOf(products, 1);
    },
    inOrder: (terms) => sumOf(terms, 0),
  };
}

function assertNear(found: number, expected: number, scale: number, what: string): void {
  const near = Object.is(found, expected) || Math.abs(found - expected) <= scale * 2 ** -36;
  assert(near, `${what}: ${found}, expected ${expected}`);
}

/** Asserts the bound of a node's row, its inputs off by given errors. */
function assertBound({ y, inputs }: OpGraph, draw: Draw): void {
  const { bound, reference } = rowOf(y);
  assert(bound !== "source" && reference !== "source");
  const values = inputs.map((x) => Float64Array.from(sourceValue(x)!.data));
  const radii = values.map((list, i) =>
    list.map(() => inputs[i]!.dtype !== "float32" || draw.next() < 0.2 ? 0 : draw.next() / 256)
  );
  for (const profile of ["own", "any"] as const) {
    const given = (x: Node) =>
      Array.from(values[inputs.indexOf(x)]!, (value, i) => ({
        value,
        error: radii[inputs.indexOf(x)]![i]!,
      }));
    const expected = evaluateNaively([y], boundedBy(profile), given)(y);
    const output = reference(y as never, values);
    const found = bound(y as never, { values, radii, output, allowance: allowances[profile] });
    assertEquals(found.length, expected.length);
    expected.forEach(({ error }, i) => assertNear(found[i]!, error, error, `${y.op}, ${profile}`));
  }
}

// Bounds of selections have a test of their own: core/ops/selection_test.ts.
const sums = Object.keys(opGraphs).filter((op) => ops[op as OpName].form.name !== "selection");

for (const op of sums) {
  Deno.test(`the bound of ${op} is that of verify/README.md, up to rank 6`, () => {
    forOpGraphs(op, assertBound, 50);
  });
}

Deno.test("bounds count every term, however many", () => {
  const draw = new Draw(9);
  for (const n of [1, 2, 9, 10, 65, 129, 1000, 5000]) {
    const x = draw.input([n]);
    const [a, b] = [draw.input([2, n]), draw.input([n, 3])];
    const terms = Array.from({ length: Math.min(n, 200) }, () => draw.input([2]));
    assertBound({ y: reduceSum(x), inputs: [x] }, draw);
    assertBound({ y: reduceMean(x), inputs: [x] }, draw);
    assertBound({ y: matmul(a, b), inputs: [a, b] }, draw);
    assertBound({ y: addN(terms), inputs: terms }, draw);
  }
});

/** Naive values of a node and its inputs' gradients, upstream `u`, in float64. */
function naiveGradients({ y }: OpGraph, inputs: readonly Node[], u: Node) {
  const found = gradients(y, inputs, { gradYs: u, unconnected: "zero" });
  found.forEach((gradient, i) => assertEquals(gradient.shape, inputs[i]!.shape));
  const values = evaluateNaively([...found, y, u], float64, (node) => sourceValue(node)!.data);
  return { gradients: found.map(values), values };
}

const isFloat32 = ({ dtype }: Node) => dtype === "float32";
const differentiable = Object.keys(opGraphs).filter((op) => ops[op as OpName].gives !== "int32");

for (const op of differentiable) {
  Deno.test(`the gradient of ${op} is its derivative in every direction, up to rank 6`, () => {
    forOpGraphs(op, (graph, draw) => {
      const { y } = graph, inputs = graph.inputs.filter(isFloat32);
      const u = draw.input(y.shape);
      const { gradients, values } = naiveGradients(graph, inputs, u);
      const direction = inputs.map(({ shape }) => draw.input(shape));
      const v = (i: number, e: number) => sourceValue(direction[i]!)!.data[e]!;
      const moved = evaluateNaively([y], dual, (node) => {
        const i = inputs.indexOf(node);
        const data = Array.from(sourceValue(node)!.data);
        return i < 0 ? data.map(fixed) : data.map((value, e) => ({ value, slope: v(i, e) }));
      })(y);
      let [forward, backward, scale] = [0, 0, 1];
      moved.forEach(({ slope }, e) => {
        forward += slope * values(u)[e]!;
        scale += Math.abs(slope * values(u)[e]!);
      });
      gradients.forEach((gradient, i) => gradient.forEach((g, e) => backward += g * v(i, e)));
      if (Number.isNaN(values(y)[0] ?? 0)) return; // the mean of nothing
      assertNear(backward, forward, scale, `${op} ${y.shape}`);
    }, 80);
  });

  Deno.test(`forward mode of ${op} gives the same gradient, element by element`, () => {
    forOpGraphs(op, (graph, draw) => {
      const { y } = graph, inputs = graph.inputs.filter(isFloat32);
      const u = draw.input(y.shape);
      const { gradients, values } = naiveGradients(graph, inputs, u);
      if (values(y).some(Number.isNaN)) return;
      inputs.forEach((x, n) => {
        if (gradients[n]!.length > 150) return;
        const found = gradientByTangents(
          { ys: [y], x, gradYs: [u], stopGradients: [] },
          (node) => Float64Array.from(values(node)),
        );
        const scale = 1 + Math.max(0, ...gradients[n]!.map(Math.abs));
        assertEquals(found.length, gradients[n]!.length);
        found.forEach((g, e) => assertNear(g, gradients[n]![e]!, scale, `${op} ${x.shape}`));
      });
    }, 25);
  });
}

Deno.test("forward mode heeds every target, upstream gradient and stopped node", () => {
  const x = variable([0.5, -1.25, 2]);
  const us = Array.from({ length: 12 }, (_, i) => variable([i + 1, 1 / (i + 1), -i]));
  const hidden = Array.from({ length: 12 }, (_, i) => mul(x, i + 0.5));
  const ys = hidden.map((h, i) => add(mul(h, h), mul(x, 2 ** i)));
  for (const stopped of [0, 1, 3, 8, 12]) {
    // d/dx of (kx)² + 2ⁱx is 2k²x + 2ⁱ, and 2ⁱ alone where kx counts as a constant.
    const expected = [0.5, -1.25, 2].map((at, e) =>
      us.reduce((sum, u, i) => {
        const slope = (i < stopped ? 0 : 2 * (i + 0.5) ** 2 * at) + 2 ** i;
        return sum + slope * sourceValue(u)!.data[e]!;
      }, 0)
    );
    const stopGradients = hidden.slice(0, stopped);
    const exact = evaluateFloat64([...ys, ...us], allowances.own);
    const values = (node: Node) => exact.get(node)!.values;
    const found = gradientByTangents({ ys, x, gradYs: us, stopGradients }, values);
    const reverse = gradients(ys, x, { gradYs: us, stopGradients, unconnected: "zero" });
    const [known] = reverse.map((g) => evaluateFloat64([g], allowances.own).get(g)!.values);
    expected.forEach((g, e) => {
      assertNear(found[e]!, g, 1e4, "forward");
      assertNear(known![e]!, g, 1e4, "reverse");
    });
  }
});

Deno.test("what is certain, undecidable or flushed is so in every element, however many", () => {
  const n = 500;
  const each = (value: number) => variable(tensor(new Float32Array(n).fill(value)));
  const radii = (node: Node, profile: Profile) =>
    new Set(evaluateFloat64([node], allowances[profile]).get(node)!.radii);
  const values = (node: Node) => new Set(evaluateFloat64([node], allowances.any).get(node)!.values);
  assertEquals(values(mul(each(3e38), 10)), new Set([Infinity]));
  assertEquals(radii(mul(each(3e38), 10), "any"), new Set([0]));
  const edge = mul(each(3.4028234663852886e38), 1.0000000298);
  assertEquals(radii(add(edge, 3e31), "any"), new Set([Infinity]));
  assertEquals(radii(each(2 ** -130), "any"), new Set([2 ** -130]));
  assertEquals(radii(each(2 ** -130), "own"), new Set([0]));
});
