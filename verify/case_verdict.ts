/**
 * The verdict on a case: every tensor against its golden values and against exact arithmetic.
 *
 * @module
 */
import { type Case, cases as allCases } from "../cases/mod.ts";
import type { CaseTensor, Role } from "../cases/case.ts";
import { toBits } from "../core/float32.ts";
import type { Node } from "../core/graph.ts";
import { sourceValue } from "../core/ops/sources.ts";
import type { Shape } from "../core/shape.ts";
import type { Tensor } from "../core/tensor.ts";
import { type BlockSource, goldenFor, type GoldenTensor } from "../golden/mod.ts";
import { printedSet } from "../golden/printed.ts";
import { allowances, type Profile } from "./allowance.ts";
import { evaluateExactly, type Exact } from "./exact.ts";
import { gradientByTangents } from "./tangents.ts";
import {
  compareExact,
  comparePrinted,
  type Comparison,
  shareOf,
  type Verdict,
  verdicts,
  weakest,
} from "./verdict.ts";

/**
 * What a tensor was compared with: captured text, a float64 evaluation of the same graph, or
 * forward mode in float64.
 */
export type Witness = "golden" | "float64" | "forward";

/** The outcome for one tensor of a case against one witness. */
export interface TensorVerdict {
  /** The tensor's name. */
  readonly tensor: string;
  /** What the tensor is in its case. */
  readonly role: Role;
  /** What it was compared with. */
  readonly witness: Witness;
  /** The printed block a golden value was captured from; `null` for the other witnesses. */
  readonly source: BlockSource | null;
  /**
   * Whether every element's verdict is good enough: at least `within`, or `printed` against a
   * golden value under the profile `own`; `undecidable` only where the case allows it.
   */
  readonly right: boolean;
  /** The weakest verdict of its elements. */
  readonly verdict: Verdict;
  /** How many elements have each verdict. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /**
   * The element with the weakest verdict, and among those the largest share of its budget; `null`
   * if there is none.
   */
  readonly worst: Comparison & { readonly index: readonly number[] } | null;
}

/** The outcome for a case. */
export interface CaseVerdict {
  /** The id of the case. */
  readonly id: string;
  /** The number of the instance, where the values are those of one among others. */
  readonly instance?: number;
  /**
   * Whether the case was judged at its own inputs or at others; golden values are known for its own
   * only.
   */
  readonly inputs: "own" | "given";
  /** What the judged engine was allowed to do. */
  readonly profile: Profile;
  /** The weakest verdict of its tensors. */
  readonly verdict: Verdict;
  /** Whether all its tensors are right. */
  readonly right: boolean;
  /** One verdict per tensor and witness. */
  readonly tensors: readonly TensorVerdict[];
}

/**
 * Judges values of some tensors of a case, one per tensor, computed from the case's own inputs or
 * from those in `inputs`.
 */
export function judgeTensors(
  c: Case,
  tensors: readonly CaseTensor[],
  values: readonly Tensor[],
  profile: Profile,
  inputs: ReadonlyMap<Node, Tensor> = new Map(),
): CaseVerdict {
  const nodes = tensors.flatMap(({ node, derivative }) => [node, ...derivative?.ys ?? []]);
  const feeds = new Map([...inputs].map(([node, { data }]) => [node, data]));
  const own = [...inputs].every(([node, { data }]) => sameBits(data, sourceValue(node)!.data));
  const exact = evaluateExactly(nodes, allowances[profile], feeds);
  const goldens = own && allCases.includes(c) ? goldenFor(c.id) : [];
  const captured = profile === "any" || goldens.length === 0
    ? exact
    : evaluateExactly(nodes, allowances.any);
  const results = tensors.flatMap((t, i) => {
    const undecidable = c.undecidable?.includes(t.name) ?? false;
    return [
      ...goldens.filter((golden) => golden.tensor === t.name).map((golden) =>
        againstGolden(t, values[i]!, golden, exact, captured, profile, undecidable)
      ),
      againstExact(t, values[i]!, exact.get(t.node)!, undecidable),
      ...againstForward(t, values[i]!, exact, undecidable),
    ];
  });
  return {
    id: c.id,
    inputs: own ? "own" : "given",
    profile,
    verdict: weakest(results.map((result) => result.verdict)),
    right: results.every(({ right }) => right),
    tensors: results,
  };
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  return a.every((value, i) => toBits(value) === toBits(b[i]!));
}

function againstExact(
  { name, role, node }: CaseTensor,
  value: Tensor,
  exact: Exact,
  undecidable: boolean,
): TensorVerdict {
  const comparisons = Array.from(
    value.data,
    (element, i) => compareExact(element, exact.values[i]!, exact.radii[i]!),
  );
  return summarize(
    { tensor: name, role, witness: "float64", source: null },
    node.shape,
    comparisons,
    "within",
    undecidable,
  );
}

/**
 * A gradient against forward mode, which shares no rule with it; nothing for a tensor that names no
 * derivative.
 *
 * Where forward mode meets NaN or infinity it says nothing: it multiplies the zeros of its
 * direction by them.
 */
function againstForward(
  { name, role, node, derivative }: CaseTensor,
  value: Tensor,
  exact: ReadonlyMap<Node, Exact>,
  undecidable: boolean,
): TensorVerdict[] {
  if (derivative === undefined) return [];
  const forward = gradientByTangents(derivative, (n) => exact.get(n)!.values);
  if (!forward.every(Number.isFinite)) return [];
  const { radii } = exact.get(node)!;
  const comparisons = Array.from(value.data, (v, i) => compareExact(v, forward[i]!, radii[i]!));
  const about = { tensor: name, role, witness: "forward", source: null } as const;
  return [summarize(about, node.shape, comparisons, "within", undecidable)];
}

/**
 * The captured engine had its own error: the budget is the sum of the judged engine's and that of
 * any honest engine.
 *
 * A bit-faithful engine must reproduce every printed digit all the same.
 */
function againstGolden(
  { name, role, node }: CaseTensor,
  value: Tensor,
  golden: GoldenTensor,
  exact: ReadonlyMap<Node, Exact>,
  captured: ReadonlyMap<Node, Exact>,
  profile: Profile,
  undecidable: boolean,
): TensorVerdict {
  const comparisons = Array.from(value.data, (element, i) => {
    const text = golden.numbers[i]!;
    const set = printedSet(text, golden.format);
    const radius = exact.get(node)!.radii[i]! + captured.get(node)!.radii[i]!;
    return comparePrinted(element, text, set, radius);
  });
  const needed = profile === "own" ? "printed" : "within";
  return summarize(
    { tensor: name, role, witness: "golden", source: golden.source },
    node.shape,
    comparisons,
    needed,
    undecidable,
  );
}

function summarize(
  about: Pick<TensorVerdict, "tensor" | "role" | "witness" | "source">,
  shape: Shape,
  comparisons: readonly Comparison[],
  needed: Verdict,
  undecidable: boolean,
): TensorVerdict {
  const counts = { bits: 0, printed: 0, within: 0, undecidable: 0, fail: 0 };
  for (const { verdict } of comparisons) counts[verdict]++;
  const verdict = weakest(comparisons.map((comparison) => comparison.verdict));
  let worst = -1;
  comparisons.forEach((comparison, i) => {
    if (comparison.verdict !== verdict) return;
    if (worst < 0 || shareOf(comparison) > shareOf(comparisons[worst]!)) worst = i;
  });
  return {
    ...about,
    verdict,
    right: verdicts.every((each) =>
      counts[each] === 0 || verdicts.indexOf(each) <= verdicts.indexOf(needed) ||
      (undecidable && each === "undecidable")
    ),
    counts,
    worst: worst < 0 ? null : { ...comparisons[worst]!, index: indexOf(worst, shape) },
  };
}

/** The index along each axis of an element given by its row-major position. */
function indexOf(position: number, shape: Shape): number[] {
  const index = new Array<number>(shape.length);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = position % shape[axis]!;
    position = Math.floor(position / shape[axis]!);
  }
  return index;
}
