/**
 * `deno task checksum`: computes every op and every elementary function over fixed inputs and
 * compares their checksums with the committed ones.
 *
 * @module
 */
import { checksums } from "./checksums.ts";
import { type Arguments, runCommand } from "./cli.ts";
import { durationText, progress } from "./progress.ts";

const TABLE = new URL("../core/checksums.json", import.meta.url);

const command = {
  name: "checksum",
  summary:
    "Compute a checksum per op and per elementary function, and compare with core/checksums.json.",
  options: {
    write: { help: "Write the table instead: after a function or an op was added or proven anew" },
  },
  notes: [
    "Equal checksums say that this engine computes the same bits as every other one that was tried; see\n" +
    "core/math/README.md. Exit code 1 where one differs.",
  ],
  examples: [["", "The table, and whether it is the committed one"]],
} as const;

async function checksum({ options }: Arguments<typeof command>): Promise<number> {
  const start = performance.now();
  const bar = progress({ total: 1, label: "checksum" });
  const found = checksums((done, total) => bar.update(done / total));
  bar.finish();
  if (options.write) {
    await Deno.writeTextFile(TABLE, JSON.stringify(found, null, 2) + "\n");
    console.log("Wrote core/checksums.json");
    return 0;
  }
  const committed = readTable(await Deno.readTextFile(TABLE));
  let differing = 0;
  let count = 0;
  for (const kind of ["functions", "ops"] as const) {
    for (const name of new Set([...Object.keys(found[kind]), ...Object.keys(committed[kind])])) {
      const [computed, expected] = [found[kind][name], committed[kind][name]];
      const verdict = computed === expected ? "" : `  differs: ${expected ?? "not committed"}`;
      console.log(
        `${kind.slice(0, -1).padEnd(8)}  ${name.padEnd(12)}  ${computed ?? "gone"}${verdict}`,
      );
      count++;
      if (computed !== expected) differing++;
    }
  }
  const time = durationText(performance.now() - start);
  console.log(`${count} checksums, ${differing} differ from core/checksums.json, ${time}`);
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

if (import.meta.main) Deno.exit(await runCommand(command, checksum));
