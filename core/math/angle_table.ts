/**
 * Constants of atan, asin, acos and atan2, and the arc tangents that they read from tables.
 *
 * `scripts/maintain/math_tables.py` writes them into `../testdata/math_tables.json`, with which a
 * test compares these.
 *
 * @module
 */
import type { DoubleDouble } from "./double_double.ts";
import { arctangent, toDoubleDouble } from "./fixed_point.ts";

/** pi, rounded to a double. */
export const PI_HIGH: number = 3.141592653589793;

/** What is left of it, rounded to a double. */
export const PI_LOW: number = 1.2246467991473532e-16;

/** pi / 2, rounded to a double. */
export const HALF_PI_HIGH: number = 1.5707963267948966;

/** What is left of it, rounded to a double. */
export const HALF_PI_LOW: number = 6.123233995736766e-17;

/**
 * Computes atan(i/32) for i from 0 to 32, each as two doubles whose sum it is.
 *
 * Each is the one before it and the angle between them, whose tangent is 32/(1024 + i(i − 1))
 * (4.4.34 of the sources of `fixed_point.ts`), of which few terms are needed: within 2¹⁴ of its
 * units.
 */
export function arctangents(): DoubleDouble[] {
  let angle = 0n;
  return Array.from({ length: 33 }, (_, i) => {
    if (i > 0) angle += arctangent(32n, BigInt(1024 + i * (i - 1)));
    return toDoubleDouble(angle);
  });
}
