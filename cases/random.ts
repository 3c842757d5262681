/**
 * Random inputs from a counter-based generator: instance `i` depends on the seed and `i` alone.
 *
 * @module
 */
import { check, listOf, wholeNumber } from "../core/check.ts";
import { type Tensor, tensorKind } from "../core/tensor.ts";

/** The name of the generator, as manifests write it. */
export const GENERATOR_NAME = "philox4x32-10";

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

const words = new Uint32Array(4);

/**
 * Fills the tensors with the random inputs of an instance: uniform in [-1, 1), whole multiples of
 * 2^-23, exact in float32.
 *
 * The elements of all tensors are numbered from 0 in order; element e is word e mod 4 of block ⌊e /
 * 4⌋, whose counter is (block, 0, low word of the instance, high word of the instance) and whose
 * key is (low word of the seed, high word of the seed). A word u becomes ⌊u / 2^8⌋ · 2^-23 − 1.
 * `seed` and `instance` are integers from 0 to 2^53 − 1, else a `RangeError`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { tensor } from "../core/tensor.ts";
 * import { uniformInputs } from "./random.ts";
 * const x = tensor(new Float32Array(6), [2, 3]);
 * uniformInputs([x], 42, 0);
 * assert(x.data.every((value) => value >= -1 && value < 1));
 * ```
 */
export function uniformInputs(tensors: readonly Tensor[], seed: number, instance: number): void {
  check("draw random inputs", "tensors", tensors, tensorList);
  check("draw random inputs", "seed", seed, counter);
  check("draw random inputs", "instance", instance, counter);
  const key0 = seed >>> 0;
  const key1 = Math.floor(seed / 2 ** 32);
  const low = instance >>> 0;
  const high = Math.floor(instance / 2 ** 32);
  let element = 0;
  for (let t = 0; t < tensors.length; t++) {
    const data = tensors[t]!.data;
    for (let i = 0; i < data.length; i++, element++) {
      if ((element & 3) === 0) philox4x32(words, element / 4, 0, low, high, key0, key1);
      data[i] = (words[element & 3]! >>> 8) * 2 ** -23 - 1;
    }
  }
}

const tensorList = listOf(tensorKind, "tensors");
const counter = wholeNumber();
