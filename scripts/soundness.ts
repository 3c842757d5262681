/**
 * `deno task soundness`: proves the derived budgets on honest engines.
 *
 * @module
 */
import { type OpName, ops as rows } from "../core/ops/table.ts";
import { drawnOps } from "../verify/random_graph.ts";
import { measureSoundness, type Soundness, together } from "../verify/soundness.ts";
import { type Arguments, integerOption, suggestion, UsageError } from "./cli.ts";
import { print } from "./output.ts";
import { progress } from "./progress.ts";
import { program, runner } from "./run.ts";

const command = {
  options: {
    elements: { value: "N", help: "How many elements to compare at least", default: "1000000" },
    graphs: { value: "N", help: "How many graphs of every op to draw at least", default: "10" },
    op: { value: "OP", help: "Only graphs of this op" },
    seed: { value: "S", help: "Seed of the first graphs, from 0 to 2^32 - 1", default: "0" },
  },
  failure: "an engine leaves its budget: a share above 1",
  examples: [
    ["", "A million elements"],
    ["--op exp --seed 1234 --graphs 1 --elements 1", "One graph that the tables name"],
  ],
} as const;

function main({ options }: Arguments<typeof command>): number {
  const elements = integerOption("elements", options.elements);
  const graphs = integerOption("graphs", options.graphs);
  const seed = integerOption("seed", options.seed);
  if (elements === 0) throw new UsageError("option --elements must be at least 1");
  if (seed >= 2 ** 32) throw new UsageError("option --seed must be at most 2^32 - 1");
  const ops = drawnOps().filter((op) => options.op === undefined || op === options.op);
  if (ops.length === 0) {
    const { op = "" } = options;
    throw new UsageError(`there are no graphs of op "${op}"${suggestion(op, drawnOps())}`);
  }
  const bar = progress({ total: 1, label: "soundness" });
  const results = measureSoundness({ elements, graphs, ops, seed, onProgress: bar.update });
  bar.finish();
  const byEngine = together(results, ({ engine, profile }) => `${engine} ${profile}`);
  const byForm = together(results, ({ op, profile }) => `${formOf(op)} ${profile}`);
  print(table("engine", byEngine, ({ engine }) => engine));
  print(`\n${table("form", byForm, ({ op }) => formOf(op))}`);
  const unsound = [...byEngine.values()].filter(({ share }) => !(share <= 1));
  for (const { engine, profile, op, worst } of unsound) {
    const repeat = `--op ${worst.op} --seed ${worst.seed} --graphs 1 --elements 1`;
    print(`${engine} leaves the budget of "${profile}" at ${op}: ${program} soundness ${repeat}`);
  }
  return unsound.length === 0 ? 0 : 1;
}

const formOf = (op: OpName) => rows[op].form.name;

/** A line per group of results: what it is, and its largest share. */
function table(
  title: string,
  groups: ReadonlyMap<string, Soundness>,
  nameOf: (result: Soundness) => string,
): string {
  const rows = [
    [title, "profile", "elements", "undecidable", "share", "worst op", "graph of", "seed"],
    ...[...groups.values()].map((r) => [
      nameOf(r),
      r.profile,
      String(r.elements),
      String(r.undecidable),
      r.share.toFixed(9),
      r.op,
      r.worst.op,
      String(r.worst.seed),
    ]),
  ];
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const right = new Set([2, 3, 4, 7]);
  return rows.map((row) =>
    row.map((text, i) => right.has(i) ? text.padStart(widths[i]!) : text.padEnd(widths[i]!)).join(
      "  ",
    ).trimEnd()
  ).join("\n");
}

export default runner(command, main);
