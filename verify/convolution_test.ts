// A convolution as rows of this test: places that stride and that lie outside where there is
// padding, in kernel, reference, bound, tangent and gradients to second order.

import { assert, assertEquals } from "@std/assert";
import { constant, gradients, mul, type Node, reduceSum, run, variable } from "../mod.ts";
import { integers } from "../core/attributes.ts";
import { multilinear } from "../core/forms/multilinear.ts";
import { over } from "../core/forms/places.ts";
import { sourceValue } from "../core/functions/sources.ts";
import type { Sample } from "../core/op.ts";
import type { Shape } from "../core/shape.ts";
import { shape } from "../core/shape_attributes.ts";
import { addOps, nodeOf } from "../testing/fixture_ops.ts";
import { Draw } from "../testing/op_graphs.ts";
import { allowances } from "./allowance.ts";
import { evaluateFloat64 } from "./exact.ts";
import { gradientByTangents } from "./tangents.ts";

const attributes = {
  strides: integers("the strides"),
  before: integers("the padding before"),
  shape,
};
type Attributes = { strides: readonly number[]; before: readonly number[]; shape: Shape };

/** NHWC by HWIO, given the shapes of output, image and kernel; the last rounds are the inner sum. */
function meeting(y: Shape, k: Shape, { strides: [p, q], before: [top, left] }: Attributes) {
  const [u, v, c] = k;
  const counters = [...y, u!, v!, c!];
  return (order: readonly ("y" | "x" | "k")[]) =>
    over(counters, (n, i, j, o, u, v, c) => {
      const x = [n!, i!.times(p!).plus(u!).plus(-top!), j!.times(q!).plus(v!).plus(-left!), c!];
      const places = { y: [n!, i!, j!, o!], x, k: [u!, v!, c!, o!] };
      return order.map((role) => places[role]);
    });
}

const common = {
  summary: "A convolution.",
  example: ["", ""] as const,
  arity: 2,
  attributes,
  infer: (_: readonly Shape[], { shape }: Attributes) => shape,
  order: "index" as const,
  sample: (): Sample | null => null,
};

addOps({
  conv2d: multilinear({
    ...common,
    terms: ([y, , k], a) => meeting(y!, k!, a)(["y", "x", "k"]),
    gradient: ({ inputs: [x, k], attributes }, g) => [
      nodeOf("conv2dImage", [g, k!], { ...attributes, shape: x!.shape }),
      nodeOf("conv2dKernel", [x!, g], { ...attributes, shape: k!.shape }),
    ],
  }),
  conv2dImage: multilinear({
    ...common,
    terms: ([, y, k], a) => meeting(y!, k!, a)(["x", "y", "k"]),
    gradient: ({ inputs: [g, k], attributes }, h) => [
      nodeOf("conv2d", [h, k!], { ...attributes, shape: g!.shape }),
      nodeOf("conv2dKernel", [h, g!], { ...attributes, shape: k!.shape }),
    ],
  }),
  conv2dKernel: multilinear({
    ...common,
    terms: ([k, , y], a) => meeting(y!, k!, a)(["k", "x", "y"]),
    gradient: ({ inputs: [x, g], attributes }, h) => [
      nodeOf("conv2dImage", [g!, h], { ...attributes, shape: x!.shape }),
      nodeOf("conv2d", [x!, h], { ...attributes, shape: g!.shape }),
    ],
  }),
});

interface Trial {
  readonly y: Node;
  readonly x: Node;
  readonly k: Node;
}

/** A convolution with padding on either side; the last place of a stride may lie outside. */
function draw(seed: number, value?: (draw: Draw) => number): Trial {
  const r = new Draw(seed);
  const input = (shape: number[]) =>
    value === undefined ? r.input(shape) : variable(r.tensorOf(shape, () => value(r)));
  const [n, c, o] = [1 + r.below(2), 1 + r.below(2), 1 + r.below(3)];
  const image = [r.below(5), 1 + r.below(5)], kernel = [1 + r.below(3), 1 + r.below(3)];
  const strides = [1 + r.below(2), 1 + r.below(3)], before = [r.below(3), r.below(4)];
  const extents = image.map((extent, i) =>
    Math.ceil((extent + before[i]! + r.below(3)) / strides[i]!)
  );
  const [x, k] = [input([n, ...image, c]), input([...kernel, c, o])];
  const y = nodeOf("conv2d", [x, k], { strides, before, shape: [n, ...extents, o] });
  return { y, x, k };
}

/** By the definition, from +0 in the order of rows, columns and channels, each step rounded. */
function convolved({ y, x, k }: Trial, round: (x: number) => number): number[] {
  const { strides: [p, q], before: [top, left] } = y.attributes as Attributes;
  const [, height, width, channels] = x.shape, [rows, columns, , out] = k.shape;
  const [image, kernel] = [x, k].map((node) => sourceValue(node)!.data);
  const result: number[] = [];
  const [n, h, w] = y.shape;
  for (let b = 0; b < n!; b++) {
    for (let i = 0; i < h!; i++) {
      for (let j = 0; j < w!; j++) {
        for (let o = 0; o < out!; o++) {
          let sum = 0;
          for (let u = 0; u < rows!; u++) {
            for (let v = 0; v < columns!; v++) {
              const [r, s] = [i * p! + u - top!, j * q! + v - left!];
              if (r < 0 || r >= height! || s < 0 || s >= width!) continue;
              for (let c = 0; c < channels!; c++) {
                const at = ((b * height! + r) * width! + s) * channels! + c;
                const weight = kernel![((u * columns! + v) * channels! + c) * out! + o]!;
                sum = round(sum + round(image![at]! * weight));
              }
            }
          }
          result.push(sum);
        }
      }
    }
  }
  return result;
}

const valuesOf = (nodes: readonly Node[]) => {
  const exact = evaluateFloat64(nodes, allowances.own);
  return (node: Node) => exact.get(node)!;
};

Deno.test("a convolution has the bits of nested loops, and in float64 their values", () => {
  for (let seed = 0; seed < 200; seed++) {
    const trial = draw(seed);
    assertEquals(Array.from(run([trial.y])[0].data), convolved(trial, Math.fround));
    const { values } = valuesOf([trial.y])(trial.y);
    assertEquals(Array.from(values), convolved(trial, (x) => x));
  }
});

Deno.test("its kernels lie within their bounds, to second order", () => {
  for (let seed = 0; seed < 60; seed++) {
    const { y, x, k } = draw(seed);
    const first = gradients(reduceSum(mul(y, y)), [x, k], { unconnected: "zero" });
    const second = gradients(first.map((g) => mul(g, g)), [x, k], { unconnected: "zero" });
    const nodes = [y, ...first, ...second];
    const exact = valuesOf(nodes);
    run(nodes).forEach(({ data }, n) => {
      const { values, radii } = exact(nodes[n]!);
      data.forEach((value, i) => assert(Math.abs(value - values[i]!) <= radii[i]!, `${nodes[n]}`));
    });
  }
});

Deno.test("reverse mode is forward mode, exactly in whole numbers, twice", () => {
  let compared = 0;
  for (let seed = 0; seed < 60; seed++) {
    const { y, x, k } = draw(seed, (r) => r.below(7) - 3);
    const u = constant(new Draw(seed).tensorOf(y.shape, () => seed % 5 - 2));
    const first = gradients(y, [x, k], { gradYs: u, unconnected: "zero" });
    // Squares, so that the second gradient depends on both operands.
    const ys = first.map((g) => mul(g, g));
    const second = gradients(ys, [x, k], { unconnected: "zero" });
    const exact = valuesOf([...first, ...second, ...ys, y, u]);
    const values = (node: Node) => exact(node).values;
    [x, k].forEach((input, i) => {
      const once = gradientByTangents(
        { ys: [y], x: input, gradYs: [u], stopGradients: [] },
        values,
      );
      const twice = { ys, x: input, gradYs: [null, null], stopGradients: [] };
      assertEquals(once, values(first[i]!));
      assertEquals(gradientByTangents(twice, values), values(second[i]!));
      compared += once.filter((g) => g !== 0).length;
    });
  }
  assert(compared > 500, `${compared} compared`);
});
