/**
 * What every command shares: options, help, errors, interruption.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { didYouMean } from "../cases/suggest.ts";

/** An option of a command. Without `value` it is a flag. */
export interface Option {
  /** What stands for the value in the help, such as `DIR`. */
  readonly value?: string;
  /** What the option does, in one line. */
  readonly help: string;
  /** The value where the option is not given. */
  readonly default?: string;
  /** The values that are allowed; any where missing. */
  readonly choices?: readonly string[];
}

/** A command as its help describes it and its arguments are checked against. */
export interface Command {
  /** The name of the task. */
  readonly name: string;
  /** What the command does, in one line. */
  readonly summary: string;
  /** Arguments that are not options; none where missing. They must all be given. */
  readonly positionals?: readonly { readonly name: string; readonly help: string }[];
  /** Options by name, without the dashes; `help` is added to them. */
  readonly options: Readonly<Record<string, Option>>;
  /** Paragraphs below the options. */
  readonly notes?: readonly string[];
  /** Arguments to try, each with what they do. */
  readonly examples: readonly (readonly [args: string, meaning: string])[];
}

/**
 * The text of each option: `undefined` where it has no default and was not given; flags are `true`
 * or `false`.
 */
export type OptionValues<O extends Command["options"]> = {
  readonly [K in keyof O]: O[K] extends { value: string }
    ? (O[K] extends { default: string } ? string : string | undefined)
    : boolean;
};

/** The arguments of a command, checked. */
export interface Arguments<C extends Command> {
  readonly options: OptionValues<C["options"]>;
  readonly positionals: readonly string[];
}

/** A user's mistake in the arguments: printed as one line, exit code 2. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";
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

/**
 * Reads the arguments of a command; a `UsageError` names what is unknown, missing, given twice or
 * not allowed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseOptions } from "./cli.ts";
 * const options = { out: { value: "DIR", help: "" } };
 * const command = { name: "demo", summary: "", options, examples: [] } as const;
 * assertEquals(parseOptions(["--out", "folder"], command).options.out, "folder");
 * ```
 */
export function parseOptions<const C extends Command>(
  args: readonly string[],
  command: C,
): Arguments<C> {
  const known = Object.keys(command.options);
  const option = (name: string): Option | undefined =>
    Object.hasOwn(command.options, name) ? command.options[name] : undefined;
  const parsed = parseArgs(joinValues(args, option), {
    string: [...known.filter((name) => option(name)!.value !== undefined), "_"],
    boolean: known.filter((name) => option(name)!.value === undefined),
    unknown(argument, name) {
      if (name === undefined) return true;
      const shown = argument.replace(/=.*/s, "");
      throw new UsageError(
        `unknown option ${shown}${didYouMean(shown, [...known, "help"].map((n) => `--${n}`))}`,
      );
    },
  });
  const options: Record<string, unknown> = {};
  for (const name of known) {
    const { value, choices } = option(name)!;
    const given = parsed[name] ?? option(name)!.default;
    if (value !== undefined && given === "") {
      throw new UsageError(`option --${name} needs a value: --${name} ${value}`);
    }
    if (choices !== undefined && given !== undefined && !choices.includes(String(given))) {
      const near = didYouMean(String(given), choices);
      throw new UsageError(
        `option --${name} must be ${alternatives(choices)}, not "${given}"${near}`,
      );
    }
    options[name] = given;
  }
  const positionals = parsed._.map(String);
  const expected = command.positionals ?? [];
  if (positionals.length > expected.length) {
    throw new UsageError(
      `unexpected argument "${positionals[expected.length]}"${
        didYouMean(positionals[expected.length]!, known.map((n) => `--${n}`))
      }`,
    );
  }
  const missing = expected[positionals.length];
  if (missing !== undefined) {
    throw new UsageError(`missing argument ${missing.name}: ${missing.help}`);
  }
  return { options: options as OptionValues<C["options"]>, positionals };
}

/**
 * Writes `--rows -1` as `--rows=-1`, since `parseArgs` takes any word that starts with a dash for
 * an option, and refuses what it would let pass: an option given twice, a flag with a value.
 */
function joinValues(
  args: readonly string[],
  option: (name: string) => Option | undefined,
): string[] {
  const joined: string[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === "--") return [...joined, ...args.slice(i)];
    const [, name = "", assigned] = /^--([^=]+)(=)?/s.exec(arg) ?? [];
    const found = option(name);
    if (found !== undefined) {
      if (seen.has(name)) throw new UsageError(`option --${name} is given twice`);
      seen.add(name);
      if (found.value === undefined && assigned) {
        throw new UsageError(`option --${name} takes no value`);
      }
    }
    const next = args[i + 1];
    if (found?.value !== undefined && !assigned && next !== undefined && !/^-(?!\d|$)/.test(next)) {
      joined.push(`${arg}=${next}`);
      i++;
    } else {
      joined.push(arg);
    }
  }
  return joined;
}

/**
 * Reads an option's text as an integer from 0 to 2^53 - 1, written in decimal digits; else a
 * `UsageError`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { integerOption } from "./cli.ts";
 * assertEquals(integerOption("rows", "1000"), 1000);
 * ```
 */
export function integerOption(name: string, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) {
    throw new UsageError(`option --${name} must be an integer from 0 to 2^53 - 1, not "${text}"`);
  }
  return value;
}

/** Lists choices as `"long", "wide" or "both"`. */
function alternatives(choices: readonly string[]): string {
  const quoted = choices.map((choice) => `"${choice}"`);
  return [quoted.slice(0, -1).join(", "), quoted.at(-1)].filter(Boolean).join(" or ");
}

/** Writes the help of a command. */
export function helpText(command: Command): string {
  const positionals = command.positionals ?? [];
  const rows = [
    ...positionals.map(({ name, help }) => [name, help] as const),
    ...Object.entries(command.options).map(([name, { value, help, default: fallback }]) =>
      [
        `--${name}${value ? ` ${value}` : ""}`,
        `${help}${fallback ? ` (default: ${fallback})` : ""}`,
      ] as const
    ),
    ["--help", "Print this help"] as const,
  ];
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    command.summary,
    "",
    `Usage: deno task ${
      [command.name, ...positionals.map(({ name }) => name), "[options]"].join(" ")
    }`,
    "",
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
    ...(command.notes ?? []).flatMap((note) => ["", note]),
    "",
    "Examples:",
    ...command.examples.flatMap(([args, meaning]) => [
      `  deno task ${`${command.name} ${args}`.trimEnd()}`,
      `      ${meaning}`,
    ]),
  ].join("\n");
}

/**
 * Runs a command and gives its exit code: what `main` returns, 0 by default; 0 after `--help`.
 *
 * A user's mistake prints one line and gives 2: a
 * `UsageError`, an error of the operating system, or an error of this project (`Cannot <action>:
 * <facts>`). An {@linkcode Interruption} gives its own code. Any other error is a bug: its stack is
 * printed and the code is 70.
 */
export async function runCommand<const C extends Command>(
  command: C,
  main: (args: Arguments<C>) => number | void | Promise<number | void>,
  args: readonly string[] = Deno.args,
): Promise<number> {
  try {
    const options = args.slice(0, args.includes("--") ? args.indexOf("--") : undefined);
    if (options.includes("--help") || options.includes("-h")) {
      console.log(helpText(command));
      return 0;
    }
    return (await main(parseOptions(args, command))) ?? 0;
  } catch (error) {
    if (error instanceof Interruption) {
      console.error(error.message);
      return error.exitCode;
    }
    if (isMistake(error)) {
      console.error(`${inRed("error:")} ${error.message.replace(/\s*\n\s*/g, " ")}`);
      return 2;
    }
    console.error(error);
    return 70;
  }
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
  return Deno.stderr.isTerminal() && !Deno.noColor ? `\x1b[31m${text}\x1b[0m` : text;
}

/**
 * Does work that SIGINT and SIGTERM abort: the signal's reason is then an {@linkcode Interruption}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { interruptible } from "./cli.ts";
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
