/**
 * Products of matrices.
 *
 * @module
 */
import { flag } from "../attributes.ts";
import { product } from "../forms/product.ts";

export default {
  matmul: product({
    summary: "The product of two matrices, `[m,k]` by `[k,n]`, either transposed first on request.",
    details: "Every product and every addition is rounded, in index order of the inner " +
      "dimension from +0; nothing is fused.",
    example: ["matmul([[3, 4, 8]], [[0.2, 0.3], [0.1, 0.2], [0.4, 0.5]])", "[[4.2 5.7]]"],
    rank: 2,
    attributes: {
      transposeA: flag("the first operand is transposed before the product"),
      transposeB: flag("the second operand is transposed before the product"),
    },
    letters: ({ transposeA: a, transposeB: b }) => [a ? "km" : "mk", b ? "nk" : "kn", "mn"],
    multiply: (a, b, [p, q, y], { matmul }) =>
      matmul(a, b, { transposeA: p[0] !== y[0], transposeB: q[1] !== y[1] }),
  }),
};
