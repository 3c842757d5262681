/**
 * The verdict on a case: every tensor against its golden values and against exact arithmetic.
 *
 * @module
 */
import { type Case, cases as allCases } from "../cases/mod.ts";
import type { CaseTensor, Role } from "../cases/case.ts";
import { boolean, checkParts, listOf, record, shown, wholeNumber } from "../core/check.ts";
import { toBits } from "../core/float32.ts";
import type { Node } from "../core/graph.ts";
import { indexOf } from "../core/shape.ts";
import type { Tensor } from "../core/tensor.ts";
import { type BlockSource, goldenFor, type GoldenTensor } from "../golden/mod.ts";
import { printedSet } from "../golden/printed.ts";
import { allowances, type Profile } from "./allowance.ts";
import { causeOf, scalesOf } from "./causes.ts";
import { checkCost } from "./cost.ts";
import { type Enclosure, evaluateFloat64 } from "./exact.ts";
import { type ForwardWitness, forwardWitness, nodesOf } from "./forward.ts";
import { hypothesesOf } from "./hypotheses.ts";
import { evaluateOwn } from "./own.ts";
import { truncationText } from "./signs.ts";
import {
  compareBits,
  compareDiscrete,
  compareFloat64,
  comparePrinted,
  type Comparison,
  contradict,
  shareOf,
  type Verdict,
  verdicts,
  weakest,
} from "./verdict.ts";
import { sourceValue } from "../core/functions/sources.ts";

/**
 * What a tensor was compared with: captured text, a float64 evaluation of the same graph, forward
 * mode in float64, or goldengrad's own float32 values.
 */
export type Witness = "golden" | "float64" | "forward" | "own";

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
   * Whether every element's verdict is good enough: at least `within`; under the profile `own`
   * `printed` against a golden value and `bits` against goldengrad's own. `unchecked` is no fault,
   * unless judged {@linkcode strictly}; `undecidable` only where the case allows it.
   */
  readonly right: boolean;
  /** The weakest verdict of its elements. */
  readonly verdict: Verdict;
  /** How many elements have each verdict; those of which the witness says nothing have none. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /**
   * The element with the weakest verdict, and among those the largest share of its budget; `null`
   * if there is none.
   */
  readonly worst: Comparison & { readonly index: readonly number[] } | null;
  /** What is likely wrong, in words, where a value lies outside its budget; see `causes.ts`. */
  readonly cause?: string;
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
  /** The weakest verdict of its tensors; a missing one counts as `fail`. */
  readonly verdict: Verdict;
  /** Whether all its tensors are right, and none is missing. */
  readonly right: boolean;
  /** The names of tensors that had to be there and are not; none where missing. */
  readonly missing?: readonly string[];
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
  const nodes = nodesOf(tensors);
  checkCost(`judge ${shown(c.id)}`, nodes);
  const feeds = new Map([...inputs].map(([node, { data }]) => [node, data]));
  const own = [...inputs].every(([node, { data }]) => sameBits(data, sourceValue(node)!.data));
  const exact = evaluateFloat64(nodes, allowances[profile], feeds);
  const goldens = own && allCases.includes(c) ? goldenFor(c.id) : [];
  const captured = profile === "any" || goldens.length === 0
    ? exact
    : evaluateFloat64(nodes, allowances.any);
  const owned = profile === "own" ? evaluateOwn(tensors.map(({ node }) => node), feeds) : null;
  const hypotheses = hypothesesOf(tensors.map(({ node }) => node), feeds);
  let honest: ReadonlyMap<Node, Float32Array> | null = owned;
  const cause = ({ node }: CaseTensor, { data }: Tensor) => {
    honest ??= evaluateOwn(tensors.map(({ node }) => node), feeds);
    const enclosure = exact.get(node)!;
    const scales = scalesOf(enclosure, honest.get(node)!);
    return causeOf({ node, got: data, values: enclosure.values, scales, hypotheses });
  };
  const hearForward = forwardWitness(c.id, tensors, exact);
  const results = tensors.flatMap((t, i) => {
    const value = values[i]!;
    const byExact = againstExact(c, t, value, exact.get(t.node)!);
    const verdicts = [
      ...goldens.filter((golden) => golden.tensor === t.name).map((golden) =>
        againstGolden(c, t, value, golden, exact, captured, profile)
      ),
      byExact,
      ...againstForward(c, t, value, exact.get(t.node)!, hearForward),
      ...(owned === null ? [] : [againstOwn(c, t, value, owned.get(t.node)!)]),
    ];
    if (byExact.right && own && profile === "any" && c.signs?.includes(t.name)) {
      const told = truncationText(value.data, exact.get(t.node)!.values);
      if (told === null) return verdicts;
      return verdicts.map((verdict) =>
        verdict === byExact ? { ...verdict, right: false, cause: told } : verdict
      );
    }
    if (byExact.counts.fail === 0 || t.node.dtype !== "float32") return verdicts;
    const named = cause(t, value);
    return verdicts.map((verdict) => verdict.right ? verdict : { ...verdict, cause: named });
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

/** The same verdict where what is `unchecked` counts as wrong. */
export function strictly(result: CaseVerdict): CaseVerdict {
  const action = "judge strictly";
  checkParts(action, "the verdict", result, { right: boolean, tensors: listOf(record, "tensors") });
  result.tensors.forEach((tensor, i) => {
    checkParts(action, `tensors[${i}]`, tensor, { right: boolean, counts: record });
    checkParts(action, `the counts of tensors[${i}]`, tensor.counts, { unchecked: wholeNumber() });
  });
  const tensors = result.tensors.map((tensor) =>
    tensor.counts.unchecked > 0 ? { ...tensor, right: false } : tensor
  );
  return { ...result, tensors, right: result.right && tensors.every(({ right }) => right) };
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  return a.every((value, i) => toBits(value) === toBits(b[i]!));
}

function againstExact(c: Case, t: CaseTensor, value: Tensor, exact: Enclosure): TensorVerdict {
  const { dtype } = t.node;
  const largest = largestOf(exact.values);
  const comparisons = Array.from(value.data, (element, i) => {
    const [expected, radius] = [exact.values[i]!, exact.radii[i]!];
    return dtype === "float32"
      ? compareFloat64(element, expected, radius, largest)
      : compareDiscrete(element, expected, radius, dtype, largest);
  });
  return summarize(c, t, { witness: "float64", source: null }, comparisons, "within");
}

/**
 * A gradient against forward mode, which shares no rule with it; nothing where it is silent. Where
 * it contradicts the graph itself, that is what fails.
 */
function againstForward(
  c: Case,
  t: CaseTensor,
  value: Tensor,
  exact: Enclosure,
  hearForward: ForwardWitness,
): TensorVerdict[] {
  const forward = hearForward(t);
  if (forward === null) return [];
  const { contradiction, values } = forward;
  const largest = largestOf(exact.values);
  const comparisons = Array.from(value.data, (element, i) => {
    if (!forward.speaks(i)) return null;
    return contradiction === null
      ? compareFloat64(element, values[i]!, exact.radii[i]!, largest)
      : contradict(exact.values[i]!, contradiction.value, contradiction.tolerance);
  });
  if (comparisons.length > 0 && comparisons.every((comparison) => comparison === null)) return [];
  return [summarize(c, t, { witness: "forward", source: null }, comparisons, "within")];
}

/** Whatever the budget: a bit-faithful engine has the same bits. */
function againstOwn(c: Case, t: CaseTensor, value: Tensor, owned: Float32Array): TensorVerdict {
  const comparisons = Array.from(value.data, (element, i) => compareBits(element, owned[i]!));
  return summarize(c, t, { witness: "own", source: null }, comparisons, "bits");
}

/**
 * The captured engine had its own error: the budget is the sum of the judged engine's and that of
 * any honest engine.
 *
 * A bit-faithful engine must reproduce every printed digit all the same.
 */
function againstGolden(
  c: Case,
  t: CaseTensor,
  value: Tensor,
  golden: GoldenTensor,
  exact: ReadonlyMap<Node, Enclosure>,
  captured: ReadonlyMap<Node, Enclosure>,
  profile: Profile,
): TensorVerdict {
  const { values } = exact.get(t.node)!;
  const largest = largestOf(values);
  const comparisons = Array.from(value.data, (element, i) => {
    const text = golden.numbers[i]!;
    const set = printedSet(text, golden.format);
    const radius = exact.get(t.node)!.radii[i]! + captured.get(t.node)!.radii[i]!;
    return comparePrinted(element, text, set, radius, largest);
  });
  const needed = profile === "own" ? "printed" : "within";
  return summarize(c, t, { witness: "golden", source: golden.source }, comparisons, needed);
}

/** The largest size of the finite values of a tensor; 0 if there are none. */
function largestOf(values: Float64Array): number {
  return values.reduce(
    (most, value) => Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most,
    0,
  );
}

/** The verdict on a tensor from those on its elements, `null` where a witness says nothing. */
function summarize(
  { undecidable = [] }: Case,
  { name, role, node }: CaseTensor,
  about: Pick<TensorVerdict, "witness" | "source">,
  comparisons: readonly (Comparison | null)[],
  needed: Verdict,
): TensorVerdict {
  const counts = { bits: 0, printed: 0, within: 0, unchecked: 0, undecidable: 0, fail: 0 };
  const said = comparisons.filter((comparison) => comparison !== null);
  for (const { verdict } of said) counts[verdict]++;
  const verdict = weakest(said.map((comparison) => comparison.verdict));
  let worst: { readonly comparison: Comparison; readonly position: number } | null = null;
  for (const [position, comparison] of comparisons.entries()) {
    if (comparison?.verdict !== verdict) continue;
    if (worst === null || shareOf(comparison) > shareOf(worst.comparison)) {
      worst = { comparison, position };
    }
  }
  return {
    tensor: name,
    role,
    ...about,
    verdict,
    right: verdicts.every((each) =>
      counts[each] === 0 || verdicts.indexOf(each) <= verdicts.indexOf(needed) ||
      (each === "unchecked" && needed === "within") ||
      (each === "undecidable" && undecidable.includes(name))
    ),
    counts,
    worst: worst === null
      ? null
      : { ...worst.comparison, index: indexOf(worst.position, node.shape) },
  };
}
