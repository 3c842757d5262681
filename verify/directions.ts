/**
 * Random directions: forward mode as a witness of large gradients.
 *
 * A pass through the graph per element is dear. One pass along a direction d gives the rate t at
 * which the targets change, which must be ⟨G, d⟩ for the gradient G; a few random directions miss
 * no mistake but by chance. Both are float64, and what float64 rounds is all that may part them. So
 * the mistake of a rule shows that is far smaller than what a float32 value may be off by.
 *
 * @module
 */
import type { Derivative } from "../cases/mod.ts";
import { type Node, postorder } from "../core/graph.ts";
import { rowOf } from "../core/ops/table.ts";
import type { RandomStream } from "../core/random.ts";
import { doubleRounding } from "./allowance.ts";
import type { Enclosure } from "./exact.ts";
import { bindTangents, type TangentRules } from "./tangents.ts";

/** How many directions a gradient is compared along. */
const DIRECTIONS = 3;
/** How often the graph is evaluated with roundings drawn anew. */
const DRAWS = 8;
/** How many times further than roundings usually part them the two sides may lie apart. */
const LIMIT = 64;
/** How many passes may be spent on finding out where forward mode meets infinities. */
const PASSES = 512;
/** More than gradual underflow of float64 leads to, less than any product of float32 values. */
const TINY = 2 ** -1000;
/** Unit roundoff of float64. */
const U = 2 ** -53;

/** How far the elements of a node lie from their float64 values when all is rounded otherwise. */
export type Deviations = readonly Float64Array[];

/**
 * Evaluates nodes several times, the result of every op moved at random by up to what float64 may
 * round it by: by the bound of its row for exact operands.
 *
 * What is decided stays so: comparisons and indices keep their values, as both sides share them.
 */
export function deviationsOf(
  nodes: readonly Node[],
  exact: ReadonlyMap<Node, Enclosure>,
  random: RandomStream,
): ReadonlyMap<Node, Deviations> {
  const order = postorder(nodes);
  const sizes = new Map(order.map((node) => [node, roundingOf(node, exact)]));
  const deviations = new Map(nodes.map((node) => [node, [] as Float64Array[]]));
  for (let draw = 0; draw < DRAWS; draw++) {
    const values = new Map<Node, Float64Array>();
    for (const node of order) {
      const known = exact.get(node)!.values, size = sizes.get(node)!;
      const { reference } = rowOf(node);
      if (size === null || reference === "source") {
        values.set(node, known);
        continue;
      }
      const moved = reference(node as never, node.inputs.map((input) => values.get(input)!));
      for (let i = 0; i < moved.length; i++) {
        moved[i] = Number.isFinite(known[i])
          ? moved[i]! + size[i]! * (2 * random.next() - 1)
          : known[i]!;
      }
      values.set(node, moved);
    }
    for (const [node, list] of deviations) {
      const known = exact.get(node)!.values;
      list.push(
        values.get(node)!.map((value, i) => Number.isFinite(known[i]) ? value - known[i]! : 0),
      );
    }
  }
  return deviations;
}

/** How far float64 may round the results of a node; `null` for a node that keeps its values. */
function roundingOf(node: Node, exact: ReadonlyMap<Node, Enclosure>): Float64Array | null {
  const { bound } = rowOf(node);
  if (bound === "source" || node.dtype !== "float32") return null;
  const values = node.inputs.map((input) => exact.get(input)!.values);
  const radii = values.map(({ length }) => new Float64Array(length));
  const output = exact.get(node)!.values;
  return bound(node as never, { values, radii, output, allowance: doubleRounding });
}

/** Where forward mode contradicts a gradient. */
export interface Contradiction {
  /** The element at which they lie furthest apart, in row-major order. */
  readonly position: number;
  /** What forward mode says it is. */
  readonly value: number;
  /** How far the two may lie apart, absolute. */
  readonly tolerance: number;
}

/** What forward mode says along random directions. */
export interface Heard {
  /** By element: 1 where it could be heard. */
  readonly speaks: Uint8Array;
  readonly contradiction: Contradiction | null;
}

/** What is compared along directions. */
export interface Compared {
  readonly derivative: Derivative;
  /** The gradient by gradient rules, in float64. */
  readonly gradient: Float64Array;
  readonly deviations: Deviations;
  /**
   * How far the two may lie apart beside what float64 rounds: where a value of the gradient
   * overflows float32 and is infinite, the budget; `null` where none is.
   */
  readonly radii: Float64Array | null;
  /** Whether an element is compared at all. */
  readonly takes: (i: number) => boolean;
}

/**
 * Compares a gradient with forward mode along random directions.
 *
 * Where a pass meets infinities the direction is halved, down to the elements that make them. A
 * direction that disagrees is halved down to the element that is most to blame.
 */
export function compareAlong(
  { derivative, gradient, deviations, radii, takes }: Compared,
  values: (node: Node) => Float64Array,
  random: RandomStream,
  rules: TangentRules,
): Heard {
  const along = bindTangents(derivative, values, rules);
  const speaks = Uint8Array.from(gradient, (_, i) => takes(i) && isFiniteAt(deviations, i) ? 1 : 0);
  // Of either sign and of many sizes: two swapped elements show too.
  const directions = Array.from({ length: DIRECTIONS }, () =>
    Float64Array.from(speaks, (each) => {
      const sign = random.next() < 0.5 ? -1 : 1;
      return each * sign * (0.5 + random.next() / 2);
    }));
  let left = PASSES;

  const compare = (direction: Float64Array, from: number, to: number): Comparison | null => {
    const part = new Float64Array(direction.length);
    part.set(direction.subarray(from, to), from);
    const { rate, size } = along(part);
    if (!Number.isFinite(rate)) return null;
    const { sum, sizes } = product(gradient, part, from, to);
    const squares = deviations.reduce(
      (all, each) => all + product(each, part, from, to).sum ** 2,
      0,
    );
    const scale = Math.sqrt(squares / deviations.length) + U * (size + sizes) + TINY;
    const beside = radii === null ? 0 : product(radii, part, from, to).sizes;
    return { rate, gap: Math.abs(sum - rate), tolerance: LIMIT * scale + beside };
  };

  /** Hears all directions on some elements. */
  const hear = (from: number, to: number): Contradiction | null => {
    if (!speaks.subarray(from, to).includes(1)) return null;
    for (const direction of directions) {
      const found = left-- > 0 ? compare(direction, from, to) : null;
      if (found !== null && found.gap <= found.tolerance) continue;
      if (found !== null) return blame(direction, from, to, found);
      if (to - from === 1 || left <= 0) {
        speaks.fill(0, from, to);
        return null;
      }
      const middle = (from + to) >> 1;
      return hear(from, middle) ?? hear(middle, to);
    }
    return null;
  };

  /** Of elements on which a direction disagrees, the one that is most to blame. */
  const blame = (
    direction: Float64Array,
    from: number,
    to: number,
    found: Comparison,
  ): Contradiction => {
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      const parts = [compare(direction, from, middle), compare(direction, middle, to)];
      const [first, second] = parts.map(excessOf) as [number, number];
      if (first < 0 && second < 0) break;
      found = parts[first >= second ? 0 : 1]!;
      if (first >= second) to = middle;
      else from = middle;
    }
    const step = direction[from]!;
    return {
      position: from,
      value: found.rate / step,
      tolerance: found.tolerance / Math.abs(step),
    };
  };

  return { contradiction: hear(0, gradient.length), speaks };
}

/** Both sides along a direction. */
interface Comparison {
  /** What forward mode says. */
  readonly rate: number;
  /** How far the gradient's side lies from it, and may lie. */
  readonly gap: number;
  readonly tolerance: number;
}

/** How many times further apart the sides lie than they may; NaN is far from all. */
function excessOf(found: Comparison | null): number {
  if (found === null) return -1;
  const excess = found.gap / found.tolerance;
  return found.gap === 0 ? 0 : Number.isNaN(excess) ? Infinity : excess;
}

/** The inner product of a part of two vectors, and that of their sizes where these are finite. */
function product(
  a: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
): { sum: number; sizes: number } {
  let sum = 0, sizes = 0;
  for (let i = from; i < to; i++) {
    if (b[i] === 0) continue;
    const term = a[i]! * b[i]!;
    sum += term;
    if (Number.isFinite(term)) sizes += Math.abs(term);
  }
  return { sum, sizes };
}

/** Whether all draws of an element are finite: else nothing is known of its roundings. */
function isFiniteAt(deviations: Deviations, i: number): boolean {
  return deviations.every((each) => Number.isFinite(each[i]));
}
