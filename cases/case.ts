/**
 * Cases: what is computed, and how it is run.
 *
 * @module
 */
import {
  callable,
  check,
  checkOptions,
  checkParts,
  checkRecord,
  type Kind,
  list,
  listOf,
  oneOf,
  record,
  shown,
  text,
} from "../core/check.ts";
import { gradients } from "../core/gradients.ts";
import { type Node, nodeKind } from "../core/graph.ts";
import { compile } from "../core/plan.ts";
import type { Tensor } from "../core/tensor.ts";
import { sourceValue } from "../core/functions/sources.ts";

/**
 * What a tensor is in its case: given, computed, or the gradient of the target with respect to
 * another.
 */
export type Role = "input" | "forward" | "gradient";

/**
 * A named tensor of a case. Names hold no slash and serve as column names: `W_A`, `logits`, `dW_A`.
 */
export interface CaseTensor {
  /** The name; unique in its case. */
  readonly name: string;
  /** What it is there for. */
  readonly role: Role;
  /** What computes it. */
  readonly node: Node;
  /** For a gradient, what it is the gradient of; a judge then checks it by forward mode. */
  readonly derivative?: Derivative;
}

/** The gradient of the sum of `ys`, each weighted by its upstream gradient, with respect to `x`. */
export interface Derivative {
  /** The targets. */
  readonly ys: readonly Node[];
  /** The node with respect to which they are differentiated. */
  readonly x: Node;
  /** One upstream gradient per y; ones where `null`. */
  readonly gradYs: readonly (Node | null)[];
  /** Nodes that count as constants. */
  readonly stopGradients: readonly Node[];
}

/** What a case is built with; a judge may pass a `gradients` that is wrong on purpose. */
export interface GraphFunctions {
  /** Builds gradients, as `gradients` of `mod.ts` does. */
  readonly gradients: typeof gradients;
}

/**
 * A parameterized computation whose gradients are checked.
 *
 * A case is a value: `build` makes its graph anew each time. Inputs are variables, so they have
 * values and can be fed.
 */
export interface Case {
  /** Stable and readable, such as `notebook/n=2/target=y_mean/upstream=none/auto`. */
  readonly id: string;
  /** One sentence for people. */
  readonly description: string;
  /** The parameters that the id spells. */
  readonly parameters: Readonly<Record<string, string | number>>;
  /**
   * Names of tensors that may be undecidable: their overflow, pole or kink is meant. None where
   * missing.
   */
  readonly undecidable?: readonly string[];
  /**
   * Names of products of random inputs, 64 elements at least, that an engine which truncates gives
   * away by the signs of its errors. None where missing.
   */
  readonly signs?: readonly string[];
  /** Builds the graph; the order of the tensors is the order of the columns of a dataset. */
  build(by?: GraphFunctions): readonly CaseTensor[];
}

/** A case ready to be run on its own inputs or on others. */
export interface CompiledCase {
  /** The id of the case. */
  readonly id: string;
  /** Its parameters. */
  readonly parameters: Readonly<Record<string, string | number>>;
  /** All tensors, in order. */
  readonly tensors: readonly CaseTensor[];
  /** Those of role `input`, in order. */
  readonly inputs: readonly CaseTensor[];
  /**
   * Computes all tensors, in order, from one value per input; from the case's own values by
   * default.
   *
   * Returns the same tensors each time, valid until the next run.
   */
  run(inputs?: readonly Tensor[]): readonly Tensor[];
}

/** A case: an object with an id and a function that builds it; what else it has is for people. */
export const caseKind: Kind = {
  expected: "a case",
  isType(value) {
    if (!record.isType(value)) return false;
    const { id, build, undecidable = [], signs = [] } = value as Partial<Case>;
    return typeof id === "string" && typeof build === "function" && list.isType(undecidable) &&
      list.isType(signs);
  },
};

const roleKind = oneOf(["input", "forward", "gradient"]);

/** Throws unless `tensors` is a list of tensors of a case; `what` names it in the message. */
function checkTensors(action: string, what: string, tensors: unknown): void {
  check(action, what, tensors, list);
  (tensors as readonly unknown[]).forEach((tensor, i) => {
    checkParts(action, `${what}[${i}]`, tensor, { name: text, role: roleKind, node: nodeKind });
  });
}

/** The tensors that a case builds, checked. */
export function builtTensors(action: string, c: Case): readonly CaseTensor[] {
  const tensors = c.build();
  checkTensors(action, "tensors", tensors);
  return tensors;
}

/**
 * Throws a `TypeError` unless `c` has the parts of a compiled case.
 *
 * @internal
 */
export function checkCompiled(action: string, c: unknown): asserts c is CompiledCase {
  checkParts(action, "the compiled case", c, { id: text, parameters: record, run: callable });
  const { tensors, inputs } = c as CompiledCase;
  checkTensors(action, "tensors", tensors);
  checkTensors(action, "inputs", inputs);
}

/** The functions of the core. */
export const graphFunctions: GraphFunctions = { gradients };

/** Named nodes as tensors of one role. */
export function tensorsOf(role: Role, nodes: Readonly<Record<string, Node>>): CaseTensor[] {
  check("name tensors", "role", role, roleKind);
  checkRecord("name tensors", "node", nodes, nodeKind);
  return Object.entries(nodes).map(([name, node]) => ({ name, role, node }));
}

/** What to differentiate, and how; see `gradients`. */
export interface GradientRequest {
  /** The targets. */
  readonly ys: readonly Node[];
  /** What they are differentiated with respect to, by name. */
  readonly xs: Readonly<Record<string, Node>>;
  /** One upstream gradient per y, or `null` for ones. */
  readonly gradYs?: readonly (Node | null)[];
  /** Nodes that count as constants. */
  readonly stopGradients?: readonly Node[];
}

const nodeList = listOf(nodeKind, "nodes");

/**
 * The gradients of a case as the given functions make them, named `d` and the name of the x; zeros
 * where unconnected.
 */
export function gradientTensors(by: GraphFunctions, request: GradientRequest): CaseTensor[] {
  const action = "take the gradients of a case";
  checkParts(action, "what computes them", by, { gradients: callable });
  checkOptions(action, request, {
    ys: nodeList,
    xs: record,
    gradYs: list,
    stopGradients: nodeList,
  });
  const { ys, xs, stopGradients = [] } = request;
  check(action, "ys", ys, nodeList);
  checkRecord(action, "x", xs, nodeKind);
  const { gradYs = ys.map(() => null) } = request;
  const nodes = by.gradients(ys, Object.values(xs), { gradYs, stopGradients, unconnected: "zero" });
  check(action, "what computes them gives", nodes, nodeList);
  return Object.entries(xs).map(([name, x], i) => ({
    name: `d${name}`,
    role: "gradient",
    node: nodes[i]!,
    derivative: { ys, x, gradYs, stopGradients },
  }));
}

/**
 * Builds and compiles a case.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cases, compileCase } from "./mod.ts";
 * const compiled = compileCase(cases[0]!);
 * const values = compiled.run();
 * assertEquals(values.length, compiled.tensors.length);
 * ```
 */
export function compileCase(c: Case): CompiledCase {
  check("compile a case", "it", c, caseKind);
  const tensors = builtTensors(`compile case ${shown(c.id)}`, c);
  const inputs = tensors.filter(({ role }) => role === "input");
  const plan = compile(tensors.map(({ node }) => node), inputs.map(({ node }) => node));
  const own = inputs.map(({ node }) => sourceValue(node)!);
  return {
    id: c.id,
    parameters: c.parameters,
    tensors,
    inputs,
    run: (values = own) => plan.run(values),
  };
}
