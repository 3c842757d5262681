/**
 * Exact powers of two.
 *
 * @module
 */

/**
 * The double 2ⁿ, exact, for whole `n` from -1022 to 1023: doubling and halving round nothing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { powerOfTwo } from "./powers.ts";
 * assertEquals(powerOfTwo(-3), 0.125);
 * ```
 */
export function powerOfTwo(n: number): number {
  let power = 1;
  for (let i = 0; i < n; i++) power *= 2;
  for (let i = 0; i > n; i--) power *= 0.5;
  return power;
}

/**
 * Fills a table with 2^e at e modulo its length, a power of two up to 1024, for e from minus half
 * the length on.
 *
 * Reading a table is faster in V8 than writing an exponent through a typed-array view and reading
 * the double back (3.6 against 9.3 ns in a loop of exp), and a masked index needs no check. Each
 * module has a table of its own, since V8 reads its own constants faster than imported ones.
 */
export function fillPowers(table: Float64Array): void {
  const half = table.length / 2;
  for (let e = 0, power = 1; e < half; e++, power *= 2) table[e] = power;
  for (let e = 1, power = 0.5; e <= half; e++, power *= 0.5) table[table.length - e] = power;
}
