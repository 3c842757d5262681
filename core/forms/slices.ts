/**
 * Slices: what ops share that take slices of a tensor at indices, or put them there.
 *
 * @module
 */
import type { Sample } from "../op.ts";
import type { RandomStream } from "../random.ts";
import { sameShape, type Shape, shapeText } from "../shape.ts";
import { type Index, lookup } from "./places.ts";

/** The shape of the slices of a tensor along an axis, which the axes of the indices replace. */
export function slicesOf(shape: Shape, indices: Shape, axis: number): Shape {
  return shape.toSpliced(axis, 1, ...indices);
}

/** The shape of a tensor whose slices along an axis are `g`. Refuses what are none. */
export function unsliced(
  g: Shape,
  indices: Shape,
  { shape, axis }: { readonly shape: Shape; readonly axis: number },
  refuse: (facts: string) => never,
): Shape {
  const expected = slicesOf(shape, indices, axis);
  if (axis < shape.length && sameShape(g, expected)) return shape;
  const at = `at indices of shape ${shapeText(indices)} along axis ${axis}`;
  const facts = `${shapeText(g)} are no slices of ${shapeText(shape)} ${at}`;
  return refuse(`${facts}, expected ${shapeText(expected)}`);
}

/**
 * A place with the axes from `axis` on, as many as an int32 operand has, replaced by the operand's
 * value there: `gather` reads at such a place, `scatterAdd` writes.
 */
export function lookedUp(
  at: readonly Index[],
  axis: number,
  operand: number,
  { length }: Shape,
): Index[] {
  return at.toSpliced(axis, length, lookup(operand, at.slice(axis, axis + length)));
}

/** Draws indices at which slices of shape `g` can be put, and the shape of what they are put in. */
export function drawUnsliced(random: RandomStream, g: Shape): Sample {
  const axis = random.below(g.length + 1), rank = random.below(g.length - axis + 1);
  const shape = g.toSpliced(axis, rank, 1 + random.below(4));
  return { shapes: [g, g.slice(axis, axis + rank)], attributes: { shape, axis } };
}
