/**
 * Walks: the loops of a layout, run.
 *
 * @module
 */
import type { Checked, Layout } from "./layout.ts";

/** Values that places are read from, by the number of the operand. */
export type Operands = readonly ArrayLike<number>[];

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
 * Moves the outermost loops, which `at` counts, the last fastest, and the positions with them.
 * Returns false, with all at their starts again, when they are through.
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
    checked.reduce(
      (sum, each) => each.role === role ? sum + each.stride * (each.steps.at(-1) ?? 0) : sum,
      strides[role]?.at(-1) ?? 0,
    )
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
