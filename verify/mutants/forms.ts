/**
 * The mutants of an op by its form: from a row alone follow bugs in its gradient rule and in its
 * kernel, so that a new op has mutants without anyone writing them.
 *
 * Each is tried on graphs of its own op (`forms/graph.ts`) until one shows it.
 *
 * @module
 */
import type { Form } from "../../core/op.ts";
import { type OpName, ops } from "../../core/ops/table.ts";
import { drawnOps } from "../random_graph.ts";
import { shareOfBudget } from "../soundness.ts";
import { KINDS, type OpGraph, opGraph } from "./forms/graph.ts";
import { kernelMutants } from "./forms/kernels.ts";
import type { OpMutant } from "./forms/mutant.ts";
import { ruleMutants } from "./forms/rules.ts";
import { REQUIRED_SHARE } from "./matrix.ts";

/** All mutants of an op. */
export function opMutants(op: OpName): OpMutant[] {
  return [...ruleMutants(op), ...kernelMutants(op)];
}

/** What became of a mutant of an op. */
export interface OpMutantReport {
  readonly op: OpName;
  readonly form: Form["name"];
  readonly name: string;
  /**
   * `killed`: an element exceeds its budget as often as it must. `equal`: nothing can show, by
   * nature. `survived`: neither.
   */
  readonly outcome: "killed" | "equal" | "survived";
  /** How many times its budget an element uses, at most; where killed, in the graph that did. */
  readonly share: number;
  /** Why nothing can show; empty where something should. */
  readonly reason: string;
}

/** On how many graphs a mutant must not show that changes nothing by nature. */
const GRAPHS = KINDS;

/** On how many graphs one is tried that should show, or has found no place. */
const SEARCHED = 8 * GRAPHS;

/** Mutants that survive, each with the reason why that is right. */
export const knownSurvivors: Readonly<Record<string, string>> = {};

/** Options of {@linkcode tryOpMutants}. */
export interface OpMutantsOptions {
  /** The ops; all but sources by default. */
  readonly ops?: readonly OpName[];
  /** The mutants of an op; {@linkcode opMutants} by default. */
  readonly mutantsOf?: (op: OpName) => readonly OpMutant[];
  /** Told how many ops are done. */
  readonly onProgress?: (done: number) => void;
}

/** Tries all mutants of ops, judged by the budget of any honest engine. */
export function tryOpMutants(options: OpMutantsOptions = {}): OpMutantReport[] {
  const { ops = drawnOps(), mutantsOf = opMutants, onProgress = () => {} } = options;
  return ops.flatMap((op, done) => {
    const graphs: OpGraph[] = [];
    const reports = mutantsOf(op).map((mutant) =>
      tryOpMutant(mutant, (n) => graphs[n] ??= opGraph(op, n))
    );
    onProgress(done + 1);
    return reports;
  });
}

function tryOpMutant({ op, name, plant }: OpMutant, graph: (n: number) => OpGraph): OpMutantReport {
  const report = { op, form: ops[op].form.name, name };
  const reasons = new Set<string | null>();
  let [share, fitting] = [0, 0];
  // What has a reason not to show on every graph has it for good.
  const isEqual = () => fitting > 0 && !reasons.has(null);
  for (let n = 0; n < GRAPHS || (n < SEARCHED && !isEqual()); n++) {
    const planted = plant(graph(n));
    if (planted === null) continue;
    fitting++;
    const values = planted.values();
    share = Math.max(share, largestShare(values, graph(n).exact(planted.judged)));
    if (share >= REQUIRED_SHARE) return { ...report, outcome: "killed", share, reason: "" };
    reasons.add(isSame(values, planted.right()) ? planted.harmless() : null);
  }
  if (fitting === 0) reasons.add("no graph has a place for it");
  const [reason] = reasons;
  return reasons.has(null)
    ? { ...report, outcome: "survived", share, reason: "" }
    : { ...report, outcome: "equal", share, reason: reason! };
}

/** The largest share of its budget that an element uses, of those of which something can be said. */
export function largestShare(
  values: readonly Float32Array[],
  exact: ReturnType<OpGraph["exact"]>,
): number {
  let largest = 0;
  values.forEach((data, n) => {
    const expected = exact[n]!;
    data.forEach((value, i) => {
      const share = shareOfBudget(value, expected.values[i]!, expected.radii[i]!);
      largest = Math.max(largest, share ?? 0);
    });
  });
  return largest;
}

/** Whether values are the same; the two zeros are. */
function isSame(values: readonly Float32Array[], others: readonly Float32Array[]): boolean {
  return values.every((data, n) =>
    data.every((value, i) => {
      const other = others[n]![i]!;
      return value === other || (Number.isNaN(value) && Number.isNaN(other));
    })
  );
}

/**
 * What is wrong with the mutants of ops, one line each; empty if nothing is: a mutant survives that
 * is not known to, or is known to and does not.
 */
export function opFaultsOf(
  reports: readonly OpMutantReport[],
  { complete }: { complete: boolean },
  known: Readonly<Record<string, string>> = knownSurvivors,
): string[] {
  const survivors = reports.filter(({ outcome }) => outcome === "survived");
  const names = new Set(survivors.map(({ name }) => name));
  return [
    ...survivors.filter(({ name }) => !Object.hasOwn(known, name)).map(({ name, share }) =>
      `"${name}" exceeds its budget ${REQUIRED_SHARE} times on no graph, at most ${share}`
    ),
    ...Object.keys(known).filter((name) => complete && !names.has(name)).map((name) =>
      `"${name}" is known to survive and does not`
    ),
  ];
}
