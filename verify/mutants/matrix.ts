/**
 * The kill matrix: which planted bug is caught on which case, and by how much.
 *
 * These bugs are planted in an engine and judged by a judge without one. A bug in what both share,
 * or in the judge itself, can't show here: `scripts/source_mutants.json` plants such bugs in the
 * source, and the tests must turn red.
 *
 * @module
 */
import type { Case } from "../../cases/mod.ts";
import { allowances } from "../allowance.ts";
import { type Enclosure, evaluateFloat64 } from "../exact.ts";
import { inputMutants } from "./inputs.ts";
import { kernelMutants } from "./kernels.ts";
import { honestTensors, type Mutant, type MutantKind, type MutantValues } from "./mutant.ts";
import { planMutants } from "./plan.ts";
import { ruleMutants } from "./rules.ts";
import { walkMutants } from "./walk.ts";

/** Every planted bug. */
export const mutants: readonly Mutant[] = [
  ...ruleMutants,
  ...walkMutants,
  ...kernelMutants,
  ...planMutants,
  ...inputMutants,
];

/**
 * What became of a mutant on a case.
 *
 * `killed`: a value exceeds its budget, a tensor has a wrong shape, or a NaN has other bits than
 * the one NaN of the numeric contract. `threw`: the bug makes the engine throw. `equivalent`: the
 * true results are equal here, to 2⁻⁴⁰ relative. `below`: they differ, but by less than the budget
 * can tell.
 */
export type Outcome = "killed" | "threw" | "equivalent" | "below";

/** A mutant on a case. */
export interface Trial {
  readonly outcome: Outcome;
  /**
   * The largest share of its budget that a value uses; `Infinity` for a wrong shape or a mismatch
   * that is not finite.
   */
  readonly share: number;
}

/** A mutant on every case. */
export interface MutantReport {
  readonly name: string;
  readonly kind: MutantKind;
  /** By case id. */
  readonly trials: ReadonlyMap<string, Trial>;
  /** The case on which the mutant exceeds its budget most; `null` if it is killed nowhere. */
  readonly strongest: { readonly id: string; readonly share: number } | null;
}

/** How often a mutant must exceed its budget on some case. */
export const REQUIRED_SHARE = 10;

/** Relative difference up to which true results count as equal. */
const EQUAL = 2 ** -40;

/**
 * Tries every mutant on every case, judged by the budget of any honest engine.
 *
 * `onProgress` is told how many mutants are done.
 */
export function killMatrix(
  cases: readonly Case[],
  list: readonly Mutant[] = mutants,
  onProgress: (done: number) => void = () => {},
): MutantReport[] {
  const honest = cases.map(honestGradients);
  return list.map((mutant, done) => {
    const trials = new Map(cases.map((c, i) => [c.id, tryMutant(mutant, c, honest[i]!)]));
    onProgress(done + 1);
    let strongest: MutantReport["strongest"] = null;
    for (const [id, { outcome, share }] of trials) {
      if (outcome === "killed" && isStronger(share, strongest?.share ?? 0)) {
        strongest = { id, share };
      }
    }
    return { name: mutant.name, kind: mutant.kind, trials, strongest };
  });
}

/** A larger finite share says more than an infinite one. */
function isStronger(share: number, than: number): boolean {
  return Number.isFinite(share) ? share > than || than === Infinity : than === 0;
}

/** The exact gradients of a case and their budgets, by name. */
export function honestGradients(c: Case): Map<string, Enclosure> {
  const tensors = honestTensors(c);
  const exact = evaluateFloat64(tensors.map(({ node }) => node), allowances.any);
  return new Map(tensors.map(({ name, node }) => [name, exact.get(node)!]));
}

/** Tries one mutant on one case. */
export function tryMutant(mutant: Mutant, c: Case, honest: ReadonlyMap<string, Enclosure>): Trial {
  let found: MutantValues;
  try {
    found = mutant.compute(c);
  } catch {
    return { outcome: "threw", share: Infinity };
  }
  let share = 0;
  let same = true;
  for (const [name, { values, radii }] of honest) {
    const got = found.values.get(name)!;
    if (got.length !== values.length || hasOtherNaN(got)) {
      return { outcome: "killed", share: Infinity };
    }
    values.forEach((value, i) => {
      if (radii[i] === Infinity) return;
      share = Math.max(share, shareOf(got[i]!, value, radii[i]!));
      same &&= isEqual(found.exact.get(name)![i]!, value);
    });
  }
  return { outcome: share > 1 ? "killed" : same ? "equivalent" : "below", share };
}

/** Whether a value is a NaN of other bits than 0x7fc00000. */
function hasOtherNaN(data: Float32Array): boolean {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  return data.some((value, i) => Number.isNaN(value) && bits[i] !== 0x7fc00000);
}

function shareOf(got: number, value: number, radius: number): number {
  if (got === value || (Number.isNaN(got) && Number.isNaN(value))) return 0;
  if (!Number.isFinite(got) || !Number.isFinite(value)) return Infinity;
  return Math.abs(got - value) / radius;
}

function isEqual(a: number, b: number): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  return Number.isFinite(b) && Math.abs(a - b) <= EQUAL * Math.abs(b);
}
