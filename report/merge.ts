/**
 * The verdicts of a case's instances as one, for reports that people read.
 *
 * @module
 */
import { blockKey } from "../golden/mod.ts";
import type { CaseVerdict, TensorVerdict } from "../verify/case_verdict.ts";
import { shareOf, type Verdict, verdicts, weakest } from "../verify/verdict.ts";

/** The verdict on a tensor over all instances of its case. */
export interface MergedTensor extends TensorVerdict {
  /** The instance that has the worst element. */
  readonly instance: number;
}

/** A tensor that had to be there. */
export interface MissingTensor {
  readonly name: string;
  readonly count: number;
  readonly instance: number;
}

/** The verdict on a case over all its instances. */
export interface MergedCase {
  readonly id: string;
  readonly verdict: Verdict;
  readonly right: boolean;
  /** How often it was judged. */
  readonly count: number;
  /** Whether some instance has inputs other than the case's own. */
  readonly inputsGiven: boolean;
  /** The instances that are wrong. */
  readonly wrong: readonly number[];
  /** One verdict per tensor and witness. */
  readonly tensors: readonly MergedTensor[];
  /** The tensors that are missing, each with how many instances lack it and the first of them. */
  readonly missing: readonly MissingTensor[];
}

/** Merges the verdicts of each case, in the order in which the cases first occur. */
export function mergeInstances(results: readonly CaseVerdict[]): MergedCase[] {
  const groups = new Map<string, CaseVerdict[]>();
  for (const result of results) {
    const group = groups.get(result.id);
    if (group === undefined) groups.set(result.id, [result]);
    else group.push(result);
  }
  return [...groups].map(([id, group]) => ({
    id,
    verdict: weakest(group.map(({ verdict }) => verdict)),
    right: group.every(({ right }) => right),
    count: group.length,
    inputsGiven: group.some(({ inputs }) => inputs === "given"),
    wrong: group.filter(({ right }) => !right).map(({ instance = 0 }) => instance),
    tensors: mergeTensors(group),
    missing: mergeMissing(group),
  }));
}

function mergeMissing(group: readonly CaseVerdict[]): MissingTensor[] {
  const merged = new Map<string, MissingTensor>();
  for (const { instance = 0, missing = [] } of group) {
    for (const name of missing) {
      const before = merged.get(name) ?? { name, count: 0, instance };
      merged.set(name, { ...before, count: before.count + 1 });
    }
  }
  return [...merged.values()];
}

function mergeTensors(group: readonly CaseVerdict[]): MergedTensor[] {
  const merged = new Map<string, MergedTensor>();
  for (const { instance = 0, tensors } of group) {
    for (const tensor of tensors) {
      const block = tensor.source === null ? "" : blockKey(tensor.source);
      const key = `${tensor.witness}/${block}/${tensor.tensor}`;
      const next = { ...tensor, instance };
      const before = merged.get(key);
      merged.set(key, before === undefined ? next : mergeTwo(before, next));
    }
  }
  return [...merged.values()];
}

function mergeTwo(a: MergedTensor, b: MergedTensor): MergedTensor {
  return {
    ...(isWorse(b, a) ? b : a),
    verdict: weakest([a.verdict, b.verdict]),
    right: a.right && b.right,
    counts: Object.fromEntries(
      verdicts.map((verdict) => [verdict, a.counts[verdict] + b.counts[verdict]]),
    ) as Record<Verdict, number>,
  };
}

function isWorse(a: TensorVerdict, b: TensorVerdict): boolean {
  if (a.worst === null || b.worst === null) return b.worst === null;
  const rank = verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict);
  return rank > 0 || (rank === 0 && shareOf(a.worst) > shareOf(b.worst));
}
