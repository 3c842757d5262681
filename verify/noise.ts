/**
 * How far honest rounding goes: a graph evaluated in float64 many times, with noise.
 *
 * @module
 */
import type { Node } from "../core/graph.ts";
import type { Allowance } from "../core/op.ts";
import { philox4x32 } from "../core/random.ts";
import { curved, dependents, FARTHEST, type Flags, uncertain } from "./noise_doubts.ts";
import { type Noise, pooled, scalesOf } from "./noise_scales.ts";
import {
  addSquares,
  type Decisions,
  differences,
  NoisyGraph,
  UniformNoise,
  type Values,
} from "./noisy_graph.ts";

export type { Noise } from "./noise_scales.ts";

/** How many times noise is drawn; each draw is evaluated twice. */
const DRAWS = 16;

/** Turned decisions are drawn so often: at random, where values meet, and wherever noise takes them. */
const TURNS = { random: 12, meeting: 4, free: 8 };

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

/** Deviations where decisions turn. */
interface Turns {
  /** The largest of each element. */
  readonly largest: Values;
  /** The elements that depend on a decision whose result jumps. */
  readonly reached: Flags;
}

/**
 * Draws with decisions turned that noise may turn; `null` where there are none. What turns may turn
 * more, so that it is drawn again.
 */
function turnedOf(
  graph: NoisyGraph,
  spread: Values,
  allowance: Allowance,
  stream: UniformNoise,
): Turns | null {
  let found = uncertain(graph, spread, allowance);
  if (found.count === 0) return null;
  let reach = spread;
  for (let round = 0;; round++) {
    const largest = turn(graph, reach, found.open, stream);
    reach = spread.map((off, p) => off.map((each, i) => Math.max(each, largest[p]![i]! / 4)));
    const wider = uncertain(graph, reach, allowance);
    if (wider.count === found.count || round === 3) {
      return { largest, reached: dependents(graph, found.jumps) };
    }
    found = wider;
  }
}

/** The largest deviations over draws with decisions turned. */
function turn(graph: NoisyGraph, spread: Values, open: Flags, stream: UniformNoise): Values {
  const largest = graph.values.map((values) => new Float64Array(values.length));
  const { random, meeting, free } = TURNS;
  for (const [position, flags] of open) {
    widestOf(graph, position, spread).forEach((most, i) => {
      if (flags[i]) largest[position]![i] = most;
    });
  }
  for (let n = 0; n < random + meeting + free; n++) {
    const decisions = n < random + meeting
      ? displaced(graph, spread, open, stream, n >= random)
      : "free";
    const drawn = drawnOrNull(graph, stream, decisions);
    if (drawn === null) return largest.map((most) => most.fill(Infinity));
    graph.values.forEach((exact, position) => {
      const most = largest[position]!;
      if (graph.isQuiet(position)) return;
      const off = differences(drawn[position]!, exact);
      for (let i = 0; i < off.length; i++) {
        const size = Math.abs(off[i]!);
        if (!(size <= most[i]!)) most[i] = size === size ? size : Infinity;
      }
    });
  }
  return largest;
}

/** A draw; `null` where a cast meets a value that int32 does not have. */
function drawnOrNull(
  graph: NoisyGraph,
  stream: UniformNoise,
  decisions: Decisions,
): Values | null {
  try {
    return graph.draw(stream, [1], decisions)[0]!;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * How far a decision may move its own result, whichever way it falls: of many candidates few win in
 * any draw. Elementwise decisions have two ways, and draws go both.
 */
function widestOf(graph: NoisyGraph, position: number, spread: Values): Float64Array {
  const { node, row: { form, bound }, inputs } = graph.steps[position]!;
  const output = graph.values[position]!;
  if (form.name !== "selection" || bound === "source") return new Float64Array(output.length);
  const values = inputs.map((input) => graph.values[input]!);
  const radii = values.map((of, n) =>
    n === 0 ? spread[inputs[0]!]!.map((off) => FARTHEST * off) : new Float64Array(of.length)
  );
  return bound(node as never, { values, radii, output, allowance: EXACT });
}

/** The allowance of an engine that never rounds. */
const EXACT: Allowance = {
  source: () => 0,
  rounding: () => 0,
  division: () => 0,
  elementary: () => 0,
  summation: () => 0,
  mean: () => 0,
};

/**
 * Decisions as they are where every value is displaced to either side, by no less than what makes a
 * decision uncertain: about half of those turn, and all that are taken on one value turn together.
 * `meeting` has half of the values at 0 that may be, and operands of comparisons meet.
 */
function displaced(
  graph: NoisyGraph,
  spread: Values,
  open: Flags,
  stream: UniformNoise,
  meeting: boolean,
): Decisions {
  const known = new Map<number, Float64Array>();
  const displace = (position: number) => {
    const off = spread[position]!;
    return graph.values[position]!.map((value, i) => {
      if (off[i] === 0) return value;
      const toOneSide = stream.next() < 0 ? -1 : 1;
      const far = off[i]! * FARTHEST * (0.9 + 0.1 * stream.next());
      return meeting && toOneSide < 0 && Math.abs(value) <= far ? 0 : value + toOneSide * far;
    });
  };
  return {
    at(position, drawn) {
      if (graph.steps[position]!.node.dtype !== "float32") return drawn;
      if (graph.isQuiet(position)) return graph.values[position]!;
      if (!known.has(position)) known.set(position, displace(position));
      return known.get(position)!;
    },
    meet: (position) => meeting ? whereOperandsMeet(graph, position, open) : null,
  };
}

/** The results of a comparison of floats, all that are uncertain as if its operands were equal. */
function whereOperandsMeet(graph: NoisyGraph, position: number, open: Flags): Float64Array | null {
  const step = graph.steps[position]!, flags = open.get(position);
  const isComparison = step.node.dtype === "bool" && step.inputs.length === 2 &&
    step.inputs.every((input) => graph.steps[input]!.node.dtype === "float32");
  if (!isComparison || flags === undefined) return null;
  const { form } = step.row;
  if (form.name !== "elementwise") return null;
  const equal = form.scalars(step.node).exact(0, 0);
  return graph.values[position]!.map((value, k) => flags[k] ? equal : value);
}

/** The largest deviations of a node, those of its elements that a decision reaches pooled. */
function turnedIn({ largest, reached }: Turns, position: number, node: Node): Float64Array {
  const most = largest[position]!, flags = reached.get(position);
  if (flags === undefined) return most;
  const known = most.map((each, i) => flags[i] && each < Infinity ? each : 0);
  // Along a vector lie candidates of which most never won.
  const together = node.shape.length < 2
    ? known.fill(Math.sqrt(known.reduce((sum, each) => sum + each * each, 0) / known.length) / 2)
    : pooled(known, node.shape);
  return most.map((each, i) => flags[i] ? Math.max(each, together[i]!) : each);
}
