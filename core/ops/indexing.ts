/**
 * Indexing: ops that take parts of tensors, and their faces, which put parts where they belong.
 *
 * @module
 */
import { axis, integers, paddings, shape } from "../attributes.ts";
import { alike, extentAlong } from "../forms/fit.ts";
import { multilinear } from "../forms/multilinear.ts";
import { lookedUp, over } from "../forms/places.ts";
import { sameShape, shapeText } from "../shape.ts";

export default {
  gather: multilinear({
    summary: "The slices of `x` at the given indices along an axis, in any order and repeated or " +
      "not; the axes of `indices` replace it. An index out of range is a `RangeError` at run time.",
    example: ["gather([[1, 2], [3, 4], [5, 6]], [2, 0, 2])", "[[5. 6.]\n [1. 2.]\n [5. 6.]]"],
    operands: ["x", "indices"],
    arity: 2,
    attributes: { axis: axis(0) },
    takes: ["any", "int32"],
    infer: ([x, indices], { axis }) => x!.toSpliced(axis, 1, ...indices!),
    terms: ([y, , indices], { axis }) => over(y!, (...at) => [at, lookedUp(at, axis, 1, indices!)]),
    order: "copy",
    gradient: ({ inputs: [x, indices], attributes }, g, { scatterAdd }) => [
      scatterAdd(g, indices!, x!.shape, attributes),
      null,
    ],
    sample(random, x) {
      const axis = random.below(x.length), indices = random.pick([[], [3], [4], [2, 2]]);
      if (!x[axis]) return null;
      return { shapes: [x, indices], attributes: { axis }, below: [undefined, x[axis]] };
    },
  }),
  scatterAdd: multilinear({
    summary: "Zeros of a shape, to which the slices of `g` are added at the given indices along " +
      "an axis; the axes of `indices` are replaced by it. What shares an index is added up in " +
      "order. An index out of range is a `RangeError` at run time.",
    example: [
      "scatterAdd([[1, 2], [3, 4], [5, 6]], [2, 0, 2], [3, 2])",
      "[[3. 4.]\n [0. 0.]\n [6. 8.]]",
    ],
    operands: ["g", "indices"],
    arity: 2,
    attributes: { shape, axis: axis(0, ([g = [], indices = []]) => g.length - indices.length + 1) },
    takes: ["float32", "int32"],
    infer([g, indices], { shape, axis }, refuse) {
      if (sameShape(g!, shape.toSpliced(axis, 1, ...indices!))) return shape;
      const at = `at indices of shape ${shapeText(indices!)} along axis ${axis}`;
      return refuse(`${shapeText(g!)} are no slices of ${shapeText(shape)} ${at}`);
    },
    terms: ([, g, indices], { axis }) => over(g!, (...at) => [lookedUp(at, axis, 1, indices!), at]),
    order: "index",
    gradient: ({ inputs: [, indices], attributes: { axis } }, h, { gather }) => [
      gather(h, indices!, { axis }),
      null,
    ],
    sample(random, g) {
      const axis = random.below(g.length + 1), rank = random.below(g.length - axis + 1);
      const indices = g.slice(axis, axis + rank), extent = 1 + random.below(4);
      const shape = g.toSpliced(axis, rank, extent);
      return { shapes: [g, indices], attributes: { shape, axis }, below: [undefined, extent] };
    },
  }),
  slice: multilinear({
    summary: "The part of `x` that begins at `begin` and has the extents `size`; where -1, all " +
      "that follows.",
    example: ["slice([[1, 2, 3], [4, 5, 6]], [0, 1], [2, 2])", "[[2. 3.]\n [5. 6.]]"],
    attributes: { begin: integers("where it begins, by axis"), size: integers("its extents") },
    infer([x], { begin, size }, refuse) {
      const shape = size.map((extent, axis) => extent === -1 ? x![axis]! - begin[axis]! : extent);
      const fits = [begin, size].every(({ length }) => length === x!.length) &&
        begin.every((from, axis) =>
          from >= 0 && shape[axis]! >= 0 && from + shape[axis]! <= x![axis]!
        );
      const facts = `[${begin}] and size [${size}] lie not within shape ${shapeText(x!)}`;
      return fits ? shape : refuse(`begin ${facts}`);
    },
    terms: ([y], { begin }) =>
      over(y!, (...at) => [at, at.map((index, axis) => index.plus(begin[axis]!))]),
    order: "copy",
    gradient: ({ inputs: [x], shape, attributes: { begin } }, g, { pad }) => [
      pad(g, begin.map((from, axis) => [from, x!.shape[axis]! - from - shape[axis]!])),
    ],
    sample(random, x) {
      const begin = x.map((extent) => random.below(extent));
      const size = x.map((extent, axis) => extent && 1 + random.below(extent - begin[axis]!));
      return { shapes: [x], attributes: { begin, size } };
    },
  }),
  pad: multilinear({
    summary: "Puts zeros before and after the elements along each axis.",
    example: ["pad([[1, 2]], [[0, 1], [2, 0]])", "[[0. 0. 1. 2.]\n [0. 0. 0. 0.]]"],
    attributes: { paddings },
    infer([x], { paddings }, refuse) {
      if (paddings.length !== x!.length) {
        refuse(`there are ${paddings.length} paddings for shape ${shapeText(x!)}`);
      }
      return x!.map((extent, axis) => paddings[axis]![0] + extent + paddings[axis]![1]);
    },
    terms: ([, x], { paddings }) =>
      over(x!, (...at) => [at.map((index, axis) => index.plus(paddings[axis]![0])), at]),
    order: "copy",
    gradient: ({ inputs: [x], attributes: { paddings } }, g, { slice }) => [
      slice(g, paddings.map(([before]) => before), x!.shape),
    ],
    sample: (random, x) => ({
      shapes: [x],
      attributes: { paddings: x.map(() => [random.below(3), random.below(2)]) },
    }),
  }),
  concat: multilinear({
    summary: "Joins tensors along an axis, the only one in which their shapes may differ.",
    example: ["concat([[[1], [2]], [[3], [4]]], { axis: 1 })", "[[1. 3.]\n [2. 4.]]"],
    arity: "any",
    attributes: { axis: axis(0) },
    infer: (shapes, { axis }, refuse) =>
      alike(shapes, refuse, axis).with(axis, extentAlong(shapes, axis)),
    terms: ([, ...shapes], { axis }) =>
      shapes.map((shape, n) => ({
        ...over(
          shape,
          (...at) => [at.with(axis, at[axis]!.plus(extentAlong(shapes.slice(0, n), axis))), at],
        ),
        factors: [n],
      })),
    order: "copy",
    gradient: ({ inputs, attributes: { axis } }, g, { slice }) => {
      const shapes = inputs.map(({ shape }) => shape);
      return shapes.map((shape, n) =>
        slice(g, shape.map(() => 0).with(axis, extentAlong(shapes.slice(0, n), axis)), shape)
      );
    },
    sample(random, x) {
      if (x.length === 0) return null;
      const axis = random.below(x.length);
      const others = Array.from(
        { length: random.below(3) },
        () => x.with(axis, 1 + random.below(3)),
      );
      return { shapes: [x, ...others], attributes: { axis } };
    },
  }),
  stack: multilinear({
    summary: "Joins tensors of one shape along a new axis.",
    example: ["stack([[1, 2], [3, 4]], { axis: 1 })", "[[1. 3.]\n [2. 4.]]"],
    arity: "any",
    attributes: { axis: axis(0, ([x = []]) => x.length + 1) },
    infer: (shapes, { axis }, refuse) => alike(shapes, refuse).toSpliced(axis, 0, shapes.length),
    terms: ([, ...shapes], { axis }) =>
      shapes.map((shape, n) => ({
        ...over(shape, (...at) => [[...at.slice(0, axis), n, ...at.slice(axis)], at]),
        factors: [n],
      })),
    order: "copy",
    gradient: ({ inputs, attributes: { axis } }, g, { gather }) =>
      inputs.map((_, n) => gather(g, n, { axis })),
    sample: (random, x) => ({
      shapes: Array.from({ length: 1 + random.below(3) }, () => x),
      attributes: { axis: random.below(x.length + 1) },
    }),
  }),
};
