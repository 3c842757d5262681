/**
 * The pairs of float32 values on which the functions of two arguments are compared, the same as in
 * `math_exhaust.c`.
 *
 * @module
 */
import { atan2 } from "../../core/math/atan2.ts";
import { pow } from "../../core/math/pow.ts";

/** The functions of two arguments, by the names that the witness knows. */
export const pairFunctions: Readonly<Record<string, (a: number, b: number) => number>> = {
  pow,
  atan2,
};

/** How many pairs there are: 2²⁷. */
export const PAIRS = 134217728;

const value = new Float32Array(1);
const bits = new Int32Array(value.buffer);

function fromWord(word: number): number {
  bits[0] = word;
  return value[0]!;
}

/** The last step of MurmurHash3 (A. Appleby): spreads a counter over all words. */
function mix(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * Writes the pair of an index into `pair`. By the index modulo 8:
 *
 * - 0, 1: any bits
 * - 2, 3: the first from 2⁻⁸ to 2⁸, the second from 2⁻³ to 2⁵ in magnitude
 * - 4, 5: whole numbers below 2¹⁶ over 2⁰ to 2⁷, and multiples of 1/8 up to 64: exact results and
 *   ties
 * - 6: the first within 2⁻⁸ of 1, the second from 2¹⁰ to 2²⁶ in magnitude
 * - 7: the first below 2⁻¹²⁵, the second a whole number to 256: subnormal quotients
 */
export function pairAt(index: number, pair: Float64Array): void {
  const a = mix(2 * index + 1 | 0);
  const b = mix(2 * index + 2 | 0);
  const sign = b << 31;
  switch (index & 7) {
    case 0:
    case 1:
      pair[0] = fromWord(a);
      pair[1] = fromWord(b);
      break;
    case 2:
    case 3:
      pair[0] = fromWord(0x3b800000 + (a >>> 5));
      pair[1] = fromWord((0x3e000000 + (b >>> 6)) | sign);
      break;
    case 4:
    case 5:
      pair[0] = (a & 0xffff) / (1 << ((a >>> 16) & 7)) * (a < 0 ? -1 : 1);
      pair[1] = ((b & 127) - 64) / (1 << ((b >>> 7) & 3));
      break;
    case 6:
      pair[0] = fromWord(0x3f800000 + (a & 0xffff) - 0x8000);
      pair[1] = fromWord((0x44800000 + (b >>> 5)) | sign);
      break;
    default:
      pair[0] = fromWord((a & 0x00ffffff) | sign);
      pair[1] = (a >>> 24) + 1;
  }
}
