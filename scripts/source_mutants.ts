/**
 * Bugs planted in the source itself, where engine and judge share it or where the judge is wrong:
 * each must turn a test red.
 *
 * The mutants of `verify/mutants/` are engines with a bug, judged by a judge without one. What both
 * share can't be told so; here the text of a module is changed in a copy of the tree.
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import list from "./source_mutants.json" with { type: "json" };

/** A bug as a change of text. */
export interface SourceMutant {
  /** What is wrong, unique. */
  readonly name: string;
  /** The module, relative to the root of the repository. */
  readonly file: string;
  /** A text that occurs in it once. */
  readonly find: string;
  /** What stands there instead. */
  readonly replace: string;
  /** The test files of which one must turn red. */
  readonly tests: readonly string[];
}

/** What became of a bug. */
export interface SourceReport {
  readonly mutant: SourceMutant;
  /**
   * `killed`: a test failed. `survived`: all passed. `broken`: the modules could not be loaded, so
   * no test was run. `not planted`: the text does not occur once.
   */
  readonly outcome: "killed" | "survived" | "broken" | "not planted";
  /** The test that failed first; empty if none did. */
  readonly by: string;
}

/** Every bug that is planted in the source. */
export const sourceMutants: readonly SourceMutant[] = list;

/** The text of a module with a bug in it; `null` where the place is not there, or not alone. */
export function planted(text: string, { find, replace }: SourceMutant): string | null {
  const [before, after, ...more] = text.split(find);
  return after === undefined || more.length > 0 ? null : before + replace + after;
}

/**
 * Plants each bug in a copy of the tree at `root` and runs its tests; the tree itself is only read.
 *
 * `onProgress` hears of each report as it comes.
 */
export async function runSourceMutants(
  root: URL,
  mutants: readonly SourceMutant[] = sourceMutants,
  onProgress: (report: SourceReport) => void = () => {},
): Promise<SourceReport[]> {
  const copy = await Deno.makeTempDir({ prefix: "goldengrad-mutants-" });
  try {
    await copyTree(root, pathToFileURL(`${copy}/`));
    const reports: SourceReport[] = [];
    for (const mutant of mutants) {
      const report = await runOne(`${copy}/`, mutant);
      reports.push(report);
      onProgress(report);
    }
    return reports;
  } finally {
    await Deno.remove(copy, { recursive: true });
  }
}

async function runOne(copy: string, mutant: SourceMutant): Promise<SourceReport> {
  const path = copy + mutant.file;
  const right = await Deno.readTextFile(path);
  const wrong = planted(right, mutant);
  if (wrong === null) return { mutant, outcome: "not planted", by: "" };
  await Deno.writeTextFile(path, wrong);
  try {
    return { mutant, ...await runTests(copy, mutant.tests) };
  } finally {
    await Deno.writeTextFile(path, right);
  }
}

async function runTests(
  cwd: string,
  tests: readonly string[],
): Promise<Pick<SourceReport, "outcome" | "by">> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--no-check", "--fail-fast", "--reporter=tap", ...tests],
    cwd,
    stdout: "piped",
    stderr: "null",
  }).output();
  if (success) return { outcome: "survived", by: "" };
  const failed = /^not ok \d+ - (.*)$/m.exec(new TextDecoder().decode(stdout))?.[1];
  return failed === undefined || failed.endsWith("(uncaught error)")
    ? { outcome: "broken", by: "" }
    : { outcome: "killed", by: failed };
}

/** Copies files and folders, but for hidden ones and for what is written by commands. */
async function copyTree(from: URL, to: URL): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory, isFile } of Deno.readDir(from)) {
    if (name.startsWith(".") || name === "node_modules" || name === "out") continue;
    if (isFile) await Deno.copyFile(new URL(name, from), new URL(name, to));
    if (isDirectory) await copyTree(new URL(`${name}/`, from), new URL(`${name}/`, to));
  }
}
