/**
 * What elementwise rows share: broadcasting, strided loops and the propagation of errors.
 *
 * @module
 */
import type { BoundContext, Node, Op } from "../graph.ts";
import { broadcastShapes, broadcastStrides, shapeText, sizeOf } from "../shape.ts";
import { sumTo } from "./broadcast.ts";

/**
 * The float32 loop of a binary op over one run of elements.
 *
 * Writes `n` elements of `z` from `k` on, from `a` at `i`, `i + p`, … and `b` at `j`, `j +
 * q`, …. Storing into a `Float32Array` rounds to nearest even, once.
 */
export type BinaryLoop = (
  z: Float32Array,
  k: number,
  n: number,
  a: Float32Array,
  i: number,
  p: number,
  b: Float32Array,
  j: number,
  q: number,
) => void;

/** What tells one binary op from another. */
export interface BinaryRow {
  /** The verb of the error message: `Cannot <action>: shapes … do not broadcast`. */
  action: string;
  loop: BinaryLoop;
  /** The operation in float64. */
  exact: (a: number, b: number) => number;
  /** The error of the exact operation when its inputs are off by at most `ea` and `eb`. */
  spread: (a: number, ea: number, b: number, eb: number) => number;
  /** How an honest engine may round: as one operation, where not said otherwise. */
  rounding?: "rounding" | "division";
  /** Gradients of the broadcast shape with respect to both inputs. */
  gradient: (node: Node, upstream: Node) => readonly [Node, Node];
}

/** Makes the row of an op on two tensors that broadcast. */
export function binary(row: BinaryRow): Op {
  const { rounding = "rounding" } = row;
  return {
    arity: 2,
    attributes: {},
    infer([a, b]) {
      const shape = broadcastShapes(a!, b!);
      if (shape !== null) return shape;
      throw new TypeError(
        `Cannot ${row.action}: shapes ${shapeText(a!)} and ${shapeText(b!)} do not broadcast`,
      );
    },
    kernel: (node, z, [a, b]) => bindBinary(row.loop, node, z, a!, b!),
    reference(node, [a, b]) {
      const z = new Float64Array(sizeOf(node.shape));
      forEachPair(node, (k, i, j) => z[k] = row.exact(a![i]!, b![j]!));
      return z;
    },
    bound(node, { values: [a, b], radii: [ea, eb], output, allowance }) {
      const radius = new Float64Array(output.length);
      forEachPair(node, (k, i, j) => {
        const spread = row.spread(a![i]!, ea![i]!, b![j]!, eb![j]!);
        radius[k] = spread + allowance[rounding](Math.abs(output[k]!) + spread);
      });
      return radius;
    },
    gradient(node, upstream) {
      const [a, b] = row.gradient(node, upstream);
      return [sumTo(a, node.inputs[0]!.shape), sumTo(b, node.inputs[1]!.shape)];
    },
  };
}

/** What tells one unary op from another. */
export interface UnaryRow {
  /** The float32 loop over the first `n` elements. */
  loop: (z: Float32Array, x: Float32Array, n: number) => void;
  /** The operation in float64. */
  exact: (x: number) => number;
  /**
   * The error of the exact operation, whose result is `y`, when its input is off by at most `e`.
   */
  spread: (x: number, e: number, y: number) => number;
  /** How the engine rounds: not at all, as one operation, or as an elementary function. */
  rounding: "none" | "operation" | "elementary";
  gradient: (node: Node, upstream: Node) => Node;
}

/** Makes the row of an op on one tensor, element by element. */
export function unary(row: UnaryRow): Op {
  return {
    arity: 1,
    attributes: {},
    infer: ([x]) => x!,
    kernel(_, z, [x]) {
      const n = z.length;
      return () => row.loop(z, x!, n);
    },
    reference: (_, [x]) => x!.map(row.exact),
    bound: (_, { values: [x], radii: [e], output, allowance }: BoundContext) =>
      output.map((y, i) => {
        if (e![i] === Infinity) return Infinity;
        const spread = row.spread(x![i]!, e![i]!, y);
        const magnitude = Math.abs(y) + spread;
        if (row.rounding === "none") return spread;
        return spread +
          (row.rounding === "operation"
            ? allowance.rounding(magnitude)
            : allowance.elementary(magnitude));
      }),
    gradient: (node, upstream) => [row.gradient(node, upstream)],
  };
}

function bindBinary(
  loop: BinaryLoop,
  node: Node,
  z: Float32Array,
  a: Float32Array,
  b: Float32Array,
): () => void {
  const n = z.length;
  if (n === 0) return () => {};
  if (a.length === n && b.length === n) return () => loop(z, 0, n, a, 0, 1, b, 0, 1);
  if (a.length === 1) return () => loop(z, 0, n, a, 0, 0, b, 0, 1);
  if (b.length === 1) return () => loop(z, 0, n, a, 0, 1, b, 0, 0);
  const { runs, length, p, q } = runsOf(node);
  return () => {
    for (let r = 0, k = 0; k < n; r += 2, k += length) {
      loop(z, k, length, a, runs[r]!, p, b, runs[r + 1]!, q);
    }
  };
}

/**
 * Cuts a broadcast operation into runs along its last axis: where each starts in both inputs, and
 * the strides in a run.
 */
function runsOf(node: Node): { runs: Int32Array; length: number; p: number; q: number } {
  const { shape, inputs } = node;
  const length = shape.at(-1) ?? 1;
  const [p, q] = inputs.map((input) => broadcastStrides(input.shape, shape)) as [
    number[],
    number[],
  ];
  const count = length === 0 ? 0 : sizeOf(shape) / length;
  const runs = new Int32Array(2 * count);
  for (let r = 0; r < count; r++) {
    for (let axis = shape.length - 2, rest = r; axis >= 0; axis--) {
      const at = rest % shape[axis]!;
      rest = (rest - at) / shape[axis]!;
      runs[2 * r]! += at * p[axis]!;
      runs[2 * r + 1]! += at * q[axis]!;
    }
  }
  return { runs, length, p: p.at(-1) ?? 0, q: q.at(-1) ?? 0 };
}

/**
 * Calls `visit(k, i, j)` for every element k of the output and the elements i and j it is computed
 * from.
 */
export function forEachPair(node: Node, visit: (k: number, i: number, j: number) => void): void {
  const { runs, length, p, q } = runsOf(node);
  for (let r = 0, k = 0; r < runs.length; r += 2) {
    for (let t = 0; t < length; t++, k++) visit(k, runs[r]! + t * p, runs[r + 1]! + t * q);
  }
}
