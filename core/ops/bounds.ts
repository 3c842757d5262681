/**
 * What the rows' error bounds share. The derivation is in `verify/README.md`.
 *
 * @module
 */

/**
 * The error of a product whose factors are off by at most `ea` and `eb`: `|a|·eb + |b|·ea + ea·eb`.
 *
 * An exact factor contributes nothing, however large the other.
 */
export function productSpread(a: number, ea: number, b: number, eb: number): number {
  return (eb === 0 ? 0 : Math.abs(a) * eb + ea * eb) + (ea === 0 ? 0 : Math.abs(b) * ea);
}

/** The largest size of a term of a sum; infinite and NaN terms decide the sum without rounding and count as 0. */
export function finiteMagnitude(value: number, e: number): number {
  return Number.isFinite(value) ? Math.abs(value) + e : 0;
}
