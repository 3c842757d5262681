/**
 * What a mutant is: an engine with one planted gradient bug.
 *
 * @module
 */
import type { Case, CaseTensor } from "../../cases/mod.ts";
import { type GraphFunctions, graphFunctions } from "../../cases/case.ts";
import { evaluate } from "../../core/evaluate.ts";
import { apply, type Node, postorder } from "../../core/graph.ts";
import { type OpName, ops } from "../../core/ops/table.ts";
import type { Tensor } from "../../core/tensor.ts";
import { allowances } from "../allowance.ts";
import { evaluateFloat64 } from "../exact.ts";
import { sourceValue } from "../../core/functions/sources.ts";

/**
 * Where a bug is planted: a gradient rule, the walk through the graph, the kernel of an op, the
 * plan that runs the graph, or the inputs.
 */
export const mutantKinds = ["rule", "walk", "kernel", "plan", "inputs"] as const;

/** Where the bug of a mutant is planted. */
export type MutantKind = typeof mutantKinds[number];

/** What a wrong program makes of the gradients of a case. */
export interface MutantValues {
  /** Gradient tensors by name, in float32. */
  readonly values: ReadonlyMap<string, Float32Array>;
  /**
   * What the wrong program computes without rounding: tells a harmless bug from one that rounding
   * hides.
   */
  readonly exact: ReadonlyMap<string, Float64Array>;
}

/** An engine with one planted gradient bug. */
export interface Mutant {
  readonly name: string;
  readonly kind: MutantKind;
  /** Computes the gradients of a case with the bug in place; throws where the bug does. */
  readonly compute: (c: Case) => MutantValues;
}

/** A bug in how gradients are built: a wrong rule, or a wrong walk. */
export function wrongGradients(
  name: string,
  kind: "rule" | "walk",
  gradients: GraphFunctions["gradients"],
): Mutant {
  return {
    name,
    kind,
    compute(c) {
      const tensors = gradientsOf(c.build({ gradients }));
      const nodes = tensors.map(({ node }) => node);
      const exact = evaluateFloat64(nodes, allowances.any);
      const values = evaluate(nodes);
      return collect(
        tensors,
        (node) => values.get(node)!,
        (node) => exact.get(node)!.values,
      );
    },
  };
}

/**
 * A bug in an op's kernel, as a graph in which other nodes compute what the op does; `replaced`
 * gives the node in place of one that is computed wrong, from its inputs, and `null` for any other.
 */
export function wrongKernel(
  name: string,
  replaced: (node: Node, inputs: readonly Node[]) => Node | null,
): Mutant {
  return {
    name,
    kind: "kernel",
    compute(c) {
      const tensors = honestTensors(c);
      const wrong = new Map<Node, Node>();
      for (const node of postorder(tensors.map(({ node }) => node))) {
        const inputs = node.inputs.map((input) => wrong.get(input)!);
        const same = () =>
          inputs.length === 0 ? node : apply(ops, node.op as OpName, inputs, node.attributes);
        wrong.set(node, replaced(node, inputs) ?? same());
      }
      const nodes = tensors.map(({ node }) => wrong.get(node)!);
      const exact = evaluateFloat64(nodes, allowances.any);
      const values = evaluate(nodes);
      return collect(
        tensors,
        (node) => values.get(wrong.get(node)!)!,
        (node) => exact.get(wrong.get(node)!)!.values,
      );
    },
  };
}

/** A bug in the inputs: the case is computed right, on other values. */
export function wrongInputs(
  name: string,
  change: (input: CaseTensor, value: Tensor) => Tensor,
): Mutant {
  return {
    name,
    kind: "inputs",
    compute(c) {
      const built = c.build();
      const inputs = built.filter(({ role }) => role === "input");
      const feeds = new Map(
        inputs.map((input) => [input.node, change(input, sourceValue(input.node)!).data]),
      );
      const tensors = gradientsOf(built);
      const nodes = tensors.map(({ node }) => node);
      const values = evaluate(nodes, feeds);
      const exact = evaluateFloat64(nodes, allowances.any, feeds);
      return collect(
        tensors,
        (node) => values.get(node)!,
        (node) => exact.get(node)!.values,
      );
    },
  };
}

/** The gradients of a case as the core computes them without a bug. */
export function honestTensors(c: Case): CaseTensor[] {
  return gradientsOf(c.build(graphFunctions));
}

/** The tensors of role `gradient`. */
export function gradientsOf(tensors: readonly CaseTensor[]): CaseTensor[] {
  return tensors.filter(({ role }) => role === "gradient");
}

/** Values and exact values by name. */
export function collect(
  tensors: readonly CaseTensor[],
  values: (node: Node) => Float32Array,
  exact: (node: Node) => Float64Array,
): MutantValues {
  return {
    values: new Map(tensors.map(({ name, node }) => [name, values(node)])),
    exact: new Map(tensors.map(({ name, node }) => [name, exact(node)])),
  };
}
