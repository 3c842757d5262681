/**
 * The golden files on disk, checked before a command imports them as modules.
 *
 * @module
 */
import { parseGolden } from "../golden/golden_check.ts";
import { attempt, readText } from "./attempt.ts";

const folder = new URL("../golden/notebook/", import.meta.url);
const shown = "golden/notebook";

/**
 * Loads `golden/mod.ts` once every golden file is checked: structure, format version, count and
 * hash, and that all it is bound to exists.
 *
 * Rejects with an error of one line that names the file. A module that imports a damaged or missing
 * file would fail with a stack instead.
 */
export async function loadGoldens(): Promise<typeof import("../golden/mod.ts")> {
  const entries = await attempt(`read ${shown}`, () => Array.fromAsync(Deno.readDir(folder)));
  for (const { name } of entries) {
    if (!name.endsWith(".json") || name === "bindings.json") continue;
    await parseGolden(
      await readText(new URL(name, folder), `${shown}/${name}`),
      `${shown}/${name}`,
    );
  }
  const golden = await import("../golden/mod.ts").catch((error: Error) => {
    const reason = error.message.split("\n")[0]!.replace(/"file:.*\/(golden\/[^"]*)"/, "$1");
    throw new Error(`Cannot load the golden files: ${reason}`, { cause: error });
  });
  const { cases } = await import("../cases/mod.ts");
  golden.checkBindings(golden.goldens(), golden.shapesOf(cases));
  return golden;
}
