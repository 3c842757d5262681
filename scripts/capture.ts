/**
 * `deno task capture`: reads a notebook and writes its golden files.
 *
 * @module
 */
import { basename, join } from "node:path";
import { counted } from "../core/words.ts";
import { cases } from "../cases/mod.ts";
import { type Bindings, parseBindings } from "../golden/bindings.ts";
import { checkBindings, shapesOf } from "../golden/bound_cases.ts";
import { captureNotebook, goldenText } from "../golden/capture.ts";
import { readBytes, readText } from "./attempt.ts";
import type { Arguments } from "./cli.ts";
import { complain, print } from "./output.ts";
import { replaceFiles } from "./replace_files.ts";
import { runner } from "./run.ts";

const BINDINGS_NAME = "bindings.json";
const DEFAULT_OUT = "golden/notebook";

const command = {
  positionals: [{
    name: "NOTEBOOK",
    help: "An .ipynb file (nbformat 4) or a plain-text export with In [n]: marks",
  }],
  options: {
    out: { value: "DIR", help: "Folder to write into, made where missing", default: DEFAULT_OUT },
    bindings: { value: "FILE", help: "Which printed value is which tensor (default: see below)" },
  },
  notes: [
    "Without --bindings, bindings.json in the output folder is used; if there is none, the one in golden/notebook\n" +
    "where it names the same notebook. Without any, values are written unbound.",
    "In the output folder, golden files of the same names are replaced; no other file is touched.",
  ],
  examples: [
    ["notebook.ipynb --out captured", "The values of notebook.ipynb, into captured/"],
    ["notebook.txt --bindings bound.json", "With bindings of your own, into golden/notebook/"],
  ],
} as const;

async function capture({ options, positionals }: Arguments<typeof command>): Promise<void> {
  const path = positionals[0]!;
  const source = basename(path);
  const bytes = await readBytes(path, path);
  const bindings = await findBindings(source, options.out, options.bindings);
  const files = await captureNotebook(bytes, source, {
    ...bindings && { bindings },
    warn: (message) => complain(`warning: ${message}`),
  });
  if (files.length === 0) {
    throw new Error(`Cannot capture ${path}: no cell prints a float32 number`);
  }
  checkBindings(files.map(({ golden }) => golden), shapesOf(cases));
  await replaceFiles(
    options.out,
    files.map(({ name, golden }) => ({ name, text: goldenText(golden) })),
  );

  const blocks = files.flatMap(({ golden }) => golden.entries.map(({ blocks }) => blocks));
  const cells = blocks.filter((printed) =>
    printed.some(({ kind }) => kind !== "version" && kind !== "tensor")
  );
  const numbers = files.reduce((sum, { golden }) => sum + golden.numbers, 0);
  print(
    [
      `Captured ${counted(numbers, "number")} printed by ${
        counted(cells.length, "cell")
      } of ${source} into ${options.out.replace(/\/*$/, "/")}`,
      ...files.map(({ name, golden }) => `  ${name}: ${counted(golden.numbers, "number")}`),
      bindings === undefined
        ? "The values are bound to no tensors: there are no bindings (see --help)"
        : `Bound to tensors by ${bindings.file}`,
    ].join("\n"),
  );
}

/**
 * The bindings to use; a default file must name the notebook, or it is refused where it would be
 * overwritten beside.
 */
async function findBindings(
  source: string,
  out: string,
  given?: string,
): Promise<Bindings | undefined> {
  if (given !== undefined) {
    return parseBindings(await readText(given, given), given);
  }
  const beside = await readBindings(join(out, BINDINGS_NAME));
  if (beside !== undefined) {
    if (beside.source === source) return beside;
    throw new Error(
      `Cannot capture ${source}: ${beside.file} is for ${beside.source}, choose another folder with --out or give --bindings`,
    );
  }
  const own = await readBindings(
    join(import.meta.dirname!, "..", DEFAULT_OUT, BINDINGS_NAME),
    join(DEFAULT_OUT, BINDINGS_NAME),
  );
  return own?.source === source ? own : undefined;
}

async function readBindings(path: string, name = path): Promise<Bindings | undefined> {
  try {
    return parseBindings(await readText(path, name), name);
  } catch (error) {
    const { cause } = error as Error;
    const missing = cause instanceof Deno.errors.NotFound ||
      cause instanceof Deno.errors.NotADirectory;
    if (missing) return undefined;
    throw error;
  }
}

export default runner(command, capture);
