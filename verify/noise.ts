/**
 * How far honest rounding goes: a graph evaluated in float64 many times, with noise.
 *
 * @module
 */
import type { Node } from "../core/graph.ts";
import type { Allowance } from "../core/op.ts";
import { philox4x32 } from "../core/random.ts";
import { curved, dependents } from "./noise_doubts.ts";
import { type Noise, scalesOf } from "./noise_scales.ts";
import { turnedIn, turnedOf } from "./noise_turns.ts";
import { addSquares, differences, NoisyGraph, UniformNoise, type Values } from "./noisy_graph.ts";

export type { Noise } from "./noise_scales.ts";

/** How many times noise is drawn; each draw is evaluated twice. */
const DRAWS = 16;

/** A second evaluation has so much of a draw's noise: of another size, and to the other side. */
const SECOND = -0.5;

/** An element is first-order where these two agree: within this share, in squares. */
const AGREEMENT = 0.01;

/** Options of {@linkcode noiseOf}. */
export interface NoiseOptions {
  /** The values of sources, or of any other node, in place of their own. */
  readonly feeds?: ReadonlyMap<Node, ArrayLike<number>>;
  /**
   * The radii of every node in the graph; nothing is judged that depends on an element whose radius
   * is infinite: the engine may have a NaN there.
   */
  readonly radii?: (node: Node) => ArrayLike<number>;
}

/**
 * How far an engine with the given allowance takes each of some nodes. The same seed, from 0 to
 * 2³² − 1, gives the same scales.
 */
export function noiseOf(
  nodes: readonly Node[],
  allowance: Allowance,
  seed: number,
  { feeds = new Map(), radii }: NoiseOptions = {},
): ReadonlyMap<Node, Noise> {
  const graph = new NoisyGraph(nodes, allowance, feeds);
  const stream = new UniformNoise(philox4x32(new Uint32Array(4), 0, 0, 0, 0, seed, 3)[0]!);
  for (let n = 0; n < 2; n++) graph.widen(graph.draw(stream, [1])[0]!);
  const asked = [...new Set(nodes.map((node) => graph.positions.get(node)!))];
  const { spread, deviations } = drawAll(graph, stream, asked);
  const doubts = curved(graph, spread);
  if (radii !== undefined) addUndecidable(graph, radii, doubts);
  const doubtful = dependents(graph, doubts);
  const flushed = graph.flushed();
  const turns = turnedOf(graph, spread, allowance, stream);
  return new Map(asked.map((position) => {
    const { node } = graph.steps[position]!;
    const values = graph.values[position]!, draws = deviations.get(position)!;
    const turned = turns && turnedIn(turns, position, node);
    const judged = firstOrder(draws);
    const flush = flushed && differences(flushed[position]!, values);
    const isDoubtful = doubtful.get(position);
    for (let i = 0; i < judged.length; i++) {
      const isFinite = [values[i]!, turned?.[i] ?? 0, flush?.[i] ?? 0].every(Number.isFinite);
      if (!isFinite || isDoubtful?.[i]) judged[i] = 0;
    }
    const size = graph.sizes[position]!;
    const { shape } = node;
    return [node, scalesOf({ shape, values, judged, draws, size, flush, turned }, allowance)];
  }));
}

/** Adds the elements of infinite radius. */
function addUndecidable(
  graph: NoisyGraph,
  radii: NonNullable<NoiseOptions["radii"]>,
  doubts: Map<number, Uint8Array>,
): void {
  for (const [position, { node }] of graph.steps.entries()) {
    Array.from(radii(node)).forEach((radius, i) => {
      if (radius < Infinity) return;
      if (!doubts.has(position)) {
        doubts.set(position, new Uint8Array(graph.values[position]!.length));
      }
      doubts.get(position)![i] = 1;
    });
  }
}

/** Draws noise: the standard deviations of all nodes, and the deviations of those asked for. */
function drawAll(
  graph: NoisyGraph,
  stream: UniformNoise,
  asked: readonly number[],
): { spread: Values; deviations: ReadonlyMap<number, Float64Array[]> } {
  const spread = graph.values.map((values) => new Float64Array(values.length));
  const deviations = new Map(asked.map((position) => [position, [] as Float64Array[]]));
  for (let n = 0; n < DRAWS; n++) {
    const drawn = graph.draw(stream, [1, SECOND]);
    graph.values.forEach((exact, position) => {
      const kept = deviations.get(position);
      if (graph.isQuiet(position) && kept === undefined) return;
      const squares = spread[position]!;
      drawn.forEach((values, second) => {
        const factor = second ? SECOND : 1;
        addSquares(squares, values[position]!, exact, factor);
        kept?.push(differences(values[position]!, exact, factor));
      });
    });
  }
  for (const squares of spread) {
    for (let i = 0; i < squares.length; i++) {
      const sum = squares[i]!;
      squares[i] = sum !== sum ? Infinity : Math.sqrt(sum / (2 * DRAWS));
    }
  }
  return { spread, deviations };
}

/** The elements whose deviations are finite, and grow as the noise does. */
function firstOrder(draws: readonly Float64Array[]): Uint8Array {
  const apart = new Float64Array(draws[0]!.length), all = apart.slice();
  for (let n = 0; n < draws.length; n += 2) {
    const first = draws[n]!, second = draws[n + 1]!;
    for (let i = 0; i < all.length; i++) {
      const a = first[i]!, b = second[i]!;
      all[i]! += (a * a + b * b) / 2;
      apart[i]! += (a - b) * (a - b);
    }
  }
  return Uint8Array.from(apart, (square, i) => square <= AGREEMENT * all[i]! ? 1 : 0);
}
