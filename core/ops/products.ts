/**
 * Products of matrices.
 *
 * @module
 */
import { flag } from "../attributes.ts";
import { fit } from "../forms/fit.ts";
import { multilinear } from "../forms/multilinear.ts";
import { over } from "../forms/places.ts";

export default {
  matmul: multilinear({
    summary: "The product of two matrices, `[m,k]` by `[k,n]`, either transposed first on request.",
    details: "Every product and every addition is rounded, in index order of the inner " +
      "dimension from +0; nothing is fused.",
    example: ["matmul([[3, 4, 8]], [[0.2, 0.3], [0.1, 0.2], [0.4, 0.5]])", "[[4.2 5.7]]"],
    arity: 2,
    attributes: {
      transposeA: flag("the first operand is transposed before the product"),
      transposeB: flag("the second operand is transposed before the product"),
    },
    infer(shapes, { transposeA, transposeB }, refuse) {
      const { m, n } = fit(shapes, [transposeA ? "km" : "mk", transposeB ? "nk" : "kn"], refuse);
      return [m!, n!];
    },
    terms: ([y, a], { transposeA, transposeB }) =>
      over([...y!, a![transposeA ? 0 : 1]!], (i, j, t) => [
        [i!, j!],
        transposeA ? [t!, i!] : [i!, t!],
        transposeB ? [j!, t!] : [t!, j!],
      ]),
    order: "index",
    gradient: ({ inputs: [a, b], attributes: { transposeA, transposeB } }, g, { matmul }) => [
      transposeA
        ? matmul(b!, g, { transposeA: transposeB, transposeB: true })
        : matmul(g, b!, { transposeB: !transposeB }),
      transposeB
        ? matmul(g, a!, { transposeA: true, transposeB: transposeA })
        : matmul(a!, g, { transposeA: !transposeA }),
    ],
    sample(random, x) {
      if (x.length !== 2) return null;
      const [transposeA, transposeB] = [random.next() < 0.5, random.next() < 0.5];
      const [k, n] = [x[transposeA ? 0 : 1]!, 1 + random.below(4)];
      return { shapes: [x, transposeB ? [n, k] : [k, n]], attributes: { transposeA, transposeB } };
    },
  }),
};
