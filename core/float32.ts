/**
 * One float32: its bits, its place in the order of all float32 values, and its shortest decimal
 * text.
 *
 * @module
 */

const scratch = new Float32Array(1);
const scratchBits = new Uint32Array(scratch.buffer);

const SIGN = 0x80000000;
const INFINITY_BITS = 0x7f800000;
const NAN_BITS = 0x7fc00000;

/**
 * The bits of `x`, rounded to float32, as an unsigned integer. Every NaN gives 0x7fc00000.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { toBits } from "./float32.ts";
 * assertEquals(toBits(1), 0x3f800000);
 * assertEquals(toBits(NaN), 0x7fc00000);
 * ```
 */
export function toBits(x: number): number {
  if (x !== x) return NAN_BITS;
  scratch[0] = x;
  return scratchBits[0]!;
}

/** The float32 value with the given bits, which are taken modulo 2³². */
export function fromBits(bits: number): number {
  scratchBits[0] = bits;
  return scratch[0]!;
}

/**
 * The bits of `x`, rounded to float32, in hexadecimal.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bitsText } from "./float32.ts";
 * assertEquals(bitsText(0.1), "0x3dcccccd");
 * ```
 */
export function bitsText(x: number): string {
  return "0x" + toBits(x).toString(16).padStart(8, "0");
}

/**
 * The rank of `x`, rounded to float32, in the order of all float32 values.
 *
 * Neighbours differ by 1; both zeros are 0; the infinities are one step beyond the largest finite
 * values; NaN gives NaN.
 */
export function ordinal(x: number): number {
  if (x !== x) return NaN;
  const bits = toBits(x);
  return bits < SIGN ? bits : -(bits - SIGN) + 0;
}

/**
 * The float32 value with the given {@linkcode ordinal}.
 *
 * Throws a `RangeError` for anything but an integer from the ordinal of -Infinity to that of
 * Infinity.
 */
export function fromOrdinal(n: number): number {
  if (!Number.isInteger(n) || Math.abs(n) > INFINITY_BITS) {
    throw new RangeError(`Cannot read an ordinal: ${n} is not the ordinal of a float32 value`);
  }
  return fromBits(n < 0 ? SIGN - n : n);
}

/**
 * How many float32 steps lie between `a` and `b`, both rounded to float32.
 *
 * Both zeros are the same point. NaN is 0 away from NaN and
 * `Infinity` away from every number; an infinity is 0 away from itself and `Infinity` away from
 * everything else.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ulpDistance } from "./float32.ts";
 * assertEquals(ulpDistance(1, 1 + 2 ** -23), 1);
 * assertEquals(ulpDistance(-0, 0), 0);
 * ```
 */
export function ulpDistance(a: number, b: number): number {
  const m = ordinal(a);
  const n = ordinal(b);
  if (m === n || (m !== m && n !== n)) return 0;
  const distance = Math.abs(m - n);
  const finite = Math.abs(m) < INFINITY_BITS && Math.abs(n) < INFINITY_BITS;
  return finite ? distance : Infinity;
}

/**
 * The spacing of the float32 values in the binade of `x`, which may be any finite double.
 *
 * It is 2⁻¹⁴⁹ for zero and subnormal values, and 2¹⁰⁴ for everything from 2¹²⁷ on. A power of two
 * counts to the binade above it. NaN and infinities give NaN.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ulp } from "./float32.ts";
 * assertEquals(ulp(1), 2 ** -23);
 * assertEquals(ulp(0), 2 ** -149);
 * ```
 */
export function ulp(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  const magnitude = Math.abs(x);
  const bits = toBits(magnitude);
  // Rounding to float32 may have carried a double into the next binade, or to infinity: step back.
  const biased = (fromBits(bits) > magnitude ? bits - 1 : bits) >>> 23;
  if (biased > 23) return fromBits((biased - 23) << 23);
  return fromBits(biased === 0 ? 1 : 1 << (biased - 1));
}

/**
 * A finite float32 value in decimal: `±d.ddd × 10^exponent`, where `digits` is `dddd` without its
 * point.
 */
export interface Decimal {
  /** Whether the sign bit is set; it is for -0. */
  readonly negative: boolean;
  /** The significant digits, without a zero at either end; `"0"` for zero. */
  readonly digits: string;
  /** The power of ten that the first digit counts. */
  readonly exponent: number;
}

/**
 * The fewest decimal digits that read back to
 * `x`, rounded to float32, and of those the nearest to `x`.
 *
 * An equally near pair is settled in favour of the even digit. "Reads back" means correctly rounded
 * from decimal straight to float32, ties to even: the interval of Steele and White, *How to print
 * floating-point numbers accurately* (PLDI 1990). Throws a `RangeError` for NaN and infinities.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { shortestDigits } from "./float32.ts";
 * const { digits, exponent } = shortestDigits(Math.fround(0.1));
 * assertEquals(digits, "1");
 * assertEquals(exponent, -1);
 * ```
 */
export function shortestDigits(x: number): Decimal {
  if (!Number.isFinite(Math.fround(x))) {
    throw new RangeError(`Cannot write in decimal: ${x} is not a finite float32 value`);
  }
  const magnitude = Math.abs(Math.fround(x));
  const negative = x < 0 || Object.is(x, -0);
  if (magnitude === 0) return { negative, digits: "0", exponent: 0 };
  const scale = decimalScale(magnitude);
  const digits = String(shortestInteger(magnitude, scale));
  return { negative, digits: digits.replace(/0+$/, ""), exponent: digits.length - 1 - scale };
}

/**
 * The shortest text of `x`, rounded to float32, laid out as JavaScript lays out numbers, but `-0`
 * for negative zero.
 *
 * It reads back to the same bits both when it is parsed straight to float32 and when it is parsed
 * to a double that is then rounded. Its digits are those of {@linkcode shortestDigits}, save for
 * ±7.038531e-26 (bits 15ae43fd): those digits come out one step off by way of a double, so one more
 * is written. It is the only such magnitude of all 2³¹.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { shortestText } from "./float32.ts";
 * assertEquals(shortestText(Math.fround(0.1)), "0.1");
 * assertEquals(shortestText(-0), "-0");
 * ```
 */
export function shortestText(x: number): string {
  const value = Math.fround(x);
  const magnitude = Math.abs(value);
  if (!(magnitude < Infinity)) return String(value);
  if (magnitude === 0) return Object.is(value, -0) ? "-0" : "0";
  const scale = decimalScale(magnitude);
  const integer = shortestInteger(magnitude, scale);
  // A double holds up to 15 digits faithfully, so the double nearest to the decimal has that
  // decimal as its own shortest text. One operation on exact operands gives that double; 10²² is
  // the largest exact power.
  let nearest = scale < -22 || scale > 22
    ? Number(`${integer}e${-scale}`)
    : scale < 0
    ? integer * POWERS_OF_TEN[-scale]!
    : integer / POWERS_OF_TEN[scale]!;
  if (Math.fround(nearest) !== magnitude) nearest = Number(magnitude.toPrecision(8));
  return String(value < 0 ? -nearest : nearest);
}

/**
 * The whole number of 10^`place` that stands for |`x`| when its decimal digits stop at that place.
 *
 * Of the two multiples of 10^`place` around |`x`| that is the one that reads back to it; where both
 * or neither do, it is the nearer, the even one of an equally near pair. Computed exactly, for any
 * finite float32 `x`: the rule by which the Dragon4 algorithm (Steele and White 1990) ends its
 * digits.
 */
export function digitsAt(x: number, place: number): { digits: bigint; readsBack: boolean } {
  const bits = toBits(Math.abs(x));
  const fraction = bits & 0x7fffff;
  const biased = bits >>> 23;
  const significand = BigInt(biased === 0 ? fraction : fraction | 0x800000);
  const exponent = Math.max(biased, 1) - 150;
  // In units of a quarter of the last bit, both sides multiplied up to integers.
  const quarter = 2n ** BigInt(Math.max(exponent, 0)) * 10n ** BigInt(Math.max(-place, 0));
  const step = 4n * 2n ** BigInt(Math.max(-exponent, 0)) * 10n ** BigInt(Math.max(place, 0));
  const value = 4n * significand * quarter;
  const marginUp = 2n * quarter;
  // Below a power of two the neighbour is only half as far away.
  const marginDown = fraction === 0 && biased > 1 ? quarter : marginUp;

  const digits = value / step;
  const down = value % step;
  const up = step - down;
  const even = (fraction & 1) === 0;
  const downReads = down < marginDown || (even && down === marginDown);
  const upReads = up < marginUp || (even && up === marginUp);
  const roundUp = downReads === upReads
    ? down > up || (down === up && digits % 2n === 1n)
    : upReads;
  return { digits: roundUp ? digits + 1n : digits, readsBack: downReads || upReads };
}

/** 10⁰ to 10⁴⁵ as doubles; exact up to 10²². */
// deno-fmt-ignore
const POWERS_OF_TEN: readonly number[] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22, 1e23,
  1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31, 1e32, 1e33, 1e34, 1e35,
  1e36, 1e37, 1e38, 1e39, 1e40, 1e41, 1e42, 1e43, 1e44, 1e45,
];

/** Far above the error of {@linkcode shortestInteger}'s doubles, which is less than 10⁻⁷. */
const DOUBT = 1e-6;

/**
 * The smallest power of ten by which to multiply the binade of `magnitude` so that some integer
 * reads back to each value of it.
 *
 * That is where the narrowest interval, ¾ of the spacing at a power of two, is at least 1 wide.
 * From -31 to 45.
 */
function decimalScale(magnitude: number): number {
  scratch[0] = magnitude;
  const exponent = Math.max(scratchBits[0]! >>> 23, 1) - 150;
  return Math.ceil(0.12493873660829995 - exponent * 0.30102999566398120); // log10(4/3), log10(2)
}

/**
 * The integer with the most trailing zeros that reads back to a positive `magnitude` × 10^`scale`,
 * and of those the nearest.
 *
 * Works in doubles, where the integer has at most 9 digits; where their error could matter, the
 * exact {@linkcode digitsAt} decides.
 */
function shortestInteger(magnitude: number, scale: number): number {
  scratch[0] = magnitude;
  const bits = scratchBits[0]!;
  scratchBits[0] = bits ^ 1; // A neighbour in the same binade.
  const halfSpacing = Math.abs(scratch[0]! - magnitude) / 2;
  const power = POWERS_OF_TEN[Math.abs(scale)]!;
  const value = scale < 0 ? magnitude / power : magnitude * power;
  const marginUp = scale < 0 ? halfSpacing / power : halfSpacing * power;
  const marginDown = (bits & 0x7fffff) === 0 && bits >= 0x1000000 ? marginUp / 2 : marginUp;

  const floor = value | 0;
  let found = 0;
  for (let step = 1;; step *= 10) {
    const multiple = floor - floor % step;
    const down = value - multiple;
    const up = step - down;
    if (Math.abs(down - marginDown) < DOUBT || Math.abs(up - marginUp) < DOUBT) break;
    const downReads = down < marginDown;
    const upReads = up < marginUp;
    if (!downReads && !upReads) return found;
    if (downReads && upReads && Math.abs(down - up) < DOUBT) break;
    found = downReads && (!upReads || down < up) ? multiple : multiple + step;
  }
  return shortestIntegerExactly(magnitude, scale);
}

function shortestIntegerExactly(magnitude: number, scale: number): number {
  let found = 0;
  for (let zeros = 0;; zeros++) {
    const { digits, readsBack } = digitsAt(magnitude, zeros - scale);
    if (!readsBack) return found;
    found = Number(digits) * POWERS_OF_TEN[zeros]!;
  }
}
