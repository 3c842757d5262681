/**
 * A folder on disk.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import type { FileDigest, FileSink, Folder } from "../dataset/folder.ts";
import { attempt, systemError } from "./attempt.ts";
import { type DiskLock, lockFolder } from "./disk_lock.ts";

/**
 * The folder at `path`, for {@linkcode writeDataset}; needs permission to read and to write it, and
 * to know the host's name.
 *
 * Its errors say what could not be done to which file, and why.
 */
export function diskFolder(path: string): Folder {
  const made: string[] = [];
  let held: DiskLock | null = null;
  const at = (name: string) => join(path, name);
  return {
    async make() {
      for (const folder of await missingFolders(path)) {
        if (await attempt(`write into ${path}`, () => makeFolder(folder))) made.push(folder);
      }
    },
    async unmake() {
      // A folder that is not empty stays.
      for (const folder of made.splice(0).reverse()) await Deno.remove(folder).catch(() => {});
    },
    async lock() {
      held = await lockFolder(path);
    },
    async unlock() {
      const lock = held;
      held = null;
      await attempt(`write into ${path}`, async () => await lock?.release());
    },
    list: () =>
      attempt(
        `read ${path}`,
        () => Array.fromAsync(Deno.readDir(path), ({ name }) => name),
      ),
    async read(name) {
      if (await stat(at(name), `read ${at(name)}`) === null) return null;
      return attempt(`read ${at(name)}`, () => Deno.readTextFile(at(name)));
    },
    exists: async (name) => await stat(at(name), `read ${at(name)}`, Deno.lstat) !== null,
    create: (name) => attempt(`write ${at(name)}`, () => createFile(at(name))),
    rename: (from, to) =>
      attempt(`rename ${at(from)} to ${to}`, () => Deno.rename(at(from), at(to))),
    remove: (name) => attempt(`remove ${at(name)}`, () => Deno.remove(at(name))),
  };
}

/** The folders to make so that there is one at `path`, the outermost first. */
async function missingFolders(path: string): Promise<string[]> {
  const missing: string[] = [];
  for (let folder = path;; folder = dirname(folder)) {
    const info = await stat(folder, `write into ${path}`);
    if (info?.isDirectory) return missing;
    if (info !== null) throw new Error(`Cannot write into ${path}: ${folder} is not a folder`);
    // Links are not followed now; another process may have made a folder since.
    const entry = await stat(folder, `write into ${path}`, Deno.lstat);
    if (entry?.isDirectory) return missing;
    if (entry?.isSymlink) {
      const target = await attempt(`write into ${path}`, () => Deno.readLink(folder));
      throw new Error(
        `Cannot write into ${path}: ${folder} is a link to ${target}, which is missing`,
      );
    }
    missing.unshift(folder);
  }
}

/** Makes a folder and says whether it did: another process may have made it meanwhile. */
async function makeFolder(folder: string): Promise<boolean> {
  try {
    await Deno.mkdir(folder);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    throw error;
  }
}

async function createFile(path: string): Promise<FileSink> {
  const file = await Deno.open(path, { write: true, createNew: true });
  const hash = createHash("sha256");
  let length = 0;
  return {
    async write(bytes) {
      hash.update(bytes);
      length += bytes.length;
      await attempt(`write ${path}`, async () => {
        for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
      });
    },
    close(): Promise<FileDigest> {
      file.close();
      return Promise.resolve({ bytes: length, sha256: hash.digest("hex") });
    },
  };
}

/**
 * What is at a path, links followed by default, or `null` where there is nothing, or no way there;
 * `action` stands in errors.
 */
async function stat(
  path: string,
  action: string,
  look = Deno.stat,
): Promise<Deno.FileInfo | null> {
  try {
    return await look(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return null;
    }
    throw systemError(action, error);
  }
}
