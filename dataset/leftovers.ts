/**
 * What a run that was killed has left in a folder: found by its names, undone or removed.
 *
 * @module
 */
import { check, listOf, text } from "../core/check.ts";
import type { Folder, ReplacementPlan } from "./folder.ts";

/** The name of a file while it is being written by a run. */
export function partialName(name: string, run: string): string {
  return `.${name}.partial-${run}`;
}

/** The name of an old file that a run has moved out of the way. */
export function asideName(name: string, run: string): string {
  return `.${name}.replaced-${run}`;
}

/** The file that lists the others, and how it is read; see {@linkcode ReplacementPlan}. */
type Listing = Pick<ReplacementPlan, "manifest" | "listed">;

/** The files of one run that did not end by itself, by their final names. */
interface Leftovers {
  readonly partial: Set<string>;
  readonly aside: Set<string>;
}

/**
 * Gives a folder back the files that it had before a run was killed there, or, where that run had
 * put its last file in place, keeps the new ones; removes everything else that the run has left.
 * Without a plan, where files have been replaced one by one, there is nothing to undo.
 *
 * Returns how many files of it were removed or put back. The folder must be locked: else they could
 * belong to a run that is alive. If this is killed in its turn, the next call goes on with it.
 */
export async function clearLeftovers(folder: Folder, plan?: Listing): Promise<number> {
  let cleared = 0;
  const names = await folder.list();
  check("clear a folder", "what it lists", names, listOf(text, "names"));
  for (const [run, { partial, aside }] of leftoversByRun(names)) {
    // A run puts its manifest in place last: until then its partial file tells what was planned.
    const manifest = plan !== undefined && partial.delete(plan.manifest) ? plan.manifest : null;
    if (plan !== undefined && manifest !== null) await undo(folder, run, { partial, aside }, plan);
    else for (const name of aside) await folder.remove(asideName(name, run));
    for (const name of partial) await folder.remove(partialName(name, run));
    if (manifest !== null) await folder.remove(partialName(manifest, run));
    cleared += partial.size + aside.size + (manifest === null ? 0 : 1);
  }
  return cleared;
}

function leftoversByRun(names: readonly string[]): Map<string, Leftovers> {
  const runs = new Map<string, Leftovers>();
  for (const entry of names) {
    const [, name, state, run] = /^\.(.+)\.(partial|replaced)-([0-9a-f]{8})$/s.exec(entry) ?? [];
    if (name === undefined) continue;
    const leftovers = runs.get(run!) ?? { partial: new Set(), aside: new Set() };
    runs.set(run!, leftovers);
    (state === "partial" ? leftovers.partial : leftovers.aside).add(name);
  }
  return runs;
}

/** Takes the new files of a run out of their places and puts the old ones back. */
async function undo(
  folder: Folder,
  run: string,
  { partial, aside }: Leftovers,
  { manifest, listed }: Listing,
): Promise<void> {
  const namesIn = async (file: string): Promise<readonly string[]> => {
    const text = await folder.read(file);
    try {
      return text === null ? [] : listed(text);
    } catch {
      return []; // cut off: the run was killed before it moved any file
    }
  };
  const planned = await namesIn(partialName(manifest, run));
  const old = await namesIn(aside.has(manifest) ? asideName(manifest, run) : manifest);
  for (const name of planned) {
    // What the old manifest lists and is not aside is old: never moved, or put back before.
    const isNew = !partial.has(name) && (aside.has(name) || !old.includes(name));
    if (isNew && await folder.exists(name)) await folder.remove(name);
  }
  // The manifest first: from now on it tells which files are old.
  for (const name of [manifest, ...aside].filter((name, i) => i === 0 || name !== manifest)) {
    if (aside.has(name)) await folder.rename(asideName(name, run), name);
  }
}
