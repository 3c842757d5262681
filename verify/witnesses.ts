/**
 * Witnesses of a gradient: what was captured, the float64 evaluation by gradient rules, and forward
 * mode.
 *
 * The three share as little as possible, so where one is wrong it stands alone.
 *
 * @module
 */
import type { Case, CaseTensor, Derivative } from "../cases/mod.ts";
import { type Engine, engine as ownEngine } from "../cases/case.ts";
import { type Node, postorder } from "../core/graph.ts";
import { goldenFor, type GoldenTensor } from "../golden/mod.ts";
import { printedSet } from "../golden/printed.ts";
import { allowances } from "./allowance.ts";
import { evaluateExactly, type Exact } from "./exact.ts";
import { gradientByTangents, tangentRules } from "./tangents.ts";

/** What the witnesses of an element say together. */
export type Finding =
  | "agree"
  | "wrong golden"
  | "wrong gradient rule"
  | "wrong tangent rule"
  | "all disagree"
  | "not finite";

/** What the witnesses of one gradient tensor say. */
export interface WitnessReport {
  readonly id: string;
  readonly tensor: string;
  /** How many elements have each finding. */
  readonly counts: Readonly<Partial<Record<Finding, number>>>;
  /** How many elements finite differences could check, and did. */
  readonly differences: number;
  /** The first element on which the witnesses do not agree. */
  readonly first: ElementWitnesses & { readonly position: number } | null;
}

/** The witnesses of one element: `null` where there is none. */
export interface ElementWitnesses {
  readonly finding: Finding;
  /** The captured text. */
  readonly golden: string | null;
  /** By gradient rules, in float64. */
  readonly reverse: number;
  /** By tangent rules, in float64. */
  readonly forward: number;
  /**
   * By finite differences in float64, where their own error estimate is below a tenth of the
   * budget.
   */
  readonly difference: number | null;
  /** How far two of them may lie apart. */
  readonly radius: number;
}

/**
 * What {@linkcode witnessesOf} takes for right; the project's own by default. For tests that plant
 * mistakes.
 */
export interface WitnessOptions {
  readonly engine?: Engine;
  readonly tangents?: typeof tangentRules;
  readonly goldens?: (id: string) => readonly GoldenTensor[];
}

/**
 * Hears the witnesses of every gradient of a case.
 *
 * Two witnesses agree where they lie within the derived budget of each other: that of the profile
 * `own` between two float64 evaluations, that of `any` where one is a captured value.
 */
export function witnessesOf(c: Case, options: WitnessOptions = {}): WitnessReport[] {
  const { engine = ownEngine, tangents = tangentRules, goldens = goldenFor } = options;
  const tensors = c.build(engine);
  const captured = goldens(c.id);
  const nodes = tensors.flatMap(({ node, derivative }) => [node, ...(derivative?.ys ?? [])]);
  const exact = evaluateExactly(nodes, allowances.own);
  const any = evaluateExactly(nodes, allowances.any);
  const values = (node: Node) => exact.get(node)!.values;
  return tensors.flatMap((tensor) => {
    if (tensor.derivative === undefined) return [];
    const forward = gradientByTangents(tensor.derivative, values, tangents);
    const golden = captured.find(({ tensor: name }) => name === tensor.name) ?? null;
    return [reportOf(c.id, tensor, tensor.derivative, { exact, any, forward, golden })];
  });
}

interface Evidence {
  readonly exact: ReadonlyMap<Node, Exact>;
  readonly any: ReadonlyMap<Node, Exact>;
  readonly forward: Float64Array;
  readonly golden: GoldenTensor | null;
}

function reportOf(
  id: string,
  { name, node }: CaseTensor,
  derivative: Derivative,
  evidence: Evidence,
): WitnessReport {
  const { values, radii } = evidence.exact.get(node)!;
  const counts: Partial<Record<Finding, number>> = {};
  let first: WitnessReport["first"] = null;
  let differences = 0;
  values.forEach((reverse, i) => {
    const radius = radii[i]!;
    const forward = evidence.forward[i]!;
    const text = evidence.golden?.numbers[i] ?? null;
    const difference = differenceAt(derivative, evidence.exact, i, radius / 10);
    if (difference !== null) differences++;
    const known = { golden: text, reverse, forward, difference, radius };
    const finding = findingOf(
      known,
      goldenDistance(evidence.golden, i),
      evidence.any.get(node)!.radii[i]!,
    );
    counts[finding] = (counts[finding] ?? 0) + 1;
    if (first === null && finding !== "agree" && finding !== "not finite") {
      first = { ...known, finding, position: i };
    }
  });
  return { id, tensor: name, counts, differences, first };
}

/** Who stands alone. Without a golden value, finite differences are the third witness. */
function findingOf(
  { golden, reverse, forward, difference, radius }: Omit<ElementWitnesses, "finding">,
  distanceToGolden: (value: number) => number,
  anyRadius: number,
): Finding {
  if (!Number.isFinite(reverse) || !Number.isFinite(forward)) {
    if (Object.is(reverse, forward)) {
      return golden === null || distanceToGolden(reverse) === 0 ? "agree" : "wrong golden";
    }
    // Forward mode multiplies the zeros of its direction by whatever it meets, so its NaN says
    // nothing.
    if (Number.isNaN(forward)) return "not finite";
    return golden !== null && distanceToGolden(forward) <= anyRadius
      ? "wrong gradient rule"
      : "all disagree";
  }
  const together = Math.abs(reverse - forward) <= radius;
  const third = golden !== null
    ? (value: number) => distanceToGolden(value) <= anyRadius
    : difference !== null
    ? (value: number) => Math.abs(value - difference) <= radius
    : null;
  if (together) {
    if (difference !== null && !(Math.abs(forward - difference) <= radius)) return "all disagree";
    return third === null || third(reverse) ? "agree" : "wrong golden";
  }
  if (third?.(forward)) return "wrong gradient rule";
  return third?.(reverse) ? "wrong tangent rule" : "all disagree";
}

function goldenDistance(golden: GoldenTensor | null, i: number): (value: number) => number {
  if (golden === null) return () => Infinity;
  const { lowest, highest } = printedSet(golden.numbers[i]!, golden.format);
  return (value) => Math.max(0, lowest - value, value - highest);
}

/** Halvings of the step: each removes one more even power of it from the error. */
const levels = 5;

/**
 * The derivative with respect to element
 * `i` by central differences in float64, Richardson-extrapolated to the limit of step 0; `null`
 * where the estimate of its own error is above `tolerance`.
 *
 * Ridders, *Accurate computation of F'(x) and F'(x)F''(x)* (1982).
 */
function differenceAt(
  derivative: Derivative,
  exact: ReadonlyMap<Node, Exact>,
  i: number,
  tolerance: number,
): number | null {
  const at = exact.get(derivative.x)!.values;
  let step = Math.max(1, Math.abs(at[i]!)) / 16;
  let above: { slope: number; error: number }[] = [];
  let best = { slope: NaN, error: Infinity };
  for (let level = 0; level < levels; level++, step /= 2) {
    const [up, down] = [
      targetAt(derivative, exact, i, step),
      targetAt(derivative, exact, i, -step),
    ];
    // What rounding the two targets to double may do to their difference.
    const noise = (Math.abs(up) + Math.abs(down)) * 2 ** -50 / step;
    const row = [{ slope: (up - down) / (2 * step), error: Infinity }];
    for (let k = 0, power = 4; k < level; k++, power *= 4) {
      const slope = row[k]!.slope + (row[k]!.slope - above[k]!.slope) / (power - 1);
      const error = Math.max(Math.abs(slope - row[k]!.slope), Math.abs(slope - above[k]!.slope)) +
        noise;
      row.push({ slope, error });
      if (error < best.error) best = { slope, error };
    }
    above = row;
  }
  return best.error < tolerance ? best.slope : null;
}

/** The weighted sum of the targets in float64 with element `i` of x moved by `step`. */
function targetAt(
  { ys, x, gradYs, stopGradients }: Derivative,
  exact: ReadonlyMap<Node, Exact>,
  i: number,
  step: number,
): number {
  const value = (node: Node) => exact.get(node)!.values;
  // What counts as a constant stays where it is.
  const held = [...stopGradients, ...postorder(ys).filter(({ op }) => op === "stopGradient")];
  const feeds = new Map<Node, Float64Array>(held.map((node) => [node, value(node)]));
  feeds.set(x, value(x).with(i, value(x)[i]! + step));
  const moved = evaluateExactly(ys, allowances.own, feeds);
  return ys.reduce((sum, y, n) => {
    const weights = gradYs[n] == null ? null : value(gradYs[n]);
    return moved.get(y)!.values.reduce(
      (total, v, e) => total + v * (weights === null ? 1 : weights[e]!),
      sum,
    );
  }, 0);
}
