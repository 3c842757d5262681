/**
 * The golden files on disk, checked before a command imports them as modules.
 *
 * @module
 */
import { parseGolden } from "../golden/format.ts";

const folder = new URL("../golden/notebook/", import.meta.url);

/**
 * Checks every golden file: structure, format version, count and hash.
 *
 * Rejects with a `SyntaxError` that names the file. A module that imports a damaged file would fail with a stack instead.
 */
export async function checkGoldenFiles(): Promise<void> {
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".json") || name === "bindings.json") continue;
    await parseGolden(await Deno.readTextFile(new URL(name, folder)), `golden/notebook/${name}`);
  }
}
