/**
 * `deno task mutants`: plants gradient bugs and shows which cases catch them.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { selectCases, smallCases } from "../cases/mod.ts";
import { faultsOf, matrixText, shareText, toMatrix } from "../verify/mutants/committed.ts";
import { opFaultsOf, type OpMutantReport, tryOpMutants } from "../verify/mutants/forms.ts";
import { killMatrix, type MutantReport, mutants, type Outcome } from "../verify/mutants/matrix.ts";
import { drawnOps } from "../verify/random_graph.ts";
import { type Arguments, suggestion, UsageError } from "./cli.ts";
import { formTable, opList, opSummary } from "./op_mutants.ts";
import { print } from "./output.ts";
import { progress } from "./progress.ts";
import { replaceFiles } from "./replace_files.ts";
import { runner } from "./run.ts";
import { runSourceMutants, type SourceReport } from "./source_mutants.ts";

const command = {
  options: {
    case: {
      value: "GLOB",
      help:
        "Cases to try them on: * stands for any text, ? for any character (default: all but network/*)",
    },
    op: { value: "OP", help: "Only the bugs that follow from the row of this op, one by one" },
    reporter: {
      value: "NAME",
      help: "table or json",
      default: "table",
      choices: ["table", "json"],
    },
    source: {
      help:
        "Plant the bugs of scripts/source_mutants.json in a copy of the source and run its tests",
    },
    update: {
      help: "Write the matrix to verify/mutants/kill_matrix.json instead of comparing with it",
    },
  },
  notes: [
    "Bugs by hand are tried on every case but the networks. Unless --case leaves some out, bugs that follow from the forms of ops are tried as\n" +
    "well, on graphs of each op; equal: there they change nothing, by nature.",
    "killed: a value exceeds its budget, by the largest share shown. threw: the bug throws. equal: the true results are the same\n" +
    "there. below: they differ by less than the budget can tell. The budget is that of any honest float32 engine.",
    "Bugs in what engine and judge share, or in the judge itself, are planted by --source: minutes, one test run each.",
  ],
  failure:
    "a bug exceeds its budget 10 times nowhere, the matrix is not the committed one, or with --source a bug survives",
  examples: [
    ["", "Every bug on every case but the networks"],
    ["--case 'graph/*' --reporter json", "The small graphs, for a program"],
    ["--op exp", "The bugs in exp"],
    ["--source", "Bugs that a matrix can't show"],
  ],
} as const;

async function main({ options }: Arguments<typeof command>): Promise<number> {
  if (options.source) return await plantInSource();
  if (options.op !== undefined) {
    if (options.update || options.case !== undefined) {
      throw new UsageError("option --op tries no cases, leave out --case and --update");
    }
    return plantInOp(options.op, options.reporter);
  }
  const complete = options.case === undefined;
  const selected = complete ? smallCases : selectCases(options.case);
  if (options.update && !complete) {
    throw new UsageError("option --update needs all cases, not --case");
  }
  const ops = complete ? drawnOps() : [];
  const bar = progress({ total: mutants.length + ops.length, label: "mutants" });
  const reports = killMatrix(selected, mutants, bar.update);
  const ofOps = tryOpMutants({ ops, onProgress: (done) => bar.update(mutants.length + done) });
  bar.finish();
  if (options.update) {
    const folder = fileURLToPath(new URL("../verify/mutants", import.meta.url));
    await replaceFiles(folder, [{ name: "kill_matrix.json", text: matrixText(toMatrix(reports)) }]);
  }
  const faults = [
    ...options.update ? [] : faultsOf(reports, { complete }),
    ...opFaultsOf(ofOps, { complete }),
  ];
  print(
    options.reporter === "json" ? jsonOf(reports, ofOps, faults) : tableOf(reports, ofOps, faults),
  );
  return faults.length === 0 ? 0 : 1;
}

/** Tries the bugs of one op and prints a line for each. */
function plantInOp(name: string, reporter: string): number {
  const ops = drawnOps().filter((op) => op === name);
  if (ops.length === 0) {
    throw new UsageError(`there are no bugs of op "${name}"${suggestion(name, drawnOps())}`);
  }
  const reports = tryOpMutants({ ops });
  const faults = opFaultsOf(reports, { complete: false });
  print(reporter === "json" ? jsonOf([], reports, faults) : opList(reports, faults));
  return faults.length === 0 ? 0 : 1;
}

/** Plants the source mutants and prints a line for each as it comes. */
async function plantInSource(): Promise<number> {
  const line = ({ mutant, outcome, by }: SourceReport) =>
    `${outcome.padEnd(11)}  ${mutant.name}${by === "" ? "" : `  (${by})`}`;
  const reports = await runSourceMutants(
    new URL("../", import.meta.url),
    undefined,
    (report) => print(line(report)),
  );
  const caught = reports.filter(({ outcome }) => outcome === "killed").length;
  print(`${caught} of ${reports.length} bugs caught`);
  return caught === reports.length ? 0 : 1;
}

function jsonOf(
  reports: readonly MutantReport[],
  ofOps: readonly OpMutantReport[],
  faults: readonly string[],
): string {
  const shown = (share: number) => share === Infinity ? "Infinity" : share;
  const list = reports.map(({ name, kind, trials }) => ({
    name,
    kind,
    trials: Object.fromEntries(
      [...trials].map(([id, { outcome, share }]) => [id, { outcome, share: shown(share) }]),
    ),
  }));
  const ops = ofOps.map((report) => ({ ...report, share: shown(report.share) }));
  return JSON.stringify({ mutants: list, ops, faults }, null, 2);
}

function tableOf(
  reports: readonly MutantReport[],
  ofOps: readonly OpMutantReport[],
  faults: readonly string[],
): string {
  const width = Math.max(...reports.map(({ name }) => name.length));
  const count = (report: MutantReport, outcome: Outcome) =>
    String([...report.trials.values()].filter((trial) => trial.outcome === outcome).length)
      .padStart(6);
  const rows = reports.map((report) => {
    const { name, kind, strongest } = report;
    const counts = (["killed", "threw", "equivalent", "below"] as const).map((outcome) =>
      count(report, outcome)
    );
    const best = strongest === null
      ? "-"
      : `${shareText(strongest.share).padStart(8)}  ${strongest.id}`;
    return `${kind.padEnd(6)}  ${name.padEnd(width)}  ${counts.join("  ")}  ${best}`;
  });
  const caught = reports.filter(({ strongest }) => strongest !== null).length;
  return [
    `${"kind".padEnd(6)}  ${
      "bug".padEnd(width)
    }  killed   threw   equal   below   budget  strongest case`,
    ...rows,
    "",
    ...ofOps.length === 0 ? [] : [formTable(ofOps), ""],
    ...faults,
    `${caught} of ${reports.length} bugs caught on ${reports[0]!.trials.size} cases`,
    ...ofOps.length === 0 ? [] : [opSummary(ofOps)],
  ].join("\n");
}

export default runner(command, main);
