/**
 * `deno task checksum`: computes every op and every elementary function over fixed inputs and
 * compares their checksums with the committed ones.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { checksums } from "./checksums.ts";
import { attempt } from "./attempt.ts";
import type { Arguments } from "./cli.ts";
import { print } from "./output.ts";
import { durationText, progress } from "./progress.ts";
import { replaceFiles } from "./replace_files.ts";
import { runner } from "./run.ts";

const folder = new URL("../core/", import.meta.url);
const TABLE = "checksums.json";

const command = {
  options: {
    write: { help: "Write the table instead: after a function or an op was added or proven anew" },
  },
  notes: [
    "Equal checksums say that this JavaScript engine computes the same bits as every other one that was tried; see\n" +
    "core/math/README.md.",
  ],
  failure: "a checksum differs",
  examples: [["", "The table, and whether it is the committed one"]],
} as const;

async function checksum({ options }: Arguments<typeof command>): Promise<number> {
  const start = performance.now();
  const bar = progress({ total: 1, label: "checksum" });
  const found = checksums((done, total) => bar.update(done / total));
  bar.finish();
  if (options.write) {
    const text = JSON.stringify(found, null, 2) + "\n";
    await replaceFiles(fileURLToPath(folder), [{ name: TABLE, text }]);
    print("Wrote core/checksums.json");
    return 0;
  }
  const committed = readTable(
    await attempt("read core/checksums.json", () => Deno.readTextFile(new URL(TABLE, folder))),
  );
  let differing = 0;
  let count = 0;
  for (const kind of ["functions", "ops"] as const) {
    for (const name of new Set([...Object.keys(found[kind]), ...Object.keys(committed[kind])])) {
      const [computed, expected] = [found[kind][name], committed[kind][name]];
      const verdict = computed === expected ? "" : `  differs: ${expected ?? "not committed"}`;
      print(
        `${kind.slice(0, -1).padEnd(8)}  ${name.padEnd(12)}  ${computed ?? "gone"}${verdict}`,
      );
      count++;
      if (computed !== expected) differing++;
    }
  }
  const time = durationText(performance.now() - start);
  print(`${count} checksums, ${differing} differ from core/checksums.json, ${time}`);
  return differing === 0 ? 0 : 1;
}

/** The committed checksums; what the text lacks counts as not committed. */
function readTable(text: string): Readonly<Record<"functions" | "ops", Record<string, string>>> {
  try {
    const table = JSON.parse(text);
    return { functions: table?.functions ?? {}, ops: table?.ops ?? {} };
  } catch (error) {
    throw new Error(`Cannot read core/checksums.json: ${(error as Error).message}`);
  }
}

export default runner(command, checksum);
