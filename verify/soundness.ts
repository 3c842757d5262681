/**
 * The soundness campaign: no honest engine may leave its budget, on any graph.
 *
 * @module
 */
import { gradients } from "../core/gradients.ts";
import { apply, type Node, postorder } from "../core/graph.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import { sizeOf } from "../core/shape.ts";
import { Tensor } from "../core/tensor.ts";
import { allowances as judgeAllowances, type Profile } from "./allowance.ts";
import { type Enclosure, evaluateFloat64 } from "./exact.ts";
import { honestEngines, type NodeValues } from "./honest.ts";
import { type Maker, randomGraph } from "./random_graph.ts";
import { RandomStream } from "../core/random.ts";
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

/** What the campaign found of one engine under one profile. */
export interface Soundness {
  readonly engine: string;
  readonly profile: Profile;
  /** How many computed elements were compared. */
  elements: number;
  /** How many more could not be, since nothing can be said of them. */
  undecidable: number;
  /** The largest error, as a share of its budget. A sound budget keeps it at or below 1. */
  share: number;
  /** The op with the largest share; empty while that is 0. */
  op: string;
  /** The seed of its graph. */
  seed: number;
}

/** Options of {@linkcode measureSoundness}. */
export interface SoundnessOptions {
  /** How many elements to compare at least, over all engines. */
  readonly elements: number;
  /** The seed of the first graph, an integer; the next graph has the next seed, modulo 2³². */
  readonly seed: number;
  /** What engines may do, by profile; by default the judge's own allowances. */
  readonly allowances?: Readonly<Record<Profile, Allowance>>;
  /** Told how many elements have been compared. */
  readonly onProgress?: (elements: number) => void;
}

/**
 * Runs the honest engines on random graphs and their gradients, and measures which share of its
 * budget each error uses.
 *
 * Every engine is judged with the profile `any`, and `ordered`, this project's own, also with
 * `own`. An engine named `composed …` runs the same graphs with every sigmoid replaced by `1 / (1 +
 * exp(-x))`.
 */
export function measureSoundness(options: SoundnessOptions): Soundness[] {
  const { elements, seed, allowances = judgeAllowances, onProgress } = options;
  const results = new Map<string, Soundness>();
  let compared = 0;
  for (let at = seed >>> 0; compared < elements; at = (at + 1) >>> 0) {
    for (const composed of [false, true]) {
      const nodes = soundnessGraph(at, composed);
      const exact = {
        own: evaluateFloat64(nodes, allowances.own),
        any: evaluateFloat64(nodes, allowances.any),
      };
      const random = new RandomStream((at ^ 0x5bd1e995) >>> 0);
      for (const [name, engine] of Object.entries(honestEngines)) {
        if (composed && name !== "ordered" && name !== "mixed") continue;
        const values = engine(nodes, random);
        for (const profile of name === "ordered" ? ["own", "any"] as const : ["any"] as const) {
          const label = composed ? `composed ${name}` : name;
          const result = results.get(`${label} ${profile}`) ?? {
            engine: label,
            profile,
            elements: 0,
            undecidable: 0,
            share: 0,
            op: "",
            seed: at,
          };
          results.set(`${label} ${profile}`, result);
          const before = result.elements;
          compare(result, values, exact[profile], at);
          compared += result.elements - before;
        }
      }
    }
    onProgress?.(compared);
  }
  return [...results.values()];
}

function compare(
  result: Soundness,
  values: NodeValues,
  exact: ReadonlyMap<Node, Enclosure>,
  seed: number,
): void {
  for (const [node, { values: expected, radii }] of exact) {
    if (node.inputs.length === 0) continue;
    values.get(node)!.forEach((value, i) => {
      const share = shareOfBudget(value, expected[i]!, radii[i]!);
      if (share === null) result.undecidable++;
      else result.elements++;
      if (share !== null && share > result.share) {
        Object.assign(result, { share, op: node.op, seed });
      }
    });
  }
}

/** The error of a value as a share of the radius; `null` where nothing can be said. */
export function shareOfBudget(value: number, exact: number, radius: number): number | null {
  if (!(radius < Infinity)) return null;
  if (Object.is(value, exact) || value === exact) return 0;
  const share = Math.abs(value - exact) / radius;
  return share >= 0 ? share : Infinity;
}

/** The graph of a seed: random nodes over every op, and gradients, sometimes of gradients. */
export function soundnessGraph(seed: number, composed: boolean): readonly Node[] {
  const random = new RandomStream(seed);
  const long = random.next() < 0.1;
  const steps = 2 + random.below(7);
  const options = long
    ? { extents: [1, 2, 8 + random.below(400)], limit: 1000 }
    : { extents: [1, 2, 3, 4], limit: 64 };
  const drawn = randomGraph(random, {
    ...options,
    steps,
    value: randomValues(random),
    makers: cancellations,
  });
  const nodes = composed ? composedSigmoids(drawn.nodes) : drawn.nodes;
  const first = derived(nodes.at(-1)!, drawn.inputs);
  if (first.length === 0 || steps > 5 || random.next() < 0.5) return [...nodes, ...first];
  return [...nodes, ...first, ...derived(random.pick(first), drawn.inputs)];
}

function derived(y: Node, xs: readonly Node[]): Node[] {
  return gradients(y, xs).filter((gradient) => gradient !== null);
}

/**
 * Draws what the values of a graph are like: of one size or each input of its own, and with odd
 * ones among them or not.
 */
function randomValues(random: RandomStream): (random: RandomStream, input: number) => number {
  const power = (limit: number) => 10 ** (limit * (2 * random.next() - 1));
  const spread = random.pick([0, 2, 2, 10, 30]);
  const common = power(spread);
  const own = random.pick([0, 1, 30]);
  const scales = Array.from({ length: 4 }, () => common * power(own));
  const odd = random.next() < 0.15 ? 0.1 : 0;
  return (stream, input) => {
    if (stream.next() < odd) return stream.pick(ODD_VALUES);
    return Math.fround((2 * stream.next() - 1) * scales[input]!);
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

/** The same graphs with every sigmoid written as `1 / (1 + exp(-x))`. */
function composedSigmoids(nodes: readonly Node[]): readonly Node[] {
  const copies = new Map<Node, Node>();
  for (const node of postorder(nodes)) {
    const inputs = node.inputs.map((input) => copies.get(input)!);
    if (node.op === "sigmoid") copies.set(node, div(1, add(1, exp(neg(inputs[0]!)))));
    else if (inputs.length === 0) copies.set(node, node);
    else copies.set(node, apply(ops, node.op as OpName, inputs, node.attributes));
  }
  return nodes.map((node) => copies.get(node)!);
}
