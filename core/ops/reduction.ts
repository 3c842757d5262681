/**
 * Reductions: sums over axes, and of tensors.
 *
 * @module
 */
import { flag } from "../attributes.ts";
import { alike } from "../forms/fit.ts";
import { multilinear } from "../forms/multilinear.ts";
import { over, overEach } from "../forms/places.ts";
import { keptShape, reducedPlace, reducedShape } from "../forms/reduced.ts";
import { sizeOf } from "../shape.ts";
import { axes } from "../shape_attributes.ts";

const keepDims = flag("reduced axes stay, with extent 1");

export default {
  reduceSum: multilinear({
    summary: "Sums elements over the given axes; nothing sums to 0.",
    details: "The order of the additions is part of the numeric contract, see `pairwiseSum`.",
    example: ["reduceSum([[1, 2], [3, 4]], { axis: 0 })", "[4. 6.]"],
    attributes: { axes, keepDims },
    infer: ([x], attributes) => reducedShape(x!, attributes),
    terms: ([, x], attributes) => over(x!, (...at) => [reducedPlace(at, attributes), at]),
    order: "pairwise",
    gradient: ({ inputs: [x], attributes: { axes } }, g, { broadcastTo, reshape }) => [
      broadcastTo(reshape(g, keptShape(x!.shape, axes)), x!.shape),
    ],
  }),
  reduceMean: multilinear({
    summary: "The arithmetic mean over the given axes: the sum divided by the count. The mean of " +
      "nothing is NaN.",
    example: ["reduceMean([[1, 2], [3, 4]], { axis: 1, keepDims: true })", "[[1.5]\n [3.5]]"],
    attributes: { axes, keepDims },
    infer: ([x], attributes) => reducedShape(x!, attributes),
    terms: ([, x], attributes) => over(x!, (...at) => [reducedPlace(at, attributes), at]),
    order: "pairwise",
    divisor: ([, x], { axes }) => sizeOf(axes.map((axis) => x![axis]!)),
    // The upstream is divided first, then repeated: every element receives g/n.
    gradient: ({ inputs: [x], attributes: { axes } }, g, { broadcastTo, div, reshape }) => {
      const share = div(g, sizeOf(axes.map((axis) => x!.shape[axis]!)));
      return [broadcastTo(reshape(share, keptShape(x!.shape, axes)), x!.shape)];
    },
  }),
  addN: multilinear({
    summary: "Adds up tensors of one shape, rounding every addition.",
    details: "Up to nine are added left to right; of more, the first 2 to 9, then groups of " +
      "eight, each added up on its own and put on top.",
    example: ["addN([[1, 2], [10, 20], [100, 200]])", "[111. 222.]"],
    arity: "any",
    infer: (shapes, _, refuse) => alike(shapes, refuse),
    terms: ([, ...operands]) => overEach(operands, (at) => at),
    order: "addN",
    gradient: ({ inputs }, g) => inputs.map(() => g),
    further: (random, x) => Array.from({ length: random.below(9) }, () => x),
  }),
};
