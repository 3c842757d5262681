/**
 * Indexing: ops that take parts of tensors, and their faces, which put parts where they belong.
 *
 * @module
 */
import { alike, byAxis, joined } from "../forms/fit.ts";
import { multilinear } from "../forms/multilinear.ts";
import { beginnings, over, overEach, shifted } from "../forms/places.ts";
import { drawUnsliced, lookedUp, slicesOf, unsliced } from "../forms/slices.ts";
import { axis, begin, paddings, shape, size } from "../shape_attributes.ts";

export default {
  gather: multilinear({
    summary: "The slices of `x` at indices along an axis, which the axes of `indices` replace.",
    example: ["gather([[1, 2], [3, 4], [5, 6]], [2, 0, 2])", "[[5. 6.]\n [1. 2.]\n [5. 6.]]"],
    operands: ["x", "indices"],
    attributes: { axis: axis(0) },
    takes: ["any", "int32"],
    infer: ([x, indices], { axis }) => slicesOf(x!, indices!, axis),
    terms: ([y, , indices], { axis }) => over(y!, (...at) => [at, lookedUp(at, axis, 1, indices!)]),
    gradient: ({ inputs: [x, indices], attributes }, g, { scatterAdd }) => [
      scatterAdd(g, indices!, x!.shape, attributes),
    ],
    further: (random) => [random.pick([[], [3], [4], [2, 2]])],
  }),
  scatterAdd: multilinear({
    summary: "Zeros of a shape, to which the slices of `g` are added in order, each at its index " +
      "along an axis, which replaces the axes of `indices`.",
    example: ["scatterAdd([[1, 2], [3, 4]], [1, 1], [2, 2])", "[[0. 0.]\n [4. 6.]]"],
    operands: ["g", "indices"],
    attributes: { shape, axis: axis(0, ([g = [], indices = []]) => g.length - indices.length + 1) },
    takes: ["float32", "int32"],
    infer: ([g, indices], attributes, refuse) => unsliced(g!, indices!, attributes, refuse),
    terms: ([, g, indices], { axis }) => over(g!, (...at) => [lookedUp(at, axis, 1, indices!), at]),
    order: "index",
    gradient: ({ inputs: [, indices], attributes: { axis } }, h, { gather }) => [
      gather(h, indices!, { axis }),
    ],
    sample: drawUnsliced,
  }),
  slice: multilinear({
    summary: "The part of `x` that begins at `begin` and has the extents `size`; -1: to the end.",
    example: ["slice([[1, 2, 3], [4, 5, 6]], [0, 1], [2, 2])", "[[2. 3.]\n [5. 6.]]"],
    attributes: { begin, size },
    infer: ([x], part, refuse) =>
      byAxis(x!, part, refuse, (extent, { begin, size }) => {
        const length = size === -1 ? extent - begin : size;
        return begin >= 0 && begin + length <= extent ? length : -1;
      }),
    terms: ([y], { begin }) => over(y!, (...at) => [at, shifted(at, begin)]),
    gradient: ({ inputs: [x], shape, attributes: { begin } }, g, { pad }) => [
      pad(g, begin.map((from, axis) => [from, x!.shape[axis]! - from - shape[axis]!])),
    ],
  }),
  pad: multilinear({
    summary: "Puts zeros before and after the elements along each axis.",
    example: ["pad([[1, 2]], [[0, 1], [2, 0]])", "[[0. 0. 1. 2.]\n [0. 0. 0. 0.]]"],
    attributes: { paddings },
    infer: ([x], lists, refuse) =>
      byAxis(x!, lists, refuse, (extent, { paddings: [before, after] }) => before + extent + after),
    terms: ([, x], { paddings }) =>
      over(x!, (...at) => [shifted(at, paddings.map(([before]) => before)), at]),
    gradient: ({ inputs: [x], attributes: { paddings } }, g, { slice }) => [
      slice(g, paddings.map(([before]) => before), x!.shape),
    ],
  }),
  concat: multilinear({
    summary: "Joins tensors along an axis, the only one in which their shapes may differ.",
    example: ["concat([[[1], [2]], [[3], [4]]], { axis: 1 })", "[[1. 3.]\n [2. 4.]]"],
    arity: "any",
    attributes: { axis: axis(0) },
    infer: (parts, { axis }, refuse) => joined(parts, axis, refuse),
    terms: ([, ...parts], { axis }) =>
      overEach(parts, (at, n) => shifted(at, beginnings(parts, axis)[n]!)),
    gradient({ inputs, attributes: { axis } }, g, { slice }) {
      const parts = inputs.map(({ shape }) => shape);
      return beginnings(parts, axis).map((begin, n) => slice(g, begin, parts[n]!));
    },
    further: (random, x, { axis }) =>
      Array.from({ length: random.below(3) }, () => x.with(axis, 1 + random.below(3))),
  }),
  stack: multilinear({
    summary: "Joins tensors of one shape along a new axis.",
    example: ["stack([[1, 2], [3, 4]], { axis: 1 })", "[[1. 3.]\n [2. 4.]]"],
    arity: "any",
    attributes: { axis: axis(0, ([x = []]) => x.length + 1) },
    infer: (parts, { axis }, refuse) => alike(parts, refuse).toSpliced(axis, 0, parts.length),
    terms: ([, ...parts], { axis }) => overEach(parts, (at, n) => at.toSpliced(axis, 0, n)),
    gradient: ({ inputs, attributes: { axis } }, g, { gather }) =>
      inputs.map((_, n) => gather(g, n, { axis })),
  }),
};
