/**
 * `deno task replay`: computes the notebook again and prints its cells as it printed them.
 *
 * @module
 */
import type { Golden } from "../golden/format.ts";
import type { ReplayedCell } from "../golden/replay.ts";
import type { Arguments } from "./cli.ts";
import { loadGoldens } from "./golden_files.ts";
import { print } from "./output.ts";
import { runner } from "./run.ts";

const command = {
  options: {
    check: { help: "Compare with the captured text instead; exit with 1 at the first difference" },
  },
  notes: [
    "Labels and spacing come from the captured text. Every number, bracket and line break is computed.",
  ],
  failure: "a line differs from the captured one",
  examples: [["", "Print every section"], ["--check", "Compare with what was captured"]],
} as const;

/** A section of the notebook, computed again. */
interface ReplayedSection {
  readonly golden: Golden;
  readonly cells: readonly ReplayedCell[];
}

async function main({ options }: Arguments<typeof command>): Promise<number> {
  const golden = await loadGoldens();
  const { replay } = await import("../golden/replay.ts");
  const sections = golden.goldens().map((golden) => ({ golden, cells: replay(golden) }));
  return options.check ? check(sections) : printAll(sections);
}

function printAll(sections: readonly ReplayedSection[]): number {
  for (const { golden, cells } of sections) {
    print(`## ${golden.section}\n`);
    for (const { cell, computed } of cells) print(`In [${cell}]:\n${computed.join("\n")}\n`);
  }
  return 0;
}

function check(sections: readonly ReplayedSection[]): number {
  let count = 0;
  for (const { golden, cells } of sections) {
    for (const { cell, line, computed, captured } of cells) {
      for (let i = 0; i < Math.max(computed.length, captured.length); i++, count++) {
        if (computed[i] === captured[i]) continue;
        print(`cell ${cell} differs at ${golden.source.file}:${line + i}`);
        print(`  captured: ${captured[i] ?? "(no line)"}`);
        print(`  computed: ${computed[i] ?? "(no line)"}`);
        return 1;
      }
    }
  }
  print(
    `${sections.flatMap(({ cells }) => cells).length} cells, ${count} lines: all as captured`,
  );
  return 0;
}

export default runner(command, main);
