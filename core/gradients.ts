/**
 * Reverse mode: gradients of nodes with respect to nodes, as `tf.gradients` defines them.
 *
 * @module
 */
import { Node, nodeKind, postorder } from "./graph.ts";
import { type OpName, ops } from "./ops/table.ts";
import { anything, check, checkOptions, type Kind, listOf, oneOf } from "./check.ts";
import { sameShape, shapeText } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import * as functions from "./functions/mod.ts";
import { ones, toNode, zeros } from "./functions/sources.ts";
import type { GradientRule } from "./op.ts";

/** One node or a list of nodes. */
export type Nodes = Node | readonly Node[];

/** An upstream gradient: a node or tensor of its y's shape; `null` stands for ones. */
export type GradY = Node | Tensor | null;

/** Options of {@linkcode gradients}. */
export interface GradientsOptions {
  /** The upstream gradient of every y, of that y's shape; ones where missing or `null`. */
  gradYs?: GradY | readonly GradY[];
  /**
   * Nodes that count as constants in this call. One that is in `xs` still receives its gradient.
   */
  stopGradients?: Nodes;
  /**
   * What an x that no y depends on yields: `null` (`"none"`, the default) or zeros of its shape
   * (`"zero"`).
   */
  unconnected?: "none" | "zero";
}

/** One gradient per x. */
export type GradientsOf<X extends Nodes, G> = X extends readonly Node[]
  ? { -readonly [K in keyof X]: G }
  : [G];

/** The gradient rule of every op. */
export type GradientRules = Readonly<Record<OpName, GradientRule | "none">>;

/** The rules in the table of ops. */
export const gradientRules: GradientRules = Object.fromEntries(
  Object.entries(ops).map(([name, row]) => [name, row.gradient]),
) as Record<OpName, GradientRule | "none">;

/**
 * The gradients of the sum of all `ys` with respect to each of `xs`, as nodes that can be
 * differentiated again.
 *
 * Every result has its x's shape: the sum over the ys, and over the elements of each, of upstream
 * gradient times ∂y/∂x. An x that depends on another x is differentiated through. Where several
 * paths meet, their contributions are added in the order in which TensorFlow's queue reaches them,
 * by `addN`: breadth first from the ys, a node once all its consumers are done. Nothing is mutated.
 *
 * Throws a `RangeError` when `gradYs` has another length than `ys`, and a `TypeError` when an
 * upstream gradient has another shape than its y, for a y, x or upstream gradient that is int32 or
 * bool, and when a gradient reaches an op that has none.
 *
 * Source: `tf.gradients` of TensorFlow 1.8 (`gradients_impl.py`).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gradients, run, square, variable } from "../mod.ts";
 * const x = variable([3, -2]);
 * const [first] = gradients(square(x), x, { unconnected: "zero" });
 * const [second] = gradients(first, x, { unconnected: "zero" });
 * assertEquals(run([first, second]).join(), "[ 6. -4.],[2. 2.]");
 * ```
 */
export function gradients<const X extends Nodes>(
  ys: Nodes,
  xs: X,
  options: GradientsOptions & { unconnected: "zero" },
): GradientsOf<X, Node>;
/** The same; an x that no y depends on yields `null`. */
export function gradients<const X extends Nodes>(
  ys: Nodes,
  xs: X,
  options?: GradientsOptions,
): GradientsOf<X, Node | null>;
export function gradients<const X extends Nodes>(
  ys: Nodes,
  xs: X,
  options: GradientsOptions = {},
): GradientsOf<X, Node | null> {
  return gradientsBy(gradientRules, ys, xs, options) as GradientsOf<X, Node | null>;
}

/** Adds up the contributions of several paths to one gradient. */
function addContributions(list: readonly Node[]): Node {
  return list.length === 1 ? list[0]! : functions.addN(list);
}

/**
 * {@linkcode gradients} by the given rules and sum instead of the core's own: for a judge that
 * plants wrong ones.
 *
 * @internal
 */
export function gradientsBy(
  rules: GradientRules,
  ys: Nodes,
  xs: Nodes,
  options: GradientsOptions = {},
  sumOf: (contributions: readonly Node[]) => Node = addContributions,
): (Node | null)[] {
  checkOptions("compute gradients", options, {
    gradYs: anything,
    stopGradients: anything,
    unconnected: oneOf(["none", "zero"]),
  });
  const { gradYs, stopGradients = [], unconnected = "none" } = options;
  const targets = oneOrMore<Node>("compute gradients", "ys", ys, nodeKind);
  const sources = oneOrMore<Node>("compute gradients", "xs", xs, nodeKind);
  const stopped = new Set(
    oneOrMore<Node>("compute gradients", "stopGradients", stopGradients, nodeKind),
  );
  targets.forEach((y, i) => checkFloat32("compute gradients", `ys[${i}]`, y));
  sources.forEach((x, i) => checkFloat32("compute gradients", `xs[${i}]`, x));
  const upstreams = upstreamsOf(targets, gradYs);

  const between = nodesBetween(targets, new Set(sources));
  const pending = new Map<Node, number>();
  for (const node of between) {
    for (const input of node.inputs) pending.set(input, (pending.get(input) ?? 0) + 1);
  }

  const contributions = new Map<Node, Node[]>();
  const contribute = (node: Node, gradient: Node) => {
    const list = contributions.get(node);
    if (list === undefined) contributions.set(node, [gradient]);
    else list.push(gradient);
  };
  targets.forEach((y, i) => contribute(y, upstreams[i]!));

  const results = new Map<Node, Node | null>();
  const wanted = new Set(sources);
  const queue = [...new Set(targets)].filter((y) => between.has(y) && !pending.get(y));
  for (const node of queue) {
    const list = contributions.get(node);
    const sum = list === undefined ? null : sumOf(list);
    if (wanted.has(node)) results.set(node, sum);
    if (sum !== null && !stopped.has(node) && node.inputs.some((input) => between.has(input))) {
      inputGradients(rules, node, sum).forEach((gradient, i) => {
        if (gradient !== null) contribute(node.inputs[i]!, gradient);
      });
    }
    for (const input of node.inputs) {
      const left = pending.get(input)! - 1;
      pending.set(input, left);
      if (left === 0 && between.has(input)) queue.push(input);
    }
  }
  return sources.map((x) => results.get(x) ?? (unconnected === "zero" ? zeros(x.shape) : null));
}

/** Applies the rule of a node's op. */
function inputGradients(
  rules: GradientRules,
  node: Node,
  upstream: Node,
): readonly (Node | null)[] {
  const rule = rules[node.op as OpName];
  if (rule === "none") {
    throw new TypeError(`Cannot compute gradients: op "${node.op}" has no gradient`);
  }
  return rule(node as never, upstream, functions);
}

/**
 * The nodes that the targets depend on and that depend on a source, both ends included; inputs come
 * before their consumers.
 */
function nodesBetween(targets: readonly Node[], sources: ReadonlySet<Node>): Set<Node> {
  const between = new Set<Node>();
  for (const node of postorder(targets)) {
    if (sources.has(node) || node.inputs.some((input) => between.has(input))) between.add(node);
  }
  return between;
}

/**
 * Throws a `TypeError` for a node that is not float32, which alone has gradients; `what` names it in
 * the message: `ys[0]`.
 *
 * @internal
 */
export function checkFloat32(action: string, what: string, node: Node): void {
  if (node.dtype === "float32") return;
  throw new TypeError(`Cannot ${action}: ${what} is ${node} of op ${node.op}, expected float32`);
}

/** What is given as one thing or as a list of such, as a list. */
export function oneOrMore<T>(
  action: string,
  what: string,
  given: unknown,
  kind: Kind,
): readonly T[] {
  if (Array.isArray(given)) {
    check(action, what, given, listOf(kind, "nodes"));
    return given;
  }
  check(action, what, given, { ...kind, expected: `${kind.expected}, or a list` });
  return [given as T];
}

const upstreamKind: Kind = {
  expected: "a node, a tensor or null",
  isType: (value) => value === null || value instanceof Node || value instanceof Tensor,
};

function upstreamsOf(ys: readonly Node[], gradYs: GradientsOptions["gradYs"]): Node[] {
  const given = gradYs === undefined
    ? ys.map(() => null)
    : oneOrMore<GradY>("compute gradients", "gradYs", gradYs, upstreamKind);
  if (given.length !== ys.length) {
    throw new RangeError(
      `Cannot compute gradients: Passed ${given.length} gradYs for ${ys.length} ys`,
    );
  }
  return ys.map((y, i) => {
    const gradY = given[i]!;
    if (gradY === null) return ones(y.shape);
    const upstream = toNode(gradY);
    checkFloat32("compute gradients", `gradYs[${i}]`, upstream);
    if (sameShape(upstream.shape, y.shape)) return upstream;
    throw new TypeError(
      `Cannot compute gradients: gradYs[${i}] has shape ${shapeText(upstream.shape)}, its y ${
        shapeText(y.shape)
      }`,
    );
  });
}
