/**
 * Movement: ops that copy elements to other places and never round.
 *
 * @module
 */
import { permutation, shape } from "../attributes.ts";
import { sumTo } from "../forms/elementwise.ts";
import { multilinear } from "../forms/multilinear.ts";
import { over, stretched } from "../forms/places.ts";
import { broadcastShapes, sameShape, shapeText, sizeOf } from "../shape.ts";

export default {
  reshape: multilinear({
    summary: "The same elements in row-major order under another shape of the same size.",
    example: ["reshape([1, 2, 3, 4], [2, 2])", "[[1. 2.]\n [3. 4.]]"],
    attributes: { shape },
    infer([x], { shape }, refuse) {
      if (sizeOf(x!) === sizeOf(shape)) return shape;
      return refuse(`${shapeText(x!)} and ${shapeText(shape)} differ in size`);
    },
    terms: ([y]) => over([sizeOf(y!)], (i) => [i, i]),
    order: "copy",
    gradient: ({ inputs: [x] }, g, { reshape }) => [reshape(g, x!.shape)],
    sample: (random, x) => ({ shapes: [x], attributes: { shape: [...random.shuffled(x), 1] } }),
  }),
  transpose: multilinear({
    summary: "Reorders the axes.",
    example: ["transpose([[1, 2], [3, 4]])", "[[1. 3.]\n [2. 4.]]"],
    attributes: { permutation },
    infer([x], { permutation }, refuse) {
      const sorted = permutation.toSorted((a, b) => a - b);
      const isOrder = sorted.length === x!.length && sorted.every((axis, i) => axis === i);
      if (isOrder) return permutation.map((axis) => x![axis]!);
      return refuse(`[${permutation}] does not permute the axes of shape ${shapeText(x!)}`);
    },
    terms: ([y], { permutation }) =>
      over(y!, (...at) => [at, at.map((_, axis) => at[permutation.indexOf(axis)]!)]),
    order: "copy",
    gradient: ({ attributes: { permutation } }, g, { transpose }) => [
      transpose(g, permutation.map((_, axis) => permutation.indexOf(axis))),
    ],
    sample: (random, x) => ({
      shapes: [x],
      attributes: { permutation: random.shuffled([...x.keys()]) },
    }),
  }),
  broadcastTo: multilinear({
    summary: "Repeats a tensor along axes of extent 1, and new leading axes, to the given shape.",
    example: ["broadcastTo([1, 2], [2, 2])", "[[1. 2.]\n [1. 2.]]"],
    attributes: { shape },
    infer([x], { shape }, refuse) {
      const stretched = broadcastShapes(x!, shape);
      if (stretched !== null && sameShape(stretched, shape)) return shape;
      return refuse(`shape ${shapeText(x!)} does not stretch to ${shapeText(shape)}`);
    },
    terms: ([y, x]) => over(y!, (...at) => [at, stretched(x!, at)]),
    order: "copy",
    gradient: ({ inputs: [x] }, g, functions) => [sumTo(g, x!.shape, functions)],
    sample: (random, x) => ({
      shapes: [x],
      attributes: { shape: [2, ...x.map((extent) => extent === 1 ? 1 + random.below(3) : extent)] },
    }),
  }),
};
