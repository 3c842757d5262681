/**
 * The public functions of the ops in `ops/selection.ts`. Written from the rows by `deno task ops`.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import { call } from "./call.ts";
import type { Operand } from "./sources.ts";

/**
 * The largest element over the given axes; of nothing, -Infinity. NaN if any is NaN.
 *
 * Several largest elements share the gradient evenly, as in TensorFlow.
 *
 * - `axis`: the axis or axes, from the end where negative; all by default.
 * - `keepDims`: whether reduced axes stay, with extent 1; false by default.
 *
 * Throws a `TypeError` for an operand that is not float32, and a `RangeError` for `axis` out of
 * range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reduceMax, run } from "../../mod.ts";
 * const [value] = run([reduceMax([[1, 5], [3, 2]], { axis: 1 })]);
 * assertEquals(`${value}`, "[5. 3.]");
 * ```
 */
export function reduceMax(
  x: Operand,
  options: { axis?: number | readonly number[]; keepDims?: boolean } = {},
): Node {
  return call("reduceMax", [x], {}, options);
}

/**
 * The gradient of `reduceMax`: each element of `g` goes to the winner among those of `x`, in equal
 * parts to several; the others get 0.
 *
 * - `axis`: the axis or axes, from the end where negative; all by default.
 * - `keepDims`: whether reduced axes stay, with extent 1; false by default.
 *
 * Throws a `TypeError` for shapes that do not fit, or for operands that are not float32, and a
 * `RangeError` for `axis` out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reduceMaxGrad, run } from "../../mod.ts";
 * const [value] = run([reduceMaxGrad([[1, 5], [3, 3]], [10, 20], { axis: 1 })]);
 * assertEquals(`${value}`, "[[ 0. 10.]\n [10. 10.]]");
 * ```
 */
export function reduceMaxGrad(
  x: Operand,
  g: Operand,
  options: { axis?: number | readonly number[]; keepDims?: boolean } = {},
): Node {
  return call("reduceMaxGrad", [x, g], {}, options);
}

/**
 * What `h` holds where `reduceMax` finds the winners in `x`, and the mean of it over several.
 *
 * - `axis`: the axis or axes, from the end where negative; all by default.
 * - `keepDims`: whether reduced axes stay, with extent 1; false by default.
 *
 * Throws a `TypeError` for shapes that do not fit, or for operands that are not float32, and a
 * `RangeError` for `axis` out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reduceMaxAt, run } from "../../mod.ts";
 * const [value] = run([reduceMaxAt([[1, 5], [3, 3]], [[1, 2], [3, 4]], { axis: 1 })]);
 * assertEquals(`${value}`, "[2.  3.5]");
 * ```
 */
export function reduceMaxAt(
  x: Operand,
  h: Operand,
  options: { axis?: number | readonly number[]; keepDims?: boolean } = {},
): Node {
  return call("reduceMaxAt", [x, h], {}, options);
}

/**
 * The smallest element over the given axes; of nothing, Infinity. NaN if any is NaN.
 *
 * Several smallest elements share the gradient evenly, as in TensorFlow.
 *
 * - `axis`: the axis or axes, from the end where negative; all by default.
 * - `keepDims`: whether reduced axes stay, with extent 1; false by default.
 *
 * Throws a `TypeError` for an operand that is not float32, and a `RangeError` for `axis` out of
 * range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reduceMin, run } from "../../mod.ts";
 * const [value] = run([reduceMin([[1, 5], [3, 2]], { axis: 1 })]);
 * assertEquals(`${value}`, "[1. 2.]");
 * ```
 */
export function reduceMin(
  x: Operand,
  options: { axis?: number | readonly number[]; keepDims?: boolean } = {},
): Node {
  return call("reduceMin", [x], {}, options);
}

/**
 * The gradient of `reduceMin`: each element of `g` goes to the winner among those of `x`, in equal
 * parts to several; the others get 0.
 *
 * - `axis`: the axis or axes, from the end where negative; all by default.
 * - `keepDims`: whether reduced axes stay, with extent 1; false by default.
 *
 * Throws a `TypeError` for shapes that do not fit, or for operands that are not float32, and a
 * `RangeError` for `axis` out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reduceMinGrad, run } from "../../mod.ts";
 * const [value] = run([reduceMinGrad([[1, 5], [3, 3]], [10, 20], { axis: 1 })]);
 * assertEquals(`${value}`, "[[10.  0.]\n [10. 10.]]");
 * ```
 */
export function reduceMinGrad(
  x: Operand,
  g: Operand,
  options: { axis?: number | readonly number[]; keepDims?: boolean } = {},
): Node {
  return call("reduceMinGrad", [x, g], {}, options);
}

/**
 * What `h` holds where `reduceMin` finds the winners in `x`, and the mean of it over several.
 *
 * - `axis`: the axis or axes, from the end where negative; all by default.
 * - `keepDims`: whether reduced axes stay, with extent 1; false by default.
 *
 * Throws a `TypeError` for shapes that do not fit, or for operands that are not float32, and a
 * `RangeError` for `axis` out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reduceMinAt, run } from "../../mod.ts";
 * const [value] = run([reduceMinAt([[1, 5], [3, 3]], [[1, 2], [3, 4]], { axis: 1 })]);
 * assertEquals(`${value}`, "[1.  3.5]");
 * ```
 */
export function reduceMinAt(
  x: Operand,
  h: Operand,
  options: { axis?: number | readonly number[]; keepDims?: boolean } = {},
): Node {
  return call("reduceMinAt", [x, h], {}, options);
}

/**
 * The index of the largest element along an axis: the first of several. NaN counts as the largest,
 * as in NumPy.
 *
 * `axis`: the axis, from the end where negative; 0 by default. Takes float32 or int32. The result
 * is int32. Throws a `TypeError` for shapes that do not fit, or for other dtypes, and a
 * `RangeError` for `axis` out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { argMax, run } from "../../mod.ts";
 * const [value] = run([argMax([[1, 5, 5], [3, 2, 1]], { axis: 1 })]);
 * assertEquals(`${value}`, "[1. 0.]");
 * ```
 */
export function argMax(x: Operand, options: { axis?: number } = {}): Node {
  return call("argMax", [x], {}, options);
}

/**
 * The index of the smallest element along an axis: the first of several. NaN counts as the
 * smallest, as in NumPy.
 *
 * `axis`: the axis, from the end where negative; 0 by default. Takes float32 or int32. The result
 * is int32. Throws a `TypeError` for shapes that do not fit, or for other dtypes, and a
 * `RangeError` for `axis` out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { argMin, run } from "../../mod.ts";
 * const [value] = run([argMin([[1, 5, 1], [3, 2, 1]], { axis: 1 })]);
 * assertEquals(`${value}`, "[0. 2.]");
 * ```
 */
export function argMin(x: Operand, options: { axis?: number } = {}): Node {
  return call("argMin", [x], {}, options);
}
