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

/** Throws a `RangeError` for a value that the dtype does not have. */
export function checkValues(action: string, values: ArrayLike<number>, dtype: DType): void {
  if (dtype === "float32") return;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const fits = dtype === "bool"
      ? value === 0 || value === 1
      : Number.isInteger(value) && Math.abs(value) <= LARGEST_INTEGER;
    if (fits) continue;
    const expected = dtype === "bool" ? "0 or 1" : "a whole number within ±2^24";
    throw new RangeError(`Cannot ${action}: ${dtype} value ${i} is ${value}, expected ${expected}`);
  }
}
