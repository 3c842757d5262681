/**
 * Bugs in the kernels of elementwise ops.
 *
 * @module
 */
import type { Node } from "../../../core/graph.ts";
import type { Op, Scalars } from "../../../core/op.ts";
import { rowOf } from "../../../core/ops/table.ts";
import { RandomStream } from "../../../core/random.ts";
import { takesOf } from "../../random_graph.ts";
import { type KernelBug, onChanged, referenceOf, rolled, withBits } from "./kernel.ts";
import { exchanged, type Operand, operandsOf, pairsOf, withOperands } from "./mutant.ts";

/** All bugs in the kernel of an elementwise op. */
export function elementwiseBugs(row: Op): KernelBug[] {
  const numbers = operandsOf(row, (taken) => taken !== "bool");
  const alike = row.takes.length === 1
    ? operandsOf(row)
    : operandsOf(row, (taken) => taken === row.takes.at(-1));
  return [
    ...operandsOf(row).map((operand) =>
      onChanged(
        "neighbour read in",
        operand,
        (x) => x.length < 2 ? null : rolled(x, 1, x.length),
      )
    ),
    ...numbers.flatMap((operand) => [
      elsewhere("sign ignored of", operand, Math.abs),
      elsewhere("cut to ±1:", operand, (x) => Math.max(-1, Math.min(x, 1))),
    ]),
    ...pairsOf(alike).map(inOtherOrder),
    { name: "last element left out", wrong: lastLeftOut },
    {
      name: "result in tf32",
      wrong: (node, inputs) => referenceOf(node, inputs).map((y) => withBits(y, 11)),
      harmless: (node) =>
        tried(node).every(([, y]) => Number.isInteger(y))
          ? "the results are small whole numbers"
          : null,
    },
  ];
}

/** A function that is right in a part of its domain, and elsewhere as if its operand lay there. */
function elsewhere(name: string, operand: Operand, change: (x: number) => number): KernelBug {
  return onChanged(name, operand, (x) => x.map(change), (node) => {
    const i = operand.at(node);
    return isSame(node, (x) => x.with(i, change(x[i]!)))
      ? "the function has the same values there"
      : null;
  });
}

/** Two operands in each other's places. */
function inOtherOrder([a, b]: readonly [Operand, Operand]): KernelBug {
  const swap = <T>(node: Node, list: readonly T[]) => exchanged(list, a.at(node), b.at(node));
  return {
    name: `${a.text} and ${b.text} swapped`,
    wrong(node, inputs) {
      const other = withOperands(node, swap(node, node.inputs));
      return other && referenceOf(other, swap(node, inputs));
    },
    harmless: (node) => isSame(node, (x) => swap(node, x)) ? "the operands commute" : null,
  };
}

/** The last element is 0, or 1 if it should be 0. */
function lastLeftOut(node: Node, inputs: Parameters<KernelBug["wrong"]>[1]) {
  const result = referenceOf(node, inputs);
  return result.with(-1, result.at(-1) === 0 ? 1 : 0);
}

/** How many times a function is tried on numbers. */
const TRIES = 500;

/** A function of numbers on random ones: half of them whole or not quite, so that some tie. */
function tried(node: Node): (readonly [x: readonly number[], y: number])[] {
  const row = rowOf(node), random = new RandomStream(0);
  const draw = (_: Node, i: number) =>
    takesOf(row, i) === "bool"
      ? random.below(2)
      : random.next() < 0.5
      ? (random.below(13) - 6) / 2
      : Math.fround(6 * random.next() - 3);
  const { exact } = scalarsOf(node);
  return Array.from({ length: TRIES }, () => {
    const x = node.inputs.map(draw);
    return [x, exact(...x)] as const;
  });
}

/** Whether a function has the same values where its operands are others. */
function isSame(node: Node, others: (x: readonly number[]) => readonly number[]): boolean {
  const { exact } = scalarsOf(node);
  return tried(node).every(([x, y]) => {
    const other = exact(...others(x));
    return other === y || (Number.isNaN(other) && Number.isNaN(y));
  });
}

function scalarsOf(node: Node): Scalars {
  const { form } = rowOf(node);
  if (form.name === "elementwise") return form.scalars(node);
  throw new TypeError(`Cannot try ${node}: it is not elementwise`);
}
