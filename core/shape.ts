/**
 * Shapes: sizes, strides, broadcasting and axes, as NumPy defines them.
 *
 * @module
 */

import { check, integer, listOf, wholeNumber } from "./check.ts";

/** The extent of a tensor along each axis; `[]` is the shape of a scalar. */
export type Shape = readonly number[];

/**
 * The most elements of a tensor, 2²⁸: a gibibyte of float32 values. Extents of 0 do not count, so
 * that no product of extents is larger.
 */
export const LARGEST_SIZE: number = 2 ** 28;

/** The most axes of a tensor. */
export const LARGEST_RANK = 32;

/**
 * Counts the elements of a tensor of the given shape: the product of its extents, 1 for a scalar.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { sizeOf } from "./shape.ts";
 * assertEquals(sizeOf([2, 3]), 6);
 * assertEquals(sizeOf([]), 1);
 * assertEquals(sizeOf([0, 3]), 0);
 * ```
 */
export function sizeOf(shape: Shape): number {
  return shape.reduce((size, extent) => size * extent, 1);
}

/** Whether two shapes have the same rank and the same extents. */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** Writes a shape as messages show it: `[2,3]`, and `[]` for a scalar. */
export function shapeText(shape: Shape): string {
  return `[${shape.join(",")}]`;
}

/** Row-major strides in elements: how far apart neighbours along each axis lie in memory. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/**
 * Throws a `TypeError` unless `shape` is a list of numbers, and a `RangeError` unless they are
 * whole, not negative, and within {@linkcode LARGEST_RANK} and {@linkcode LARGEST_SIZE}.
 */
export function checkShape(
  shape: unknown,
  action = "use a shape",
  what = "shape",
): asserts shape is Shape {
  // The length first: a giant list is refused before its elements are looked at.
  if (Array.isArray(shape) && shape.length > LARGEST_RANK) {
    throw new RangeError(
      `Cannot ${action}: ${what} has ${shape.length} axes, more than ${LARGEST_RANK}`,
    );
  }
  check(action, what, shape, extents);
  checkSize(shape as Shape, action);
}

const extents = listOf(wholeNumber(), "extents");

/** Whether a tensor can have a shape, whose extents are whole and not negative. */
export function isPossible(shape: Shape): boolean {
  return shape.length <= LARGEST_RANK && hasPossibleSize(shape);
}

function hasPossibleSize(shape: Shape): boolean {
  return shape.reduce((size, extent) => size * (extent === 0 ? 1 : extent), 1) <= LARGEST_SIZE;
}

/**
 * Throws a `RangeError` for more elements than {@linkcode LARGEST_SIZE}; to be called before any
 * of them is allocated.
 */
export function checkSize(shape: Shape, action: string): void {
  if (shape.length > LARGEST_RANK) {
    throw new RangeError(
      `Cannot ${action}: the shape has ${shape.length} axes, more than ${LARGEST_RANK}`,
    );
  }
  if (hasPossibleSize(shape)) return;
  throw new RangeError(
    `Cannot ${action}: shape ${shapeText(shape)} has more than ${LARGEST_SIZE} elements`,
  );
}

/**
 * The shape that two shapes broadcast to by NumPy's rule: aligned at the last axis, an extent of 1
 * stretches.
 *
 * Returns `null` where they do not agree, so that the caller can name its operation in the error.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { broadcastShapes } from "./shape.ts";
 * assertEquals(String(broadcastShapes([2, 1], [3])), "2,3");
 * assertEquals(broadcastShapes([2], [3]), null);
 * ```
 */
export function broadcastShapes(a: Shape, b: Shape): number[] | null {
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let axis = 1; axis <= rank; axis++) {
    const p = a[a.length - axis] ?? 1;
    const q = b[b.length - axis] ?? 1;
    if (p !== q && p !== 1 && q !== 1) return null;
    shape[rank - axis] = p === 1 ? q : p;
  }
  return shape;
}

/**
 * The axes of `to` along which a tensor of shape `from` is repeated when it is broadcast to it.
 *
 * The gradient of a broadcast is the sum over these axes.
 */
export function broadcastAxes(from: Shape, to: Shape): number[] {
  const missing = to.length - from.length;
  return to.flatMap((extent, axis) =>
    axis < missing || (from[axis - missing] === 1 && extent !== 1) ? [axis] : []
  );
}

/**
 * Strides that read a tensor of shape `from` as if it had the shape `to` it broadcasts to: 0 where
 * it repeats.
 */
export function broadcastStrides(from: Shape, to: Shape): number[] {
  const strides = stridesOf(from);
  const missing = to.length - from.length;
  return to.map((_, axis) =>
    axis < missing || from[axis - missing] === 1 ? 0 : strides[axis - missing]!
  );
}

/**
 * The position in memory of every element of a shape, in row-major order, when its axes have the
 * given strides.
 */
export function stridedOffsets(shape: Shape, strides: readonly number[]): Int32Array {
  const offsets = new Int32Array(sizeOf(shape));
  for (let k = 0; k < offsets.length; k++) {
    let offset = 0;
    for (let axis = shape.length - 1, rest = k; axis >= 0; axis--) {
      const at = rest % shape[axis]!;
      rest = (rest - at) / shape[axis]!;
      offset += at * strides[axis]!;
    }
    offsets[k] = offset;
  }
  return offsets;
}

const axisList = { ...listOf(integer, "axes"), expected: "a whole number or a list of them" };

/**
 * Resolves the `axis` option of a reduction to ascending axes: `undefined` means all, negative axes
 * count from the end.
 *
 * Throws a `TypeError` for what is neither a number nor a list of numbers, and a `RangeError` for
 * one that is not whole, out of range or named twice.
 */
export function resolveAxes(
  axis: unknown,
  rank: number,
  action: string,
  what = 'option "axis"',
): number[] {
  if (axis === undefined) return Array.from({ length: rank }, (_, i) => i);
  if (typeof axis === "number") check(action, what, axis, integer);
  const list = typeof axis === "number" ? [axis] : axis;
  check(action, what, list, axisList);
  const axes = (list as readonly number[]).map((a) => {
    if (a < -rank || a >= rank) {
      throw new RangeError(
        `Cannot ${action}: axis ${a} is not in [${-rank}, ${rank}) of a tensor of rank ${rank}`,
      );
    }
    return a < 0 ? a + rank : a + 0; // -0 is 0
  });
  if (new Set(axes).size !== axes.length) {
    const twice = axes.find((a, i) => axes.indexOf(a) !== i);
    throw new RangeError(`Cannot ${action}: axis ${twice} is named twice`);
  }
  return axes.sort((a, b) => a - b);
}
