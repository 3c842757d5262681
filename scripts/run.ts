/**
 * Running a command: its exit code, its errors, interruption.
 *
 * @module
 */
import {
  type Arguments,
  type Command,
  helpText,
  parseOptions,
  type Usage,
  UsageError,
} from "./cli.ts";
import { complain, isColored, OutputClosed, print } from "./output.ts";

/** What a command does; it gives the exit code, 0 by default. */
export type Main<U extends Usage> = (
  args: Arguments<U>,
) => number | void | Promise<number | void>;

/** Runs a command under its name; gives the exit code. */
export type Runner = (
  description: { readonly name: string; readonly summary: string },
  args: readonly string[],
) => Promise<number>;

/** What starts a command: `deno task` in a checkout, `goldengrad` where it is installed. */
export const program: string = programOf(import.meta.url);

/**
 * What starts the commands whose modules are at a URL.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { programOf } from "./run.ts";
 * assertEquals(programOf("file:///home/me/goldengrad/scripts/run.ts"), "deno task");
 * assertEquals(programOf("https://example.org/scripts/run.ts"), "goldengrad");
 * ```
 */
export function programOf(url: string): string {
  return url.startsWith("file:") && !url.includes("/node_modules/") ? "deno task" : "goldengrad";
}

/** The user stopped the command: exit code 128 and the signal's number. */
export class Interruption extends Error {
  override readonly name: string = "Interruption";
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(`interrupted by ${signal}`);
    this.exitCode = signal === "SIGINT" ? 130 : 143;
  }
}

/** Makes a module's command: what it takes and what it does. */
export function runner<const U extends Usage>(usage: U, main: Main<U>): Runner {
  return (description, args) => runCommand({ ...usage, ...description }, main, args);
}

/**
 * Runs a command and gives its exit code: what `main` returns, 0 by default; 0 after `--help`.
 *
 * A user's mistake prints one line and gives 2: a `UsageError`, an error of the operating system,
 * or an error of this project (`Cannot <action>: <facts>`). An {@linkcode Interruption} and
 * {@linkcode OutputClosed} have codes of their own. Any other error is a bug: its stack is printed
 * and the code is 70.
 */
export async function runCommand<const C extends Command>(
  command: C,
  main: Main<C>,
  args: readonly string[],
): Promise<number> {
  try {
    const options = args.slice(0, args.includes("--") ? args.indexOf("--") : undefined);
    if (options.includes("--help") || options.includes("-h")) {
      print(helpText(command, program));
      return 0;
    }
    return (await main(parseOptions(args, command))) ?? 0;
  } catch (error) {
    return exitCodeOf(error);
  }
}

/** Says what an error means to the user, and gives the exit code. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof OutputClosed) return error.exitCode;
  if (error instanceof Interruption) {
    complain(error.message);
    return error.exitCode;
  }
  if (isMistake(error)) {
    complain(`${inRed("error:")} ${error.message.replace(/\s*[\r\n]\s*/g, " ")}`);
    return 2;
  }
  complain(Deno.inspect(error, { colors: isColored(Deno.stderr) }));
  return 70;
}

function isMistake(error: unknown): error is Error {
  return error instanceof Error && (
    error instanceof UsageError ||
    /^Cannot .+?: /.test(error.message) ||
    Object.values(Deno.errors).some((kind) => error instanceof kind) ||
    ("code" in error && /^E[A-Z0-9]+$/.test(String(error.code))) // such as ENOSPC
  );
}

function inRed(text: string): string {
  return isColored(Deno.stderr) ? `\x1b[31m${text}\x1b[0m` : text;
}

/**
 * Does work that SIGINT and SIGTERM abort: the signal's reason is then an {@linkcode Interruption}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { interruptible } from "./run.ts";
 * assertEquals(await interruptible((signal) => Promise.resolve(signal.aborted)), false);
 * ```
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const signals = Deno.build.os === "windows"
    ? ["SIGINT"] as const
    : ["SIGINT", "SIGTERM"] as const;
  const listeners = signals.map((name) =>
    [name, () => controller.abort(new Interruption(name))] as const
  );
  for (const [name, listener] of listeners) Deno.addSignalListener(name, listener);
  try {
    return await work(controller.signal);
  } finally {
    for (const [name, listener] of listeners) Deno.removeSignalListener(name, listener);
  }
}
