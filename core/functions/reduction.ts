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
 * The order of the additions is part of the numeric contract, see `pairwiseSum`. Option `axis`: the
 * axis or axes, from the end where negative; all by default. Option `keepDims`: whether reduced
 * axes stay, with extent 1; false by default. Throws a `TypeError` that names shapes, or dtypes,
 * that do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reduceSum, run } from "../../mod.ts";
 * assertEquals(`${run([reduceSum([[1, 2], [3, 4]], { axis: 0 })])[0]}`, "[4. 6.]");
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
 * Option `axis`: the axis or axes, from the end where negative; all by default. Option `keepDims`:
 * whether reduced axes stay, with extent 1; false by default. Throws a `TypeError` that names
 * shapes, or dtypes, that do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reduceMean, run } from "../../mod.ts";
 * assertEquals(`${run([reduceMean([[1, 2], [3, 4]], { axis: 1, keepDims: true })])[0]}`, "[[1.5]\n [3.5]]");
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
 * up on its own and put on top. Throws a `TypeError` that names shapes, or dtypes, that do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { addN, run } from "../../mod.ts";
 * assertEquals(`${run([addN([[1, 2], [10, 20], [100, 200]])])[0]}`, "[111. 222.]");
 * ```
 */
export function addN(operands: readonly Operand[]): Node {
  return call("addN", operands);
}
