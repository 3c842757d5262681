/**
 * `deno task soundness`: proves the derived budgets on honest engines.
 *
 * @module
 */
import { measureSoundness, type Soundness } from "../verify/soundness.ts";
import { type Arguments, integerOption, UsageError } from "./cli.ts";
import { print } from "./output.ts";
import { progress } from "./progress.ts";
import { program, runner } from "./run.ts";

const command = {
  options: {
    elements: { value: "N", help: "How many elements to compare at least", default: "1000000" },
    seed: { value: "S", help: "Seed of the first graph, from 0 to 2^32 - 1", default: "0" },
  },
  failure: "an engine leaves its budget: a share above 1",
  examples: [
    ["", "A million elements"],
    ["--seed 1234 --elements 1", "The graph of a seed that the table names"],
  ],
} as const;

function main({ options }: Arguments<typeof command>): number {
  const elements = integerOption("elements", options.elements);
  const seed = integerOption("seed", options.seed);
  if (elements === 0) throw new UsageError("option --elements must be at least 1");
  if (seed >= 2 ** 32) throw new UsageError("option --seed must be at most 2^32 - 1");
  const bar = progress({ total: elements, label: "soundness" });
  const results = measureSoundness({ elements, seed, onProgress: bar.update });
  bar.finish();
  print(table(results));
  const unsound = results.filter(({ share }) => !(share <= 1));
  for (const { engine, profile, seed: at } of unsound) {
    print(
      `${engine} leaves the budget of "${profile}": ${program} soundness --seed ${at} --elements 1`,
    );
  }
  return unsound.length === 0 ? 0 : 1;
}

function table(results: readonly Soundness[]): string {
  const rows = [
    ["engine", "profile", "elements", "undecidable", "share", "worst op", "seed"],
    ...results.map((r) => [
      r.engine,
      r.profile,
      String(r.elements),
      String(r.undecidable),
      r.share.toFixed(9),
      r.op,
      String(r.seed),
    ]),
  ];
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const right = new Set([2, 3, 4, 6]);
  return rows.map((row) =>
    row.map((text, i) => right.has(i) ? text.padStart(widths[i]!) : text.padEnd(widths[i]!)).join(
      "  ",
    ).trimEnd()
  ).join("\n");
}

export default runner(command, main);
