/**
 * Bugs in the kernels of multilinear ops.
 *
 * @module
 */
import type { Op } from "../../../core/op.ts";
import { rowOf } from "../../../core/ops/table.ts";
import { stridesOf } from "../../../core/shape.ts";
import { type Multilinear, termsOf } from "../../honest.ts";
import { type KernelBug, onChanged, referenceOf, rolled, type Values, withBits } from "./kernel.ts";
import { operandsOf } from "./mutant.ts";

/** All bugs in the kernel of a multilinear op. */
export function multilinearBugs(row: Op): KernelBug[] {
  const { copies } = row.form as Multilinear;
  return [...elsewhere(row), ...imprecise(row), ...wrongSums(copies)];
}

/** Values that are read or written in the wrong place. */
function elsewhere(row: Op): KernelBug[] {
  return [
    ...operandsOf(row).flatMap((operand) => [
      onChanged("one further along the last axis of", operand, (x, node, i) => {
        const extent = node.inputs[i]!.shape.at(-1) ?? 1;
        return extent < 2 ? null : rolled(x, 1, extent);
      }),
      onChanged("one further along the first axis of", operand, (x, node, i) => {
        const { shape } = node.inputs[i]!;
        if (shape.length < 2 || shape[0]! < 2) return null;
        return rolled(x, stridesOf(shape)[0]!, shape[0]!);
      }),
      onChanged("first and last place swapped in", operand, (x) => endsSwapped(x)),
    ]),
    {
      name: "first and last place of the result swapped",
      wrong: (node, inputs) => endsSwapped(referenceOf(node, inputs)),
    },
  ];
}

function endsSwapped(x: Values): Values | null {
  if (x.length < 2) return null;
  const swapped = x.slice();
  [swapped[0], swapped[x.length - 1]] = [x[x.length - 1]!, x[0]!];
  return swapped;
}

/** Values that are read with too few bits. */
function imprecise(row: Op): KernelBug[] {
  return operandsOf(row, (taken) => taken !== "int32" && taken !== "bool").flatMap((operand) => [
    onChanged("tf32 for float32 in", operand, (x) => x.map((value) => withBits(value, 11))),
    onChanged("cut to bfloat16:", operand, (x) => x.map(cut)),
  ]);
}

/** A value with the bits that bfloat16 has no room for cut off. */
function cut(x: number): number {
  const word = new Uint32Array(Float32Array.of(x).buffer);
  word[0]! &= 0xffff0000;
  return new Float32Array(word.buffer)[0]!;
}

/** Sums of the wrong terms, or divided by a wrong number. */
function wrongSums(copies: boolean): KernelBug[] {
  const sum = (terms: Values) => terms.reduce((total, term) => total + term, 0);
  const leftOut = ofTerms("last term left out", (t) => t.length < 1 ? null : sum(t.slice(0, -1)));
  if (copies) return [leftOut];
  return [
    leftOut,
    ofTerms("last term twice", (t) => t.length < 1 ? null : sum(t) + t.at(-1)!),
    ofTerms(
      "sum in bfloat16",
      (terms) =>
        terms.length < 2 ? null : terms.reduce((total, term) => withBits(total + term, 8), 0),
    ),
    ofTerms(
      "divisor one too large",
      (terms, divisor) => terms.length < 1 ? null : sum(terms) * divisor / (divisor + 1),
    ),
  ];
}

/** Another sum of the terms of each element; `null` where no element has another. */
function ofTerms(
  name: string,
  wrong: (terms: Values, divisor: number) => number | null,
): KernelBug {
  return {
    name,
    wrong(node, inputs) {
      const form = rowOf(node).form as Multilinear;
      const { starts, terms } = termsOf(node, form, inputs);
      const divisor = form.divisor(node) ?? 1, right = referenceOf(node, inputs);
      let changes = false;
      const result = right.map((value, k) => {
        const sum = wrong(terms.subarray(starts[k]!, starts[k + 1]!), divisor);
        changes ||= sum !== null;
        return sum === null ? value : sum / divisor;
      });
      return changes ? result : null;
    },
  };
}
