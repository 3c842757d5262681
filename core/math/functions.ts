/**
 * The elementary functions by name.
 *
 * @module
 */
import { acos, asin, atan } from "./angle.ts";
import { erf, erfc } from "./erf.ts";
import { exp } from "./exp.ts";
import { expm1 } from "./expm1.ts";
import { cosh, sinh, tanh } from "./hyperbolic.ts";
import { acosh, asinh, atanh } from "./inverse_hyperbolic.ts";
import { log, log1p } from "./log.ts";
import { rsqrt } from "./rsqrt.ts";
import { sigmoid } from "./sigmoid.ts";
import { logSigmoid, softplus } from "./softplus.ts";
import { cos, sin, tan } from "./turn.ts";

/** Every function of one argument: a float32 value in, the nearest float32 value out. */
export const functions: Readonly<Record<string, (x: number) => number>> = {
  exp,
  expm1,
  log,
  log1p,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  asinh,
  acosh,
  atanh,
  erf,
  erfc,
  sigmoid,
  softplus,
  logSigmoid,
  rsqrt,
};
