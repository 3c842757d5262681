/**
 * The public functions of all ops.
 *
 * Written from the rows by `deno task ops`.
 *
 * @module
 */
export * from "./arithmetic.ts";
export * from "./choice.ts";
export * from "./comparison.ts";
export * from "./control.ts";
export * from "./exponential.ts";
export * from "./hyperbolic.ts";
export * from "./indexing.ts";
export * from "./movement.ts";
export * from "./products.ts";
export * from "./reduction.ts";
export * from "./rounding.ts";
export * from "./selection.ts";
export type { Operand, SourceOptions, Value } from "./sources.ts";
export { constant, placeholder, variable } from "./sources.ts";
export * from "./special.ts";
export * from "./trigonometric.ts";
