/**
 * A folder on disk.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import type { FileDigest, FileSink, Folder } from "../dataset/folder.ts";
import { attempt, systemError } from "./attempt.ts";

/**
 * The folder at `path`, for {@linkcode writeDataset}; needs permission to read and to write it.
 *
 * Its errors say what could not be done to which file, and why.
 */
export function diskFolder(path: string): Folder {
  const made: string[] = [];
  const at = (name: string) => join(path, name);
  return {
    async make() {
      const missing: string[] = [];
      for (let folder = path;; folder = dirname(folder)) {
        const info = await stat(folder);
        if (info?.isDirectory) break;
        if (info !== null) throw new Error(`Cannot write into ${path}: ${folder} is not a folder`);
        missing.unshift(folder);
      }
      for (const folder of missing) {
        await attempt(`make the folder ${folder}`, () => Deno.mkdir(folder, { recursive: true }));
        made.push(folder);
      }
    },
    async unmake() {
      // A folder that is not empty stays.
      for (const folder of made.splice(0).reverse()) await Deno.remove(folder).catch(() => {});
    },
    async read(name) {
      if (await stat(at(name)) === null) return null;
      return attempt(`read ${at(name)}`, () => Deno.readTextFile(at(name)));
    },
    exists: async (name) => await stat(at(name), Deno.lstat) !== null,
    create: (name) => attempt(`write ${at(name)}`, () => createFile(at(name))),
    rename: (from, to) =>
      attempt(`rename ${at(from)} to ${to}`, () => Deno.rename(at(from), at(to))),
    remove: (name) => attempt(`remove ${at(name)}`, () => Deno.remove(at(name))),
  };
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
 * What is at a path, links followed by default, or `null` where there is nothing, or no way there.
 */
async function stat(path: string, look = Deno.stat): Promise<Deno.FileInfo | null> {
  try {
    return await look(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return null;
    }
    throw systemError(`read ${path}`, error);
  }
}
