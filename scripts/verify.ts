/**
 * `deno task verify`: judges every case, or the values that another program computed.
 *
 * @module
 */
import type { Case } from "../cases/case.ts";
import type { GivenValues, Required, ValuesReader } from "../verify/against/mod.ts";
import type { ReporterName, ReportOptions } from "../report/mod.ts";
import type { CaseVerdict, Profile } from "../verify/mod.ts";
import { attempt } from "./attempt.ts";
import { type Arguments, integerOption, UsageError } from "./cli.ts";
import { loadGoldens } from "./golden_files.ts";
import { complain, isColored, print } from "./output.ts";
import { progress } from "./progress.ts";
import { exitCodeOf, program, runner } from "./run.ts";
import { loadCases, unwitnessed } from "./user_cases.ts";

const command = {
  options: {
    case: {
      value: "GLOB",
      help:
        "Cases to judge: * stands for any text, ? for any character (default: all; for --witnesses all but network/*)",
    },
    cases: {
      value: "MODULE",
      help: 'Judge the cases that a module of your own exports, as default or as "cases"',
    },
    timeout: {
      value: "SECONDS",
      help: "How long that module may take to load and to build its cases (default: 30)",
    },
    list: {
      help: "List the cases and do no more: ids, descriptions, parameters, inputs",
    },
    against: {
      value: "FILE",
      help: "Judge the values in a CSV that another program wrote, - for standard input",
    },
    profile: {
      value: "NAME",
      help: "What that program may do: any honest float32 engine, or a bit-faithful port (own)",
      default: "any",
      choices: ["any", "own"],
    },
    require: {
      value: "WHICH",
      help: "What a judged case must have in that CSV: all tensors but inputs, its gradients, none",
      default: "gradients",
      choices: ["all", "gradients", "none"],
    },
    strict: {
      help: "Count as wrong what is unchecked: its budget is as large as the value",
    },
    witnesses: {
      help:
        "Show who disagrees: captured values, gradient rules, tangent rules, finite differences",
    },
    reporter: {
      value: "NAME",
      help: "table, json, junit or tap",
      default: "table",
      choices: ["table", "json", "junit", "tap"],
    },
  },
  notes: [
    "Verdicts, strongest first: bits (equal), printed (prints to the captured text), within (inside the derived budget),\n" +
    "unchecked (inside one as large as the value), undecidable, fail. This program must reach a captured number to its last printed digit.\n" +
    "Per tensor the worst element is shown: its distance in float32 ULPs, its budget, and the share of it that is used.",
    "The CSV needs the columns case, tensor, index and value or bits (0x3f800000, which wins over value); instance, role\n" +
    "and shape (2x3, empty for a scalar) may be there and must be right, others are ignored. An instance that has inputs\n" +
    "is judged at these, the others at the case's own. A line may have up to 64 Mi characters.",
    "On GitHub Actions every wrong tensor is also an annotation, on standard error.",
  ],
  failure: "a value is wrong, or witnesses disagree",
  examples: [
    ["", "All cases as a table"],
    ["--case 'notebook/n=2/*/auto'", "The two-sample cases by gradients"],
    ["--against mine.csv", "The values that your own program computed"],
    ["--cases ./mine.ts", "Your own cases, on this program's engine"],
    [
      "--list --case 'graph/*' --reporter json",
      "What cases there are, with the values of their inputs",
    ],
    ["--witnesses", "Whether golden values, gradient rules and tangent rules agree"],
    ["--reporter junit > report.xml", "A report for a CI system"],
  ],
} as const;

async function main({ options }: Arguments<typeof command>): Promise<number> {
  if (options.profile !== "any" && options.against === undefined) {
    throw new UsageError(
      "option --profile needs --against: this program's own values are judged as own",
    );
  }
  if (options.require !== "gradients" && options.against === undefined) {
    throw new UsageError("option --require needs --against: this program computes every tensor");
  }
  if (options.witnesses && options.against !== undefined) {
    throw new UsageError("option --witnesses can't be used with --against: it judges this program");
  }
  if (options.witnesses && !["table", "json"].includes(options.reporter)) {
    throw new UsageError(
      `option --witnesses has no ${options.reporter} report, only table and json`,
    );
  }
  if (options.strict && (options.witnesses || options.list)) {
    const other = options.witnesses ? "witnesses" : "list";
    throw new UsageError(`option --strict can't be used with --${other}: nothing is judged`);
  }
  if (options.timeout !== undefined && options.cases === undefined) {
    throw new UsageError("option --timeout needs --cases");
  }
  if (options.list) return await listCases(options);
  await loadGoldens();
  const { cases, selectCases, smallCases } = await import("../cases/mod.ts");
  const { reporters } = await import("../report/mod.ts");
  const { shellQuoted } = await import("../report/summary.ts");
  const own = options.cases === undefined ? null : await ownCases(options.cases, options.timeout);
  const list = own ?? cases;
  for (const { id, gradients, tensors } of own === null ? [] : unwitnessed(own)) {
    if (gradients === 0) complain(`warning: case "${id}" has no gradient`);
    else {complain(
        `warning: case "${id}": ${tensors.join(", ")} name${
          tensors.length === 1 ? "s" : ""
        } no derivative, so forward mode can't check ${tensors.length === 1 ? "it" : "them"}`,
      );}
  }
  const byDefault = options.witnesses && own === null ? smallCases : list;
  const selected = options.case === undefined ? byDefault : selectCases(options.case, list);
  if (options.witnesses) return await hearWitnesses(selected, options.reporter);
  const judged = options.against === undefined
    ? await judgeCases(selected, options.cases)
    : await judgeFile(options.against, { ...options, cases: list, selected });
  if (judged === null) return 2;
  const { strictly } = await import("../verify/mod.ts");
  const results = options.strict ? judged.map(strictly) : judged;
  const given = (["cases", "against", "profile", "require"] as const).filter((name) =>
    options[name] !== undefined && options[name] !== "any" && options[name] !== "gradients"
  );
  const report: ReportOptions = {
    color: isColored(Deno.stdout),
    command: [
      `${program} verify`,
      ...given.map((name) => `--${name} ${shellQuoted(options[name]!)}`),
      ...options.strict ? ["--strict"] : [],
    ]
      .join(" "),
  };
  print(reporters[options.reporter as ReporterName](results, report));
  await annotate(results, report);
  return results.every(({ right }) => right) ? 0 : 1;
}

/**
 * The cases of a user's own module, which from here on can't spoil the output or end the process.
 */
async function ownCases(module: string, timeout?: string): Promise<readonly Case[]> {
  const seconds = timeout === undefined ? 30 : integerOption("timeout", timeout, [1, 86400]);
  const { containUserCode } = await import("./contain.ts");
  const { exit } = Deno;
  const onStray = (reason: string) =>
    exit(exitCodeOf(new Error(`Cannot use ${module}: ${reason}`)));
  containUserCode({ print: console.error, onStray });
  return await loadCases(module, seconds);
}

/** Prints what cases there are. */
async function listCases(options: Arguments<typeof command>["options"]): Promise<number> {
  const meaningless = (["against", "witnesses"] as const).find((name) => options[name]);
  if (meaningless !== undefined) {
    throw new UsageError(`option --${meaningless} can't be used with --list: nothing is judged`);
  }
  if (!["table", "json"].includes(options.reporter)) {
    throw new UsageError(`option --list has no ${options.reporter} report, only table and json`);
  }
  const { cases, selectCases } = await import("../cases/mod.ts");
  const { caseListJson, caseListText } = await import("./case_list.ts");
  const from = options.cases === undefined ? cases : await ownCases(options.cases, options.timeout);
  const selected = selectCases(options.case ?? "*", from);
  print(options.reporter === "json" ? caseListJson(selected) : caseListText(selected));
  return 0;
}

/** Runs cases on the core; a case of the user's own that can't be run is the user's mistake. */
async function judgeCases(
  selected: readonly Case[],
  module: string | undefined,
): Promise<CaseVerdict[]> {
  const { judgeOwn } = await import("../verify/mod.ts");
  return withProgress(selected, (c) => {
    try {
      return judgeOwn(c);
    } catch (error) {
      if (module === undefined || !(error instanceof Error)) throw error;
      throw new Error(`Cannot run case "${c.id}" of ${module}: ${error.message}`, { cause: error });
    }
  });
}

/** Hears the witnesses of every gradient and prints what they say; 1 if any of them disagree. */
async function hearWitnesses(selected: readonly Case[], reporter: string): Promise<number> {
  const { witnessesOf } = await import("../verify/witnesses.ts");
  const { isUnanimous, witnessJson, witnessTable } = await import("../report/witnesses.ts");
  const reports = withProgress(selected, (c) => witnessesOf(c)).flat();
  if (reports.length === 0) {
    throw new RangeError("Cannot hear witnesses: no gradient of these cases names its derivative");
  }
  print(reporter === "json" ? witnessJson(reports) : witnessTable(reports));
  return reports.every(isUnanimous) ? 0 : 1;
}

/** Judges the selected cases of a file; `null`, with the problems printed, if it can't be read. */
async function judgeFile(
  file: string,
  { cases, selected, case: glob = "*", profile, require }: {
    cases: readonly Case[];
    selected: readonly Case[];
    case: string | undefined;
    profile: string;
    require: string;
  },
): Promise<CaseVerdict[] | null> {
  const { judgeInstance, ValuesReader } = await import("../verify/against/mod.ts");
  const name = file === "-" ? "standard input" : file;
  const given = await read(file, name, new ValuesReader(cases, require as Required));
  if (given.problemCount > 0) {
    for (const { line, message } of given.problems) {
      complain(`error: ${name}:${line}: ${message}`);
    }
    const more = given.problemCount - given.problems.length;
    if (more > 0) {
      complain(`error: ${name}: ${more} more such ${more === 1 ? "line" : "lines"}`);
    }
    return null;
  }
  const ids = new Set(selected.map(({ id }) => id));
  for (const { id, message } of given.warnings) {
    if (ids.has(id)) complain(`warning: ${name}: ${message}`);
  }
  const instances = given.instances.filter((instance) => ids.has(instance.case.id));
  if (instances.length === 0) {
    throw new RangeError(`Cannot judge ${name}: it has none of the cases that match "${glob}"`);
  }
  return withProgress(instances, (instance) => judgeInstance(instance, profile as Profile));
}

async function read(file: string, name: string, reader: ValuesReader): Promise<GivenValues> {
  const { readable } = file === "-"
    ? Deno.stdin
    : await attempt(`read ${name}`, () => Deno.open(file));
  const { utf8Text } = await import("../verify/against/mod.ts");
  await attempt(`read ${name}`, async () => {
    for await (const text of utf8Text(readable, name)) {
      reader.push(text);
      if (reader.stopped) break;
    }
  });
  return reader.end();
}

function withProgress<T, R>(items: readonly T[], work: (item: T) => R): R[] {
  const bar = progress({ total: items.length, label: "verify" });
  try {
    return items.map((item, i) => {
      const result = work(item);
      bar.update(i + 1);
      return result;
    });
  } finally {
    bar.finish();
  }
}

/** Standard error, so that a report on standard output stays whole; GitHub reads both. */
async function annotate(results: readonly CaseVerdict[], report: ReportOptions): Promise<void> {
  const variable = "GITHUB_ACTIONS";
  const permission = await Deno.permissions.query({ name: "env", variable });
  if (permission.state !== "granted" || Deno.env.get(variable) !== "true") return;
  const { githubAnnotations } = await import("../report/github.ts");
  for (const line of githubAnnotations(results, report)) complain(line);
}

export default runner(command, main);
