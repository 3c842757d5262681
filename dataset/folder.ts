/**
 * Replacing the files of a folder as one: all of them, or none.
 *
 * @module
 */
import { callable, checkParts } from "../core/check.ts";
import { asideName, clearLeftovers, partialName } from "./leftovers.ts";

/** A file being written. */
export interface FileSink {
  /** Appends bytes. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the file and says what it holds. */
  close(): Promise<FileDigest>;
}

/** What a file holds. */
export interface FileDigest {
  /** Its length. */
  readonly bytes: number;
  /** The SHA-256 of its bytes in hexadecimal. */
  readonly sha256: string;
}

/** The operations on a folder that a replacement needs; a file is named relative to it. */
export interface Folder {
  /** Makes the folder where it is missing. */
  make(): Promise<void>;
  /** Removes what {@linkcode Folder.make} made, where it is still empty. */
  unmake(): Promise<void>;
  /** Takes the folder for this process alone; rejects where another has it. */
  lock(): Promise<void>;
  /** Gives the folder free again. */
  unlock(): Promise<void>;
  /** The names of all that is in the folder. */
  list(): Promise<readonly string[]>;
  /** The text of a file, or `null` where there is none. */
  read(name: string): Promise<string | null>;
  /** Whether there is anything of that name. */
  exists(name: string): Promise<boolean>;
  /** Starts a file that does not exist. */
  create(name: string): Promise<FileSink>;
  /** Renames a file to a name that is free. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file. */
  remove(name: string): Promise<void>;
}

/** What is to be replaced. */
export interface ReplacementPlan {
  /** The files that will be written. */
  readonly names: readonly string[];
  /** The file that lists the others; it is put in place last. */
  readonly manifest: string;
  /**
   * The files that an older manifest lists, from its text; it throws where that is not ours to
   * replace.
   */
  readonly listed: (text: string) => readonly string[];
  /** Told how many files of a run that was killed were removed or put back, if any. */
  readonly onCleared?: ((files: number) => void) | undefined;
}

/**
 * A set of files on its way into a folder.
 *
 * Files are written beside their final names, and put in place together by
 * {@linkcode Replacement.commit}. Until then, and after any error, the folder holds what it held
 * before. The folder is locked from the beginning to the end; what a killed run has left there is
 * cleared first.
 */
export class Replacement {
  readonly #folder: Folder;
  readonly #plan: ReplacementPlan;
  readonly #stale: readonly string[];
  readonly #run: string;
  readonly #open = new Set<FileSink>();
  readonly #partial = new Set<string>();

  private constructor(folder: Folder, plan: ReplacementPlan, stale: readonly string[]) {
    this.#folder = folder;
    this.#plan = plan;
    this.#stale = stale;
    this.#run = crypto.randomUUID().slice(0, 8);
  }

  /**
   * Looks at what is in the folder and makes the folder where it is missing.
   *
   * Throws an `Error` when a file of one of the names is there and is not listed by the folder's
   * manifest.
   */
  static async begin(folder: Folder, plan: ReplacementPlan): Promise<Replacement> {
    await folder.make();
    try {
      await folder.lock();
    } catch (error) {
      await folder.unmake();
      throw error;
    }
    try {
      const cleared = await clearLeftovers(folder, plan);
      if (cleared > 0) plan.onCleared?.(cleared);
      const old = await folder.read(plan.manifest);
      const listed = new Set(old === null ? [] : plan.listed(old));
      for (const name of plan.names) {
        if (!listed.has(name) && await folder.exists(name)) {
          throw new Error(`Cannot write ${name}: it exists and is not listed in ${plan.manifest}`);
        }
      }
      return new Replacement(
        folder,
        plan,
        [...listed].filter((name) => !plan.names.includes(name)),
      );
    } catch (error) {
      await folder.unlock();
      await folder.unmake();
      throw error;
    }
  }

  /** Starts the file `name`, under a name of its own until the commit. */
  async create(name: string): Promise<FileSink> {
    const partial = partialName(name, this.#run);
    this.#partial.add(partial);
    const sink = await this.#folder.create(partial);
    checkParts("write a file", "what the folder creates", sink, {
      write: callable,
      close: callable,
    });
    this.#open.add(sink);
    return {
      write: (bytes) => sink.write(bytes),
      close: () => {
        this.#open.delete(sink);
        return sink.close();
      },
    };
  }

  /**
   * Puts every file in place, removes those that only the old manifest lists, and puts the manifest
   * in place last.
   *
   * When a step fails the steps before it are undone.
   */
  async commit(): Promise<void> {
    const moves: [from: string, to: string][] = [];
    const move = async (from: string, to: string) => {
      await this.#folder.rename(from, to);
      moves.push([from, to]);
    };
    const replaced: string[] = [];
    try {
      for (const name of [...this.#stale, ...this.#plan.names, this.#plan.manifest]) {
        if (await this.#folder.exists(name)) {
          const aside = asideName(name, this.#run);
          await move(name, aside);
          replaced.push(aside);
        }
        const partial = partialName(name, this.#run);
        if (this.#partial.has(partial)) await move(partial, name);
      }
    } catch (error) {
      let undone = true;
      for (const [from, to] of moves.reverse()) {
        await this.#folder.rename(to, from).catch(() => undone = false);
      }
      // Else the next run undoes the rest, by what the partial files tell it.
      if (!undone) this.#partial.clear();
      throw error;
    }
    this.#partial.clear();
    for (const aside of replaced) await this.#folder.remove(aside);
    await this.#folder.unlock();
  }

  /** Removes what was written so far; what can't be removed is left. */
  async abandon(): Promise<void> {
    for (const sink of this.#open) await tried(() => sink.close());
    for (const partial of this.#partial) await tried(() => this.#folder.remove(partial));
    await tried(() => this.#folder.unlock());
    await tried(() => this.#folder.unmake());
  }
}

/** Does something that may fail without harm, while an error is on its way already. */
async function tried(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch {
    // The error on its way says more.
  }
}
