/**
 * Statistics of the errors of a tensor, in units of how far honest rounding goes: five numbers, each
 * with a limit that no honest engine was seen near.
 *
 * @module
 */
import type { Noise } from "./noise.ts";
import { trends } from "./noise_scales.ts";

/** How the errors of a tensor compare with the noise of honest rounding. */
export interface Statistics {
  /** How many elements were judged. The other numbers are of these. */
  readonly judged: number;
  /** The largest error, in scales of its element. */
  readonly rMax: number;
  /** The root mean square of the errors, each in scales of its element. */
  readonly rms: number;
  /** How much all values are too large or too small alike, as a factor, in scales of that. */
  readonly slope: number;
  /** How far all values are off to one side, in scales of that. */
  readonly mean: number;
  /** The root mean square of what remains without the slope; 0 of fewer than 8 elements. */
  readonly residual: number;
}

/** The names of the statistics that have a limit. */
export type StatisticName = Exclude<keyof Statistics, "judged">;

/** What no honest engine exceeds. See README.md for how far from these honest ones stay. */
export const LIMITS: Readonly<Record<StatisticName, number>> = {
  rMax: 16,
  rms: 8,
  slope: 12,
  mean: 12,
  residual: 4,
};

/** Slope and mean repeat the other numbers where there are fewer elements. */
const FEWEST = 8;

/** Compares values with the exact ones. */
export function statisticsOf(got: ArrayLike<number>, noise: Noise): Statistics {
  const { values, scale, judged } = noise;
  const errors = new Float64Array(values.length);
  let count = 0, rMax = 0, squares = 0;
  for (let i = 0; i < values.length; i++) {
    if (!judged[i]) continue;
    count++;
    const error = got[i]! - values[i]!;
    errors[i] = error;
    const r = error === 0 ? 0 : Math.abs(error) / scale[i]!;
    if (!(r <= rMax)) rMax = Number.isNaN(r) ? Infinity : r;
    squares += r * r;
  }
  const { slope, mean } = trends(noise, errors);
  let left = 0;
  for (let i = 0; i < values.length; i++) {
    if (judged[i]) left += ((errors[i]! - slope * values[i]!) / scale[i]!) ** 2;
  }
  const rootMean = (sum: number) =>
    count === 0 ? 0 : Number.isNaN(sum) ? Infinity : Math.sqrt(sum / count);
  return {
    judged: count,
    rMax,
    rms: rootMean(squares),
    slope: slope === 0 ? 0 : Math.abs(slope) / noise.slope,
    mean: mean === 0 ? 0 : Math.abs(mean) / noise.mean,
    residual: count < FEWEST ? 0 : rootMean(left),
  };
}

/** The names of the statistics beyond their limits. */
export function exceeded(statistics: Statistics): StatisticName[] {
  return (Object.keys(LIMITS) as StatisticName[])
    .filter((name) => !(statistics[name] <= LIMITS[name]));
}
