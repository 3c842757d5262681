/**
 * Single float32 values as NumPy prints them, alone and as elements of an array.
 *
 * @module
 */
import { digitsAt, shortestDigits } from "./float32.ts";

/**
 * Prints a float32 value as NumPy's `print(np.float32(x))` does.
 *
 * The shortest digits that read back to `x`, with a point for 0 and for 0.0001 ≤ |`x`| < 10¹⁶,
 * otherwise with an exponent.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatScalar } from "./format_number.ts";
 * assertEquals(formatScalar(3), "3.0");
 * assertEquals(formatScalar(1e-5), "1e-05");
 * ```
 */
export function formatScalar(x: number): string {
  const value = Math.fround(x);
  if (!Number.isFinite(value)) return specialText(value);
  const magnitude = Math.abs(value);
  // The limits are doubles: the float32 nearest to 0.0001 is below its limit.
  if (magnitude !== 0 && !(magnitude >= 1e-4 && magnitude < 1e16)) {
    return elementExponentText(value, Infinity).replace(".e", "e");
  }
  const { negative, digits, exponent } = shortestDigits(value);
  const text = placePoint(
    digits.padEnd(exponent + 1, "0"),
    Math.max(0, digits.length - 1 - exponent),
  );
  return (negative ? "-" : "") + text.replace(/\.$/, ".0");
}

/** `nan`, `inf` or `-inf`. */
export function specialText(x: number): string {
  return x !== x ? "nan" : x > 0 ? "inf" : "-inf";
}

/**
 * The text of one element in a printed array without exponents, before padding: `0.6`, `3.`,
 * `-0.05238715`.
 *
 * The shortest digits that read back to `x`; if that is more than `precision` fractional digits
 * (default 8), the exact value rounded to so many, ties to even, without zeros at the end.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { elementText } from "./format_number.ts";
 * assertEquals(elementText(1.56), "1.56");
 * assertEquals(elementText(3), "3.");
 * assertEquals(elementText(-0.052387150), "-0.05238715");
 * ```
 */
export function elementText(x: number, precision: number = 8): string {
  const value = Math.fround(x);
  if (!Number.isFinite(value)) return specialText(value);
  const { negative, digits, exponent } = shortestDigits(value);
  const shortest = digits.length - 1 - exponent;
  const length = Math.min(Math.max(0, shortest), precision);
  const kept = length === shortest ? digits : digitsAt(value, -length).digits.toString();
  return (negative ? "-" : "") + placePoint(kept, length);
}

/** Puts the point before the last `fractionLength` digits and drops the zeros at the end. */
function placePoint(digits: string, fractionLength: number): string {
  const padded = digits.padStart(fractionLength + 1, "0");
  const point = padded.length - fractionLength;
  return `${padded.slice(0, point)}.${padded.slice(point).replace(/0+$/, "")}`;
}

/**
 * The text of one element in a printed array with exponents, before padding:
 * `1.e-10`, `1.2345678e+10`.
 *
 * The shortest digits that read back to `x`; if that is more than `precision` fractional digits
 * (default 8), the exact value rounded to so many, without zeros at the end. With
 * `minDigits`, which is at most `precision`, it has at least so many fractional digits, again of
 * the exact value: NumPy prints every element of an array with as many as the longest one has.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { elementExponentText } from "./format_number.ts";
 * assertEquals(elementExponentText(0.3), "3.e-01");
 * assertEquals(elementExponentText(0.3, 8, 7), "3.0000001e-01");
 * ```
 */
export function elementExponentText(
  x: number,
  precision: number = 8,
  minDigits: number = 0,
): string {
  const value = Math.fround(x);
  if (!Number.isFinite(value)) return specialText(value);
  let { negative, digits, exponent } = shortestDigits(value);
  const wanted = Math.min(Math.max(digits.length - 1, minDigits), precision);
  if (wanted !== digits.length - 1 && value !== 0) {
    // The shortest digits may have been rounded up to the next power of ten; count places from the
    // exact value.
    if (Math.abs(value) < Number(`1e${exponent}`)) exponent--;
    digits = digitsAt(value, exponent - wanted).digits.toString();
    exponent += digits.length - 1 - wanted;
  }
  const fraction = digits.slice(1, wanted + 1).replace(/0+$/, "").padEnd(minDigits, "0");
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `${negative ? "-" : ""}${digits[0]}.${fraction}e${exponent < 0 ? "-" : "+"}${power}`;
}
