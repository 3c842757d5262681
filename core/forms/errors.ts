/**
 * What the rows' error bounds share. The derivation is in `verify/README.md`.
 *
 * @module
 */

/**
 * Whether `a` decides a product or quotient with `b` alone: it is NaN, or infinite while `b` is not
 * 0, for certain.
 *
 * Both are off by at most `ea` and `eb`.
 */
export function decides(a: number, ea: number, b: number, eb: number): boolean {
  return ea === 0 && (Number.isNaN(a) || (Math.abs(a) === Infinity && Math.abs(b) > eb));
}

/**
 * The error of a product whose factors are off by at most `ea` and `eb`: `|a|·eb + |b|·ea + ea·eb`.
 *
 * An exact factor contributes nothing, however large the other.
 */
export function productSpread(a: number, ea: number, b: number, eb: number): number {
  if (decides(a, ea, b, eb) || decides(b, eb, a, ea)) return 0;
  return (eb === 0 ? 0 : Math.abs(a) * eb + ea * eb) + (ea === 0 ? 0 : Math.abs(b) * ea);
}

/**
 * The largest size of a term of a sum; infinite and NaN terms decide the sum without rounding and
 * count as 0.
 */
export function finiteMagnitude(value: number, e: number): number {
  return Number.isFinite(value) ? Math.abs(value) + e : 0;
}
