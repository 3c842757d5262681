/**
 * `deno task ops`: writes what follows from the rows of ops, or compares it with what is there.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { families, ops } from "../core/ops/table.ts";
import { counted } from "../core/words.ts";
import { attempt } from "./attempt.ts";
import type { Arguments } from "./cli.ts";
import { graphSchemaText } from "./graph_schema.ts";
import { functionModules, WRITTEN } from "./op_functions.ts";
import { withOpTable } from "./op_table.ts";
import { print } from "./output.ts";
import { replaceFiles } from "./replace_files.ts";
import { runner } from "./run.ts";

const root = new URL("../", import.meta.url);
const FUNCTIONS = "core/functions/";

const command = {
  options: { check: { help: "Compare the files with what they should be; write nothing" } },
  notes: [
    "Written are the public functions of all ops but sources (core/functions/), the schema of graphs and the README's table\n" +
    "of ops; what an op is stands in its row alone (core/ops/).",
  ],
  failure: "with --check, a file is not what follows from the rows",
  examples: [
    ["", "After a row was added or changed"],
    ["--check", "Whether all is written"],
  ],
} as const;

/** A file that is not what follows from the rows; `text` is what it should be, if anything. */
interface Stale {
  readonly path: string;
  readonly text: string | null;
}

/** Every file that is not what follows from the rows, and how many are. */
export async function staleFiles(): Promise<{ stale: Stale[]; right: number }> {
  checkNames(families);
  const modules = await functionModules(families);
  const readme = await withOpTable(await readText("README.md"), ops);
  const expected = new Map<string, string>([
    ...Object.entries(modules).map(([name, text]) => [FUNCTIONS + name, text] as const),
    ["core/graph.schema.json", graphSchemaText()],
    ["README.md", readme],
  ]);
  const stale: Stale[] = [];
  for (const [path, text] of expected) {
    if (await readText(path) !== text) stale.push({ path, text });
  }
  for await (const { name } of Deno.readDir(new URL(FUNCTIONS, root))) {
    const path = FUNCTIONS + name;
    if (expected.has(path) || !name.endsWith(".ts")) continue;
    if ((await readText(path)).includes(WRITTEN)) stale.push({ path, text: null });
  }
  return { stale, right: expected.size - stale.filter(({ text }) => text !== null).length };
}

/** Throws a `TypeError` for an op that has two rows: the one read last would hide the other. */
export function checkNames(families: Readonly<Record<string, object>>): void {
  const known = new Map<string, string>();
  for (const [family, rows] of Object.entries(families)) {
    for (const op of Object.keys(rows)) {
      const other = known.get(op);
      if (other !== undefined) {
        throw new TypeError(`Cannot write ops: "${op}" has a row in ${other} and in ${family}`);
      }
      known.set(op, family);
    }
  }
}

/** The text of a file of the project; nothing if it is not there. */
async function readText(path: string): Promise<string> {
  return await attempt(`read ${path}`, async () => {
    try {
      return await Deno.readTextFile(new URL(path, root));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return "";
      throw error;
    }
  });
}

async function main({ options }: Arguments<typeof command>): Promise<number> {
  const { stale, right } = await staleFiles();
  if (options.check) {
    for (const { path, text } of stale) {
      print(`${path} ${text === null ? "follows from no row" : "is not what the rows say"}`);
    }
    print(`${counted(right, "file")} as the rows say, ${stale.length} not`);
    return stale.length === 0 ? 0 : 1;
  }
  for (const { path, text } of stale) {
    const url = new URL(path, root);
    if (text === null) await attempt(`remove ${path}`, () => Deno.remove(url));
    else {
      const name = path.split("/").at(-1)!;
      await replaceFiles(fileURLToPath(new URL(".", url)), [{ name, text }]);
    }
    print(`${text === null ? "Removed" : "Wrote"} ${path}`);
  }
  print(`${counted(Object.keys(ops).length, "op")}, ${counted(stale.length, "file")} changed`);
  return 0;
}

export default runner(command, main);
