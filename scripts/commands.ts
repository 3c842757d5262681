/**
 * The list of commands: help, tasks and tests all follow from it.
 *
 * To add a command, add its entry here and its task to `deno.json`; a test says what the task must
 * be.
 *
 * @module
 */
import type { Runner } from "./run.ts";

/** A command, before its module is loaded. */
export interface Entry {
  /** The name, also of its task. */
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** The permissions that it needs, as flags of `deno run`. */
  readonly permissions: readonly string[];
  /** Loads its module, which brings in only what this command needs. */
  readonly load: () => Promise<{ readonly default: Runner }>;
}

/** To replace files: `sys=hostname` is for the lock, which says whose it is. */
const writing = ["--allow-read", "--allow-write", "--allow-sys=hostname"];

/** Every command, in the order of the help. */
export const commands: readonly Entry[] = [
  {
    name: "generate",
    summary: "Write the datasets: CSV files and datapackage.json",
    permissions: writing,
    load: () => import("./generate.ts"),
  },
  {
    name: "verify",
    summary: "Judge every case, or another program's values, against the captured ones and float64",
    permissions: ["--allow-read", "--allow-env=GITHUB_ACTIONS"],
    load: () => import("./verify.ts"),
  },
  {
    name: "mutants",
    summary: "Plant gradient bugs and show which cases catch them, and by how much",
    permissions: ["--allow-read", "--allow-write", "--allow-run", "--allow-sys=hostname"],
    load: () => import("./mutants.ts"),
  },
  {
    name: "soundness",
    summary: "Run honest engines on random graphs and show which share of its budget each uses",
    permissions: [],
    load: () => import("./soundness.ts"),
  },
  {
    name: "replay",
    summary: "Compute the notebook again and print it as it printed itself",
    permissions: ["--allow-read"],
    load: () => import("./replay.ts"),
  },
  {
    name: "capture",
    summary: "Read a Jupyter notebook and write the values that its cells printed as golden files",
    permissions: writing,
    load: () => import("./capture.ts"),
  },
  {
    name: "checksum",
    summary: "Compare the bits of every op and elementary function with the committed checksums",
    permissions: writing,
    load: () => import("./checksum.ts"),
  },
  {
    name: "ops",
    summary:
      "Write public functions, schema and the README's table from the rows of ops (maintainers)",
    permissions: ["--allow-read", "--allow-write", "--allow-run", "--allow-sys=hostname"],
    load: () => import("./ops.ts"),
  },
  {
    name: "exhaust",
    summary:
      "Compare the elementary functions with MPFR over all 2^32 float32 inputs (maintainers)",
    permissions: ["--allow-read", "--allow-write", "--allow-run"],
    load: () => import("./exhaust.ts"),
  },
];
