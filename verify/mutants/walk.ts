/**
 * Bugs in the walk: every rule is right, the graph is walked wrong.
 *
 * @module
 */
import type { GraphFunctions } from "../../cases/case.ts";
import {
  gradientRules,
  gradientsBy,
  type GradientsOptions,
  type GradY,
} from "../../core/gradients.ts";
import type { Node } from "../../core/graph.ts";
import { type Mutant, wrongGradients } from "./mutant.ts";
import { add, addN } from "../../core/functions/mod.ts";
import { ones } from "../../core/functions/sources.ts";
import type { GradientRule } from "../../core/op.ts";

/** What `gradients` is called with, lists only; cases call it so. */
interface Call {
  ys: readonly Node[];
  xs: readonly Node[];
  options: GradientsOptions & { gradYs: readonly GradY[] };
}

type Sum = (contributions: readonly Node[]) => Node;

/** A walk whose call is changed, or its sum, or its results. */
function walk(
  name: string,
  { call = (c) => c, sum, rules = gradientRules, results = (r) => r }: {
    call?: (call: Call) => Call;
    sum?: Sum;
    rules?: typeof gradientRules;
    results?: (results: (Node | null)[], call: Call) => (Node | null)[];
  },
): Mutant {
  const gradients = (ys: readonly Node[], xs: readonly Node[], options: Call["options"]) => {
    const given = { ys, xs, options };
    const changed = call(given);
    return results(gradientsBy(rules, changed.ys, changed.xs, changed.options, sum), given);
  };
  return wrongGradients(name, "walk", gradients as unknown as GraphFunctions["gradients"]);
}

const rightMatmul = gradientRules.matmul as GradientRule;

/** Gradients flow to weights, and to activations only where these are a source. */
const cutMatmul: GradientRule = (node, g, f) => {
  const [left, right] = rightMatmul(node, g, f);
  return [(node as Node).inputs[0]!.inputs.length > 0 ? null : left!, right!];
};

/** All mutants of this kind. */
export const walkMutants: readonly Mutant[] = [
  walk("path overwritten by the last", { sum: (list) => list.at(-1)! }),
  walk("path overwritten by the first", { sum: (list) => list[0]! }),
  walk("path counted twice", {
    sum: (list) => [...list, ...list.slice(1)].reduce((a, b) => add(a, b)),
  }),
  walk("chain cut at one layer", { rules: { ...gradientRules, matmul: cutMatmul } }),
  walk("stopGradients ignored", {
    call: ({ ys, xs, options }) => ({ ys, xs, options: { ...options, stopGradients: [] } }),
  }),
  walk("unconnected treated as connected", {
    call: ({ ys, xs, options }) => ({ ys, xs, options: { ...options, unconnected: "none" } }),
    results: (list, { xs }) => list.map((gradient, i) => gradient ?? ones(xs[i]!.shape)),
  }),
  walk("only the first y", {
    call: ({ ys, xs, options }) => ({
      ys: ys.slice(0, 1),
      xs,
      options: { ...options, gradYs: options.gradYs.slice(0, 1) },
    }),
  }),
  walk("only the first four ys", {
    call: ({ ys, xs, options }) => ({
      ys: ys.slice(0, 4),
      xs,
      options: { ...options, gradYs: options.gradYs.slice(0, 4) },
    }),
  }),
  walk("gradYs beyond the fourth ignored", {
    call: ({ ys, xs, options }) => ({
      ys,
      xs,
      options: { ...options, gradYs: options.gradYs.map((g, i) => i < 4 ? g : null) },
    }),
  }),
  walk("stopGradients beyond the second ignored", {
    call: ({ ys, xs, options }) => ({
      ys,
      xs,
      options: { ...options, stopGradients: [options.stopGradients ?? []].flat().slice(0, 2) },
    }),
  }),
  walk("paths beyond the twelfth lost", { sum: (list) => addN(list.slice(0, 12)) }),
  walk("gradYs of the wrong y", {
    call: ({ ys, xs, options }) => ({
      ys,
      xs,
      options: { ...options, gradYs: ys.map((_, i) => options.gradYs[(i + 1) % ys.length]!) },
    }),
  }),
  walk("gradYs ignored", {
    call: ({ ys, xs, options }) => ({
      ys,
      xs,
      options: { ...options, gradYs: ys.map(() => null) },
    }),
  }),
];
