/**
 * Bugs in kernels: what those of all forms share.
 *
 * A kernel with a bug computes in double and rounds once to float32: an honest engine, but for the
 * bug.
 *
 * @module
 */
import type { Node } from "../../../core/graph.ts";
import { rowOf } from "../../../core/ops/table.ts";
import type { Operand } from "./mutant.ts";

/** Values of the operands, or of a result. */
export type Values = Float64Array;

/** A bug in a kernel. */
export interface KernelBug {
  readonly name: string;
  /** The result of a node with the bug; `null` where there is no place for it. */
  readonly wrong: (node: Node, inputs: readonly Values[]) => Values | null;
  /** Why it changes nothing, by nature; `null` if it should. */
  readonly harmless?: (node: Node) => string | null;
}

/** The result of a node in double. */
export function referenceOf(node: Node, inputs: readonly Values[]): Values {
  const { reference } = rowOf(node);
  if (reference === "source") throw new TypeError(`Cannot compute ${node}: it is a source`);
  return reference(node as never, inputs);
}

/** The right result of changed operands. */
export function onChanged(
  name: string,
  operand: Operand,
  change: (values: Values, node: Node, i: number) => Values | null,
  harmless?: KernelBug["harmless"],
): KernelBug {
  const wrong: KernelBug["wrong"] = (node, inputs) => {
    const i = operand.at(node);
    const changed = change(inputs[i]!, node, i);
    return changed && referenceOf(node, inputs.with(i, changed));
  };
  return { name: `${name} ${operand.text}`, wrong, ...harmless && { harmless } };
}

/** What lies one further along an axis of the given stride and extent, the first after the last. */
export function rolled(x: Values, stride: number, extent: number): Values {
  return x.map((_, i) => {
    const at = Math.floor(i / stride) % extent;
    return x[i + ((at + 1) % extent - at) * stride]!;
  });
}

/** A value with so many significant bits, the nearest one: 8 are bfloat16, 11 tf32. */
export function withBits(x: number, bits: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(x))) + 1 - bits);
  return Math.round(x / unit) * unit;
}
