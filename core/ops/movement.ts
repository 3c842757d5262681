/**
 * Movement: ops that copy elements to other places and never round.
 *
 * @module
 */
import { sumTo } from "../forms/broadcast.ts";
import { multilinear } from "../forms/multilinear.ts";
import { inverse, over, stretched } from "../forms/places.ts";
import { broadcastShapes, sameShape, shapeText, sizeOf } from "../shape.ts";
import { permutation, sameSize, stretched as stretchedShape } from "../shape_attributes.ts";

export default {
  reshape: multilinear({
    summary: "The same elements in row-major order under another shape of the same size.",
    example: ["reshape([1, 2, 3, 4], [2, 2])", "[[1. 2.]\n [3. 4.]]"],
    attributes: { shape: sameSize },
    infer([x], { shape }, refuse) {
      if (sizeOf(x!) === sizeOf(shape)) return shape;
      return refuse(`${shapeText(x!)} and ${shapeText(shape)} differ in size`);
    },
    terms: ([y]) => over([sizeOf(y!)], (i) => [i, i]),
    gradient: ({ inputs: [x] }, g, { reshape }) => [reshape(g, x!.shape)],
  }),
  transpose: multilinear({
    summary: "Reorders the axes.",
    example: ["transpose([[1, 2], [3, 4]])", "[[1. 3.]\n [2. 4.]]"],
    attributes: { permutation },
    infer([x], { permutation }, refuse) {
      const isOrder = sameShape(permutation.toSorted((a, b) => a - b), [...x!.keys()]);
      if (isOrder) return permutation.map((axis) => x![axis]!);
      return refuse(`[${permutation}] does not permute the axes of shape ${shapeText(x!)}`);
    },
    terms: ([y], { permutation }) =>
      over(y!, (...at) => [at, inverse(permutation).map((axis) => at[axis]!)]),
    gradient: ({ attributes: { permutation } }, g, { transpose }) => [
      transpose(g, inverse(permutation)),
    ],
  }),
  broadcastTo: multilinear({
    summary: "Repeats a tensor along axes of extent 1, and new leading axes, to the given shape.",
    example: ["broadcastTo([1, 2], [2, 2])", "[[1. 2.]\n [1. 2.]]"],
    attributes: { shape: stretchedShape },
    infer([x], { shape }, refuse) {
      const wider = broadcastShapes(x!, shape);
      if (wider !== null && sameShape(wider, shape)) return shape;
      return refuse(`shape ${shapeText(x!)} does not stretch to ${shapeText(shape)}`);
    },
    terms: ([y, x]) => over(y!, (...at) => [at, stretched(x!, at)]),
    gradient: ({ inputs: [x] }, g, functions) => [sumTo(g, x!.shape, functions)],
  }),
};
