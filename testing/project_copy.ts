/**
 * A copy of the project in a new folder, for tests that damage its files.
 *
 * @module
 */

const root = new URL("../", import.meta.url);
const names = ["mod.ts", "deno.json", "deno.lock"];
const rooms = ["core", "cases", "golden", "verify", "report", "dataset", "scripts", "types"];

/** Copies what the commands need into a new folder, lets a test use it, and removes it. */
export async function inProjectCopy(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const name of [...names, ...rooms]) await copy(new URL(name, root), `${folder}/${name}`);
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function copy(from: URL, to: string): Promise<void> {
  if (!(await Deno.stat(from)).isDirectory) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) {
    await copy(new URL(`${from}/${name}`), `${to}/${name}`);
  }
}

/** Runs `deno run` in a folder with leave to read and no prompt. */
export async function runIn(
  cwd: string | URL,
  args: readonly string[],
): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-read", ...args],
    cwd,
    env: { NO_COLOR: "1" },
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out!, err: err! };
}
