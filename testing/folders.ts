/**
 * A folder for every test of a suite.
 *
 * @module
 */
import { afterEach, beforeEach } from "@std/testing/bdd";

/** The folder of the test that runs. */
export interface Place {
  /** Its path. */
  readonly folder: string;
}

/** Gives every test of the suite that calls this a new, empty folder; it is removed afterwards. */
export function folderPerTest(): Place {
  let folder = "";
  beforeEach(async () => {
    folder = await Deno.makeTempDir({ prefix: "goldengrad-" });
  });
  afterEach(() => Deno.remove(folder, { recursive: true }));
  return {
    get folder() {
      return folder;
    },
  };
}

/**
 * The text of every file in a folder, by name; folders as the JSON of theirs, named with a slash.
 */
export async function contents(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) files[`${name}/`] = JSON.stringify(await contents(`${folder}/${name}`));
    else files[name] = await Deno.readTextFile(`${folder}/${name}`);
  }
  return files;
}

/** Waits until a partial file in the folder has something in it. */
export async function untilPartial(folder: string): Promise<void> {
  for (;;) {
    const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
    for (const { name } of entries) {
      if (name.includes(".partial-") && (await Deno.stat(`${folder}/${name}`)).size > 0) return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What of the project its commands need. */
export const commandParts: readonly string[] = [
  ...["mod.ts", "deno.json", "deno.lock", "core", "cases", "golden", "verify", "report"],
  ...["dataset", "scripts", "types"],
];

/** Copies files and folders of the project, named relative to its root, into a folder. */
export async function copyProject(names: readonly string[], to: string): Promise<void> {
  for (const name of names) await copy(new URL(`../${name}`, import.meta.url), `${to}/${name}`);
}

async function copy(from: URL, to: string): Promise<void> {
  if (!(await Deno.stat(from)).isDirectory) {
    await Deno.mkdir(to.replace(/\/[^/]*$/, ""), { recursive: true });
    return await Deno.copyFile(from, to);
  }
  await Deno.mkdir(to, { recursive: true });
  for await (const { name } of Deno.readDir(from)) {
    await copy(new URL(`${from}/${name}`), `${to}/${name}`);
  }
}
