/**
 * Where noise may mislead: functions that bend within the noise of their operands, decisions that
 * it may turn, and all that depends on them.
 *
 * @module
 */
import { broadcastLayout } from "../core/forms/broadcast.ts";
import { forEachTerm } from "../core/forms/walk.ts";
import { bindPairs, reachOf } from "../core/forms/winners.ts";
import type { Allowance, Form } from "../core/op.ts";
import { type NoisyGraph, reference, type Step, type Values } from "./noisy_graph.ts";

/** Elements by position; positions that are missing have none. */
export type Flags = ReadonlyMap<number, Uint8Array>;

/** A decision is uncertain within so many standard deviations. */
const REACH = 16;

/** How far beyond {@linkcode REACH} turned decisions look: they draw from there to here. */
export const FARTHEST: number = 1.25 * REACH;

/** Differences of float64 evaluations below this share are their rounding. */
const NOTHING = 2 ** -40;

/**
 * The elements of functions that bend too much for noise to tell anything of them, `spread` being
 * the standard deviations of all values. Draws all lie on a plateau where an engine, by coincidence,
 * does not.
 */
export function curved(graph: NoisyGraph, spread: Values): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  for (const [position, step] of graph.steps.entries()) {
    const { form } = step.row;
    if (graph.isQuiet(position) || form.name !== "elementwise" || step.inputs.length === 0) {
      continue;
    }
    const bends = form.rounding === "function" || form.rounding === "division" ||
      (form.rounding === "operation" && step.inputs.length === 1);
    if (!bends) continue;
    const flags = new Uint8Array(graph.values[position]!.length);
    if (form.rounding === "division") flagDivisors(graph, step, spread, flags);
    else step.inputs.forEach((_, n) => flagBends(graph, position, n, spread, flags));
    if (flags.includes(1)) found.set(position, flags);
  }
  return found;
}

/** Flags quotients whose divisor may be 0. */
function flagDivisors(graph: NoisyGraph, step: Step, spread: Values, flags: Uint8Array): void {
  const divisor = step.inputs.at(-1)!;
  const values = graph.values[divisor]!, off = spread[divisor]!;
  forEachTerm(broadcastLayout(step.node), [], (k, i, j) => {
    const at = step.inputs.length === 1 ? i : j;
    if (off[at]! > Math.abs(values[at]!) / 10) flags[k] = 1;
  });
}

/**
 * Flags elements where the second and third differences are large beside the first, as the operand
 * numbered `n` moves by one and by two standard deviations. A square bends too, but has no plateau.
 */
function flagBends(
  graph: NoisyGraph,
  position: number,
  n: number,
  spread: Values,
  flags: Uint8Array,
): void {
  const step = graph.steps[position]!;
  const off = spread[step.inputs[n]!]!;
  if (off.every((each) => each === 0)) return;
  const inputs = step.inputs.map((input) => graph.values[input]!);
  const at = (steps: number) => {
    const moved = inputs[n]!.slice();
    for (let i = 0; i < moved.length; i++) if (off[i] !== 0) moved[i]! += steps * off[i]!;
    return reference(step, inputs.with(n, moved));
  };
  const [below2, below, above, above2] = [-2, -1, 1, 2].map(at) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const values = graph.values[position]!, sizes = graph.sizes[position]!;
  for (let k = 0; k < flags.length; k++) {
    const y = values[k]!, [p2, p, q, q2] = [below2[k]!, below[k]!, above[k]!, above2[k]!];
    if (p === y && q === y && p2 === y && q2 === y) continue;
    const first = q - p, third = Math.abs((q2 - p2) / 2 - first);
    const second = Math.abs(q2 + p2 - 2 * y);
    const nothing = NOTHING * (Math.abs(p2) + Math.abs(y) + Math.abs(q2));
    const isSquare = third <= nothing && Math.abs(second - 4 * Math.abs(q + p - 2 * y)) <= nothing;
    const bend = Math.max(second / 2, third);
    if (!isSquare && !(bend <= Math.abs(first) / 4 + sizes[k]!)) flags[k] = 1;
  }
}

/** Decisions that noise may turn. */
export interface Uncertain {
  /** How many results of decisions are. */
  readonly count: number;
  /** All of them. */
  readonly open: Flags;
  /** Those whose result jumps. */
  readonly jumps: Flags;
}

/** Finds the decisions that values off by up to {@linkcode FARTHEST} times `spread` may turn. */
export function uncertain(graph: NoisyGraph, spread: Values, allowance: Allowance): Uncertain {
  const open = new Map<number, Uint8Array>(), jumps = new Map<number, Uint8Array>();
  const radii = spread.map((off) => off.map((each) => FARTHEST * each));
  let count = 0;
  for (const [position, step] of graph.steps.entries()) {
    if (!step.decides || graph.isQuiet(position) || step.inputs.length === 0) continue;
    const { form, bound } = step.row;
    const flags = new Uint8Array(graph.values[position]!.length);
    let jumping: Uint8Array = flags;
    if (form.name === "selection") {
      flagReach(graph, step, form, radii[step.inputs[0]!]!, flags);
      if (form.gives === "value") jumping = new Uint8Array(flags.length);
    } else if (step.node.dtype !== "float32" && bound !== "source") {
      const context = {
        values: step.inputs.map((input) => graph.values[input]!),
        radii: step.inputs.map((input) =>
          graph.steps[input]!.node.dtype === "float32"
            ? radii[input]!
            : Float64Array.from(open.get(input) ?? new Uint8Array(radii[input]!.length))
        ),
        output: graph.values[position]!,
        allowance,
      };
      bound(step.node as never, context).forEach((radius, k) => flags[k] = radius === 0 ? 0 : 1);
    } else jumping = flagKinks(graph, position, radii, flags);
    for (const flag of flags) count += flag;
    if (flags.includes(1)) open.set(position, flags);
    if (jumping.includes(1)) jumps.set(position, jumping);
  }
  return { count, open, jumps };
}

/** Flags what a selection gives or takes where several candidates are in reach. */
function flagReach(
  graph: NoisyGraph,
  { node, inputs }: Step,
  form: Selection,
  radii: Float64Array,
  flags: Uint8Array,
): void {
  const candidates = form.candidates(node);
  const { known, mayWin } = reachOf(candidates, graph.values[inputs[0]!]!, radii);
  bindPairs(candidates.layout, (k, i) => {
    if (known[k] !== "unknown" && !(known[k] === "open" && mayWin(k, i))) return;
    flags[form.gives === "to winners" ? i : k] = 1;
  })();
}

type Selection = Extract<Form, { name: "selection" }>;

/**
 * Flags elements whose piece at some corner around the exact operands is another one; returns those
 * where it lies elsewhere.
 */
function flagKinks(
  graph: NoisyGraph,
  position: number,
  radii: Values,
  flags: Uint8Array,
): Uint8Array {
  const { node, inputs } = graph.steps[position]!;
  const jumps = new Uint8Array(flags.length), y = graph.values[position]!;
  const exact = inputs.map((input) => graph.values[input]!);
  const off = inputs.map((input) =>
    graph.steps[input]!.node.dtype === "float32" ? radii[input]! : new Float64Array(1)
  );
  const noisy = off.flatMap((each, n) => each.some((e) => e !== 0) ? [n] : []);
  if (noisy.length === 0) return jumps;
  const total = new Float64Array(flags.length);
  forEachTerm(broadcastLayout(node), [], (k, ...at) => {
    for (const n of noisy) total[k]! += off[n]![at[n]!]!;
  });
  for (let corner = 0; corner < 2 ** noisy.length; corner++) {
    const at = exact.slice();
    noisy.forEach((n, bit) => {
      const sign = corner >> bit & 1 ? 1 : -1;
      at[n] = exact[n]!.map((x, i) => off[n]![i] === 0 ? x : x + sign * off[n]![i]!);
    });
    const there = reference(graph.steps[position]!, at);
    graph.along(position, at, exact).forEach((value, k) => {
      if (total[k] === 0 || Object.is(value, y[k])) return;
      const gap = Math.abs(value - y[k]!), change = Math.abs(value - there[k]!);
      if (gap <= NOTHING * (Math.abs(there[k]!) + change + Math.abs(y[k]!))) return;
      flags[k] = 1;
      if (change === 0 || !(gap <= 4 * total[k]!)) jumps[k] = 1;
    });
  }
  return jumps;
}

/** All elements that depend on flagged ones, these included. */
export function dependents(graph: NoisyGraph, flagged: Flags): Flags {
  const all = new Map<number, Uint8Array>();
  for (const [position, step] of graph.steps.entries()) {
    const flags = flagged.get(position)?.slice() ??
      new Uint8Array(graph.values[position]!.length);
    const inputs = step.inputs.map((input) => all.get(input));
    if (inputs.some((input) => input !== undefined)) spreadTo(graph, step, inputs, flags);
    if (flags.includes(1)) all.set(position, flags);
  }
  return all;
}

function spreadTo(
  graph: NoisyGraph,
  { node, row: { form }, inputs: positions }: Step,
  inputs: readonly (Uint8Array | undefined)[],
  flags: Uint8Array,
): void {
  switch (form.name) {
    case "elementwise":
      return forEachTerm(broadcastLayout(node), [], (k, ...at) => {
        for (let n = 0; n < inputs.length; n++) if (inputs[n]?.[at[n]!]) flags[k] = 1;
      });
    case "multilinear": {
      const values = positions.map((position) => graph.values[position]!);
      for (const layout of form.layouts(node)) {
        const reads = layout.checked.flatMap(({ lookups }) => lookups);
        if (reads.some(({ operand }) => inputs[operand] !== undefined)) flags.fill(1);
        const [a, b] = layout.factors.map((operand) => inputs[operand]);
        if (a === undefined && b === undefined) continue;
        forEachTerm(layout, values, (k, i, j) => {
          if (a?.[i] || b?.[j]) flags[k] = 1;
        });
      }
      return;
    }
    case "selection": {
      const [x, other] = inputs;
      const { layout, size } = form.candidates(node);
      const toWinners = form.gives === "to winners";
      const among = new Uint8Array(size);
      bindPairs(layout, (k, i) => {
        if (x?.[i] || other?.[toWinners ? k : i]) among[k] = 1;
      })();
      bindPairs(layout, (k, i) => {
        if (among[k]) flags[toWinners ? i : k] = 1;
      })();
    }
  }
}
