/**
 * `deno task soundness`: proves the derived budgets and the limits of noise on honest engines.
 *
 * @module
 */
import { type OpName, ops as rows } from "../core/ops/table.ts";
import { drawnOps } from "../verify/random_graph.ts";
import {
  type DrawnGraph,
  measureSoundness,
  type Soundness,
  together,
} from "../verify/soundness.ts";
import { LIMITS, type StatisticName } from "../verify/statistics.ts";
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
  failure: "an engine leaves its budget, a share above 1, or a limit of honest rounding",
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
  print(`\n${noiseTable("engine", byEngine, ({ engine }) => engine)}`);
  print(`\n${noiseTable("form", byForm, ({ op }) => formOf(op))}`);
  const improbable = [...byEngine.values()].filter(({ beyond }) => beyond > 0);
  for (const { engine, beyond, farthest } of improbable) {
    const tensors = beyond === 1 ? "1 tensor" : `${beyond} tensors`;
    print(`${engine} is beyond a limit of honest rounding in ${tensors}: ${repeating(farthest)}`);
  }
  const unsound = [...byEngine.values()].filter(({ share }) => !(share <= 1));
  for (const { engine, profile, op, worst } of unsound) {
    print(`${engine} leaves the budget of "${profile}" at ${op}: ${repeating(worst)}`);
  }
  return unsound.length + improbable.length === 0 ? 0 : 1;
}

const formOf = (op: OpName) => rows[op].form.name;

/** A line per group of results: what it is, and its largest share of a budget. */
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
  return aligned(rows, [2, 3, 4, 7]);
}

/** A line per group of results that noise could judge: its largest statistics. */
function noiseTable(
  title: string,
  groups: ReadonlyMap<string, Soundness>,
  nameOf: (result: Soundness) => string,
): string {
  const names = Object.keys(LIMITS) as StatisticName[];
  const rows = [
    [title, "judged", ...names, "beyond", "graph of", "seed"],
    ["limit", "", ...names.map((name) => String(LIMITS[name])), "0", "", ""],
    ...[...groups.values()].filter(({ judged }) => judged > 0).map((r) => [
      nameOf(r),
      String(r.judged),
      ...names.map((name) => r.statistics[name].toPrecision(3)),
      String(r.beyond),
      r.farthest.op,
      String(r.farthest.seed),
    ]),
  ];
  return aligned(rows, [1, 2, 3, 4, 5, 6, 7, 9]);
}

/** Rows as lines, with the given columns to the right. */
function aligned(rows: readonly string[][], right: readonly number[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map((row) =>
    row.map((text, i) => right.includes(i) ? text.padStart(widths[i]!) : text.padEnd(widths[i]!))
      .join("  ").trimEnd()
  ).join("\n");
}

/** The command that shows a graph's results again. */
function repeating({ op, seed }: DrawnGraph): string {
  return `${program} soundness --op ${op} --seed ${seed} --graphs 1 --elements 1`;
}

export default runner(command, main);
