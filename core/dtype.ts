/**
 * Dtypes: what the values of a node are. All are kept as float32.
 *
 * @module
 */

/**
 * The kind of values of a node: float32; int32, whole numbers within ±2²⁴, which float32 holds
 * exactly; or bool, 0 or 1. Only float32 has gradients.
 */
export type DType = "float32" | "int32" | "bool";

/** All dtypes. */
export const DTYPES: readonly DType[] = ["float32", "int32", "bool"];

/** The largest int32 value, and the size of the least. */
const LARGEST_INTEGER = 2 ** 24;

/** What the values of a dtype are, for messages. */
const expected: Readonly<Record<DType, string>> = {
  float32: "a number",
  int32: "a whole number within ±2^24",
  bool: "0 or 1",
};

/** Throws a `RangeError` for a value that the dtype does not have. */
export function checkValues(action: string, values: ArrayLike<number>, dtype: DType): void {
  const i = wrongValue(values, dtype);
  if (i >= 0) checkValue(action, values[i]!, dtype, i);
}

/** Throws a `RangeError` unless the dtype has a value, the one at `place`. */
export function checkValue(action: string, value: number, dtype: DType, place: number): void {
  if (isValueOf(value, dtype)) return;
  throw new RangeError(
    `Cannot ${action}: ${dtype} value ${place} is ${value}, expected ${expected[dtype]}`,
  );
}

/** The place of the first value that the dtype does not have; -1 if it has all. */
export function wrongValue(values: ArrayLike<number>, dtype: DType): number {
  if (dtype === "float32") return -1;
  for (let i = 0; i < values.length; i++) if (!isValueOf(values[i]!, dtype)) return i;
  return -1;
}

/** Makes every -0 a 0: int32 and bool have no other. */
export function dropSignsOfZeros(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) values[i]! += 0;
}

/** Whether a dtype has a value. */
export function isValueOf(value: number, dtype: DType): boolean {
  if (dtype === "float32") return true;
  if (dtype === "bool") return value === 0 || value === 1;
  return Number.isInteger(value) && Math.abs(value) <= LARGEST_INTEGER;
}

/**
 * A value cast to a dtype: to int32 its whole part, to bool whether it is not 0.
 *
 * Throws a `RangeError` for a value whose whole part int32 does not have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { valueAs } from "./dtype.ts";
 * assertEquals([valueAs(-2.5, "int32"), valueAs(-2.5, "bool")], [-2, 1]);
 * ```
 */
export function valueAs(value: number, dtype: DType): number {
  if (dtype === "float32") return value;
  if (dtype === "bool") return Number(value !== 0);
  const whole = Math.trunc(value) + 0; // never -0
  if (isValueOf(whole, "int32")) return whole;
  throw new RangeError(`Cannot cast to int32: the value is ${value}, expected one within ±2^24`);
}
