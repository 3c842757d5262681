/**
 * Scales: how far noise takes each element of a tensor, and all of them together.
 *
 * @module
 */
import type { Shape } from "../core/shape.ts";
import type { Allowance } from "../core/op.ts";

/** How far honest rounding takes a tensor. */
export interface Noise {
  /** The exact values, in float64. */
  readonly values: Float64Array;
  /** The scale of each element's error. */
  readonly scale: Float64Array;
  /** 1 where the scale says something of an element; elsewhere its budget alone does. */
  readonly judged: Uint8Array;
  /** The scale of the slope of the errors over the values. */
  readonly slope: number;
  /** The scale of their mean, each in scales of its element, towards larger values. */
  readonly mean: number;
}

/** What scales are made of, element by element. */
export interface Deviations {
  readonly shape: Shape;
  readonly values: Float64Array;
  readonly judged: Uint8Array;
  /** By draw. */
  readonly draws: readonly Float64Array[];
  /** The size of the last op's own noise. */
  readonly size: Float64Array;
  /** Where small values become zero; `null` where none do. */
  readonly flush: Float64Array | null;
  /** The largest where decisions turn; `null` where none may. */
  readonly turned: Float64Array | null;
}

/** Slope and mean are of elements that are at least so many scales large: a smaller one may be lost. */
const CLEAR = 16;

/** And of at least so many of them. */
const FEWEST = 8;

/** The scales of a tensor. */
export function scalesOf(deviations: Deviations, allowance: Allowance): Noise {
  const { shape, values, judged, draws, size, flush, turned } = deviations;
  const spread = new Float64Array(values.length);
  for (const draw of draws) {
    for (let i = 0; i < spread.length; i++) if (judged[i]) spread[i]! += draw[i]! ** 2;
  }
  const scale = pooled(spread.map((sum) => Math.sqrt(sum / draws.length)), shape);
  for (let i = 0; i < scale.length; i++) {
    if (!judged[i]) continue;
    const rounding = allowance.rounding(Math.abs(values[i]!)) / Math.sqrt(3);
    scale[i] = Math.max(
      Math.hypot(scale[i]!, rounding),
      size[i]! / Math.sqrt(3),
      Math.abs(flush?.[i] ?? 0),
      (turned?.[i] ?? 0) / 2,
    );
  }
  const known = { values, scale, judged };
  const towards = (part: (i: number) => number) =>
    trends(known, values.map((value, i) => value < 0 ? -part(i) : part(i)));
  const parts = [towards((i) => size[i]! / Math.sqrt(3))];
  if (flush !== null) parts.push(trends(known, flush));
  const widest = (i: number) => (turned?.[i] ?? 0) / 2;
  if (turned !== null && scale.some((s, i) => judged[i] && s === widest(i))) {
    parts.push(towards(widest));
  }
  const drawn = draws.map((draw) => trends(known, draw));
  const total = (of: (trend: Trends) => number) => {
    const mean = drawn.reduce((sum, trend) => sum + of(trend) ** 2, 0) / draws.length;
    return Math.sqrt(parts.reduce((sum, trend) => sum + of(trend) ** 2, mean));
  };
  let weight = 0;
  for (let i = 0; i < values.length; i++) if (judged[i]) weight += (values[i]! / scale[i]!) ** 2;
  return {
    ...known,
    slope: total(({ slope }) => slope) + (weight > 0 ? 0.3 / Math.sqrt(weight) : 0),
    mean: total(({ mean }) => mean) + 0.3 / Math.sqrt(values.length),
  };
}

/**
 * Deviations that are no less than half of what those of their row and of their column, the last
 * axis, suggest: a few draws may all spare an element.
 */
export function pooled(spread: Float64Array, shape: Shape): Float64Array {
  const columns = shape.length < 2 ? 1 : Math.max(1, shape.at(-1)!);
  const rows = spread.length / columns;
  const byRow = new Float64Array(rows), byColumn = new Float64Array(columns);
  let all = 0;
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i++) {
      const square = spread[i]! ** 2;
      byRow[row]! += square / columns;
      byColumn[column]! += square / rows;
      all += square / spread.length;
    }
  }
  if (!(all > 0)) return spread;
  return spread.map((each, i) =>
    Math.max(each, Math.sqrt(byRow[Math.floor(i / columns)]! * byColumn[i % columns]! / all) / 2)
  );
}

/** What errors have in common. */
interface Trends {
  /** The weighted slope of the errors over the values. */
  readonly slope: number;
  /** The mean of the errors, in scales, towards larger values. */
  readonly mean: number;
}

/** The trends of errors; 0 where there are few elements that are clear of noise. */
export function trends(
  { values, scale, judged }: Pick<Noise, "values" | "scale" | "judged">,
  errors: Float64Array,
): Trends {
  let product = 0, weight = 0, sum = 0, count = 0;
  for (let i = 0; i < values.length; i++) {
    if (!judged[i]) continue;
    const value = values[i]! / scale[i]!, error = errors[i]! / scale[i]!;
    if (!(Math.abs(value) >= CLEAR) || Math.abs(value) === Infinity || error !== error) continue;
    product += error * value;
    weight += value * value;
    sum += values[i]! < 0 ? -error : error;
    count++;
  }
  return count < FEWEST ? { slope: 0, mean: 0 } : { slope: product / weight, mean: sum / count };
}
