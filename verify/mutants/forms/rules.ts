/**
 * Bugs in the gradient rule of an op, whichever: what people get wrong in any rule.
 *
 * @module
 */
import * as functions from "../../../core/functions/mod.ts";
import { add, broadcastTo, mul, neg, reduceSum } from "../../../core/functions/mod.ts";
import { ones, placeholder, zeros } from "../../../core/functions/sources.ts";
import { gradientRules } from "../../../core/gradients.ts";
import { type Node, postorder } from "../../../core/graph.ts";
import type { GradientRule } from "../../../core/op.ts";
import { type OpName, ops } from "../../../core/ops/table.ts";
import { sameShape, sizeOf } from "../../../core/shape.ts";
import { type OpGraph, valuesOf } from "./graph.ts";
import {
  exchanged,
  type Operand,
  operandsOf,
  type OpMutant,
  pairsOf,
  type Planted,
  withOperands,
} from "./mutant.ts";

/** What a rule yields. */
type Gradients = readonly (Node | null)[];

/** The rule of a node with a bug; `null` where there is no place for it. */
type WrongRule = (node: Node, upstream: Node) => Gradients | null;

/** The right gradients of a node. */
function rightOf(node: Node, upstream: Node): Gradients {
  const rule = ops[node.op as OpName].gradient as GradientRule;
  return rule(node as never, upstream, functions);
}

/** The bugs of every rule: what an operand gets for its gradient. */
const bugs: Readonly<
  Record<string, (gradient: Node | null, node: Node, i: number, upstream: Node) => Node | null>
> = {
  "sign flipped": (gradient) => gradient && neg(gradient),
  "factor 2": (gradient) => gradient && mul(gradient, 2),
  "factor 1 + 2^-10": (gradient) => gradient && mul(gradient, 1 + 2 ** -10),
  // The sum of the upstream, everywhere, where nothing should flow.
  "missing or made up": (gradient, { inputs }, i, upstream) =>
    gradient ? zeros(gradient.shape) : broadcastTo(reduceSum(upstream), inputs[i]!.shape),
  "upstream ignored": (_, node, i) => rightOf(node, ones(node.shape))[i]!,
};

/** The bugs that are tried in second gradients too. */
const TWICE: readonly string[] = ["sign flipped", "missing or made up"];

/** All bugs in the rule of an op; none if it has no rule, or neither operand nor result of float32. */
export function ruleMutants(op: OpName): OpMutant[] {
  const { gradient, gives, form, arity } = ops[op];
  if (gradient === "none" || gives === "int32" || gives === "bool") return [];
  const operands = operandsOf(ops[op], (taken) => taken !== "int32" && taken !== "bool");
  const isElementwise = form.name === "elementwise";
  // What is chosen among has the shape of a gradient only where there is no choice.
  const hasSlopes = !(form.name === "selection" && form.gives === "to winners");
  return [
    ...operands.flatMap((operand) => [
      ...Object.keys(bugs).map((bug) => ofOperand(op, operand, bug)),
      ...TWICE.map((bug) => ofOperand(op, operand, bug, "second gradients")),
      ...isElementwise && arity === 1 ? [slopeBeside(op, operand)] : [],
      ...isElementwise && arity !== 1 ? [averagedBack(op, operand)] : [],
    ]),
    ...pairsOf(operands).flatMap((pair) => [
      gradientsSwapped(op, pair),
      ...hasSlopes ? [slopeSwapped(op, pair)] : [],
    ]),
  ];
}

function mutant(
  op: OpName,
  name: string,
  rule: WrongRule,
  harmless: (node: Node, gradients: Gradients, upstream: Node) => string | null,
  judged: "gradients" | "second gradients" = "gradients",
): OpMutant {
  const plant = (graph: OpGraph): Planted | null => {
    const { node } = graph;
    const upstream = placeholder(node.shape);
    if (!graph.isDifferentiable || rule(node, upstream) === null) return null;
    // Other nodes of the op are right: two wrong signs in a row would make a right one.
    const wrong = (at: Node, g: Node) => (at === node ? rule(at, g) : null) ?? rightOf(at, g);
    return {
      judged,
      values: () => valuesOf(graph.gradients(judged, { ...gradientRules, [op]: wrong })),
      right: () => graph.values(judged),
      harmless: () => harmless(node, rightOf(node, upstream), upstream),
    };
  };
  return { op, name: `${op}: ${judged === "gradients" ? "" : "twice, "}${name}`, plant };
}

/** Why nothing depends on a gradient, given the upstream. */
function nothingFlows(gradient: Node | null, upstream: Node): string | null {
  if (gradient === null) return "no gradient flows to the operand";
  // It is linear in the upstream.
  return postorder([gradient]).includes(upstream) ? null : "the gradient is 0 whatever flows in";
}

/** A gradient with one of {@linkcode bugs}. */
function ofOperand(
  op: OpName,
  { text, at }: Operand,
  bug: string,
  judged?: "second gradients",
): OpMutant {
  const rule: WrongRule = (node, upstream) => {
    const [gradients, i] = [rightOf(node, upstream), at(node)];
    return gradients.with(i, bugs[bug]!(gradients[i]!, node, i, upstream));
  };
  return mutant(
    op,
    `gradient of ${text}: ${bug}`,
    rule,
    (node, gradients, upstream) => nothingFlows(gradients[at(node)]!, upstream),
    judged,
  );
}

/** The gradient of an operand that was repeated: the mean of what it is the sum of. */
function averagedBack(op: OpName, { text, at }: Operand): OpMutant {
  const rule: WrongRule = (node, upstream) => {
    const [gradients, i] = [rightOf(node, upstream), at(node)];
    const operand = node.inputs[i]!, gradient = gradients[i]!;
    if (sameShape(operand.shape, node.shape)) return null;
    const part = sizeOf(operand.shape) / sizeOf(node.shape);
    return gradients.with(i, gradient && mul(gradient, part));
  };
  return mutant(
    op,
    `gradient of ${text}: averaged back, not summed`,
    rule,
    (node, gradients, upstream) => nothingFlows(gradients[at(node)]!, upstream),
  );
}

/** The slope of a function of one number, one further on. */
function slopeBeside(op: OpName, { text }: Operand): OpMutant {
  const rule: WrongRule = (node, upstream) => {
    const other = withOperands(node, [add(node.inputs[0]!, 1)]);
    return other && rightOf(other, upstream);
  };
  return mutant(
    op,
    `gradient of ${text}: slope at x + 1`,
    rule,
    (node, gradients) => slopesAlike(node, gradients, [0]),
  );
}

/** The slopes where two operands are in each other's places. */
function slopeSwapped(op: OpName, [a, b]: readonly [Operand, Operand]): OpMutant {
  const rule: WrongRule = (node, upstream) => {
    const [i, j] = [a.at(node), b.at(node)];
    if (i === j || !sameShape(node.inputs[i]!.shape, node.inputs[j]!.shape)) return null;
    const other = withOperands(node, exchanged(node.inputs, i, j));
    return other && rightOf(other, upstream);
  };
  return mutant(
    op,
    `slopes at ${a.text} and ${b.text} swapped`,
    rule,
    (node, gradients) => slopesAlike(node, gradients, [a.at(node), b.at(node)]),
  );
}

/** Why it does not matter where a slope is taken: it is the same everywhere. */
function slopesAlike(
  node: Node,
  gradients: Gradients,
  operands: readonly number[],
): string | null {
  const read = new Set(postorder(gradients.filter((gradient) => gradient !== null)));
  if (read.has(node) || operands.some((i) => read.has(node.inputs[i]!))) return null;
  return "the slope is the same everywhere";
}

/** Each of two operands gets the gradient of the other. */
function gradientsSwapped(op: OpName, [a, b]: readonly [Operand, Operand]): OpMutant {
  const rule: WrongRule = (node, upstream) => {
    const [i, j] = [a.at(node), b.at(node)];
    if (i === j || !sameShape(node.inputs[i]!.shape, node.inputs[j]!.shape)) return null;
    return exchanged(rightOf(node, upstream), i, j);
  };
  return mutant(op, `gradients of ${a.text} and ${b.text} swapped`, rule, (node, gradients) => {
    const [first, second] = [gradients[a.at(node)], gradients[b.at(node)]];
    return first === second ? "both operands have the same gradient" : null;
  });
}
