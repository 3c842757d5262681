/**
 * The lock of a folder on disk: one process writes there at a time.
 *
 * @module
 */
import { join } from "node:path";
import { attempt } from "./attempt.ts";

/** The file that says who writes. */
const LOCK_NAME = ".goldengrad.lock";

/** Who writes into a folder, and since when. */
interface Owner {
  readonly host: string;
  readonly process: number;
  readonly started: string;
}

/** A lock that is held. */
export interface DiskLock {
  /** Gives the folder free. */
  release(): Promise<void>;
}

/**
 * Locks a folder for this process; rejects where another process has it, with who that is.
 *
 * The operating system holds the lock and lets it go when the process ends, however that ends: so a
 * process of this host that was killed is known to be dead, even if another has its number by now.
 * Of another host that shares the folder nothing is known for certain: it must be asked. Needs
 * permission to read and write there and to know the host's name.
 */
export async function lockFolder(folder: string): Promise<DiskLock> {
  const path = join(folder, LOCK_NAME);
  const failing = `write into ${folder}`;
  const here = await attempt(failing, () => Promise.resolve(Deno.hostname()));
  for (;;) {
    const file = await attempt(
      failing,
      () => Deno.open(path, { read: true, write: true, create: true }),
    );
    try {
      const locked = await attempt(`lock ${path}`, () => file.tryLock(true));
      const owner = await attempt(`read ${path}`, () => readOwner(path));
      if (owner !== null && owner.host !== here) {
        throw new Error(
          `Cannot ${failing}: ${text(owner)} on the host "${owner.host}" has it; ` +
            `if that no longer runs, remove ${path}`,
        );
      }
      if (!locked) {
        const who = owner === null ? "another process" : text(owner);
        throw new Error(`Cannot ${failing}: ${who} is writing there`);
      }
      // A process that has just ended may have removed the file after we opened it.
      if (await isAt(file, path)) {
        await attempt(`write ${path}`, () => writeOwner(file, here));
        return {
          async release() {
            // What can't be removed is no lock: nobody holds it.
            await Deno.remove(path).catch(() => {});
            file.close();
          },
        };
      }
    } catch (error) {
      file.close();
      throw error;
    }
    file.close();
  }
}

/** Who has the lock; `null` where nobody has written that down, or it can't be read. */
async function readOwner(path: string): Promise<Owner | null> {
  try {
    const owner: Partial<Owner> | null = JSON.parse(await Deno.readTextFile(path));
    const { host, process, started } = owner ?? {};
    const known = typeof host === "string" && typeof process === "number";
    return known ? { host, process, started: String(started) } : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function writeOwner(file: Deno.FsFile, host: string): Promise<void> {
  const owner: Owner = { host, process: Deno.pid, started: new Date().toISOString() };
  const bytes = new TextEncoder().encode(`${JSON.stringify(owner)}\n`);
  await file.truncate(0);
  for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
}

async function isAt(file: Deno.FsFile, path: string): Promise<boolean> {
  const [open, there] = [await file.stat(), await Deno.stat(path).catch(() => null)];
  return there !== null && there.ino === open.ino && there.dev === open.dev;
}

function text({ process, started }: Owner): string {
  return `process ${process}, since ${started},`;
}
