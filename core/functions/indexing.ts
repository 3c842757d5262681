/**
 * The public functions of the ops in `ops/indexing.ts`. Written from the rows by `deno task ops`.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import type { Shape } from "../shape.ts";
import { call } from "./call.ts";
import type { Operand } from "./sources.ts";

/**
 * The slices of `x` at indices along an axis, which the axes of `indices` replace.
 *
 * `axis`: the axis, from the end where negative; 0 by default. `x` is of any dtype and `indices` is
 * int32. Throws a `TypeError` for other dtypes, and a `RangeError` for `axis` out of range. An
 * index out of range is a `RangeError` at run time.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gather, run } from "../../mod.ts";
 * const [value] = run([gather([[1, 2], [3, 4], [5, 6]], [2, 0, 2])]);
 * assertEquals(`${value}`, "[[5. 6.]\n [1. 2.]\n [5. 6.]]");
 * ```
 */
export function gather(x: Operand, indices: Operand, options: { axis?: number } = {}): Node {
  return call("gather", [x, indices], {}, options);
}

/**
 * Zeros of a shape, to which the slices of `g` are added in order, each at its index along an axis,
 * which replaces the axes of `indices`.
 *
 * - `shape`: the extents of the result.
 * - `axis`: the axis, from the end where negative; 0 by default.
 *
 * `g` is float32 and `indices` is int32. Throws a `TypeError` for shapes that do not fit, or for
 * other dtypes, and a `RangeError` for `shape` or `axis` out of range. An index out of range is a
 * `RangeError` at run time.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, scatterAdd } from "../../mod.ts";
 * const [value] = run([scatterAdd([[1, 2], [3, 4]], [1, 1], [2, 2])]);
 * assertEquals(`${value}`, "[[0. 0.]\n [4. 6.]]");
 * ```
 */
export function scatterAdd(
  g: Operand,
  indices: Operand,
  shape: Shape,
  options: { axis?: number } = {},
): Node {
  return call("scatterAdd", [g, indices], { shape }, options);
}

/**
 * The part of `x` that begins at `begin` and has the extents `size`; -1: to the end.
 *
 * - `begin`: where it begins, by axis.
 * - `size`: its extents.
 *
 * Takes any dtype. Throws a `TypeError` for shapes that do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, slice } from "../../mod.ts";
 * const [value] = run([slice([[1, 2, 3], [4, 5, 6]], [0, 1], [2, 2])]);
 * assertEquals(`${value}`, "[[2. 3.]\n [5. 6.]]");
 * ```
 */
export function slice(x: Operand, begin: readonly number[], size: readonly number[]): Node {
  return call("slice", [x], { begin, size });
}

/**
 * Puts zeros before and after the elements along each axis.
 *
 * `paddings`: how much is put before and after, by axis. Takes any dtype. Throws a `TypeError` for
 * shapes that do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pad, run } from "../../mod.ts";
 * const [value] = run([pad([[1, 2]], [[0, 1], [2, 0]])]);
 * assertEquals(`${value}`, "[[0. 0. 1. 2.]\n [0. 0. 0. 0.]]");
 * ```
 */
export function pad(x: Operand, paddings: readonly (readonly [number, number])[]): Node {
  return call("pad", [x], { paddings });
}

/**
 * Joins tensors along an axis, the only one in which their shapes may differ.
 *
 * `axis`: the axis, from the end where negative; 0 by default. Operands are of one dtype, which may
 * be any. Throws a `TypeError` for shapes that do not fit, or for other dtypes, and a `RangeError`
 * for `axis` out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { concat, run } from "../../mod.ts";
 * const [value] = run([concat([[[1], [2]], [[3], [4]]], { axis: 1 })]);
 * assertEquals(`${value}`, "[[1. 3.]\n [2. 4.]]");
 * ```
 */
export function concat(operands: readonly Operand[], options: { axis?: number } = {}): Node {
  return call("concat", operands, {}, options);
}

/**
 * Joins tensors of one shape along a new axis.
 *
 * `axis`: the axis, from the end where negative; 0 by default. Operands are of one dtype, which may
 * be any. Throws a `TypeError` for shapes that do not fit, or for other dtypes, and a `RangeError`
 * for `axis` out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, stack } from "../../mod.ts";
 * const [value] = run([stack([[1, 2], [3, 4]], { axis: 1 })]);
 * assertEquals(`${value}`, "[[1. 3.]\n [2. 4.]]");
 * ```
 */
export function stack(operands: readonly Operand[], options: { axis?: number } = {}): Node {
  return call("stack", operands, {}, options);
}
