/**
 * What a printed number stands for: the set of float32 values that print to its text.
 *
 * @module
 */
import { digitsAt, fromOrdinal, ordinal, shortestDigits, ulpDistance } from "../core/float32.ts";
import { check, number as anyNumber, oneOf, text as anyText } from "../core/check.ts";
import { elementText, formatScalar } from "../core/format.ts";
import { quoted } from "./source_text.ts";

/**
 * How NumPy 1.14 to 1.24 prints one float32:
 *
 * - `array`: an element of an array; the shortest digits, cut at 8 fractional digits by rounding
 *   the exact binary value.
 * - `array-exponent`: an element of an array that NumPy prints with exponents; the shortest
 *   digits, filled up to the length of the longest element's: with zeros up to NumPy 1.20, with the
 *   exact value's digits since. Both are read.
 * - `scalar`: a scalar; the shortest digits.
 */
export type PrintFormat = "array" | "array-exponent" | "scalar";

/** All print formats. */
export const printFormats: readonly PrintFormat[] = ["array", "array-exponent", "scalar"];
const printFormat = oneOf(printFormats);

/**
 * The float32 values that print to one text. They are neighbours, so the ends and their number say
 * it all.
 *
 * For `nan` both ends are NaN.
 */
export interface PrintedSet {
  /** The smallest of them. */
  readonly lowest: number;
  /** The largest of them. */
  readonly highest: number;
  /** How many they are. */
  readonly count: number;
}

/**
 * NumPy prints an array without exponents only if its finite non-zero magnitudes lie in [1e-4,
 * 1e8).
 */
const smallestPlain = ordinal(1e-4) + 1; // float32(1e-4) is below 1e-4
const largestPlain = ordinal(1e8) - 1;
/** From here on float32 values are spaced wider than 1. */
const WIDE = 2 ** 24;

/**
 * The set of float32 values that print to `text` in the given format.
 *
 * The printed text grows with the value, so the ends are found by bisection over all float32 values
 * of one sign. Throws a `SyntaxError` if no float32 value prints so.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { printedSet } from "./printed.ts";
 * const { lowest, highest, count } = printedSet("0.05094419", "array");
 * assertEquals(count, 3);
 * assert(lowest < highest);
 * ```
 */
export function printedSet(text: string, format: PrintFormat): PrintedSet {
  check("read a printed number", "text", text, anyText);
  check("read a printed number", "format", format, printFormat);
  const [, sign, magnitude = ""] = /^(-?)(.*)$/s.exec(text)!;
  const found = magnitudes(magnitude, format);
  if (found === undefined || text === "-nan") throw notPrinted(text, format);
  const [low, high] = found;
  const count = low === low ? ordinal(high) - ordinal(low) + 1 : 1;
  return sign === "-"
    ? { lowest: -high, highest: -low, count }
    : { lowest: low, highest: high, count };
}

/**
 * How many float32 steps `value` is away from the nearest value that prints to `text`; 0 if it
 * prints so itself.
 *
 * A zero of the wrong sign counts as 1 step. NaN, and an infinity, is `Infinity` away from
 * everything but itself.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { distanceToPrinted } from "./printed.ts";
 * assertEquals(distanceToPrinted(Math.fround(1.56), "1.56", "array"), 0);
 * assertEquals(distanceToPrinted(NaN, "1.56", "array"), Infinity);
 * ```
 */
export function distanceToPrinted(value: number, text: string, format: PrintFormat): number {
  check("measure a distance", "value", value, anyNumber);
  const { lowest, highest } = printedSet(text, format);
  const x = Math.fround(value);
  if (x === 0 && lowest === 0) return Object.is(x, lowest) ? 0 : 1;
  if (lowest <= x && x <= highest) return 0;
  return Math.min(ulpDistance(x, lowest), ulpDistance(x, highest));
}

/**
 * No float32 prints longer: the smallest have 149 digits behind the point, where none is left out.
 */
const LONGEST = 200;

/** The ends of the set of a text without sign; `undefined` if nothing prints so. */
function magnitudes(text: string, format: PrintFormat): readonly [number, number] | undefined {
  if (text.length > LONGEST) return undefined;
  if (text === "nan") return [NaN, NaN];
  if (text === "inf") return [Infinity, Infinity];
  const [, integer, fraction = "", exponent = "0"] =
    /^(\d+)(?:\.(\d*))?(?:e([+-]\d{2}))?$/.exec(text) ?? [];
  if (integer === undefined) return undefined;
  if (format !== "scalar" && text.includes("e") !== (format === "array-exponent")) return undefined;
  const value = Number(text);
  if (value === 0) {
    const zero = { "array": "0.", "array-exponent": `0.${fraction}e+00`, "scalar": "0.0" }[format];
    return text === zero ? [0, 0] : undefined;
  }
  const [first, last] = format === "array"
    ? [smallestPlain, largestPlain]
    : [1, ordinal(Infinity) - 1];
  if (format === "array-exponent" || (format === "array" && value >= WIDE)) {
    const layout = format === "array" ? /^[1-9]\d*\.$/ : /^[1-9]\.\d*e/;
    const found = filled(
      BigInt(integer + fraction),
      Number(exponent) - fraction.length,
      value,
      last,
    );
    return found !== undefined && layout.test(text) ? [found, found] : undefined;
  }
  const print = format === "array" ? elementText : formatScalar;
  const printed = (n: number): number => Number(print(fromOrdinal(n)));
  const low = firstWhere(first, last + 1, (n) => printed(n) >= value);
  const end = firstWhere(low, last + 1, (n) => printed(n) > value);
  return low < end && print(fromOrdinal(low)) === text
    ? [fromOrdinal(low), fromOrdinal(end - 1)]
    : undefined;
}

/**
 * The value whose shortest digits, filled up to the place 10^`place`, are `digits`: with zeros or
 * with exact digits.
 *
 * There is at most one: either way the digits read back to the value, so it is the float32 nearest
 * to `near`, the number that they name rounded to double, or next to it.
 */
function filled(digits: bigint, place: number, near: number, last: number): number | undefined {
  const middle = ordinal(near);
  return [middle, middle - 1, middle + 1].filter((n) => n >= 1 && n <= last).map(fromOrdinal).find(
    (value) => {
      const shortest = shortestDigits(value);
      const zeros = shortest.exponent - shortest.digits.length + 1 - place;
      return zeros >= 0 &&
        (digits === BigInt(shortest.digits + "0".repeat(zeros)) ||
          digits === digitsAt(value, place).digits);
    },
  );
}

function notPrinted(text: string, format: PrintFormat): SyntaxError {
  const where = {
    "array": "in an array",
    "array-exponent": "in an array with exponents",
    "scalar": "as a scalar",
  };
  return new SyntaxError(
    `Cannot read a printed number: no float32 value prints as ${quoted(text)} ${where[format]}`,
  );
}

/**
 * The first whole number in [from, to) that satisfies a condition that stays true once it is; `to`
 * if none does.
 */
function firstWhere(from: number, to: number, holds: (n: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
