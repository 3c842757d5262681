/**
 * The contract of `gradients` as data: calls on small graphs, and what they return.
 *
 * `contract/README.md` says how another implementation runs them.
 *
 * @module
 */
import { callable, check } from "../core/check.ts";
import {
  type GradientRules,
  gradientRules,
  gradientsBy,
  type GradientsOptions,
} from "../core/gradients.ts";
import type { Node } from "../core/graph.ts";
import { type NodeJson1, nodesFromJson } from "../core/graph_json.ts";
import { run } from "../core/plan.ts";
import { Checker, faultOfArgument } from "./checker.ts";
import contract from "./contract/gradients.json" with { type: "json" };
import { type TensorJson, tensorToJson } from "../core/json.ts";

/**
 * The error that a call has to throw: what went wrong in any language, and the class and message in
 * this one.
 */
export interface ContractError {
  /** What went wrong, in any language. */
  readonly kind: "length-mismatch" | "shape-mismatch" | "no-gradient" | "unknown-option";
  /** The error class in this project. */
  readonly class: "RangeError" | "TypeError";
  /** A regular expression that the message matches somewhere. */
  readonly message: string;
}

/** One call of `gradients`: nodes by id, and either what is expected or an error. */
export interface ContractCall {
  /** The targets. */
  readonly ys: string | readonly string[];
  /** What they are differentiated with respect to. */
  readonly xs: string | readonly string[];
  /** Upstream gradients; `null` for ones. */
  readonly gradYs?: string | readonly (string | null)[];
  /** Nodes that count as constants. */
  readonly stopGradients?: string | readonly string[];
  /** What an unconnected x yields. */
  readonly unconnected?: string;
  /** Ids by which later calls name the results. */
  readonly results?: readonly string[];
  /** One per x; `null` where x is unconnected. */
  readonly expected?: readonly (TensorJson | null)[];
  /** What the call throws. */
  readonly error?: ContractError;
}

/** A graph and the calls on it. */
export interface ContractCase {
  /** Item and name, such as `6/stopped-x`. */
  readonly id: string;
  /** Which item of the contract it is a case of. */
  readonly item: number;
  /** One sentence for people. */
  readonly description: string;
  /** TensorFlow does not check this. */
  readonly beyondTensorFlow?: true;
  /** Ops that count as ops without a gradient in this case. */
  readonly withoutGradient?: readonly string[];
  /** The graph, inputs before consumers, in version 1 of the graph format. */
  readonly nodes: readonly NodeJson1[];
  /** The calls, in order. */
  readonly calls: readonly ContractCall[];
  /** Values of nodes after all calls. */
  readonly values?: Readonly<Record<string, TensorJson>>;
}

/**
 * Every case of the contract; the tests check their file against `contract/contract.schema.json`.
 */
export const contractCases: readonly ContractCase[] = contract
  .cases as unknown as readonly ContractCase[];

/** What computes the gradients of nodes: the core's own, or one to be tried. */
export type Differentiate = (
  rules: GradientRules,
  ys: Node | readonly Node[],
  xs: Node | readonly Node[],
  options: GradientsOptions,
) => (Node | null)[];

/**
 * Makes all calls of a case, then evaluates what they returned, and says what is not as expected:
 * nothing if all is well.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { contractCases, runContractCase } from "./contract.ts";
 * assert(contractCases.every((c) => runContractCase(c).length === 0));
 * ```
 */
export function runContractCase(
  contractCase: ContractCase,
  differentiate: Differentiate = gradientsBy,
): string[] {
  checkContractCase(contractCase);
  check(action, "differentiate", differentiate, callable);
  const { withoutGradient = [], calls, values = {} } = contractCase;
  const nodes = nodesFromJson(contractCase.nodes, 1);
  const rules = {
    ...gradientRules,
    ...Object.fromEntries(withoutGradient.map((op) => [op, "none"])),
  };
  const outcomes = calls.map((call) => {
    try {
      const results = differentiate(rules, ...argumentsOf(call, nodes));
      call.results?.forEach((id, i) => results[i] && nodes.set(id, results[i]));
      return results;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  });
  return [
    ...calls.flatMap((call, i) =>
      judgeCall(call, outcomes[i]!).map((text) => `call ${i}: ${text}`)
    ),
    ...Object.entries(values).flatMap(([id, value]) => judgeResult(id, value, nodes.get(id)!)),
  ];
}

const action = "run a contract case";

const callKeys = [
  "ys",
  "xs",
  "gradYs",
  "stopGradients",
  "unconnected",
  "results",
  "expected",
  "error",
];

/** Checks all but the nodes, which are checked where they are made. */
function checkContractCase(contractCase: unknown): void {
  const root = new Checker(contractCase, faultOfArgument(action), ["contractCase"]);
  root.object().key("nodes").items();
  if (root.has("withoutGradient")) root.key("withoutGradient").items().forEach((op) => op.text());
  if (root.has("values")) root.key("values").object();
  for (const call of root.key("calls").items()) {
    checkIds(call.object(callKeys).key("ys"));
    checkIds(call.key("xs"));
    for (const key of ["gradYs", "stopGradients"]) if (call.has(key)) checkIds(call.key(key));
    if (call.has("unconnected")) call.key("unconnected").text();
    if (call.has("results")) call.key("results").items().forEach((id) => id.text());
    if (call.has("expected")) call.key("expected").items();
    if (!call.has("error")) continue;
    call.key("error").key("class").oneOf(["RangeError", "TypeError"]);
    const pattern = call.key("error").key("message");
    if (!isPattern(pattern.text())) throw pattern.error("is no regular expression");
  }
}

/** An id, or a list of ids; among upstream gradients null stands for ones. */
function checkIds(ids: Checker): void {
  if (typeof ids.value === "string") return;
  for (const id of ids.items()) if (id.value !== null) id.text();
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

function argumentsOf(
  { ys, xs, gradYs, stopGradients, unconnected }: ContractCall,
  nodes: ReadonlyMap<string, Node>,
): [ys: Node | Node[], xs: Node | Node[], options: GradientsOptions] {
  const one = (id: string) => {
    const node = nodes.get(id);
    if (node !== undefined) return node;
    throw new SyntaxError(`Cannot run a contract case: no node has the id ${JSON.stringify(id)}`);
  };
  const some = (ids: string | readonly string[]) =>
    typeof ids === "string" ? one(ids) : ids.map(one);
  const upstream = (id: string | null) => id === null ? null : one(id);
  return [some(ys), some(xs), {
    ...(gradYs !== undefined && {
      gradYs: typeof gradYs === "string" ? one(gradYs) : gradYs.map(upstream),
    }),
    ...(stopGradients !== undefined && { stopGradients: some(stopGradients) }),
    ...(unconnected !== undefined && { unconnected: unconnected as "none" | "zero" }),
  }];
}

function judgeCall(call: ContractCall, outcome: Error | readonly (Node | null)[]): string[] {
  const { xs, expected, error } = call;
  const found = outcome instanceof Error
    ? `${outcome.name}: ${outcome.message}`
    : `${outcome.length} results`;
  if (error !== undefined) {
    const matches = outcome instanceof Error && outcome.name === error.class &&
      new RegExp(error.message).test(outcome.message);
    return matches ? [] : [`expected ${error.class}: ${error.message}, found ${found}`];
  }
  const list = expected ?? [];
  if (outcome instanceof Error || outcome.length !== list.length) {
    return [`expected ${list.length} results, found ${found}`];
  }
  const names = typeof xs === "string" ? [xs] : xs;
  return list.flatMap((tensor, i) => judgeResult(names[i]!, tensor, outcome[i]!));
}

/** Compares bit for bit: equal bits have equal texts, and any NaN is the one NaN. */
function judgeResult(id: string, expected: TensorJson | null, node: Node | null): string[] {
  const wanted = JSON.stringify(expected);
  const found = JSON.stringify(node && tensorToJson(run([node])[0]!));
  return wanted === found ? [] : [`${id}: expected ${wanted}, found ${found}`];
}
