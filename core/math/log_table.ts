/**
 * Constants of log and pow, and the logarithms that they read from tables.
 *
 * `scripts/maintain/math_tables.py` writes them into `../testdata/math_tables.json`, with which a
 * test compares these.
 *
 * @module
 */
import type { DoubleDouble } from "./double_double.ts";
import { divide, logarithm, toDouble, toGrid } from "./fixed_point.ts";

/** The bits of 723/1024, where the first bin begins. */
export const FIRST_BIN: number = 0x3f34c000;

/** ln 2, rounded to a double. */
export const LN2: number = 0.6931471805599453;

/** 1 / ln 2 to 24 bits, so that its products with numbers of 29 bits are exact. */
export const LOG2_E_HIGH: number = 1.4426950216293335;

/** 1 / ln 2 less {@linkcode LOG2_E_HIGH}, rounded to a double. */
export const LOG2_E_LOW: number = 1.9259629911266175e-8;

/** The number of bins, from 723/1024 to 1446/1024. */
const BINS = 256;

/** The bin from 1023/1024 to 1026/1024; those below it are 2/1024 wide, those above it 4/1024. */
const BIN_ABOUT_ONE = 150;

/** Computes c of each bin: the reciprocal of its middle to a multiple of 2^-13, and 1 about 1. */
export function reciprocals(): number[] {
  return Array.from({ length: BINS }, (_, i) => {
    if (i === BIN_ABOUT_ONE) return 1;
    const middle = i < BIN_ABOUT_ONE ? 724 + 2 * i : 1028 + 4 * (i - BIN_ABOUT_ONE - 1);
    return Math.round(8192 * 1024 / middle) / 8192;
  });
}

/** Computes −ln c of each bin, rounded to a double. */
export function logarithms(): number[] {
  return exactLogarithms().map(toDouble);
}

/** Computes −log2 c of each bin: rounded to a multiple of 2^-44, and what is left of it. */
export function binaryLogarithms(): DoubleDouble[] {
  const ln2 = logarithm(2n, 1n);
  return exactLogarithms().map((x) => toGrid(divide(x, ln2), 44));
}

/**
 * −ln c of each bin in fixed point: the sum of the logarithms of the quotients of neighbours, of
 * which each has few terms, less that sum at the bin about 1. Within 2¹⁴ units of `fixed_point.ts`;
 * exactly 0 about 1, and more than 2^-10 elsewhere.
 */
function exactLogarithms(): bigint[] {
  const multiples = reciprocals().map((c) => BigInt(8192 * c));
  let sum = 0n;
  const sums = multiples.map((c, i) => sum += i === 0 ? 0n : logarithm(multiples[i - 1]!, c));
  return sums.map((x) => x - sums[BIN_ABOUT_ONE]!);
}
