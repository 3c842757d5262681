/**
 * Layouts: the loops of an op in terms of memory, and how they are walked.
 *
 * @module
 */
import { type Shape, sizeOf, stridesOf } from "../shape.ts";
import { type Index, type Nest, type Place, toIndex } from "./places.ts";

/** Values that places are read from, by the number of the operand. */
export type Operands = readonly ArrayLike<number>[];

/**
 * A nest of loops over memory: outer loops that move in the output, then inner ones that add up.
 *
 * Roles are the output, 0, and the factors, from 1 on.
 */
export interface Layout {
  /** The number of rounds of each loop. */
  readonly extents: readonly number[];
  /** How many of the loops move in the output. */
  readonly outer: number;
  /** By role, then loop: how far a round moves in memory. */
  readonly strides: readonly (readonly number[])[];
  /** By role: the position of the first round. */
  readonly starts: readonly number[];
  /** Indices that must be looked up or checked in every round; empty for most layouts. */
  readonly checked: readonly Checked[];
  /** Whether every element of the output is met in one round of the outer loops and in no other. */
  readonly direct: boolean;
  /** The number of terms of every element, where the layout is direct and nothing is checked. */
  readonly terms: number;
  /** The numbers of the operands that are the factors. */
  readonly factors: readonly number[];
}

/**
 * An index that may leave its axis, or that is read from operands. Where it lies outside, a round
 * is left out, or refused if it was read.
 */
interface Checked {
  /** The op, for errors. */
  readonly op: string;
  readonly role: number;
  readonly stride: number;
  readonly extent: number;
  readonly constant: number;
  /** By loop, in the order of the layout. */
  readonly steps: readonly number[];
  readonly lookups: readonly { scale: number; operand: number; start: number; steps: number[] }[];
}

/**
 * Lays a nest out in memory; `shapes` are the output's and the operands'. Errors at run time name
 * the op.
 */
export function layoutOf(nest: Nest, shapes: readonly Shape[], op = "an op"): Layout {
  const [output, ...operands] = shapes;
  const factors = nest.factors ?? nest.places.slice(1).map((_, i) => i);
  const roles = [output!, ...factors.map((operand) => operands[operand]!)];
  const indices = nest.places.map((place, role) => indicesOf(place, roles[role]!));
  const loops = orderOf(nest, indices[0]!);
  const isChecked = ({ index, extent }: Indexed) =>
    index.lookups.length > 0 || leaves(index, nest, extent);
  const fixed = indices.map((list) => list.filter((each) => !isChecked(each)));
  const checked = indices.flatMap((list, role) =>
    list.filter(isChecked).map(({ index, stride, extent }): Checked => ({
      op,
      role,
      stride,
      extent,
      constant: index.constant,
      steps: loops.map((loop) => index.steps.get(loop) ?? 0),
      lookups: index.lookups.map(({ scale, operand, place }) => {
        const read = indicesOf(place, operands[operand]!);
        return {
          scale,
          operand,
          start: sum(read, ({ stride, index }) => stride * index.constant),
          steps: loops.map((loop) =>
            sum(read, (each) => each.stride * (each.index.steps.get(loop) ?? 0))
          ),
        };
      }),
    }))
  );
  const raw = {
    extents: loops.map((loop) => nest.extents[loop]!),
    strides: fixed.map((list) =>
      loops.map((loop) => sum(list, ({ stride, index }) => stride * (index.steps.get(loop) ?? 0)))
    ),
    outer: loops.filter((loop) => indices[0]!.some(({ index }) => movesWith(index, loop))).length,
  };
  const { extents, strides, outer } = checked.length === 0 ? merged(raw) : raw;
  return {
    extents,
    strides,
    outer,
    checked,
    starts: fixed.map((list) => sum(list, ({ stride, index }) => stride * index.constant)),
    direct: checked.length === 0 && covers(extents.slice(0, outer), strides[0]!, sizeOf(output!)),
    terms: sizeOf(extents.slice(outer)),
    factors,
  };
}

/** An index along an axis, with the stride and the extent of the axis. */
interface Indexed {
  readonly index: Index;
  readonly stride: number;
  readonly extent: number;
}

function indicesOf(place: Place, shape: Shape): Indexed[] {
  if (!Array.isArray(place)) return [{ index: place as Index, stride: 1, extent: sizeOf(shape) }];
  const strides = stridesOf(shape);
  return place.map((index, axis) => ({
    index: toIndex(index),
    stride: strides[axis]!,
    extent: shape[axis]!,
  }));
}

/** The loops that move in the output first, in their order, then the others. */
function orderOf({ extents }: Nest, output: readonly Indexed[]): number[] {
  const all = extents.map((_, loop) => loop);
  const moves = (loop: number) => output.some(({ index }) => movesWith(index, loop));
  return [...all.filter(moves), ...all.filter((loop) => !moves(loop))];
}

function movesWith(index: Index, loop: number): boolean {
  return (index.steps.get(loop) ?? 0) !== 0 ||
    index.lookups.some(({ place }) => place.some((each) => movesWith(each, loop)));
}

/** Whether an index leaves an axis in some round. */
function leaves({ constant, steps }: Index, { extents }: Nest, extent: number): boolean {
  if (extents.includes(0)) return false;
  let [least, most] = [constant, constant];
  for (const [loop, step] of steps) {
    const reach = step * (extents[loop]! - 1);
    if (reach < 0) least += reach;
    else most += reach;
  }
  return least < 0 || most >= extent;
}

type Loops = Pick<Layout, "extents" | "strides" | "outer">;

/** The same loops with those of one round left out, and neighbours that run on as one, one. */
function merged({ extents, strides, outer }: Loops): Loops {
  const kept: { extent: number; steps: number[]; outer: boolean }[] = [];
  extents.forEach((extent, loop) => {
    const isOuter = loop < outer;
    const steps = strides.map((list) => list[loop]!);
    const last = kept.at(-1);
    if (extent === 1) return;
    if (
      last?.outer === isOuter && last.steps.every((step, role) => step === extent * steps[role]!)
    ) {
      kept[kept.length - 1] = { extent: last.extent * extent, steps, outer: isOuter };
    } else kept.push({ extent, steps, outer: isOuter });
  });
  return {
    extents: kept.map(({ extent }) => extent),
    strides: strides.map((_, role) => kept.map(({ steps }) => steps[role]!)),
    outer: kept.filter((loop) => loop.outer).length,
  };
}

/** Whether loops meet each of `size` elements once: sorted by stride each begins where another ends. */
function covers(extents: readonly number[], strides: readonly number[], size: number): boolean {
  if (sizeOf(extents) !== size) return false;
  const loops = extents.map((extent, loop) => ({ extent, stride: strides[loop]! }))
    .sort((a, b) => a.stride - b.stride);
  let next = 1;
  return size === 0 || loops.every(({ extent, stride }) => {
    const fits = stride === next;
    next *= extent;
    return fits;
  });
}

function sum<T>(list: readonly T[], term: (item: T) => number): number {
  return list.reduce((total, item) => total + term(item), 0);
}

/**
 * A stretch of the innermost loop: how many rounds it has, and where it begins in the output and in
 * up to three factors.
 */
export type Visit = (rounds: number, k: number, i: number, j: number, l: number) => void;

/** Something for the output and up to three factors. */
type PerRole = [number, number, number, number];

/**
 * Binds a walk that calls `visit` for every stretch of the innermost loop, with its first position
 * in each role; a round moves by {@linkcode innerStrides}. Rounds with a place outside its axis are
 * left out; an index that is read from an operand and lies outside is a `RangeError`. The walk
 * allocates nothing.
 */
export function bindStretches(layout: Layout, operands: Operands, visit: Visit): () => void {
  const { extents, strides, starts, checked } = layout;
  if (extents.includes(0)) return () => {};
  const depth = Math.max(0, extents.length - 1);
  const rounds = extents.at(-1) ?? 1;
  const [k = 0, i = 0, j = 0, l = 0] = starts;
  if (checked.length > 0) return bindChecked(layout, operands, visit);
  if (depth === 0) return () => visit(rounds, k, i, j, l);
  const [dk, di, dj, dl] = ROLES.map((role) => strides[role]?.[depth - 1] ?? 0) as PerRole;
  const count = extents[depth - 1]!;
  /** The two innermost loops. */
  const walkTwo = (k: number, i: number, j: number, l: number) => {
    for (let t = 0; t < count; t++, k += dk, i += di, j += dj, l += dl) visit(rounds, k, i, j, l);
  };
  if (depth === 1) return () => walkTwo(k, i, j, l);
  const at = new Int32Array(depth - 1);
  const position = new Float64Array(4);
  return () => {
    position.set(starts);
    do walkTwo(position[0]!, position[1]!, position[2]!, position[3]!); while (
      advance(layout, at, position)
    );
  };
}

const ROLES = [0, 1, 2, 3];

/**
 * Moves the outermost loops, which `at` counts, the last fastest, and the positions with them. Returns false,
 * with all at their starts again, when they are through.
 */
export function advance(
  { extents, strides }: Layout,
  at: Int32Array,
  position: Float64Array,
): boolean {
  for (let loop = at.length - 1; loop >= 0; loop--) {
    const through = ++at[loop]! === extents[loop]!;
    const rounds = through ? 1 - extents[loop]! : 1;
    if (through) at[loop] = 0;
    for (let role = 0; role < strides.length; role++) {
      position[role]! += strides[role]![loop]! * rounds;
    }
    if (!through) return true;
  }
  return false;
}

/**
 * Binds the walk where places are looked up or may lie outside. Each stretch is cut to the rounds
 * whose places lie inside; an index that is read from an operand must lie inside.
 */
function bindChecked(layout: Layout, operands: Operands, visit: Visit): () => void {
  const { extents, starts, checked } = layout;
  const depth = extents.length;
  // Where a value that is read moves with the innermost loop, each of its rounds is looked at.
  const single = checked.some(({ lookups }) => lookups.some(({ steps }) => !!steps.at(-1)));
  const rounds = single ? 1 : extents.at(-1) ?? 1;
  const at = new Int32Array(single ? depth : Math.max(0, depth - 1));
  const strides = innerStrides(layout);
  const position = new Float64Array(ROLES.length), place = new Float64Array(ROLES.length);
  const visitStretch = () => {
    let first = 0, end = rounds;
    place.set(position);
    for (const each of checked) {
      const index = indexOf(each, operands, at);
      place[each.role]! += each.stride * index;
      const step = rounds === 1 ? 0 : each.steps.at(-1)!;
      const last = index + step * (rounds - 1);
      if (isInside(index, each) && isInside(last, each)) continue;
      if (each.lookups.length > 0) outOfRange(isInside(index, each) ? last : index, each);
      if (step === 0) return;
      // index + t·step lies between 0 and the last place of the axis.
      const zero = -index / step, most = (each.extent - 1 - index) / step;
      first = Math.max(first, Math.ceil(step > 0 ? zero : most));
      end = Math.min(end, Math.floor(step > 0 ? most : zero) + 1);
    }
    if (first >= end) return;
    for (const role of ROLES) place[role]! += first * strides[role]!;
    visit(end - first, place[0]!, place[1]!, place[2]!, place[3]!);
  };
  return () => {
    at.fill(0); // a walk may have ended in an error
    position.set(starts);
    do visitStretch(); while (advance(layout, at, position));
  };
}

/** A checked index where the loops stand as `at` counts. */
function indexOf({ constant, steps, lookups }: Checked, operands: Operands, at: Int32Array) {
  let index = constant + moved(steps, at);
  for (let n = 0; n < lookups.length; n++) {
    const { scale, operand, start, steps } = lookups[n]!;
    index += scale * operands[operand]![start + moved(steps, at)]!;
  }
  return index;
}

function isInside(index: number, { extent }: Checked): boolean {
  return index >= 0 && index < extent;
}

function outOfRange(index: number, { op, extent }: Checked): never {
  const facts = `index ${index} is out of range for an axis of extent ${extent}`;
  throw new RangeError(`Cannot compute ${op}: ${facts}`);
}

/** How far the loops that `at` counts have moved something. */
function moved(steps: readonly number[], at: Int32Array): number {
  let total = 0;
  for (let loop = 0; loop < at.length; loop++) total += steps[loop]! * at[loop]!;
  return total;
}

/** By role: how far a round of the innermost loop moves. */
export function innerStrides({ strides, checked }: Layout): PerRole {
  return ROLES.map((role) =>
    (strides[role]?.at(-1) ?? 0) +
    sum(checked, (each) => each.role === role ? each.stride * (each.steps.at(-1) ?? 0) : 0)
  ) as PerRole;
}

/** Calls `visit` with the positions of every round: in the output and in up to three factors. */
export function forEachTerm(
  layout: Layout,
  operands: Operands,
  visit: (k: number, i: number, j: number, l: number) => void,
): void {
  const [dk, di, dj, dl] = innerStrides(layout);
  bindStretches(layout, operands, (rounds, k, i, j, l) => {
    for (let t = 0; t < rounds; t++) visit(k + t * dk, i + t * di, j + t * dj, l + t * dl);
  })();
}
