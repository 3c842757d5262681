/**
 * The soundness campaign: no honest engine may leave its budget, on any graph.
 *
 * @module
 */
import type { NodeValues } from "../core/evaluate.ts";
import { type Node, postorder } from "../core/graph.ts";
import type { Allowance } from "../core/op.ts";
import type { OpName } from "../core/ops/table.ts";
import { allowances as judgeAllowances, type Profile } from "./allowance.ts";
import { type Enclosure, evaluateFloat64 } from "./exact.ts";
import { honestEngines } from "./honest.ts";
import { type Noise, noiseOf } from "./noise.ts";
import { drawnOps, streamOf } from "./random_graph.ts";
import { composed, soundnessGraph } from "./soundness_graph.ts";
import { exceeded, LIMITS, type StatisticName, statisticsOf } from "./statistics.ts";

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
  worst: DrawnGraph;
  /** How many elements noise could judge; none under the profile `own`. */
  judged: number;
  /** The largest statistics of a tensor. */
  statistics: Readonly<Record<StatisticName, number>>;
  /** How many tensors were beyond a limit of these. None should be. */
  beyond: number;
  /** The graph of the tensor nearest to a limit, or farthest beyond it. */
  farthest: DrawnGraph;
}

/** A graph of the campaign: the op it belongs to, and its seed. */
export interface DrawnGraph {
  readonly op: OpName;
  readonly seed: number;
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
  /** Whether to hold results against the limits of noise too; true by default. */
  readonly noise?: boolean;
  /** Told which part is done, from 0 to 1. */
  readonly onProgress?: (part: number) => void;
}

/**
 * Runs the honest engines on random graphs and their gradients, and measures which share of its
 * budget each error uses, and how far beyond the noise of honest rounding it is.
 *
 * The ops take turns. Every engine is judged with the profile `any`, and `ordered`, this project's
 * own, also with `own`. An engine named `composed …` runs the same graphs rewritten by
 * {@linkcode composed}.
 */
export function measureSoundness(options: SoundnessOptions): Soundness[] {
  const { elements, graphs = 1, ops = drawnOps(), seed, onProgress } = options;
  const { allowances = judgeAllowances, noise: isNoisy = true } = options;
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
        const radii = (node: Node) => exact.any.get(node)!.radii;
        const noise = isNoisy
          ? noiseOf(postorder(variant), allowances.any, worst.seed, { radii })
          : null;
        for (const [name, engine] of Object.entries(honestEngines)) {
          if (variant !== nodes && name !== "ordered" && name !== "mixed") continue;
          const values = engine(random)(postorder(variant));
          const label = variant === nodes ? name : `composed ${name}`;
          for (const profile of name === "ordered" ? ["own", "any"] as const : ["any"] as const) {
            const known = { exact: exact[profile], noise: profile === "any" ? noise : null };
            compared += compare(results, label, profile, values, known, worst);
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
  { exact, noise }: {
    readonly exact: ReadonlyMap<Node, Enclosure>;
    readonly noise: ReadonlyMap<Node, Noise> | null;
  },
  worst: DrawnGraph,
): number {
  let compared = 0;
  const met = new Set<Soundness>();
  for (const [node, { values: expected, radii }] of exact) {
    if (node.inputs.length === 0) continue;
    const key = `${engine} ${profile} ${node.op}`;
    let result = results.get(key);
    if (result === undefined) {
      const op = node.op as OpName;
      results.set(key, result = { engine, profile, op, ...NOTHING, worst, farthest: worst });
    }
    met.add(result);
    if (noise !== null) compareNoise(result, values.get(node)!, noise.get(node)!, worst);
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

const NOTHING = {
  graphs: 0,
  elements: 0,
  undecidable: 0,
  share: 0,
  judged: 0,
  statistics: { rMax: 0, rms: 0, slope: 0, mean: 0, residual: 0 },
  beyond: 0,
};

/** Compares a computed node with what noise makes of it. */
function compareNoise(
  result: Soundness,
  values: ArrayLike<number>,
  noise: Noise,
  graph: DrawnGraph,
): void {
  const statistics = statisticsOf(values, noise);
  if (statistics.judged === 0) return;
  if (nearness(statistics) > nearness(result.statistics)) result.farthest = graph;
  result.judged += statistics.judged;
  result.statistics = largest(result.statistics, statistics);
  if (exceeded(statistics).length > 0) result.beyond++;
}

const names = Object.keys(LIMITS) as StatisticName[];

type Numbers = Readonly<Record<StatisticName, number>>;

/** How near to its limit the one of some statistics is that is nearest. */
function nearness(statistics: Numbers): number {
  return Math.max(...names.map((name) => statistics[name] / LIMITS[name]));
}

/** The larger of each statistic. */
function largest(a: Numbers, b: Numbers): Numbers {
  return Object.fromEntries(names.map((name) => [name, Math.max(a[name], b[name])])) as Numbers;
}

/** Results of one kind taken together: all elements, and the largest share and statistics. */
export function together(
  results: readonly Soundness[],
  kind: (result: Soundness) => string,
): Map<string, Soundness> {
  const all = new Map<string, Soundness>();
  for (const result of results) {
    const known = all.get(kind(result));
    if (known === undefined) {
      all.set(kind(result), result);
      continue;
    }
    const larger = result.share > known.share ? result : known;
    const farther = nearness(result.statistics) > nearness(known.statistics) ? result : known;
    all.set(kind(result), {
      ...larger,
      elements: known.elements + result.elements,
      undecidable: known.undecidable + result.undecidable,
      judged: known.judged + result.judged,
      statistics: largest(known.statistics, result.statistics),
      beyond: known.beyond + result.beyond,
      farthest: farther.farthest,
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
