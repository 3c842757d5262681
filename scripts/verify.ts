/**
 * `deno task verify`: judges every case.
 *
 * @module
 */
import { selectCases } from "../cases/mod.ts";
import { judgeOwn, type ReporterName, reporters } from "../verify/mod.ts";
import { type Arguments, runCommand } from "./cli.ts";
import { progress } from "./progress.ts";

const command = {
  name: "verify",
  summary: "Run the cases and judge every value against the captured ones and against float64.",
  options: {
    case: {
      value: "GLOB",
      help: "Cases to judge: * stands for any text, ? for any character",
      default: "*",
    },
    reporter: {
      value: "NAME",
      help: "table, json, junit or tap",
      default: "table",
      choices: Object.keys(reporters),
    },
  },
  notes: [
    "Verdicts, strongest first: bits (equal), printed (prints to the captured text), within (inside the derived budget),\n" +
    "undecidable, fail. A captured number must be reached to its last printed digit.\n" +
    "Exit codes: 0 all right, 1 a failure, 2 a mistake in the arguments.",
  ],
  examples: [
    ["", "All cases as a table"],
    ["--case 'notebook/n=2/*/auto'", "The two-sample cases by gradients"],
    ["--reporter junit > report.xml", "A report for a CI system"],
  ],
} as const;

function main({ options }: Arguments<typeof command>): number {
  const selected = selectCases(options.case);
  const bar = progress({ total: selected.length, label: "verify" });
  const results = selected.map((c, i) => {
    const result = judgeOwn(c);
    bar.update(i + 1);
    return result;
  });
  bar.finish();
  const color = Deno.stdout.isTerminal() && !Deno.noColor;
  console.log(reporters[options.reporter as ReporterName](results, { color }));
  return results.every(({ right }) => right) ? 0 : 1;
}

if (import.meta.main) Deno.exit(await runCommand(command, main));
