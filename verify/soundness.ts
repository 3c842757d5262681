/**
 * The soundness campaign: no honest engine may leave its budget, on any graph.
 *
 * @module
 */
import { gradients } from "../core/gradients.ts";
import { apply, type Node, postorder } from "../core/graph.ts";
import { type OpName, ops, rowOf } from "../core/ops/table.ts";
import { sizeOf } from "../core/shape.ts";
import { Tensor } from "../core/tensor.ts";
import { allowances as judgeAllowances, type Profile } from "./allowance.ts";
import { type Enclosure, evaluateFloat64 } from "./exact.ts";
import { honestEngines } from "./honest.ts";
import { drawnOps, type Maker, randomGraph, streamOf } from "./random_graph.ts";
import type { NodeValues } from "../core/evaluate.ts";
import type { RandomStream } from "../core/random.ts";
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
import type { Allowance } from "../core/op.ts";

/** What the campaign found of one op of one engine under one profile. */
export interface Soundness {
  readonly engine: string;
  readonly profile: Profile;
  /** The op whose results these are. */
  readonly op: OpName;
  /** In how many graphs it was met. */
  graphs: number;
  /** How many computed elements were compared. */
  elements: number;
  /** How many more could not be, since nothing can be said of them. */
  undecidable: number;
  /** The largest error, as a share of its budget. A sound budget keeps it at or below 1. */
  share: number;
  /** The graph with the largest share: the op it belongs to, and its seed. */
  worst: { readonly op: OpName; readonly seed: number };
}

/** Options of {@linkcode measureSoundness}. */
export interface SoundnessOptions {
  /** How many elements to compare at least, over all engines. */
  readonly elements: number;
  /** How many graphs of every op to draw at least; 1 by default. */
  readonly graphs?: number;
  /** The ops whose graphs to draw; all but sources by default. */
  readonly ops?: readonly OpName[];
  /**
   * The seed of the first graph of every op, an integer; the next graph has the next seed, modulo
   * 2³².
   */
  readonly seed: number;
  /** What engines may do, by profile; by default the judge's own allowances. */
  readonly allowances?: Readonly<Record<Profile, Allowance>>;
  /** Told which part is done, from 0 to 1. */
  readonly onProgress?: (part: number) => void;
}

/**
 * Runs the honest engines on random graphs and their gradients, and measures which share of its
 * budget each error uses.
 *
 * The ops take turns. Every engine is judged with the profile `any`, and `ordered`, this project's
 * own, also with `own`. An engine named `composed …` runs the same graphs rewritten by
 * {@linkcode compositions}.
 */
export function measureSoundness(options: SoundnessOptions): Soundness[] {
  const { elements, graphs = 1, ops = drawnOps(), seed, onProgress } = options;
  const { allowances = judgeAllowances } = options;
  const results = new Map<string, Soundness>();
  let compared = 0;
  for (let round = 0; round < graphs || compared < elements; round++) {
    for (const [turn, op] of ops.entries()) {
      if (round >= graphs && compared >= elements) break;
      const worst = { op, seed: (seed + round) >>> 0 };
      const nodes = soundnessGraph(op, worst.seed);
      const random = streamOf(`engines on ${op}`, worst.seed);
      for (const variant of [nodes, composed(nodes)]) {
        if (variant === null) continue;
        const exact = {
          own: evaluateFloat64(variant, allowances.own),
          any: evaluateFloat64(variant, allowances.any),
        };
        for (const [name, engine] of Object.entries(honestEngines)) {
          if (variant !== nodes && name !== "ordered" && name !== "mixed") continue;
          const values = engine(random)(postorder(variant));
          const label = variant === nodes ? name : `composed ${name}`;
          for (const profile of name === "ordered" ? ["own", "any"] as const : ["any"] as const) {
            compared += compare(results, label, profile, values, exact[profile], worst);
          }
        }
      }
      const drawn = round * ops.length + turn + 1;
      onProgress?.(Math.min(1, compared / elements, drawn / (graphs * ops.length)));
    }
  }
  return [...results.values()];
}

/** Compares all computed nodes of a graph; returns how many elements could be. */
function compare(
  results: Map<string, Soundness>,
  engine: string,
  profile: Profile,
  values: NodeValues,
  exact: ReadonlyMap<Node, Enclosure>,
  worst: Soundness["worst"],
): number {
  let compared = 0;
  const met = new Set<Soundness>();
  for (const [node, { values: expected, radii }] of exact) {
    if (node.inputs.length === 0) continue;
    const key = `${engine} ${profile} ${node.op}`;
    let result = results.get(key);
    if (result === undefined) {
      const op = node.op as OpName;
      const none = { graphs: 0, elements: 0, undecidable: 0, share: 0 };
      results.set(key, result = { engine, profile, op, ...none, worst });
    }
    met.add(result);
    values.get(node)!.forEach((value, i) => {
      const share = shareOfBudget(value, expected[i]!, radii[i]!);
      if (share === null) result.undecidable++;
      else compared++, result.elements++;
      if (share !== null && share > result.share) Object.assign(result, { share, worst });
    });
  }
  for (const result of met) result.graphs++;
  return compared;
}

/** Results of one kind taken together: all elements, and the largest share. */
export function together(
  results: readonly Soundness[],
  kind: (result: Soundness) => string,
): Map<string, Soundness> {
  const all = new Map<string, Soundness>();
  for (const result of results) {
    const known = all.get(kind(result));
    const larger = known === undefined || result.share > known.share ? result : known;
    all.set(kind(result), {
      ...larger,
      elements: (known?.elements ?? 0) + result.elements,
      undecidable: (known?.undecidable ?? 0) + result.undecidable,
    });
  }
  return all;
}

/** The error of a value as a share of the radius; `null` where nothing can be said. */
export function shareOfBudget(value: number, exact: number, radius: number): number | null {
  if (!(radius < Infinity)) return null;
  if (Object.is(value, exact) || value === exact) return 0;
  const share = Math.abs(value - exact) / radius;
  return share >= 0 ? share : Infinity;
}

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
function composed(nodes: readonly Node[]): readonly Node[] | null {
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
