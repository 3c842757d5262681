/**
 * Running the project's commands as users do, in a process of their own.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { commands } from "../scripts/commands.ts";

/** The project's folder. */
export const root: string = fileURLToPath(new URL("../", import.meta.url));

/** What a process printed, and its exit code. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** How a process is run. */
export interface Surroundings {
  /** The folder where it runs; default the project's. */
  readonly cwd?: string;
  /** Further variables; colours are off unless these say otherwise. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads on standard input; nothing by default. */
  readonly input?: string;
  /** Flags of `deno run`; default the permissions of the command's task. */
  readonly flags?: readonly string[];
}

/** The arguments with which Deno runs a command of the project. */
function commandLine(
  args: readonly string[],
  { cwd = root, flags }: Surroundings,
): string[] {
  const entry = commands.find(({ name }) => name === args[0]);
  const script = cwd === root ? `${root}scripts/main.ts` : `${cwd}/scripts/main.ts`;
  return ["run", "--quiet", "--no-prompt", ...flags ?? entry?.permissions ?? [], script, ...args];
}

/** Starts a command of the project, such as `["verify", "--case", "graph/*"]`. */
export function startCommand(
  args: readonly string[],
  surroundings: Surroundings = {},
): Deno.ChildProcess {
  return start(Deno.execPath(), commandLine(args, surroundings), surroundings);
}

function start(
  program: string,
  args: readonly string[],
  { cwd = root, env = {} }: Surroundings,
): Deno.ChildProcess {
  return new Deno.Command(program, {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1", GITHUB_ACTIONS: "", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Gives a process what it reads, and waits for its end. */
async function ended(child: Deno.ChildProcess, input = ""): Promise<Outcome> {
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input)).catch(() => {}); // it may not care to read
  await writer.close().catch(() => {});
  return outcome(await child.output());
}

/** Runs a command of the project to its end. */
export function runCommandLine(
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<Outcome> {
  return ended(startCommand(args, surroundings), surroundings.input);
}

/** Runs any program to its end, such as Deno itself or Node. */
export async function runProgram(
  program: string,
  args: readonly string[],
  surroundings: Omit<Surroundings, "flags"> = {},
): Promise<Outcome> {
  return await ended(start(program, args, surroundings), surroundings.input);
}

/** Runs a line of the shell, with the project's folder as the current one. */
export async function runShell(line: string): Promise<Outcome> {
  return outcome(
    await new Deno.Command("bash", {
      args: ["-c", line],
      cwd: root,
      env: { NO_COLOR: "1", GITHUB_ACTIONS: "", DENO: Deno.execPath() },
    }).output(),
  );
}

/** What a process printed, as text. */
export function outcome({ code, stdout, stderr }: Deno.CommandOutput): Outcome {
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out!, err: err! };
}
