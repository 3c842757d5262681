/**
 * Ops that change what is differentiated, not what is computed.
 *
 * @module
 */
import { apply, type Node, type Op } from "../graph.ts";
import { type Operand, toNode } from "./sources.ts";

const stopGradientRow: Op = {
  arity: 1,
  attributes: {},
  infer: ([x]) => x!,
  kernel: (_, z, [x]) => () => z.set(x!),
  reference: (_, [x]) => x!,
  bound: (_, { radii: [e] }) => e!,
  gradient: () => [null],
};

const rows = { stopGradient: stopGradientRow };
export default rows;

/**
 * The same value, through which no gradient flows back.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gradients, mul, stopGradient, variable } from "../../mod.ts";
 * const x = variable(3);
 * assertEquals(gradients(stopGradient(x), x)[0], null);
 * ```
 */
export function stopGradient(x: Operand): Node {
  return apply(rows, "stopGradient", [toNode(x)], {});
}
