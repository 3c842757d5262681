/**
 * Witnesses of a gradient: what was captured, the float64 evaluation by gradient rules, and forward
 * mode.
 *
 * The three share as little as possible, so where one is wrong it stands alone.
 *
 * @module
 */
import type { Case, CaseTensor } from "../cases/mod.ts";
import { type GraphFunctions, graphFunctions as ownEngine } from "../cases/case.ts";
import { shown } from "../core/check.ts";
import type { Node } from "../core/graph.ts";
import { goldenFor, type GoldenTensor } from "../golden/mod.ts";
import { printedSet } from "../golden/printed.ts";
import { allowances } from "./allowance.ts";
import { checkCost } from "./cost.ts";
import { type Differences, differencesOf } from "./differences.ts";
import { type Enclosure, evaluateFloat64 } from "./exact.ts";
import { type Forward, forwardWitness, nodesOf } from "./forward.ts";
import type { tangentRules } from "./tangents.ts";

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
  /**
   * How many elements have each finding; where forward mode contradicts a large gradient as a
   * whole, all have that of the element most to blame.
   */
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
  readonly engine?: GraphFunctions;
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
  const { engine = ownEngine, tangents, goldens = goldenFor } = options;
  const tensors = c.build(engine);
  const captured = goldens(c.id);
  const nodes = nodesOf(tensors);
  checkCost(`hear the witnesses of ${shown(c.id)}`, nodes);
  const exact = evaluateFloat64(nodes, allowances.own);
  const any = evaluateFloat64(nodes, allowances.any);
  const hearForward = forwardWitness(c.id, tensors, exact, tangents && { rules: tangents });
  return tensors.flatMap((tensor) => {
    const forward = hearForward(tensor);
    if (forward === null) return [];
    const differences = differencesOf(tensor.derivative!, exact);
    const printed = captured.filter(({ tensor: name }) => name === tensor.name);
    return [reportOf(c.id, tensor, { exact, any, forward, differences, printed })];
  });
}

interface Evidence {
  readonly exact: ReadonlyMap<Node, Enclosure>;
  readonly any: ReadonlyMap<Node, Enclosure>;
  readonly forward: Forward;
  readonly differences: Differences;
  /** What was captured of the tensor: once for each time that it was printed. */
  readonly printed: readonly GoldenTensor[];
}

function reportOf(id: string, { name, node }: CaseTensor, evidence: Evidence): WitnessReport {
  const { values, radii } = evidence.exact.get(node)!;
  const counts: Partial<Record<Finding, number>> = {};
  let first: WitnessReport["first"] = null;
  let differences = 0;
  const { contradiction } = evidence.forward;
  values.forEach((reverse, i) => {
    // Directions tell of the tensor as a whole; the element most to blame stands for all.
    if (contradiction !== null && i !== contradiction.position) return;
    const forward = evidence.forward.values[i]!;
    // Half of what parts the two, at most: a third witness then sides with one of them only.
    const radius = contradiction === null
      ? radii[i]!
      : Math.min(radii[i]!, Math.abs(reverse - forward) / 2 || 0);
    const golden = farthest(evidence.printed, i, reverse);
    const text = golden?.numbers[i] ?? null;
    const difference = evidence.differences(i, radius / 10);
    if (difference !== null) differences++;
    const known = { golden: text, reverse, forward, difference, radius };
    const finding = findingOf(
      known,
      evidence.forward.speaks(i),
      goldenDistance(golden, i),
      evidence.any.get(node)!.radii[i]!,
    );
    counts[finding] = contradiction === null ? (counts[finding] ?? 0) + 1 : values.length;
    if (first === null && finding !== "agree" && finding !== "not finite") {
      first = { ...known, finding, position: i };
    }
  });
  return { id, tensor: name, counts, differences, first };
}

/** Who stands alone. Without a golden value, finite differences are the third witness. */
function findingOf(
  { golden, reverse, forward, difference, radius }: Omit<ElementWitnesses, "finding">,
  forwardSpeaks: boolean,
  distanceToGolden: (value: number) => number,
  anyRadius: number,
): Finding {
  if (!forwardSpeaks) {
    if (!Object.is(reverse, forward)) return "not finite";
    return golden === null || distanceToGolden(reverse) === 0 ? "agree" : "wrong golden";
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

/**
 * Of all that was captured of an element, what lies farthest from a value: it accuses if any does.
 */
function farthest(
  printed: readonly GoldenTensor[],
  i: number,
  value: number,
): GoldenTensor | null {
  return printed.reduce<GoldenTensor | null>(
    (worst, golden) =>
      worst === null || goldenDistance(golden, i)(value) > goldenDistance(worst, i)(value)
        ? golden
        : worst,
    null,
  );
}

function goldenDistance(golden: GoldenTensor | null, i: number): (value: number) => number {
  if (golden === null) return () => Infinity;
  const { lowest, highest } = printedSet(golden.numbers[i]!, golden.format);
  return (value) => Math.max(0, lowest - value, value - highest);
}
