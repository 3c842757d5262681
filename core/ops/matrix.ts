/**
 * Matrix products.
 *
 * @module
 */
import { boolean, checkOptions } from "../check.ts";
import { apply, type Node, type Op } from "../graph.ts";
import { shapeText, sizeOf } from "../shape.ts";
import { finiteMagnitude, productSpread } from "./bounds.ts";
import { type Operand, toNode } from "./sources.ts";

/** Options of {@linkcode matmul}, as in TensorFlow. */
export interface MatmulOptions {
  /** Whether the first operand is transposed before the product. `false` by default. */
  transposeA?: boolean;
  /** Whether the second operand is transposed before the product. `false` by default. */
  transposeB?: boolean;
}

type MatmulAttributes = Required<Readonly<MatmulOptions>>;

const matmulRow: Op<MatmulAttributes> = {
  arity: 2,
  attributes: { transposeA: "boolean", transposeB: "boolean" },
  infer([a, b], { transposeA, transposeB }) {
    if (a!.length !== 2 || b!.length !== 2) {
      throw new TypeError(
        `Cannot multiply matrices: shapes ${shapeText(a!)} and ${
          shapeText(b!)
        } are not both of rank 2`,
      );
    }
    const [m, k] = transposeA ? [a![1]!, a![0]!] : [a![0]!, a![1]!];
    const [l, n] = transposeB ? [b![1]!, b![0]!] : [b![0]!, b![1]!];
    if (k === l) return [m, n];
    const [as, bs] = [transposeA ? "ᵀ" : "", transposeB ? "ᵀ" : ""];
    throw new TypeError(
      `Cannot multiply matrices: shapes ${shapeText(a!)}${as} and ${
        shapeText(b!)
      }${bs} do not agree in the inner dimension`,
    );
  },
  kernel(node, z, [a, b]) {
    const { m, n, k, ai, ak, bk, bj } = layoutOf(node);
    return () => multiply(z, m, n, k, a!, ai, ak, b!, bk, bj);
  },
  reference: (node, [a, b]) => products(node, (p, q) => a![p]! * b![q]!),
  bound(node, { values: [a, b], radii: [ea, eb], allowance }) {
    const spread = products(node, (p, q) => productSpread(a![p]!, ea![p]!, b![q]!, eb![q]!));
    const magnitude = products(
      node,
      (p, q) => finiteMagnitude(a![p]! * b![q]!, productSpread(a![p]!, ea![p]!, b![q]!, eb![q]!)),
    );
    const { k } = layoutOf(node);
    return spread.map((s, i) => s + allowance.summation(k, 1, magnitude[i]!));
  },
  gradient({ inputs: [a, b], attributes: { transposeA, transposeB } }, g) {
    return [
      transposeA
        ? matmul(b!, g, { transposeA: transposeB, transposeB: true })
        : matmul(g, b!, { transposeB: !transposeB }),
      transposeB
        ? matmul(g, a!, { transposeA: true, transposeB: transposeA })
        : matmul(a!, g, { transposeA: !transposeA }),
    ];
  },
};

const rows = { matmul: matmulRow };
export default rows;

/**
 * Extents, and how far apart neighbours lie: element (i, j) sums a[i·ai + t·ak] · b[t·bk + j·bj]
 * over t < k.
 */
function layoutOf(node: Node<MatmulAttributes>) {
  const [a, b] = node.inputs;
  const { transposeA, transposeB } = node.attributes;
  const [m, n] = node.shape as [number, number];
  const [, aColumns] = a!.shape as [number, number];
  const [, bColumns] = b!.shape as [number, number];
  return {
    m,
    n,
    k: a!.shape[transposeA ? 0 : 1]!,
    ai: transposeA ? 1 : aColumns,
    ak: transposeA ? aColumns : 1,
    bk: transposeB ? 1 : bColumns,
    bj: transposeB ? bColumns : 1,
  };
}

/**
 * From +0, every product rounded, every sum rounded, in index order of the inner dimension. Never
 * fused.
 */
function multiply(
  z: Float32Array,
  m: number,
  n: number,
  k: number,
  a: Float32Array,
  ai: number,
  ak: number,
  b: Float32Array,
  bk: number,
  bj: number,
): void {
  const f = Math.fround;
  for (let i = 0, e = 0; i < m; i++) {
    for (let j = 0; j < n; j++, e++) {
      let sum = 0;
      for (let t = 0, p = i * ai, q = j * bj; t < k; t++, p += ak, q += bk) {
        sum = f(sum + f(a[p]! * b[q]!));
      }
      z[e] = sum;
    }
  }
}

/** Sums `term` over the inner dimension in float64, for every element of the product. */
function products(
  node: Node<MatmulAttributes>,
  term: (p: number, q: number) => number,
): Float64Array {
  const { n, k, ai, ak, bk, bj } = layoutOf(node);
  return Float64Array.from({ length: sizeOf(node.shape) }, (_, e) => {
    const j = e % n;
    const i = (e - j) / n;
    let sum = 0;
    for (let t = 0; t < k; t++) sum += term(i * ai + t * ak, t * bk + j * bj);
    return sum;
  });
}

/**
 * The product of two matrices, `[m,k]` by `[k,n]`, either of them transposed first on request.
 *
 * Every product and every addition is rounded, in index order of the inner dimension from +0;
 * nothing is fused. Throws a `TypeError` when the ranks are not 2 or the inner dimensions differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matmul, run } from "../../mod.ts";
 * const [z] = run([matmul([[3, 4, 8]], [[0.2, 0.3], [0.1, 0.2], [0.4, 0.5]])]);
 * assertEquals(`${z}`, "[[4.2 5.7]]");
 * ```
 */
export function matmul(a: Operand, b: Operand, options: MatmulOptions = {}): Node {
  checkOptions("multiply matrices", options, { transposeA: boolean, transposeB: boolean });
  const { transposeA = false, transposeB = false } = options;
  return apply(rows, "matmul", [toNode(a), toNode(b)], { transposeA, transposeB });
}
