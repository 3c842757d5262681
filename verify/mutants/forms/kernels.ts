/**
 * Bugs in the kernel of an op, by its form.
 *
 * @module
 */
import type { Op } from "../../../core/op.ts";
import { type OpName, ops } from "../../../core/ops/table.ts";
import { elementwiseBugs } from "./elementwise.ts";
import type { OpGraph } from "./graph.ts";
import { type KernelBug, referenceOf } from "./kernel.ts";
import { multilinearBugs } from "./multilinear.ts";
import type { OpMutant, Planted } from "./mutant.ts";
import { selectionBugs } from "./selection.ts";

/** All bugs in the kernel of an op. */
export function kernelMutants(op: OpName): OpMutant[] {
  return bugsOf(ops[op]).map(({ name, wrong, harmless = () => null }) => ({
    op,
    name: `${op}: ${name}`,
    plant(graph: OpGraph): Planted | null {
      const { node } = graph;
      const inputs = graph.operands();
      const values = wrong(node, inputs);
      if (values === null) return null;
      return {
        judged: "value",
        values: () => [Float32Array.from(values)],
        right: () => [Float32Array.from(referenceOf(node, inputs))],
        harmless: () => harmless(node),
      };
    },
  }));
}

function bugsOf(row: Op): KernelBug[] {
  switch (row.form.name) {
    case "source":
      return [];
    case "elementwise":
      return elementwiseBugs(row);
    case "multilinear":
      return multilinearBugs(row);
    case "selection":
      return selectionBugs(row);
  }
}
