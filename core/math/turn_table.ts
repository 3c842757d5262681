/**
 * Constants of sin, cos and tan, and the sines that they read from a table.
 *
 * `scripts/maintain/math_tables.py` writes them into `../testdata/math_tables.json`, with which a
 * test compares these.
 *
 * @module
 */
import { multiply, ONE, squareRoot, toDouble } from "./fixed_point.ts";

/** 64 / pi, rounded to a double. */
export const STEPS_PER_RADIAN: number = 20.371832715762604;

/** pi / 64 to 28 bits, so that its products with whole numbers below 2^25 are exact. */
export const STEP_HIGH: number = 0.049087385181337595;

/** The next 28 bits of pi / 64, rounded. */
export const STEP_MIDDLE: number = 3.1002924403070176e-11;

/** What is left of pi / 64, rounded to a double. */
export const STEP_LOW: number = -3.8053286806168643e-20;

/** 2 pi, rounded to a double. */
export const RADIANS_PER_TURN: number = 6.283185307179586;

/** 1 / (2 pi) in base 2^24: the digits after the point, cut off after 288 bits. */
export const TURNS_PER_RADIAN: readonly number[] = [
  2670176,
  14390161,
  346751,
  644596,
  8211767,
  7354072,
  10839631,
  1106960,
  8361048,
  15398830,
  15816813,
  13179790,
];

/**
 * Computes sin(pi i / 64) for i from 0 to 159, rounded to doubles: a turn, and a quarter for the
 * cosine.
 *
 * The cosine of the step is that of a quarter turn halved five times, cos(x/2) = √((1 + cos x)/2)
 * and sin(x/2) = √((1 − cos x)/2); the first quarter follows by sin(x + step) = 2·cos(step)·sin(x) −
 * sin(x − step), within 2¹⁵ units of `fixed_point.ts`; the others repeat it.
 */
export function sines(): number[] {
  let cosine = 0n;
  let sine = ONE;
  for (let halvings = 0; halvings < 5; halvings++) {
    sine = squareRoot((ONE - cosine) / 2n);
    cosine = squareRoot((ONE + cosine) / 2n);
  }
  const quarter = [0n, sine];
  while (quarter.length <= 32) {
    quarter.push(2n * multiply(cosine, quarter.at(-1)!) - quarter.at(-2)!);
  }
  return Array.from({ length: 160 }, (_, i) => {
    const size = quarter[i % 64 <= 32 ? i % 64 : 64 - i % 64]!;
    return toDouble(i % 128 < 64 ? size : -size);
  });
}
