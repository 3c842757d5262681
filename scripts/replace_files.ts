/**
 * Writing a few texts into a folder, for commands that keep their results there.
 *
 * @module
 */
import { clearLeftovers, partialName } from "../dataset/leftovers.ts";
import { attempt } from "./attempt.ts";
import { diskFolder } from "./disk_folder.ts";
import { complain } from "./output.ts";

/** A text and the name of its file. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/**
 * Writes all files beside their final names, then renames them, so that none is ever half written;
 * files of these names are replaced, no other is touched. The folder is made where it is missing,
 * and locked meanwhile.
 */
export async function replaceFiles(path: string, files: readonly NamedText[]): Promise<void> {
  const folder = diskFolder(path);
  const run = crypto.randomUUID().slice(0, 8);
  const rename = (name: string) =>
    attempt(
      `write ${path}/${name}`,
      () => Deno.rename(`${path}/${partialName(name, run)}`, `${path}/${name}`),
    );
  await folder.make();
  try {
    await folder.lock();
    try {
      sayCleared(path, await clearLeftovers(folder));
      for (const { name, text } of files) {
        const sink = await folder.create(partialName(name, run));
        try {
          await sink.write(new TextEncoder().encode(text));
        } finally {
          await sink.close();
        }
      }
      for (const { name } of files) await rename(name);
    } catch (error) {
      // Already renamed, or never made, where this fails.
      for (const { name } of files) await folder.remove(partialName(name, run)).catch(() => {});
      throw error;
    } finally {
      await folder.unlock();
    }
  } catch (error) {
    await folder.unmake();
    throw error;
  }
}

/** Says that files of a run that was killed were cleared away, if any were. */
export function sayCleared(path: string, files: number): void {
  if (files === 0) return;
  complain(
    `warning: ${path.replace(/\/*$/, "/")}: cleared ${files} ${
      files === 1 ? "file" : "files"
    } that a run that was killed had left`,
  );
}
