/**
 * The public functions of all ops.
 *
 * Written from the rows by `deno task ops`.
 *
 * @module
 */
export * from "./arithmetic.ts";
export * from "./control.ts";
export * from "./exponential.ts";
export * from "./movement.ts";
export * from "./products.ts";
export * from "./reduction.ts";
export { constant, type Operand, placeholder, type SourceOptions, variable } from "./sources.ts";
