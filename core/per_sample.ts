/**
 * Per-sample gradients: one gradient for every sample of a batch instead of their sum.
 *
 * @module
 */
import {
  checkFloat32,
  gradients,
  type GradientsOf,
  type GradientsOptions,
  type Nodes,
  oneOrMore,
} from "./gradients.ts";
import { anything, check, checkOptions, type Kind } from "./check.ts";
import { Node, nodeKind } from "./graph.ts";
import { LARGEST_SIZE, sameShape, shapeText, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import { constant, mul } from "./functions/mod.ts";
import { toNode } from "./functions/sources.ts";

/**
 * Options of {@linkcode perSampleGradients}; upstream gradients and unconnected inputs as in
 * `gradients`.
 */
export interface PerSampleOptions extends Omit<GradientsOptions, "gradYs" | "unconnected"> {
  /** The upstream gradient of y, of its shape; ones by default. */
  gradY?: Node | Tensor;
}

const upstreamKind: Kind = {
  expected: "a node or a tensor",
  isType: (value) => value instanceof Node || value instanceof Tensor,
};

/**
 * The gradients of every sample's part of `y` with respect to each of `xs`: item n of the result is
 * ∂y[n]/∂xs.
 *
 * Samples lie along the first axis of `y`. Each item is a list of nodes as `gradients` gives it for
 * sample n alone, zeros where unconnected; added up in order they are the gradient of the whole
 * batch, to rounding. It takes one backward pass per sample, with an upstream gradient that is 0 on
 * all others, so where another sample's derivative is infinite or NaN the product with that 0 is
 * NaN, as in TensorFlow.
 *
 * Throws a `TypeError` when `y` is a scalar, which has no samples, `gradY` has another shape, or a
 * node is not float32, and a `RangeError` when the upstream gradients of all samples are more
 * elements than a tensor can have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matmul, perSampleGradients, run, variable } from "../mod.ts";
 * const x = variable([[1, 2], [3, 4]]);
 * const w = variable([[0.5], [0.25]]);
 * const samples = perSampleGradients(matmul(x, w), [w]);
 * assertEquals(run(samples.map(([dw]) => dw)).join(" "), "[[1.]\n [2.]] [[3.]\n [4.]]");
 * ```
 */
export function perSampleGradients<const X extends Nodes>(
  y: Node,
  xs: X,
  options: PerSampleOptions = {},
): GradientsOf<X, Node>[] {
  const action = "take per-sample gradients";
  check(action, "y", y, nodeKind);
  checkOptions(action, options, { gradY: upstreamKind, stopGradients: anything });
  const { gradY, ...rest } = options;
  const [n] = y.shape;
  if (n === undefined) {
    throw new TypeError(
      `Cannot ${action}: a target of shape ${shapeText(y.shape)} has no samples`,
    );
  }
  checkFloat32(action, "y", y);
  if (gradY instanceof Node) checkFloat32(action, "gradY", gradY);
  oneOrMore<Node>(action, "xs", xs, nodeKind).forEach((x, i) => {
    checkFloat32(action, `xs[${i}]`, x);
  });
  if (gradY !== undefined && !sameShape(gradY.shape, y.shape)) {
    throw new TypeError(
      `Cannot ${action}: gradY has shape ${shapeText(gradY.shape)}, its y ${shapeText(y.shape)}`,
    );
  }
  if (n * sizeOf(y.shape) > LARGEST_SIZE) {
    throw new RangeError(
      `Cannot ${action}: a target of shape ${shapeText(y.shape)} has too many samples`,
    );
  }
  const length = sizeOf(y.shape.slice(1));
  return Array.from({ length: n }, (_, sample) => {
    const only = new Tensor(
      new Float32Array(n * length).fill(1, sample * length, (sample + 1) * length),
      y.shape,
    );
    const upstream = gradY === undefined ? constant(only) : mul(toNode(gradY), only);
    return gradients(y, xs, { ...rest, gradYs: upstream, unconnected: "zero" });
  });
}
