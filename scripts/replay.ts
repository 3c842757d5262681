/**
 * `deno task replay`: computes the notebook again and prints its cells as it printed them.
 *
 * @module
 */
import { goldens } from "../golden/mod.ts";
import { replay } from "../golden/replay.ts";
import { type Arguments, runCommand } from "./cli.ts";

const command = {
  name: "replay",
  summary: "Compute the notebook's cells again and print them as the notebook printed them.",
  options: {
    check: { help: "Compare with the captured text instead; exit with 1 at the first difference" },
  },
  notes: [
    "Labels and spacing come from the captured text. Every number, bracket and line break is computed.",
  ],
  examples: [["", "Print every section"], ["--check", "Compare with what was captured"]],
} as const;

function main({ options }: Arguments<typeof command>): number {
  return options.check ? check() : print();
}

function print(): number {
  for (const golden of goldens) {
    console.log(`## ${golden.section}\n`);
    for (const { cell, computed } of replay(golden)) {
      console.log(`In [${cell}]:\n${computed.join("\n")}\n`);
    }
  }
  return 0;
}

function check(): number {
  let lines = 0;
  let cells = 0;
  for (const golden of goldens) {
    for (const { cell, line, computed, captured } of replay(golden)) {
      cells++;
      for (let i = 0; i < Math.max(computed.length, captured.length); i++, lines++) {
        if (computed[i] === captured[i]) continue;
        console.log(`cell ${cell} differs at ${golden.source.file}:${line + i}`);
        console.log(`  captured: ${captured[i] ?? "(no line)"}`);
        console.log(`  computed: ${computed[i] ?? "(no line)"}`);
        return 1;
      }
    }
  }
  console.log(`${cells} cells, ${lines} lines: all as captured`);
  return 0;
}

if (import.meta.main) Deno.exit(await runCommand(command, main));
