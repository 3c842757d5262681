/**
 * What a command says of itself, and its arguments and help, which follow from that.
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

/** What a command takes. */
export interface Usage {
  /** Arguments that are not options; none where missing. They must all be given. */
  readonly positionals?: readonly { readonly name: string; readonly help: string }[];
  /** Options by name, without the dashes; `help` is added to them. */
  readonly options: Readonly<Record<string, Option>>;
  /** Paragraphs below the options. */
  readonly notes?: readonly string[];
  /** What exit code 1 means, where the command has it. */
  readonly failure?: string;
  /** Arguments to try, each with what they do. */
  readonly examples: readonly (readonly [args: string, meaning: string])[];
}

/** A command as its help describes it. */
export interface Command extends Usage {
  /** The name of the command. */
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
}

/**
 * The text of each option: `undefined` where it has no default and was not given; flags are `true`
 * or `false`.
 */
export type OptionValues<O extends Usage["options"]> = {
  readonly [K in keyof O]: O[K] extends { value: string }
    ? (O[K] extends { default: string } ? string : string | undefined)
    : boolean;
};

/** The arguments of a command, checked. */
export interface Arguments<C extends Usage> {
  readonly options: OptionValues<C["options"]>;
  readonly positionals: readonly string[];
}

/** A user's mistake in the arguments: printed as one line, exit code 2. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";
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
 * const usage = { options, examples: [] } as const;
 * assertEquals(parseOptions(["--out", "folder"], usage).options.out, "folder");
 * ```
 */
export function parseOptions<const C extends Usage>(
  args: readonly string[],
  usage: C,
): Arguments<C> {
  const known = Object.keys(usage.options);
  const spelled = known.map((name) => `--${name}`);
  const option = (name: string): Option | undefined =>
    Object.hasOwn(usage.options, name) ? usage.options[name] : undefined;
  const parsed = parseArgs(joinValues(args, option), {
    string: [...known.filter((name) => option(name)!.value !== undefined), "_"],
    boolean: known.filter((name) => option(name)!.value === undefined),
    unknown(argument, name) {
      if (name === undefined) return true;
      const shown = argument.replace(/(?<=\w)=.*/s, ""); // without its value
      throw new UsageError(`unknown option ${shown}${suggestion(shown, [...spelled, "--help"])}`);
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
  const expected = usage.positionals ?? [];
  const unexpected = positionals[expected.length];
  if (unexpected !== undefined) {
    // A word with a dash can only stand here behind "--".
    const facts = /^-./.test(unexpected)
      ? ": options stand before --"
      : suggestion(unexpected, spelled);
    throw new UsageError(`unexpected argument "${unexpected}"${facts}`);
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
    if (name === "help" && assigned) throw new UsageError("option --help takes no value");
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
export function integerOption(
  name: string,
  text: string,
  [least, most]: readonly [number, number] = [0, Number.MAX_SAFE_INTEGER],
): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !(value >= least && value <= most)) {
    const end = most === Number.MAX_SAFE_INTEGER ? "2^53 - 1" : String(most);
    throw new UsageError(
      `option --${name} must be an integer from ${least} to ${end}, not "${text}"`,
    );
  }
  return value;
}

/** Suggests a name for a word; for one without letters there is nothing to go by. */
export function suggestion(word: string, names: readonly string[]): string {
  return /\w/.test(word) ? didYouMean(word, names) : "";
}

/** Lists choices as `"long", "wide" or "both"`. */
function alternatives(choices: readonly string[]): string {
  const quoted = choices.map((choice) => `"${choice}"`);
  return [quoted.slice(0, -1).join(", "), quoted.at(-1)].filter(Boolean).join(" or ");
}

/** What the exit codes of a command mean; 1 is the command's own. */
function exitCodes({ failure }: Usage): (readonly [code: string, meaning: string])[] {
  return [
    ["0", failure === undefined ? "done" : "all is right"],
    ...failure === undefined ? [] : [["1", failure] as const],
    ["2", "a mistake in the arguments or in the input"],
    ["70", "a bug of goldengrad"],
    ["130, 143", "interrupted by SIGINT, SIGTERM"],
    ["141", "nobody reads the output any more"],
  ];
}

/** Writes the help of a command; `program` is what starts it, such as `deno task`. */
export function helpText(command: Command, program: string): string {
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
  const arguments_ = [command.name, ...positionals.map(({ name }) => name), "[options]"];
  return [
    command.summary,
    "",
    `Usage: ${program} ${arguments_.join(" ")}`,
    "",
    ...columns(rows),
    ...(command.notes ?? []).flatMap((note) => ["", note]),
    "",
    "Exit codes:",
    ...columns(exitCodes(command)),
    "",
    "Examples:",
    ...command.examples.flatMap(([args, meaning]) => [
      `  ${program} ${`${command.name} ${args}`.trimEnd()}`,
      `      ${meaning}`,
    ]),
  ].join("\n");
}

/** Two columns, indented, the first as wide as its longest text. */
export function columns(rows: readonly (readonly [left: string, right: string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
