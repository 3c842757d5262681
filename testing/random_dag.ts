/**
 * Large random graphs whose values stay small, for tests of plans and of the walk of gradients.
 *
 * @module
 */
import type { Node } from "../core/graph.ts";
import type { Draw } from "./op_graphs.ts";
import {
  add,
  addN,
  mul,
  neg,
  placeholder,
  reduceMean,
  sigmoid,
  sub,
} from "../core/functions/mod.ts";

/** A graph of placeholders and `size` ops on them, in the order in which they were made. */
export interface RandomDag {
  readonly inputs: readonly Node[];
  readonly nodes: readonly Node[];
}

/** Makes a graph of `size` ops on eight placeholders of two shapes; some have up to 20 operands. */
export function randomDag(draw: Draw, size: number): RandomDag {
  const inputs = Array.from({ length: 8 }, (_, i) => placeholder(i % 2 === 0 ? [3] : [2, 3]));
  const nodes: Node[] = [...inputs];
  const pick = (list: readonly Node[]) => list[draw.below(list.length)]!;
  // Mostly recent nodes, so that graphs are deep; at times an early one, so that buffers are kept.
  const recent = () => pick(draw.next() < 0.7 ? nodes.slice(-12) : nodes);
  while (nodes.length < inputs.length + size) {
    const [a, b] = [recent(), recent()];
    const same = nodes.filter(({ shape }) => shape.length === a.shape.length);
    nodes.push([
      () => add(mul(a, 0.5), b),
      () => sub(a, mul(b, 0.25)),
      () => sigmoid(mul(a, b)),
      () => neg(sigmoid(a)),
      () => add(sigmoid(a), reduceMean(b, { axis: -1, keepDims: true })),
      () => mul(addN(Array.from({ length: 1 + draw.below(20) }, () => pick(same))), 0.05),
    ][draw.below(6)]!());
  }
  return { inputs, nodes: nodes.slice(inputs.length) };
}
