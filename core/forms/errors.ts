/**
 * What the rows' error bounds share. The derivation is in `verify/README.md`.
 *
 * @module
 */
import type { DType } from "../dtype.ts";

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
 * The error of a quotient whose operands are off by at most `ea` and `eb`, infinite where the
 * divisor may be 0.
 *
 * (a ± ea)/(b ± eb) − a/b = (±ea ∓ eb·a/b)/(b ± eb).
 */
export function quotientSpread(a: number, ea: number, b: number, eb: number): number {
  if (decides(a, ea, b, eb) || decides(b, eb, a, ea)) return 0;
  if (b === 0 && eb === 0 && Math.abs(a) > ea) return 0; // infinite for certain
  const nearest = Math.abs(b) - eb;
  return nearest > 0 ? (ea + eb * Math.abs(a / b)) / nearest : Infinity;
}

/**
 * The largest size of a term of a sum; infinite and NaN terms decide the sum without rounding and
 * count as 0.
 */
export function finiteMagnitude(value: number, e: number): number {
  return Number.isFinite(value) ? Math.abs(value) + e : 0;
}

/**
 * Whether the values around `a` and `b`, off by at most `ea` and `eb`, may tie, or be in the other
 * order than `a` and `b`.
 */
export function mayMeet(a: number, ea: number, b: number, eb: number): boolean {
  // Widened by more than float64 rounds either side; NaN and infinite radii may do anything.
  return !(Math.abs(a - b) > (ea + eb) * (1 + 2 ** -50));
}

/** The error of a comparison, which is true or false: 0 where it is certain, else 1. */
export function comparisonSpread(a: number, ea: number, b: number, eb: number): number {
  return isCertainlyNaN(a, ea) || isCertainlyNaN(b, eb) || !mayMeet(a, ea, b, eb) ? 0 : 1;
}

/** The error of the larger of two values: that of the one which wins, if one wins for certain. */
export function maximumSpread(a: number, ea: number, b: number, eb: number): number {
  if (isCertainlyNaN(a, ea) || isCertainlyNaN(b, eb)) return 0;
  if (mayMeet(a, ea, b, eb)) return Math.max(ea, eb);
  return a > b ? ea : eb;
}

/** The error of `a` where the condition `c` is 1, of `b` where it is 0. */
export function choiceSpread(
  c: number,
  ec: number,
  a: number,
  ea: number,
  b: number,
  eb: number,
): number {
  if (ec === 0) return c === 1 ? ea : eb;
  // Either may come out; both infinite or NaN alike, it does not matter which.
  const gap = Object.is(a, b) ? 0 : Math.abs(a - b);
  if (!(gap < Infinity)) return Infinity;
  const other = (gap + (c === 1 ? eb : ea)) * (1 + 2 ** -50);
  return Math.max(c === 1 ? ea : eb, other);
}

/**
 * The error of a value rounded to a whole number, given how far it is from the nearest jump: 0
 * where it is off by less than that.
 */
export function stepSpread(toJump: number, e: number): number {
  return toJump > e ? 0 : 1 + Math.floor(e);
}

/** The error of a value that is cast to a dtype. */
export function castSpread(x: number, e: number, y: number, dtype: DType): number {
  if (dtype === "float32") return e;
  const [size, whole] = [Math.abs(x), Math.abs(y)];
  if (dtype === "bool") return size > e ? 0 : 1;
  // No jump at 0: what lies within ±1 becomes 0.
  return stepSpread(Math.min(whole === 0 ? 1 : size - whole, whole + 1 - size), e);
}

/** A radius of `Infinity` says that nothing is known, NaN or not. */
function isCertainlyNaN(x: number, e: number): boolean {
  return Number.isNaN(x) && e < Infinity;
}
