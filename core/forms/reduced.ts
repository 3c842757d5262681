/**
 * What ops over axes share: which axes go, and which places stay.
 *
 * @module
 */
import { flag } from "../attributes.ts";
import type { Shape } from "../shape.ts";
import { axes } from "../shape_attributes.ts";
import { type Index, type Nest, over } from "./places.ts";

/** Which axes are reduced, ascending, and whether they stay, with extent 1. */
export interface Reduced {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** The shape of a reduction. */
export function reducedShape(shape: Shape, { axes, keepDims }: Reduced): number[] {
  if (keepDims) return keptShape(shape, axes);
  return shape.filter((_, axis) => !axes.includes(axis));
}

/** The shape with reduced axes kept as extent 1: it broadcasts back to the operand's. */
export function keptShape(shape: Shape, axes: readonly number[]): number[] {
  return shape.map((extent, axis) => axes.includes(axis) ? 1 : extent);
}

/** Where an element of the operand goes in the result. */
export function reducedPlace(
  at: readonly Index[],
  { axes, keepDims }: Reduced,
): (Index | number)[] {
  if (keepDims) return at.map((index, axis) => axes.includes(axis) ? 0 : index);
  return at.filter((_, axis) => !axes.includes(axis));
}

/** What selections over axes share. */
export const selectedOverAxes = {
  attributes: { axes, keepDims: flag("reduced axes stay, with extent 1") },
  infer: ([x]: readonly Shape[], attributes: Reduced): Shape => reducedShape(x!, attributes),
  candidates: ([, x]: readonly Shape[], attributes: Reduced): Nest =>
    over(x!, (...at) => [reducedPlace(at, attributes), at]),
  options: ({ axes, keepDims }: Reduced): { axis: readonly number[]; keepDims: boolean } => ({
    axis: axes,
    keepDims,
  }),
};
