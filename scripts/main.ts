/**
 * `goldengrad`: every command by its name, `deno run … scripts/main.ts verify …`.
 *
 * @module
 */
import config from "../deno.json" with { type: "json" };
import { columns, suggestion, UsageError } from "./cli.ts";
import { commands } from "./commands.ts";
import { print } from "./output.ts";
import { exitCodeOf, program } from "./run.ts";

/** Taken before a user's own module runs, which must not end the process; see `contain.ts`. */
const exit = Deno.exit;

/** Runs what the arguments name, and gives the exit code. */
async function main([name, ...args]: readonly string[]): Promise<number> {
  try {
    if (name === "--help" || name === "-h") {
      print(overview());
      return 0;
    }
    if (name === "--version") {
      print(`goldengrad ${config.version}`);
      return 0;
    }
    const entry = commands.find((command) => command.name === name);
    if (entry === undefined) throw new UsageError(unknown(name));
    const { default: run } = await entry.load();
    return await run(entry, args);
  } catch (error) {
    return exitCodeOf(error);
  }
}

function overview(): string {
  return [
    "Gradients in float32 that can be trusted: cases, captured values, and a judge.",
    "",
    `Usage: ${program} COMMAND [options]`,
    "",
    ...columns(commands.map(({ name, summary }) => [name, summary] as const)),
    "",
    ...columns([
      ["--help", "Print this help; behind a command, the help of that command"],
      ["--version", "Print the version"],
    ]),
  ].join("\n");
}

function unknown(name: string | undefined): string {
  if (name === undefined) return "no command is given, see --help";
  const [kind, names] = name.startsWith("-")
    ? ["option", ["--help", "--version"]] as const
    : ["command", [...commands.map(({ name }) => name), "--help", "--version"]] as const;
  return `unknown ${kind} "${name}"${suggestion(name, names) || ", see --help"}`;
}

if (import.meta.main) exit(await main(Deno.args));
