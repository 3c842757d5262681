/**
 * Reading one float32 value from text: a decimal, rounded once, or its bits.
 *
 * @module
 */
import { fromBits, fromOrdinal, ordinal, ulp } from "../../core/float32.ts";

/** A decimal: its integer digits, its fraction digits and its exponent; matched in linear time. */
const DECIMAL = /^[+-]?(?=\.?\d)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;

/** From here on decimals round to infinity. */
const OVERFLOW = 2 ** 128 - 2 ** 103;

/**
 * The float32 value nearest to a decimal, ties to even; `undefined` for text that is no number.
 *
 * Reads `0.5`, `-1.25e-3`, `.5`, `nan`, `inf` and `infinity`, in any case and with any sign.
 * However many digits there are, they are rounded once.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseFloat32 } from "./number.ts";
 * assertEquals(parseFloat32("0.1"), Math.fround(0.1));
 * assertEquals(parseFloat32("-INF"), -Infinity);
 * // 1 + 2^-24 is a tie; this is a little more, but less than a double can tell.
 * assertEquals(parseFloat32("1.00000005960464477539062500001"), 1 + 2 ** -23);
 * assertEquals(parseFloat32("0,5"), undefined);
 * ```
 */
export function parseFloat32(text: string): number | undefined {
  if (!DECIMAL.test(text)) return parseSpecial(text);
  const double = Number(text);
  const single = Math.fround(double);
  if (double === single) return single;
  // Rounding to double keeps a decimal on its side of a tie between two float32 values, unless it
  // takes it onto the tie.
  const size = Math.abs(double);
  const tie = size === OVERFLOW || Math.abs(double - single) === ulp(double) / 2;
  if (!tie) return single;
  const side = compareDecimal(text, size);
  if (side === 0) return single;
  const near = ordinal(Math.abs(single));
  const below = Math.abs(single) < size ? near : near - 1;
  return Math.sign(double) * fromOrdinal(side < 0 ? below : below + 1);
}

/**
 * The float32 value with the bits that `0x` and eight hexadecimal digits spell; `undefined`
 * for other text.
 *
 * @example
 * ```ts
 * import { assertEquals, assertStrictEquals } from "@std/assert";
 * import { parseBits } from "./number.ts";
 * assertEquals(parseBits("0x3f800000"), 1);
 * assertStrictEquals(parseBits("0x80000000"), -0);
 * ```
 */
export function parseBits(text: string): number | undefined {
  return /^0x[0-9a-f]{8}$/i.test(text) ? fromBits(Number(text)) : undefined;
}

/**
 * Whether a decimal can stand beside the bits of `x`: whether it is `x`, rounded or cut to the
 * digits that it has; a zero that cuts every digit off is not. Text that is no number says nothing,
 * so it can.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { agrees } from "./number.ts";
 * assertEquals(agrees("0.33", Math.fround(1 / 3)), true);
 * assertEquals(agrees("0.35", Math.fround(1 / 3)), false);
 * ```
 */
export function agrees(text: string, x: number): boolean {
  const value = parseFloat32(text);
  if (value === undefined || value === x) return true;
  if (Number.isNaN(value)) return Number.isNaN(x);
  const [, , fraction = "", exponent = "0"] = DECIMAL.exec(text) ?? [];
  const distance = Math.abs(Number(text) - x); // NaN for an infinity in words
  if (!(distance < Infinity)) return false;
  const unit = 10 ** (Number(exponent) - fraction.length);
  const isCut = value !== 0 && Math.abs(value) < Math.abs(x) && distance < unit;
  // A little more than half, since the digits of x may themselves be rounded.
  return isCut || distance <= 0.51 * unit;
}

function parseSpecial(text: string): number | undefined {
  const [, sign, nan] = /^([+-]?)(?:(nan)|inf(?:inity)?)$/i.exec(text) ?? [];
  if (sign === undefined) return undefined;
  return nan !== undefined ? NaN : sign === "-" ? -Infinity : Infinity;
}

/** More significant digits than any tie between two float32 values has. */
const ENOUGH = 200;

/**
 * The sign of |decimal| − `size`, exactly; `size` is a multiple of 2⁻¹⁵⁰ below 2¹²⁸ and near the
 * decimal.
 */
function compareDecimal(decimal: string, size: number): number {
  const [, integer = "", fraction = "", exponent = "0"] = DECIMAL.exec(decimal)!;
  const digits = (integer + fraction).replace(/^0+/, "");
  const kept = digits.slice(0, ENOUGH);
  // All that matters is whether there is something.
  const rest = /[1-9]/.test(digits.slice(ENOUGH)) ? "1" : "0";
  const power = Number(exponent) - fraction.length + digits.length - kept.length - 1;
  const left = BigInt(kept + rest) * 2n ** 150n * 10n ** BigInt(Math.max(power, 0));
  const right = BigInt(size * 2 ** 150) * 10n ** BigInt(Math.max(-power, 0));
  return left < right ? -1 : left > right ? 1 : 0;
}
