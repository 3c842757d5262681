/**
 * The committed kill matrix: its form, its reader and writer, and how a new one differs from it.
 *
 * @module
 */
import committed from "./kill_matrix.json" with { type: "json" };
import { type MutantReport, REQUIRED_SHARE, type Trial } from "./matrix.ts";
import { type MutantKind, mutantKinds } from "./mutant.ts";

/** What became of a mutant on a case: a share of the budget as text, or an outcome. */
export type Entry = string;

/** A mutant as it is written: what it is, and each case on which it shows. */
export interface CommittedMutant {
  readonly kind: MutantKind;
  /**
   * By case id: how many times its budget the mutant uses (`2.6e+3`, `infinite`) where it is
   * killed, `threw`, or `below`. It is equivalent on all other cases.
   */
  readonly entries: ReadonlyMap<string, Entry>;
}

/** A kill matrix by the names of the mutants. */
export type KillMatrix = ReadonlyMap<string, CommittedMutant>;

const FORMAT = "goldengrad-kill-matrix";
const ABOUT = "By mutant: on which cases it shows, by how many times its budget; else it is " +
  "equivalent there. Written by `deno task mutants --update`.";

/** The kill matrix in the repository. */
export function committedMatrix(): KillMatrix {
  return parseMatrix(committed);
}

/**
 * Reads a kill matrix from its JSON form.
 *
 * Throws a `SyntaxError` that names the mutant and the case where something is not as
 * {@linkcode matrixText} writes it.
 */
export function parseMatrix(json: unknown): KillMatrix {
  if (!isObject(json)) return refuse("it is not an object");
  if (json.format !== FORMAT) return refuse(`its format is not "${FORMAT}"`);
  if (json.formatVersion !== 1) return refuse("its formatVersion is not 1");
  if (!isObject(json.mutants)) return refuse("its mutants are not an object");
  checkSorted(Object.keys(json.mutants), "mutants");
  return new Map(
    Object.entries(json.mutants).map(([name, mutant]) => [name, parseMutant(name, mutant)]),
  );
}

function parseMutant(name: string, json: unknown): CommittedMutant {
  const what = `mutant ${JSON.stringify(name)}`;
  if (!isObject(json)) return refuse(`${what} is not an object`);
  const { kind, ...entries } = json;
  if (!mutantKinds.includes(kind as MutantKind)) {
    return refuse(`${what} has the kind ${JSON.stringify(kind)}`);
  }
  checkSorted(Object.keys(entries), `cases of ${what}`);
  for (const [id, entry] of Object.entries(entries)) {
    if (!id.includes("/")) return refuse(`${what} has the key ${JSON.stringify(id)}, no case id`);
    if (!isEntry(entry)) return refuse(`${what} on ${id} is ${JSON.stringify(entry)}`);
  }
  return {
    kind: kind as MutantKind,
    entries: new Map(Object.entries(entries) as [string, Entry][]),
  };
}

/** Whether a value is `threw`, `below`, `infinite`, or a share above 1 as it is written. */
function isEntry(entry: unknown): entry is Entry {
  if (entry === "threw" || entry === "below" || entry === "infinite") return true;
  return typeof entry === "string" && Number(entry) >= 1 && shareText(Number(entry)) === entry;
}

function checkSorted(names: readonly string[], what: string): void {
  const at = names.findIndex((name, i) => i > 0 && !(names[i - 1]! < name));
  if (at >= 0) refuse(`the ${what} are not in order at ${JSON.stringify(names[at])}`);
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function refuse(facts: string): never {
  throw new SyntaxError(`Cannot read the kill matrix: ${facts}`);
}

/**
 * A kill matrix as the text of its file: one line per mutant and case, both in order.
 *
 * `kind` ends each mutant, so that a new case adds its own lines and changes no other.
 */
export function matrixText(matrix: KillMatrix): string {
  const mutants = inOrder([...matrix]).map(([name, { kind, entries }]) => [
    name,
    { ...Object.fromEntries(inOrder([...entries])), kind },
  ]);
  const json = {
    format: FORMAT,
    formatVersion: 1,
    about: ABOUT,
    mutants: Object.fromEntries(mutants),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** Pairs in the order of their names' code units. */
function inOrder<T>(pairs: readonly (readonly [string, T])[]): (readonly [string, T])[] {
  return pairs.toSorted(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
}

/** Reports in the committed form. */
export function toMatrix(reports: readonly MutantReport[]): KillMatrix {
  return new Map(reports.map(({ name, kind, trials }) => [name, {
    kind,
    entries: new Map(
      [...trials].flatMap(([id, trial]) => {
        const entry = entryOf(trial);
        return entry === null ? [] : [[id, entry] as const];
      }),
    ),
  }]));
}

function entryOf({ outcome, share }: Trial): Entry | null {
  return outcome === "killed" ? shareText(share) : outcome === "equivalent" ? null : outcome;
}

/** A share of a budget with two significant digits: `2.6e+3`. */
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
  known: KillMatrix = committedMatrix(),
): string[] {
  const weak = reports.filter(({ strongest }) =>
    complete && !(strongest !== null && strongest.share >= REQUIRED_SHARE)
  );
  const names = new Set(reports.map(({ name }) => name));
  const gone = [...known.keys()].filter((name) => complete && !names.has(name));
  const found = toMatrix(reports);
  return [
    ...weak.map(({ name }) => `"${name}" exceeds its budget ${REQUIRED_SHARE} times on no case`),
    ...reports.flatMap(({ name, trials }) => {
      const before = known.get(name)?.entries;
      if (before === undefined) return [`"${name}" is not in the committed matrix`];
      const entries = found.get(name)!.entries;
      const ids = new Set([...trials.keys(), ...(complete ? before.keys() : [])]);
      return [...ids].flatMap((id) => {
        const [was, is] = [before, entries].map((list) => list.get(id) ?? "equivalent");
        if (was === is) return [];
        const now = trials.has(id) ? `now ${is}` : "and the case is gone";
        return [`"${name}" on ${id}: committed ${was}, ${now}`];
      });
    }),
    ...gone.map((name) => `"${name}" is gone`),
  ];
}
