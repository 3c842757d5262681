/**
 * Random inputs from a counter-based generator: instance `i` depends on the seed and `i` alone.
 *
 * @module
 */
import { check, listOf, wholeNumber } from "../core/check.ts";
import { philox4x32 } from "../core/random.ts";
import { type Tensor, tensorKind } from "../core/tensor.ts";

/** The name of the generator, as manifests write it. */
export const GENERATOR_NAME = "philox4x32-10";

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
