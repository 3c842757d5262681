/**
 * The public functions of the ops in `ops/reduction.ts`. Written from the rows by `deno task ops`.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import { call } from "./call.ts";
import type { Operand } from "./sources.ts";

/**
 * Sums elements over the given axes; nothing sums to 0.
 *
 * The order of the additions is part of the numeric contract, see `pairwiseSum`.
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
 * import { reduceSum, run } from "../../mod.ts";
 * const [value] = run([reduceSum([[1, 2], [3, 4]], { axis: 0 })]);
 * assertEquals(`${value}`, "[4. 6.]");
 * ```
 */
export function reduceSum(
  x: Operand,
  options: { axis?: number | readonly number[]; keepDims?: boolean } = {},
): Node {
  return call("reduceSum", [x], {}, options);
}

/**
 * The arithmetic mean over the given axes: the sum divided by the count. The mean of nothing is
 * NaN.
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
 * import { reduceMean, run } from "../../mod.ts";
 * const [value] = run([reduceMean([[1, 2], [3, 4]], { axis: 1, keepDims: true })]);
 * assertEquals(`${value}`, "[[1.5]\n [3.5]]");
 * ```
 */
export function reduceMean(
  x: Operand,
  options: { axis?: number | readonly number[]; keepDims?: boolean } = {},
): Node {
  return call("reduceMean", [x], {}, options);
}

/**
 * Adds up tensors of one shape, rounding every addition.
 *
 * Up to nine are added left to right; of more, the first 2 to 9, then groups of eight, each added
 * up on its own and put on top. Throws a `TypeError` for shapes that do not fit, or for operands
 * that are not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { addN, run } from "../../mod.ts";
 * const [value] = run([addN([[1, 2], [10, 20], [100, 200]])]);
 * assertEquals(`${value}`, "[111. 222.]");
 * ```
 */
export function addN(operands: readonly Operand[]): Node {
  return call("addN", operands);
}
