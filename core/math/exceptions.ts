/**
 * The inputs, by their bits, where the float64 value of a function lies on the other side of a
 * midpoint of two float32 values than the exact value, so that `roundToFloat32` takes the other
 * neighbour.
 *
 * Found by `deno task exhaust`, which compares with MPFR over all 2³² inputs: the lists are
 * complete. Those of odd and even functions name each input with both signs.
 *
 * @module
 */

/** Exceptions of log. */
export const LOG: readonly number[] = [
  0x65d890d3,
  0x4c5d65a5,
  0x4d604ebe,
  0x41178feb,
  0x6f31a8ec,
];
/** Exceptions of log1p. */
export const LOG1P: readonly number[] = [
  0x35400003,
  0xb53ffffd,
  0x65d890d3,
  0x3710001b,
  0xb70fffe5,
  0x41078feb,
  0xbb0ec8c4,
  0x6f31a8ec,
];
/** Exceptions of softplus, and of logSigmoid with the other sign. */
export const SOFTPLUS: readonly number[] = [0x39ea41d0];
/** Exceptions of asinh. */
export const ASINH: readonly number[] = [
  0x655890d3,
  0xe55890d3,
  0x4ce04ebe,
  0xcce04ebe,
  0x4bdd65a5,
  0xcbdd65a5,
  0x5e68984e,
  0xde68984e,
];
/** Exceptions of acosh. */
export const ACOSH: readonly number[] = [0x655890d3, 0x4ce04ebe, 0x5e68984e];
/** Exceptions of sin. */
export const SIN: readonly number[] = [0x46199998, 0xc6199998];
/** Exceptions of cos. */
export const COS: readonly number[] = [0x6115cb11, 0xe115cb11, 0x5f18b878, 0xdf18b878];
/** Exceptions of atan. */
export const ATAN: readonly number[] = [0x3d8d6b23, 0xbd8d6b23];
/** Exceptions of acos. */
export const ACOS: readonly number[] = [0x39826222, 0x328885a3];
/** Exceptions of erfc. */
export const ERFC: readonly number[] = [0xb76c9f62];
