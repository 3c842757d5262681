/**
 * Layouts: the loops of an op in terms of memory.
 *
 * @module
 */
import { type Shape, sizeOf, stridesOf } from "../shape.ts";
import { type Index, type Nest, type Place, toIndex } from "./places.ts";

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
export interface Checked {
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
