/**
 * Forward mode in float64: a witness of gradients that shares no rule with them.
 *
 * A tangent rule says how a small change of an op's inputs changes its output. The rules are
 * written on their own, not derived from the gradient rules, so a mistake in one of them shows as a
 * disagreement.
 *
 * @module
 */
import type { Derivative } from "../cases/mod.ts";
import { type Node, postorder } from "../core/graph.ts";
import { forEachPair } from "../core/ops/elementwise.ts";
import { type OpName, rowOf } from "../core/ops/table.ts";
import { sizeOf } from "../core/shape.ts";

/** The change of an op's output, given the values and the changes of its inputs. */
export type TangentRule = (
  node: Node,
  values: readonly Float64Array[],
  tangents: readonly Float64Array[],
  output: Float64Array,
) => Float64Array;

/** The change of a linear op's output is the op applied to the change of its inputs. */
const linear: TangentRule = (node, _, tangents) => evaluate(node, tangents);

/** The product rule, for any op that is linear in each of its two inputs: d(a·b) = da·b + a·db. */
const bilinear: TangentRule = (node, [a, b], [da, db]) => {
  const right = evaluate(node, [a!, db!]);
  return evaluate(node, [da!, b!]).map((left, i) => left + right[i]!);
};

const elementwise = (slope: (x: number, y: number) => number): TangentRule => (_, [x], [dx], y) =>
  dx!.map((d, i) => d === 0 ? 0 : slope(x![i]!, y[i]!) * d);

const none: TangentRule = (node) => new Float64Array(sizeOf(node.shape));

/** The tangent rule of every op. */
export const tangentRules: Readonly<Record<OpName, TangentRule>> = {
  constant: none,
  variable: none,
  placeholder: none,
  stopGradient: none,

  add: linear,
  addN: linear,
  sub: linear,
  neg: linear,
  transpose: linear,
  reshape: linear,
  broadcastTo: linear,
  reduceSum: linear,
  reduceMean: linear,

  mul: bilinear,
  matmul: bilinear,

  // d(a/b) = (da − (a/b)·db) / b
  div(node, [, b], [da, db], y) {
    const dy = new Float64Array(y.length);
    forEachPair(node, (k, i, j) => {
      const change = da![i]! - (db![j] === 0 ? 0 : y[k]! * db![j]!);
      dy[k] = change === 0 ? 0 : change / b![j]!;
    });
    return dy;
  },

  square: elementwise((x) => 2 * x),
  exp: elementwise((_, y) => y),
  // σ'(x) = e^−|x| / (1 + e^−|x|)², which loses nothing where σ(x) is near 1.
  sigmoid: elementwise((x) => {
    const t = Math.exp(-Math.abs(x));
    return t / ((1 + t) * (1 + t));
  }),
};

/**
 * The gradient that a case names, element by element of `x`, by forward mode.
 *
 * `values` holds the exact values of all nodes that the ys depend on. Costs one pass through the
 * graph per element.
 */
export function gradientByTangents(
  { ys, x, gradYs, stopGradients }: Derivative,
  values: (node: Node) => Float64Array,
  rules: Readonly<Record<OpName, TangentRule>> = tangentRules,
): Float64Array {
  const order = postorder(ys);
  const stopped = new Set(stopGradients);
  const gradient = new Float64Array(sizeOf(x.shape));
  for (let i = 0; i < gradient.length; i++) {
    const tangents = new Map<Node, Float64Array>();
    for (const node of order) {
      if (node === x) tangents.set(node, new Float64Array(gradient.length).fill(1, i, i + 1));
      else if (stopped.has(node) || !node.inputs.some((input) => tangents.has(input))) continue;
      else tangents.set(node, tangentOf(node, values, tangents, rules));
    }
    ys.forEach((y, n) => {
      const weights = gradYs[n] == null ? null : values(gradYs[n]);
      tangents.get(y)?.forEach((change, e) => {
        if (change !== 0) gradient[i]! += (weights === null ? 1 : weights[e]!) * change;
      });
    });
  }
  return gradient;
}

function tangentOf(
  node: Node,
  values: (node: Node) => Float64Array,
  tangents: ReadonlyMap<Node, Float64Array>,
  rules: Readonly<Record<OpName, TangentRule>>,
): Float64Array {
  return rules[node.op as OpName](
    node,
    node.inputs.map(values),
    node.inputs.map((input) => tangents.get(input) ?? new Float64Array(sizeOf(input.shape))),
    values(node),
  );
}

/** An op in float64. */
function evaluate(node: Node, inputs: readonly Float64Array[]): Float64Array {
  const { reference } = rowOf(node);
  return reference === "source" ? new Float64Array(0) : reference(node as never, inputs);
}
