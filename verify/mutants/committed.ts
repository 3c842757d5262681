/**
 * The committed kill matrix, and how a new one differs from it.
 *
 * @module
 */
import committed from "./kill_matrix.json" with { type: "json" };
import { type MutantReport, type Outcome, requiredShare } from "./matrix.ts";

/** A kill matrix as it is written to `kill_matrix.json`. */
export interface CommittedMatrix {
  readonly cases: readonly string[];
  readonly mutants: readonly {
    readonly name: string;
    readonly kind: string;
    /** The case on which the mutant exceeds its budget most, and by how much. */
    readonly strongest: { readonly case: string; readonly share: string } | null;
    /** One letter per case: K killed, T threw, E equivalent, B below resolution. */
    readonly outcomes: string;
  }[];
}

const letters: Record<Outcome, string> = { killed: "K", threw: "T", equivalent: "E", below: "B" };

/** The kill matrix in the repository. */
export const committedMatrix: CommittedMatrix = committed;

/** Reports in the committed form. */
export function toCommitted(reports: readonly MutantReport[]): CommittedMatrix {
  return {
    cases: [...reports[0]?.trials.keys() ?? []],
    mutants: reports.map(({ name, kind, trials, strongest }) => ({
      name,
      kind,
      strongest: strongest && { case: strongest.id, share: shareText(strongest.share) },
      outcomes: [...trials.values()].map(({ outcome }) => letters[outcome]).join(""),
    })),
  };
}

/** A share of a budget with two significant digits: `2.6e+3 times`. */
export function shareText(share: number): string {
  return share === Infinity
    ? "infinite"
    : share >= 1000
    ? share.toExponential(1)
    : String(Number(share.toPrecision(2)));
}

/**
 * What is wrong with a kill matrix, one line each; empty if nothing is.
 *
 * Every mutant must exceed its budget at least 10 times on some case, and nothing may differ from
 * the committed matrix. A matrix of some of the cases is compared on these only.
 */
export function faultsOf(
  reports: readonly MutantReport[],
  { complete }: { complete: boolean },
  known: CommittedMatrix = committedMatrix,
): string[] {
  const found = toCommitted(reports);
  const weak = reports.filter(({ strongest }) =>
    complete && !(strongest !== null && strongest.share >= requiredShare)
  );
  return [
    ...weak.map(({ name }) => `"${name}" exceeds its budget ${requiredShare} times on no case`),
    ...found.mutants.flatMap((mutant) => {
      const before = known.mutants.find(({ name }) => name === mutant.name);
      if (before === undefined) return [`"${mutant.name}" is not in the committed matrix`];
      return found.cases.flatMap((id, i) => {
        const was = before.outcomes[known.cases.indexOf(id)] ?? "none";
        const is = mutant.outcomes[i]!;
        return was === is ? [] : [`"${mutant.name}" on ${id}: committed ${was}, now ${is}`];
      });
    }),
    ...(complete ? gone(found, known) : []),
  ];
}

function gone(found: CommittedMatrix, known: CommittedMatrix): string[] {
  const missing = <T>(all: readonly T[], present: readonly T[]) =>
    all.filter((item) => !present.includes(item));
  return [
    ...missing(known.cases, found.cases).map((id) => `case ${id} is gone`),
    ...missing(known.mutants.map((m) => m.name), found.mutants.map((m) => m.name)).map((name) =>
      `"${name}" is gone`
    ),
    ...found.mutants.flatMap(({ name, strongest }) => {
      const before = known.mutants.find((mutant) => mutant.name === name)?.strongest;
      if (before === undefined || JSON.stringify(before) === JSON.stringify(strongest)) return [];
      return [
        `"${name}" strongest: committed ${JSON.stringify(before)}, now ${
          JSON.stringify(strongest)
        }`,
      ];
    }),
  ];
}
