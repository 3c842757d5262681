/**
 * The notebook's family: a network of two matrix products and a sigmoid, for one sample and for
 * two.
 *
 * `x @ W_A = z`, `z @ W_B = logits`, `sigmoid(logits) = y`, as the notebook computes it by hand
 * with NumPy and by `tf.gradients` with TensorFlow 1.8. The cases are the full grid of its
 * parameters, not only the points it visits.
 *
 * @module
 */
import type { Node } from "../core/graph.ts";
import {
  type Case,
  type CaseTensor,
  type GradientRequest,
  gradientTensors,
  type GraphFunctions,
  graphFunctions,
  tensorsOf,
} from "./case.ts";
import {
  add,
  broadcastTo,
  div,
  exp,
  matmul,
  mul,
  neg,
  reduceMean,
  reduceSum,
  reshape,
  sigmoid,
  sub,
  transpose,
  variable,
} from "../core/functions/mod.ts";
import { zeros } from "../core/functions/sources.ts";

const SAMPLES = [1, 2] as const;
const targets = ["y", "y_sum", "y_mean", "z"] as const;
const paths = ["manual", "auto"] as const;

type Target = typeof targets[number];

const inputs = {
  x: [[3, 4, 8], [1, 2, 3]],
  W_A: [[0.2, 0.3], [0.1, 0.2], [0.4, 0.5]],
  W_B: [[0.1, -0.3], [0.2, 0.1]],
};

/** Upstream gradients of any full shape. */
const patterns = {
  random: [[0.26034486293792725, 0.9401111602783203], [0.5681726932525635, 0.05644834041595459]],
  basis: [[0, 1], [0, 0]],
  sparse: [[0, -1.25], [0, 0.5]],
  zero: [[0, 0], [0, 0]],
};

/**
 * Upstream gradients by target. `given` ones of z are the notebook's own `grad_ys`, typed there
 * with 8 digits; `random` ones are uniform in [-1, 1), instance 0 of Philox4x32-10 with seed 2025.
 * Where sums cancel, budgets grow: that is for other cases (`graph/cancelling`), so no choice here
 * makes them.
 */
const gradYs: Record<Target, Readonly<Record<string, readonly (readonly number[])[] | number>>> = {
  y: { given: [[-2, 0.5], [-1.25, 0.75]], ...patterns },
  y_sum: { given: -1.5, random: 0.8979842662811279, zero: 0 },
  y_mean: { given: 2.5, random: -0.05077183246612549, zero: 0 },
  z: { given: [[-0.05238715, 0.05094419], [-0.05086822, 0.07033907]], ...patterns },
};

/** The upstream gradients of a target: none, and those above. */
function upstreamsOf(target: Target): string[] {
  return ["none", ...Object.keys(gradYs[target])];
}

/**
 * A point of the grid; `composed` says that the sigmoid is the NumPy cells' `1 / (1 + exp(-x))`.
 */
interface Point {
  readonly n: 1 | 2;
  readonly target: Target;
  readonly upstream: string;
  readonly path: typeof paths[number];
  readonly composed: boolean;
}

/** The grid, and the composed sigmoid by hand and by `gradients`. */
export const notebookCases: readonly Case[] = [
  ...SAMPLES.flatMap((n) =>
    targets.flatMap((target) =>
      upstreamsOf(target).flatMap((upstream) =>
        paths.map((path) =>
          notebookCase(`notebook/n=${n}/target=${target}/upstream=${upstream}/${path}`, {
            n,
            target,
            upstream,
            path,
            composed: false,
          })
        )
      )
    )
  ),
  ...SAMPLES.flatMap((n) =>
    paths.map((path) =>
      notebookCase(`notebook/n=${n}/composed/${path}`, {
        n,
        target: "y",
        upstream: "none",
        path,
        composed: true,
      })
    )
  ),
];

function notebookCase(id: string, point: Point): Case {
  const { n, target, upstream, path, composed } = point;
  const how = path === "manual" ? "by hand" : "by gradients";
  const description =
    `Gradients of ${target} for ${n === 1 ? "one sample" : "two samples"} ${how}` +
    (upstream === "none" ? "" : `, upstream gradient ${upstream}`) +
    (composed ? ", the sigmoid composed as 1 / (1 + exp(-x))" : "");
  return {
    id,
    description,
    parameters: { n, target, upstream, path, sigmoid: composed ? "composed" : "op" },
    build: (by = graphFunctions) => build(point, by),
  };
}

function build(point: Point, by: GraphFunctions): CaseTensor[] {
  const { n, target } = point;
  const x = variable(inputs.x.slice(0, n), { name: "x" });
  const W_A = variable(inputs.W_A, { name: "W_A" });
  const W_B = variable(inputs.W_B, { name: "W_B" });
  const given = gradYs[target][point.upstream];
  const grad_ys = given === undefined
    ? null
    : variable(typeof given === "number" ? given : given.slice(0, n), { name: "grad_ys" });

  const z = matmul(x, W_A);
  const logits = matmul(z, W_B);
  const y = point.composed ? div(1, add(1, exp(neg(logits)))) : sigmoid(logits);
  const forward = { z, logits, y, y_sum: reduceSum(y), y_mean: reduceMean(y) };

  const request = { ys: [forward[target]], xs: { logits, z, W_A, W_B }, gradYs: [grad_ys] };
  return [
    ...tensorsOf("input", { x, W_A, W_B, ...(grad_ys === null ? {} : { grad_ys }) }),
    ...tensorsOf("forward", forward),
    ...(point.path === "auto"
      ? gradientTensors(by, request)
      : withDerivatives(request, byHand(target, grad_ys, { x, W_B, z, logits, y }))),
  ];
}

/** Gradients computed by hand, each with what it is the gradient of; batch means are of none. */
function withDerivatives(
  { ys, xs, gradYs }: Required<Omit<GradientRequest, "stopGradients">>,
  nodes: Readonly<Record<string, Node>>,
): CaseTensor[] {
  return tensorsOf("gradient", nodes).map((tensor) => {
    const x = xs[tensor.name.slice(1)];
    return x === undefined
      ? tensor
      : { ...tensor, derivative: { ys, x, gradYs, stopGradients: [] } };
  });
}

/**
 * The notebook's manual cells, for any target and upstream: the chain rule written out, one step a
 * line.
 */
function byHand(
  target: Target,
  gradYs: Node | null,
  { x, W_B, z, logits, y }: Record<"x" | "W_B" | "z" | "logits" | "y", Node>,
): Record<string, Node> {
  if (target === "z") {
    const dz = gradYs ?? broadcastTo(1, z.shape);
    return {
      dlogits: zeros(logits.shape),
      dz,
      dW_A: sumOfOuterProducts(x, dz),
      dW_B: zeros(W_B.shape),
    };
  }
  const dy = upstreamOfY(target, gradYs, y);
  const dlogits = mul(dy === null ? y : mul(dy, y), sub(1, y));
  const dz = matmul(dlogits, transpose(W_B));
  const dlogits_mean = reduceMean(dlogits, { axis: 0 });
  const dz_mean = reshape(matmul(reshape(dlogits_mean, [1, 2]), transpose(W_B)), [2]);
  return {
    dlogits,
    dz,
    dW_A: sumOfOuterProducts(x, dz),
    dW_B: sumOfOuterProducts(z, dlogits),
    dlogits_mean,
    dz_mean,
  };
}

/** The gradient of the target with respect to y; `null` where it is 1 for every element. */
function upstreamOfY(target: Target, gradYs: Node | null, y: Node): Node | null {
  if (target === "y") return gradYs;
  if (target === "y_sum") return gradYs === null ? null : broadcastTo(gradYs, y.shape);
  const count = y.shape[0]! * y.shape[1]!;
  return broadcastTo(div(gradYs ?? 1, count), y.shape);
}

/**
 * The loop of cell 40, `g_acc = 0; for i: g_acc += np.outer(left[i], right[i])`: every outer
 * product at once, then their sum over the samples, which starts from +0 and adds in the order of
 * the loop.
 */
function sumOfOuterProducts(left: Node, right: Node): Node {
  const [n, rows] = left.shape as [number, number];
  const [, columns] = right.shape as [number, number];
  return reduceSum(mul(reshape(left, [n, rows, 1]), reshape(right, [n, 1, columns])), { axis: 0 });
}
