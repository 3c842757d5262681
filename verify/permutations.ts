/**
 * Permutations: whether a tensor has its rows, its columns or its elements in another order.
 *
 * @module
 */
import type { Shape } from "../core/shape.ts";

/**
 * How the elements that are there were moved, in words; `null` if moving does not explain them, to
 * within `far` scales each.
 */
export function permutationOf(
  shape: Shape,
  got: ArrayLike<number>,
  values: Float64Array,
  scales: Float64Array,
  far: number,
): string | null {
  const columns = shape.at(-1) ?? 1;
  const rows = values.length / columns;
  const fits = (source: (i: number) => number) =>
    values.every((_, i) =>
      Math.abs(got[i]! - values[source(i)]!) <= far * Math.max(scales[i]!, scales[source(i)]!)
    );
  if (shape.length > 1 && rows > 1 && columns > 1) {
    if (rows === columns && fits((i) => i % columns * columns + Math.floor(i / columns))) {
      return "transposed";
    }
    const at = (i: number, of: readonly number[], j: number) => of[i]! * columns + j;
    const byRow = matched(rows, columns, got, values, (i, j) => i * columns + j);
    if (fits((i) => at(Math.floor(i / columns), byRow, i % columns))) {
      return movedText("rows", byRow);
    }
    const byColumn = matched(columns, rows, got, values, (i, j) => j * columns + i);
    if (fits((i) => i - i % columns + byColumn[i % columns]!)) {
      return movedText("columns", byColumn);
    }
  }
  const single = matched(values.length, 1, got, values, (i) => i);
  return fits((i) => single[i]!) ? movedText("elements", single) : null;
}

/**
 * For each slice that is there, the one it is by its rank, when slices are put in the order of a
 * weighted sum of their elements.
 */
function matched(
  count: number,
  length: number,
  got: ArrayLike<number>,
  values: ArrayLike<number>,
  position: (slice: number, j: number) => number,
): number[] {
  const ranked = (data: ArrayLike<number>) => {
    const keys = Float64Array.from({ length: count }, (_, slice) => {
      let key = 0;
      // Weights that are all different, spread evenly by the golden ratio.
      for (let j = 0; j < length; j++) key += (1 + j * 0.618034 % 1) * data[position(slice, j)]!;
      return key;
    });
    return Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]!);
  };
  const [there, wanted] = [ranked(got), ranked(values)];
  const sources = new Array<number>(count);
  there.forEach((slice, rank) => sources[slice] = wanted[rank]!);
  return sources;
}

/** `rows 0 and 3 swapped`, or `rows in another order`; `null` where none was moved. */
function movedText(what: string, sources: readonly number[]): string | null {
  const moved = sources.flatMap((source, i) => source === i ? [] : [i]);
  if (moved.length === 0) return null;
  return moved.length === 2 ? `${what} ${moved.join(" and ")} swapped` : `${what} in another order`;
}
