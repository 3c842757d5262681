/**
 * Turned decisions: what becomes of a graph where noise turns a comparison or makes another
 * candidate win.
 *
 * @module
 */
import type { Node } from "../core/graph.ts";
import type { Allowance } from "../core/op.ts";
import { dependents, FARTHEST, type Flags, uncertain } from "./noise_doubts.ts";
import { pooled } from "./noise_scales.ts";
import {
  type Decisions,
  differences,
  type NoisyGraph,
  type UniformNoise,
  type Values,
} from "./noisy_graph.ts";

/** How decisions are taken in a draw: see {@linkcode displaced}; or wherever noise takes them. */
type Turn = "random" | "all meet" | "half meet" | "widest" | "free";

/** Turned decisions are drawn so often. */
const TURNS: readonly Turn[] = [
  ...new Array<Turn>(12).fill("random"),
  ...new Array<Turn>(2).fill("all meet"),
  ...new Array<Turn>(2).fill("half meet"),
  ...new Array<Turn>(4).fill("widest"),
  ...new Array<Turn>(8).fill("free"),
];

/** Deviations where decisions turn. */
export interface Turns {
  /** The largest of each element. */
  readonly largest: Values;
  /** The elements that depend on a decision whose result jumps. */
  readonly reached: Flags;
}

/**
 * Draws with decisions turned that noise may turn; `null` where there are none. What turns may turn
 * more, so that it is drawn again.
 */
export function turnedOf(
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
  const widest = new Map([...open.keys()].flatMap((position) => {
    const most = widestOf(graph, position, spread);
    return most === null ? [] : [[position, most] as const];
  }));
  for (const kind of TURNS) {
    const decisions = kind === "free" ? kind : displaced(graph, spread, open, stream, kind, widest);
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
 * How far a selection may move what it shares, whoever wins; `null` for other decisions. Of many
 * candidates few win in any draw.
 */
function widestOf(graph: NoisyGraph, position: number, spread: Values): Float64Array | null {
  const { node, row: { form, bound }, inputs } = graph.steps[position]!;
  if (form.name !== "selection" || form.gives === "value" || bound === "source") return null;
  const values = inputs.map((input) => graph.values[input]!);
  const radii = values.map((of, n) =>
    n === 0 ? spread[inputs[0]!]!.map((off) => FARTHEST * off) : new Float64Array(of.length)
  );
  const output = graph.values[position]!;
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
 *
 * Where values meet, all that may be 0 are, or half of them, and operands of comparisons are equal.
 * Where shares are widest, each is as far off as any winner makes it.
 */
function displaced(
  graph: NoisyGraph,
  spread: Values,
  open: Flags,
  stream: UniformNoise,
  kind: Exclude<Turn, "free">,
  widest: ReadonlyMap<number, Float64Array>,
): Decisions {
  const known = new Map<number, Float64Array>();
  const displace = (position: number) => {
    const off = spread[position]!;
    return graph.values[position]!.map((value, i) => {
      if (off[i] === 0) return value;
      const toOneSide = stream.next() < 0 ? -1 : 1;
      const far = off[i]! * FARTHEST * (0.9 + 0.1 * stream.next());
      const meets = kind === "all meet" || (kind === "half meet" && toOneSide < 0);
      return meets && Math.abs(value) <= far ? 0 : value + toOneSide * far;
    });
  };
  return {
    at(position, drawn) {
      if (graph.steps[position]!.node.dtype !== "float32") return drawn;
      if (graph.isQuiet(position)) return graph.values[position]!;
      if (!known.has(position)) known.set(position, displace(position));
      return known.get(position)!;
    },
    given(position) {
      const most = widest.get(position), flags = open.get(position);
      if (kind === "widest" && most !== undefined && flags !== undefined) {
        return graph.values[position]!.map((value, i) =>
          flags[i] ? value + (stream.next() < 0 ? -1 : 1) * most[i]! : value
        );
      }
      return kind.endsWith("meet") ? whereOperandsMeet(graph, position, open) : null;
    },
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
export function turnedIn({ largest, reached }: Turns, position: number, node: Node): Float64Array {
  const most = largest[position]!, flags = reached.get(position);
  if (flags === undefined) return most;
  const known = most.map((each, i) => flags[i] && each < Infinity ? each : 0);
  // Along a vector lie candidates of which most never won.
  const together = node.shape.length < 2
    ? known.fill(Math.sqrt(known.reduce((sum, each) => sum + each * each, 0) / known.length) / 2)
    : pooled(known, node.shape);
  return most.map((each, i) => flags[i] ? Math.max(each, together[i]!) : each);
}
