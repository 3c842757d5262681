/**
 * Fixed-point arithmetic on whole numbers, from which the tables of the elementary functions are
 * computed.
 *
 * A number x is the `bigint` next to x·2²⁵⁶; a unit is 2⁻²⁵⁶. Whole numbers have the same digits in
 * every JavaScript engine, and what is cut off is stated in units. Every number of the tables is
 * computed with an error below 2⁻⁸⁹ of itself, and none lies nearer than 2⁻⁶⁸ of itself to where
 * its rounding to a double changes (measured with mpmath), so all are rounded correctly;
 * `tables_test.ts` compares each with mpmath's.
 *
 * Sources: M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions" (1964), by the
 * numbers of its formulas; H. Cohen, "A Course in Computational Algebraic Number Theory" (1993).
 *
 * @module
 */
import type { DoubleDouble } from "./double_double.ts";

/** The number of bits after the point. */
const BITS = 256n;

/** 1. */
export const ONE: bigint = 1n << BITS;

/** 2⁻²⁵⁶: a literal, since JavaScript engines need not have powers exactly. */
const UNIT = 8.636168555094445e-78;

/** The product of two numbers, less than 1 unit too small. */
export function multiply(a: bigint, b: bigint): bigint {
  return (a * b) >> BITS;
}

/** The quotient of two numbers, off by less than 1 unit. */
export function divide(a: bigint, b: bigint): bigint {
  return (a << BITS) / b;
}

/**
 * The square root of a positive number up to 4, less than 1 unit too small: Newton's iteration in
 * whole numbers, which falls until it is there (Cohen, algorithm 1.7.1).
 */
export function squareRoot(a: bigint): bigint {
  let root = 2n * ONE;
  for (;;) {
    const next = (root + divide(a, root)) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/**
 * The arc tangent of a/b, for whole numbers with |a| ≤ b/2: z − z³/3 + z⁵/5 − ... (4.4.42), off by
 * less than 2⁸ units.
 */
export function arctangent(a: bigint, b: bigint): bigint {
  return oddSeries(a, b, -1n);
}

/**
 * The natural logarithm of a/b, for whole numbers with 1/2 ≤ a/b ≤ 2: 2·(z + z³/3 + z⁵/5 + ...) of
 * z = (a − b)/(a + b) (4.1.27), off by less than 2⁹ units.
 */
export function logarithm(a: bigint, b: bigint): bigint {
  return 2n * oddSeries(a - b, a + b, 1n);
}

/**
 * z + sign·z³/3 + z⁵/5 + sign·z⁷/7 + ... of z = a/b, |z| ≤ 1/2, until a power is below 1 unit: at
 * most 128 terms. A power is off by less than 4/3 units, a term by less than 2.
 */
function oddSeries(a: bigint, b: bigint, sign: bigint): bigint {
  const numerator = sign * a * a;
  const denominator = b * b;
  let sum = 0n;
  for (let power = a * ONE / b, n = 1n; power !== 0n; n += 2n) {
    sum += power / n;
    power = power * numerator / denominator;
  }
  return sum;
}

/**
 * exp(a/b), for whole numbers with |a| ≤ b: 1 + z + z²/2! + ... (4.2.1), off by less than 2⁷ units.
 */
export function exponential(a: bigint, b: bigint): bigint {
  let sum = 0n;
  for (let term = ONE, n = 1n; term !== 0n; n++) {
    sum += term;
    term = term * a / (b * n);
  }
  return sum;
}

/**
 * The double nearest to a number, of two the even one: so `Number` rounds whole numbers (ECMA-262,
 * "The Number value for"), and the power of two changes the exponent only.
 */
export function toDouble(a: bigint): number {
  return Number(a) * UNIT;
}

/** A number as the nearest double and what that leaves, rounded to a double. */
export function toDoubleDouble(a: bigint): DoubleDouble {
  return [toDouble(a), toDouble(a - BigInt(Number(a)))];
}

/**
 * A number below 2⁵³⁻ⁿ in magnitude as its nearest multiple of 2⁻ⁿ and what that leaves, rounded to
 * a double.
 */
export function toGrid(a: bigint, n: number): DoubleDouble {
  const dropped = BITS - BigInt(n);
  const nearest = ((a + (1n << (dropped - 1n))) >> dropped) << dropped;
  return [toDouble(nearest), toDouble(a - nearest)];
}
