/**
 * Places: which elements meet, written as a row says it.
 *
 * A row names one counter per loop and says at which place of the output and of each operand every
 * round reads: `over([m, n, k], (i, j, t) => [[i, j], [i, t], [t, j]])` is the product of two
 * matrices. A place is one index per axis, or one index that counts elements in row-major order.
 *
 * @module
 */
import type { Shape } from "../shape.ts";

/** An index along an axis: a counter, a whole number, or a sum of multiples of such. */
export class Index {
  /** What it is where every counter is 0. */
  readonly constant: number;
  /** By the number of a loop: how far one round of it moves the index. */
  readonly steps: ReadonlyMap<number, number>;
  /** Values that are read from operands when the op runs, and added. */
  readonly lookups: readonly Lookup[];

  /** Rows get counters from {@linkcode over} and make other indices of these. */
  constructor(
    constant: number,
    steps: ReadonlyMap<number, number>,
    lookups: readonly Lookup[] = [],
  ) {
    this.constant = constant;
    this.steps = steps;
    this.lookups = lookups;
  }

  /** The sum with another index or a whole number. */
  plus(other: Index | number): Index {
    const { constant, steps, lookups } = toIndex(other);
    const sum = new Map(this.steps);
    for (const [loop, step] of steps) sum.set(loop, (sum.get(loop) ?? 0) + step);
    return new Index(this.constant + constant, sum, [...this.lookups, ...lookups]);
  }

  /** Times a whole number. */
  times(factor: number): Index {
    const scaled = [...this.steps].map(([loop, step]) => [loop, step * factor] as const);
    const lookups = this.lookups.map((each) => ({ ...each, scale: each.scale * factor }));
    return new Index(this.constant * factor, new Map(scaled), lookups);
  }
}

/** A value read from an int32 operand when the op runs. */
export interface Lookup {
  /** The number of the operand. */
  readonly operand: number;
  /** Where it is read. */
  readonly place: readonly Index[];
  /** What it is multiplied by. */
  readonly scale: number;
}

/** Where a round reads or writes: an index per axis, or one in row-major order. */
export type Place = readonly (Index | number)[] | Index;

/** The loops of an op, and the places that meet in a round: the output's, then each factor's. */
export interface Nest {
  /** The number of rounds of each loop; the last loop runs fastest. */
  readonly extents: Shape;
  /** One per role: the output, then the factors. */
  readonly places: readonly Place[];
  /** The numbers of the operands that are the factors; in order from the first, if missing. */
  readonly factors?: readonly number[];
}

/** Loops with the given numbers of rounds; `meet` gets their counters. */
export function over(extents: Shape, meet: (...counters: Index[]) => readonly Place[]): Nest {
  const counters = extents.map((_, loop) => new Index(0, new Map([[loop, 1]])));
  return { extents, places: meet(...counters) };
}

/**
 * Loops over every operand in turn, each of which is its nest's one factor; `meet` gets the place
 * in the operand and the operand's number, and gives that in the output.
 */
export function overEach(
  operands: readonly Shape[],
  meet: (at: (Index | number)[], operand: number) => Place,
): Nest[] {
  return operands.map((shape, n) => ({
    ...over(shape, (...at) => [meet(at, n), at]),
    factors: [n],
  }));
}

/** A place moved by a whole number along each axis. */
export function shifted(at: readonly (Index | number)[], by: readonly number[]): Index[] {
  return at.map((index, axis) => toIndex(index).plus(by[axis]!));
}

/** Where each of several parts begins that are joined along an axis. */
export function beginnings(parts: readonly Shape[], axis: number): number[][] {
  let next = 0;
  return parts.map((part) => {
    const begin = part.map(() => 0).with(axis, next);
    next += part[axis]!;
    return begin;
  });
}

/** The order that undoes an order of axes. */
export function inverse(permutation: readonly number[]): number[] {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}

/** The value of an int32 operand at a place. */
export function lookup(operand: number, place: readonly Index[]): Index {
  return new Index(0, new Map(), [{ operand, place, scale: 1 }]);
}

/** A whole number as an index. */
export function toIndex(index: Index | number): Index {
  return typeof index === "number" ? new Index(index, new Map()) : index;
}

/** The index of a place along an axis of extent 1, and the index itself along any other. */
export function stretched(shape: Shape, at: readonly Index[]): (Index | number)[] {
  const missing = at.length - shape.length;
  return shape.map((extent, axis) => extent === 1 ? 0 : at[axis + missing]!);
}
