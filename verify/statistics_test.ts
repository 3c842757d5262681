// The five statistics, each on errors made for it, and what their limits are held against.

import { assert, assertEquals } from "@std/assert";
import type { Noise } from "./noise.ts";
import { exceeded, LIMITS, statisticsOf } from "./statistics.ts";

/** Values ±1000, each of scale 1; the scales of slope and mean are 0.001 and 0.5. */
const noise = (n: number, judged = new Uint8Array(n).fill(1)): Noise => ({
  values: Float64Array.from({ length: n }, (_, i) => i % 2 ? 1000 : -1000),
  scale: new Float64Array(n).fill(1),
  judged,
  slope: 0.001,
  mean: 0.5,
});

const judged = (known: Noise, error: (value: number, i: number) => number) =>
  statisticsOf(known.values.map((value, i) => value + error(value, i)), known);

Deno.test("every statistic sees the errors that it is for, and its limit is exceeded", () => {
  const none = { judged: 10, rMax: 0, rms: 0, slope: 0, mean: 0, residual: 0 };
  assertEquals(judged(noise(10), () => 0), none);
  assertEquals(exceeded(none), []);
  // All too large by 1.7 %: 17 scales each, and nothing remains without the slope.
  const scaled = judged(noise(10), (value) => 0.017 * value);
  assert(Math.abs(scaled.slope - 17) < 1e-9 && scaled.residual < 1e-9);
  assert(Math.abs(scaled.mean - 34) < 1e-9 && Math.abs(scaled.rms - 17) < 1e-9);
  assertEquals(exceeded(scaled), ["rMax", "rms", "slope", "mean"]);
  // All one way: no slope, since half of the values are negative, and no mean towards larger ones.
  const moved = judged(noise(10), () => 5);
  assert(moved.slope < 1e-9 && moved.mean < 1e-9 && Math.abs(moved.residual - 5) < 1e-9);
  assertEquals(exceeded(moved), ["residual"]);
  const one = judged(noise(10), (_, i) => i === 3 ? 17 : 0);
  assertEquals([one.rMax, exceeded(one).includes("rMax")], [17, true]);
  assert(Math.abs(one.rms - 17 / Math.sqrt(10)) < 1e-12);
});

Deno.test("a limit itself is honest", () => {
  assertEquals(exceeded({ judged: 1, ...LIMITS }), []);
  for (const name of ["rMax", "rms", "slope", "mean", "residual"] as const) {
    assertEquals(exceeded({ judged: 1, ...LIMITS, [name]: LIMITS[name] * 1.0001 }), [name]);
  }
});

Deno.test("of few elements, or none clear of noise, there is neither slope nor mean", () => {
  const few = judged(noise(7), (value) => 0.01 * value);
  assertEquals([few.slope, few.mean, few.residual], [0, 0, 0]);
  assert(Math.abs(few.rms - 10) < 1e-9);
  const known = noise(10);
  const lost = statisticsOf(new Float64Array(10), { ...known, scale: known.scale.map(() => 100) });
  assertEquals([lost.slope, lost.mean, lost.rMax], [0, 0, 10]);
});

Deno.test("elements that are not judged count for nothing, NaN for infinitely far", () => {
  const some = Uint8Array.from([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
  const half = judged(noise(10, some), (_, i) => i < 5 ? 3 : NaN);
  assertEquals([half.judged, half.rMax, half.rms], [5, 3, 3]);
  assertEquals(judged(noise(10, new Uint8Array(10)), () => NaN).rms, 0);
  assertEquals(judged(noise(10), (_, i) => i === 2 ? NaN : 0).rMax, Infinity);
});
