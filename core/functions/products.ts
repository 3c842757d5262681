/**
 * The public functions of the ops in `ops/products.ts`. Written from the rows by `deno task ops`.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import { call } from "./call.ts";
import type { Operand } from "./sources.ts";

/**
 * The product of two matrices, `[m,k]` by `[k,n]`, either transposed first on request.
 *
 * Every product and every addition is rounded, in index order of the inner dimension from +0;
 * nothing is fused.
 *
 * - `transposeA`: whether the first operand is transposed before the product; false by default.
 * - `transposeB`: whether the second operand is transposed before the product; false by default.
 *
 * Throws a `TypeError` for shapes that do not fit, or for operands that are not float32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matmul, run } from "../../mod.ts";
 * const [value] = run([matmul([[3, 4, 8]], [[0.2, 0.3], [0.1, 0.2], [0.4, 0.5]])]);
 * assertEquals(`${value}`, "[[4.2 5.7]]");
 * ```
 */
export function matmul(
  a: Operand,
  b: Operand,
  options: { transposeA?: boolean; transposeB?: boolean } = {},
): Node {
  return call("matmul", [a, b], {}, options);
}
