/**
 * How far the results of functions move: bounds of |f(x′) − f(x)| for all x′ at most e from x.
 *
 * An engine's values are float32, hence doubles, and none of them lies between x ± e and what that
 * is rounded to. So the rounded ends still enclose them.
 *
 * @module
 */
import { powFloat64 } from "../math/pow.ts";

/** What is as large is infinite in float32. */
const INFINITE = 2 ** 128;

/** Twice the relative error of a function in float64, 3·2⁻⁵³ at most, and more. */
const SLACK = 2 ** -50;

/**
 * The spread of a function that is monotone where it is defined, between `from` and `to`: 0 where
 * it is NaN for certain, `Infinity` where that is open.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { monotone } from "./spreads.ts";
 * const spread = monotone(Math.sqrt, 0);
 * assert(Math.abs(spread(4, 2.25, 2) - (2 - Math.sqrt(1.75))) < 1e-14);
 * assertEquals([spread(1, 2, 1), spread(-3, 2, NaN)], [Infinity, 0]);
 * ```
 */
export function monotone(
  f: (x: number) => number,
  from = -Infinity,
  to = Infinity,
): (x: number, e: number, y: number) => number {
  return (x, e, y) => {
    const [low, high] = [x - e, x + e];
    if (high < from || low > to) return 0;
    return low < from || high > to ? Infinity : farthest(y, [f(low), f(high)]);
  };
}

/** How far the result `y` is from the farthest of `ends`, between which all results lie. */
export function farthest(y: number, ends: readonly number[]): number {
  if (ends.every((end) => end >= INFINITE) || ends.every((end) => end <= -INFINITE)) return 0;
  const largest = Math.max(...ends.map(Math.abs));
  if (!(largest < Infinity)) return Infinity;
  return Math.max(...ends.map((end) => Math.abs(end - y))) + SLACK * largest;
}

/**
 * The spread of a sine or cosine `y` whose derivative is `slope`: by Taylor, with a second
 * derivative of at most 1, and never more than to the farther of ±1.
 */
export function waveSpread(e: number, y: number, slope: number): number {
  return Math.min(1 + Math.abs(y), e * Math.abs(slope) + e * e / 2);
}

/**
 * The spread of a sigmoid. Its derivative is even and falls away from 0: the largest within reach
 * is that at the point nearest 0.
 */
export function sigmoidSpread(x: number, e: number): number {
  const t = Math.exp(-Math.max(0, Math.abs(x) - e));
  return Math.min(1, e * t / ((1 + t) * (1 + t)));
}

/** The values of `f` at the corners of a rectangle. */
function corners(
  f: (a: number, b: number) => number,
  as: readonly number[],
  bs: readonly number[],
): number[] {
  return as.flatMap((a) => bs.map((b) => f(a, b)));
}

/**
 * The spread of the power `y` of `a` to `b`.
 *
 * For a ≥ 0 it is monotone in a for each b (rising where b > 0) and in b for each a (rising where
 * a > 1): its extremes over a rectangle are at corners. For a < 0 it is real for whole b only,
 * which must then be certain, and monotone on either side of 0, where it may have a pole.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { powerSpread } from "./spreads.ts";
 * assertEquals(Math.fround(powerSpread(2, 1, 2, 1, 4)), 27 - 4);
 * assertEquals(Math.fround(powerSpread(-1, 2, 2, 0, 1)), 9 - 1);
 * assertEquals(powerSpread(-3, 1, 2.5, 0.25, NaN), 0);
 * assertEquals(powerSpread(1, 1, -2, 0, 1), Infinity);
 * ```
 */
export function powerSpread(a: number, ea: number, b: number, eb: number, y: number): number {
  if ((a === 1 && ea === 0) || (b === 0 && eb === 0)) return 0; // 1, and be the other NaN
  if (!(ea < Infinity && eb < Infinity)) return Infinity;
  if (Number.isNaN(a) && Math.abs(b) <= eb) return Infinity;
  if (Number.isNaN(b) && a - ea <= 1 && a + ea >= 1) return Infinity;
  if (Number.isNaN(a) || Number.isNaN(b)) return 0;
  const [low, high, from, to] = [a - ea, a + ea, b - eb, b + eb];
  // A zero that is not exact may be -0, whose negative powers have either sign.
  const isPositive = low > 0 || (low === 0 && from >= 0) || (Object.is(a, 0) && ea === 0);
  if (isPositive) return farthest(y, corners(powFloat64, [low, high], [from, to]));
  const isWhole = eb === 0 && (Number.isInteger(b) || Math.abs(b) === Infinity);
  if (!isWhole) return high < 0 && Math.ceil(from) > to ? 0 : Infinity;
  const zeros = low <= 0 && high >= 0 ? [0, -0] : [];
  return farthest(y, corners(powFloat64, [low, high, ...zeros], [b]));
}

/**
 * The spread of the `angle` of the point (x, y).
 *
 * Away from the negative x-axis it is monotone in y for each x and in x for each y, as long as
 * neither sign matters: rising with y where x > 0, and with x where y < 0. So its extremes over a
 * rectangle are at corners. Across that axis it jumps from -π to π.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { angleSpread } from "./spreads.ts";
 * assertEquals(Math.fround(angleSpread(1, 0, 1, 1, Math.PI / 4)), Math.fround(Math.PI / 4));
 * assertEquals(angleSpread(1, 2, -3, 1, 3), Math.PI + 3);
 * ```
 */
export function angleSpread(y: number, ey: number, x: number, ex: number, angle: number): number {
  if (Number.isNaN(y) && ey < Infinity) return 0;
  if (Number.isNaN(x) && ex < Infinity) return 0;
  if (!(ey < Infinity && ex < Infinity)) return Infinity;
  const jumps = Math.abs(y) <= ey && x - ex <= 0 && (ey > 0 || x + ex >= 0);
  if (jumps) return Math.PI + Math.abs(angle);
  const ys = ey === 0 ? [y] : [y - ey, y + ey]; // an exact -0 stays -0
  return farthest(angle, corners(Math.atan2, ys, [x - ex, x + ex]));
}
