/**
 * Exact values to test the elementary functions against: JavaScript's own float64 functions where
 * their error can't matter, and BigInt fixed-point arithmetic where it can. Used by tests only;
 * shares no code with what it tests.
 *
 * @module
 */
import { bitsText, fromBits, toBits } from "../core/float32.ts";

/** A positive number `mantissa · 2^exponent`, with a relative error below 2⁻²⁵⁰. */
export interface BigFloat {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** How the correctly rounded value of a function with results ≥ 0 is found. */
export interface Oracle {
  /** The function in float64, with a relative error below 2⁻⁴⁹. */
  readonly float64: (x: number) => number;
  /**
   * The function in fixed point, where float64 can't decide and the result is neither 0 nor
   * infinite.
   */
  readonly exact: (x: number) => BigFloat;
}

/** Fractional bits of the fixed-point numbers. */
const BITS = 320;
const ONE = 1n << BigInt(BITS);
const LN_2 = logarithmOfTwo();

/** ln 2 = 2 artanh(1/3), in fixed point. */
function logarithmOfTwo(): bigint {
  let sum = 0n;
  let power = 2n * ONE / 3n;
  for (let n = 1n; power > 0n; n += 2n, power /= 9n) sum += power / n;
  return sum;
}

/** exp of a float32 value between -110 and 110: x = k·ln 2 + r, and the Taylor series of r. */
export function exactExp(x: number): BigFloat {
  const fixed = BigInt(x * 2 ** 149) << BigInt(BITS - 149);
  const k = Math.round(x / Math.LN2);
  const r = fixed - BigInt(k) * LN_2;
  let sum = 0n;
  let term = ONE;
  for (let n = 1n; term !== 0n; n++) {
    sum += term;
    term = (term * r >> BigInt(BITS)) / n;
  }
  return { mantissa: sum, exponent: k - BITS };
}

/** 1 / (1 + exp(-x)) of a float32 value between -110 and 110. */
export function exactSigmoid(x: number): BigFloat {
  const { mantissa, exponent } = exactExp(-x);
  const shift = BigInt(exponent + BITS);
  const divisor = ONE + (shift >= 0n ? mantissa << shift : mantissa >> -shift);
  return { mantissa: (ONE * ONE << 160n) / divisor, exponent: -BITS - 160 };
}

/**
 * Rounds to float32, to nearest even. Throws a `RangeError` where an error of 2⁻²⁵⁰ could change
 * the result.
 */
export function roundExact({ mantissa, exponent }: BigFloat): number {
  const slack = mantissa >> 250n;
  const [low, high] = [mantissa - slack, mantissa + slack].map((end) => round(end, exponent));
  if (low !== high) throw new RangeError(`Cannot round: ${low} and ${high} are both possible`);
  return low!;
}

function round(mantissa: bigint, exponent: number): number {
  const length = mantissa.toString(2).length;
  const unit = Math.max(length + exponent - 24, -149);
  const shift = BigInt(unit - exponent);
  const steps = mantissa >> shift;
  const twiceRest = (mantissa - (steps << shift)) << 1n;
  const half = 1n << shift;
  const up = twiceRest > half || (twiceRest === half && (steps & 1n) === 1n);
  return Math.fround(Number(up ? steps + 1n : steps) * 2 ** unit);
}

/** The correctly rounded float32 result. */
export function expectedFloat32(oracle: Oracle, x: number): number {
  const y = oracle.float64(x);
  const low = Math.fround(y * (1 - 2 ** -48));
  const high = Math.fround(y * (1 + 2 ** -48));
  return Object.is(low, high) ? low : roundExact(oracle.exact(x));
}

/**
 * Applies `f` to the float32 values with the given bits and throws an `Error` at the first that is
 * not as expected.
 */
export function checkBits(
  f: (x: number) => number,
  inputs: Iterable<number>,
  expected: (x: number, index: number) => number,
): void {
  let index = 0;
  for (const bits of inputs) {
    const x = fromBits(bits);
    const found = f(x);
    const wanted = expected(x, index++);
    if (!Object.is(found, wanted)) {
      throw new Error(
        `${f.name}(${x}): expected ${wanted} ${bitsText(wanted)}, found ${found} ${
          bitsText(found)
        }, ` +
          `input ${bitsText(x)}`,
      );
    }
  }
}

/**
 * Yields `count` 32-bit words of the xorshift generator of G. Marsaglia (J. Stat. Software 8,
 * 2003).
 */
export function* randomWords(count: number): Generator<number> {
  let word = 2463534242;
  for (let i = 0; i < count; i++) {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    yield word >>> 0;
  }
}

/** Yields every `stride`-th of the bit patterns from `first` to `last`. */
export function* bitRange(first: number, last: number, stride = 1): Generator<number> {
  for (let bits = first; bits <= last; bits += stride) yield bits;
}

/** The 32-bit words of base64 text, little-endian. */
export function wordsOf(base64: string): number[] {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i, true));
}

/**
 * What a file `../testdata/math_*_hard.json` holds: inputs near a midpoint and MPFR's results, as
 * base64.
 */
export interface HardInputs {
  readonly count: number;
  readonly inputs: string;
  readonly expected: string;
}

/**
 * Applies `f` to hard inputs and throws an `Error` at the first result that is not as MPFR says.
 *
 * @param mirrored for an odd or even function, whose files hold positive inputs: what f(-x) is,
 * given f(x)
 */
export function checkHard(
  f: (x: number) => number,
  hard: HardInputs,
  mirrored?: (y: number) => number,
): void {
  const inputs = wordsOf(hard.inputs);
  const results = wordsOf(hard.expected).map(fromBits);
  if (inputs.length !== hard.count || results.length !== hard.count || hard.count < 500) {
    throw new Error(`${f.name}: ${inputs.length} hard inputs, ${results.length} results`);
  }
  checkBits(f, inputs, (_, index) => results[index]!);
  if (mirrored === undefined) return;
  checkBits(f, inputs.map((bits) => (bits ^ SIGN) >>> 0), (_, index) => mirrored(results[index]!));
}

const SIGN = 0x80000000;

/**
 * Applies `f` to the inputs of a table and throws an `Error` at the first result that is another
 * float32 value.
 */
export function checkValues(
  f: (x: number) => number,
  table: readonly (readonly [x: number, expected: number])[],
): void {
  const inputs = table.map(([x]) => toBits(x));
  checkBits(f, inputs, (_, index) => Math.fround(table[index]![1]));
}

/**
 * Applies `f` to the inputs of a table and throws an `Error` at the first result that is off by more
 * than `units` · 2⁻⁵³ of the expected one, itself the nearest double.
 */
export function checkFloat64(
  f: (x: number) => number,
  units: number,
  table: readonly (readonly [x: number, expected: number])[],
): void {
  for (const [x, expected] of table) {
    const found = f(x);
    if (Object.is(found, expected)) continue;
    if (Math.abs(found - expected) <= (units + 1) * 2 ** -53 * Math.abs(expected)) continue;
    throw new Error(`${f.name}(${x}): expected ${expected}, found ${found}`);
  }
}

/** The float32 value after or, with a negative count, before a positive one. */
export function stepsFrom(x: number, count: number): number {
  return fromBits(toBits(x) + count);
}
