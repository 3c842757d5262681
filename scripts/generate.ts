/**
 * `deno task generate`: writes the datasets.
 *
 * @module
 */
import { cases, selectCases, smallCases } from "../cases/mod.ts";
import { counted } from "../core/words.ts";
import {
  type DatasetOptions,
  type DatasetSummary,
  type Layout,
  MANIFEST_NAME,
  writeDataset,
} from "../dataset/mod.ts";
import { type Arguments, integerOption, UsageError } from "./cli.ts";
import { diskFolder } from "./disk_folder.ts";
import { print } from "./output.ts";
import { durationText, progress } from "./progress.ts";
import { sayCleared } from "./replace_files.ts";
import { interruptible, runner } from "./run.ts";

const command = {
  options: {
    out: { value: "DIR", help: "Folder to write into, made where missing", default: "out" },
    case: {
      value: "GLOB",
      help:
        "Cases to write: * stands for any text, ? for any character (default: all but network/*)",
    },
    list: { help: "List the cases and do no more: ids, descriptions, parameters, inputs" },
    layout: {
      value: "LAYOUT",
      help: "long (a line per element), wide (a line per instance) or both",
      default: "both",
      choices: ["long", "wide", "both"],
    },
    rows: {
      value: "N",
      help: "Write N instances of each case, at random inputs; 0 writes the headers only",
    },
    seed: {
      value: "S",
      help: "Seed of the random inputs, from 0 to 2^53 - 1; needs --rows; 0 where not given",
    },
  },
  notes: [
    "Without --rows each case is written once, with its own inputs. With it, the inputs of instance i are uniform in\n" +
    "[-1, 1) and depend on the seed and i alone (Philox4x32-10).",
    "In a folder that has a dataset, the files listed in its datapackage.json are replaced; no other file is touched.\n" +
    "One process writes into a folder at a time; what one that was killed has left is cleared by the next.",
  ],
  examples: [
    ["", "All cases but the networks, both layouts, into out/"],
    [
      '--case "notebook/n=2/*" --layout long --out values',
      "The two-sample cases, a line per element, into values/",
    ],
    ["--layout wide --rows 1000 --seed 42", "A thousand instances of each case at random inputs"],
  ],
} as const;

async function generate({ options }: Arguments<typeof command>): Promise<void> {
  const changed = (["out", "layout", "rows", "seed"] as const).find((name) => {
    const { default: fallback } = command.options[name] as { default?: string };
    return options[name] !== fallback;
  });
  if (options.list && changed !== undefined) {
    throw new UsageError(`option --${changed} can't be used with --list: nothing is written`);
  }
  if (options.seed !== undefined && options.rows === undefined) {
    throw new UsageError("option --seed needs --rows");
  }
  const count = options.rows === undefined ? undefined : integerOption("rows", options.rows);
  const seed = integerOption("seed", options.seed ?? "0");
  const layouts: Layout[] = options.layout === "both"
    ? ["long", "wide"]
    : [options.layout as Layout];
  if (options.list) {
    const { caseListText } = await import("./case_list.ts");
    return print(caseListText(selectCases(options.case ?? "*")));
  }
  const selected = options.case === undefined ? smallCases : selectCases(options.case);

  const start = performance.now();
  const bar = progress({ total: selected.length * (count ?? 1), label: "generate" });
  const settings: DatasetOptions = {
    layouts,
    onProgress: bar.update,
    onCleared: (files) => sayCleared(options.out, files),
  };
  const summary = await interruptible((signal) =>
    writeDataset(diskFolder(options.out), selected, {
      ...settings,
      signal,
      ...(count === undefined ? {} : { rows: { seed, first: 0, count } }),
    })
  ).finally(bar.finish);
  print(summaryText(summary, selected.length, options.out, performance.now() - start));
}

function summaryText(
  summary: DatasetSummary,
  selected: number,
  out: string,
  milliseconds: number,
): string {
  const folder = out.replace(/\/*$/, "/");
  return [
    `Wrote ${counted(selected, "case")} of ${cases.length} into ${folder}`,
    `  ${counted(summary.files, "CSV file")}, described by ${folder}${MANIFEST_NAME}`,
    `  ${counted(summary.rows, "row")}, ${counted(summary.values, "value")}, ${
      byteText(summary.bytes)
    } in ${durationText(milliseconds)}`,
  ].join("\n");
}

function byteText(bytes: number): string {
  const power = Math.min(4, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const unit = ["bytes", "kB", "MB", "GB", "TB"][power]!;
  return power === 0 ? `${bytes} ${unit}` : `${(bytes / 1000 ** power).toFixed(1)} ${unit}`;
}

export default runner(command, generate);
