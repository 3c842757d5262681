/**
 * Random numbers from a counter-based generator: the same everywhere, and each found without those
 * before it.
 *
 * @module
 */

/** The multipliers and the key increments of Philox4x32 (Salmon et al. 2011, section 3.3). */
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const KEY_STEP_0 = 0x9e3779b9;
const KEY_STEP_1 = 0xbb67ae85;
const ROUNDS = 10;

/**
 * Philox4x32-10: writes the four 32-bit words that belong to a counter of four words and a key of
 * two into `out`.
 *
 * Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { philox4x32 } from "./random.ts";
 * const words = philox4x32(new Uint32Array(4), 0, 0, 0, 0, 0, 0);
 * assertEquals(words[0], 0x6627e8d5);
 * ```
 */
export function philox4x32(
  out: Uint32Array,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): Uint32Array {
  let c0 = counter0 | 0, c1 = counter1 | 0, c2 = counter2 | 0, c3 = counter3 | 0;
  let k0 = key0 | 0, k1 = key1 | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + KEY_STEP_0) | 0;
    k1 = (k1 + KEY_STEP_1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
  return out;
}

/** The upper 32 of the 64 bits of an unsigned product, from four products of 16-bit halves. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff, aHigh = a >>> 16;
  const bLow = b & 0xffff, bHigh = b >>> 16;
  // At most 2^32 - 2^16.
  const middle = (Math.imul(aHigh, bLow) >>> 0) + (Math.imul(aLow, bLow) >>> 16);
  const carry = (Math.imul(aLow, bHigh) >>> 0) + (middle & 0xffff);
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}

/** A stream of random numbers that depends on its seed alone. */
export class RandomStream {
  readonly #words = new Uint32Array(4);
  readonly #seed: number;
  #drawn = 0;

  /** Starts the stream of an integer seed from 0 to 2³² − 1. */
  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Uniform in [0, 1), a multiple of 2⁻²⁴. */
  next(): number {
    if (this.#drawn % 4 === 0) philox4x32(this.#words, this.#drawn / 4, 0, 0, 0, this.#seed, 1);
    return (this.#words[this.#drawn++ % 4]! >>> 8) * 2 ** -24;
  }

  /** An integer from 0 to `n` − 1. */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** One of the items. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** The items in another order. */
  shuffled<T>(items: readonly T[]): T[] {
    const list = [...items];
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [list[i], list[j]] = [list[j]!, list[i]!];
    }
    return list;
  }
}
