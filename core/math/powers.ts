/**
 * Exact powers of two.
 *
 * @module
 */

/** Exponent of the smallest normal double, 2⁻¹⁰²². */
const SMALLEST = -1022;

/**
 * 2ⁿ for every normal double. Doubling is exact, so no entry is rounded. Reading a table is faster
 * in V8 than writing an exponent through a typed-array view and reading the double back (3.6
 * against 9.3 ns in a loop of exp).
 */
const POWERS: Float64Array = new Float64Array(2046);
for (let i = 0, power = 2.2250738585072014e-308; i < POWERS.length; i++, power *= 2) {
  POWERS[i] = power;
}

/**
 * The double 2ⁿ, exact, for whole `n` from -1022 to 1023.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { powerOfTwo } from "./powers.ts";
 * assertEquals(powerOfTwo(-3), 0.125);
 * ```
 */
export function powerOfTwo(n: number): number {
  return POWERS[n - SMALLEST]!;
}
