/**
 * The graphs of the soundness campaign: random ones and their gradients, with values of all sizes.
 *
 * @module
 */
import {
  add,
  broadcastTo,
  constant,
  div,
  exp,
  matmul,
  mul,
  neg,
  reshape,
  sigmoid,
  sub,
} from "../core/functions/mod.ts";
import { gradients } from "../core/gradients.ts";
import { apply, type Node, postorder } from "../core/graph.ts";
import { type OpName, ops, rowOf } from "../core/ops/table.ts";
import type { RandomStream } from "../core/random.ts";
import { sizeOf } from "../core/shape.ts";
import { Tensor } from "../core/tensor.ts";
import { type Maker, randomGraph, streamOf } from "./random_graph.ts";

/** A graph of an op: random nodes, and gradients, sometimes of gradients. */
export function soundnessGraph(op: OpName, seed: number): readonly Node[] {
  const random = streamOf(op, seed);
  const long = random.next() < 0.05;
  const steps = 2 + random.below(5);
  const options = long
    ? { extents: [1, 2, 8 + random.below(400)], limit: 1000 }
    : { extents: [1, 2, 3, 4], limit: 64 };
  const { nodes, xs, y } = randomGraph(op, random, {
    ...options,
    steps,
    value: randomValues(random),
    makers: cancellations,
  });
  const first = derived(y, xs);
  if (first.length === 0 || steps > 4 || random.next() < 0.5) return [...nodes, ...first];
  return [...nodes, ...first, ...derived(random.pick(first), xs)];
}

/** The gradients of a node; an op that has none counts as a constant. */
function derived(y: Node, xs: readonly Node[]): Node[] {
  const stopGradients = postorder([y]).filter((node) => rowOf(node).gradient === "none");
  return gradients(y, xs, { stopGradients }).filter((gradient) => gradient !== null);
}

/**
 * Draws what the values of a graph are like: of one size or each input of its own, and with odd
 * ones among them or not.
 */
function randomValues(random: RandomStream): (random: RandomStream, input: number) => number {
  const power = (limit: number) => 10 ** (limit * (2 * random.next() - 1));
  const spread = random.pick([0, 2, 2, 10, 30]);
  // Some so small that partial results are subnormal, whole ones not.
  const common = random.next() < 0.1 ? 2 ** -122 : power(spread);
  const own = random.pick([0, 1, 30]);
  const scales = Array.from({ length: 4 }, () => common * power(own));
  const odd = random.next() < 0.15 ? 0.1 : 0;
  return (stream, input) => {
    if (stream.next() < odd) return stream.pick(ODD_VALUES);
    return Math.fround((2 * stream.next() - 1) * scales[input % scales.length]!);
  };
}

const ODD_VALUES: readonly number[] = [
  0,
  -0,
  1,
  2 ** -149,
  -(2 ** -127),
  2 ** -126 - 2 ** -149,
  2 ** -126,
  2 ** 64,
  1.5 * 2 ** 126,
  -(2 ** 127),
  2 ** 128 - 2 ** 104,
  -88.5,
  88.72283,
  Infinity,
  -Infinity,
  NaN,
];

/** Sizes that swamp what is added to them. */
const SWAMPS: readonly number[] = [1e8, -1e8, 3e4, 1e16, 1e30];

/** Nodes that lose their leading digits: what first-order budgets get wrong. */
const cancellations: readonly Maker[] = [
  (random, nodes) => {
    const swamp = random.pick(SWAMPS);
    return sub(add(random.pick(nodes), swamp), swamp);
  },
  (random, nodes) => {
    const x = random.pick(nodes);
    return sub(x, mul(x, 1 + 2 ** -(1 + random.below(23))));
  },
  // Logits of equal features and weights that cancel, and what follows from them.
  (random, nodes) => {
    const x = random.pick(nodes);
    const rows = sizeOf(x.shape);
    const k = 2 * (1 + random.below(4)) + 1;
    if (rows * k > 64) return null;
    const features = broadcastTo(reshape(x, [rows, 1]), [rows, k]);
    const weights = Float32Array.from({ length: k }, () => random.pick(SWAMPS) * random.next());
    for (let t = 1; t < k; t += 2) weights[t] = -weights[t - 1]!;
    weights[k - 1] = 2 * random.next() - 1;
    const logits = matmul(features, constant(new Tensor(weights, [k, 1])));
    return random.pick([exp, sigmoid, neg])(logits);
  },
];

/**
 * Ops that engines without them compose of others; their budgets then are those of the others.
 */
const compositions: Readonly<Partial<Record<OpName, (...inputs: Node[]) => Node>>> = {
  sigmoid: (x) => div(1, add(1, exp(neg(x)))),
};

/** The same graph with all {@linkcode compositions}; `null` where there are none in it. */
export function composed(nodes: readonly Node[]): readonly Node[] | null {
  const copies = new Map<Node, Node>();
  for (const node of postorder(nodes)) {
    const inputs = node.inputs.map((input) => copies.get(input)!);
    const op = node.op as OpName;
    const compose = compositions[op];
    if (compose !== undefined) copies.set(node, compose(...inputs));
    else if (inputs.every((input, i) => input === node.inputs[i])) copies.set(node, node);
    else copies.set(node, apply(ops, op, inputs, node.attributes));
  }
  const changed = nodes.some((node) => copies.get(node) !== node);
  return changed ? nodes.map((node) => copies.get(node)!) : null;
}
