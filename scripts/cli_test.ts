import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  helpText,
  integerOption,
  interruptible,
  Interruption,
  parseOptions,
  runCommand,
  UsageError,
} from "./cli.ts";

const command = {
  name: "demo",
  summary: "Show how a command is described.",
  options: {
    out: { value: "DIR", help: "Where to write", default: "out" },
    rows: { value: "N", help: "How many" },
    layout: { value: "LAYOUT", help: "Which", default: "both", choices: ["long", "wide", "both"] },
    check: { help: "Only look" },
  },
  notes: ["A note."],
  examples: [["", "As it is"], ["--rows 3", "Three rows"]],
} as const;

const withFile = {
  ...command,
  positionals: [{ name: "NOTEBOOK", help: "the notebook to read" }],
} as const;

Deno.test("options have their defaults, and take their values after a space or an equals sign", () => {
  assertEquals(parseOptions([], command).options, {
    out: "out",
    rows: undefined,
    layout: "both",
    check: false,
  });
  const expected = { out: "a b", rows: "3", layout: "long", check: true };
  assertEquals(
    parseOptions(["--out", "a b", "--rows=3", "--check", "--layout", "long"], command).options,
    expected,
  );
  assertEquals(parseOptions(["--rows", "-1"], command).options.rows, "-1");
  assertEquals(parseOptions(["--out", "a=b"], command).options.out, "a=b");
  assertEquals(parseOptions(["--out", "007"], command).options.out, "007");
});

Deno.test("positional arguments are counted", () => {
  assertEquals(parseOptions(["a.txt", "--check"], withFile).positionals, ["a.txt"]);
  assertEquals(parseOptions(["--check", "12.0"], withFile).positionals, ["12.0"]);
  assertEquals(parseOptions(["--", "--odd"], withFile).positionals, ["--odd"]);
  assertThrows(
    () => parseOptions([], withFile),
    UsageError,
    "missing argument NOTEBOOK: the notebook to read",
  );
  assertThrows(() => parseOptions(["a", "b"], withFile), UsageError, 'unexpected argument "b"');
});

Deno.test("a mistake in the arguments is named, with the near name", () => {
  for (
    const [args, message] of [
      [["--row", "3"], 'unknown option --row, did you mean "--rows"?'],
      [["--layuot=long"], 'unknown option --layuot, did you mean "--layout"?'],
      [["--verbose"], "unknown option --verbose"],
      [["--no-check"], 'unknown option --no-check, did you mean "--check"?'],
      [["-x"], "unknown option -x"],
      [["-rows"], 'unknown option -rows, did you mean "--rows"?'],
      [["--__proto__", "1"], "unknown option --__proto__"],
      [["--constructor=1"], "unknown option --constructor"],
      [["--out.x", "1"], 'unknown option --out.x, did you mean "--out"?'],
      [["rows"], 'unexpected argument "rows", did you mean "--rows"?'],
      [["--out"], "option --out needs a value: --out DIR"],
      [["--out="], "option --out needs a value: --out DIR"],
      [["--out", ""], "option --out needs a value: --out DIR"],
      [["--out", "--check"], "option --out needs a value: --out DIR"],
      [["--check=yes"], "option --check takes no value"],
      [["--rows", "1", "--rows=2"], "option --rows is given twice"],
      [
        ["--layout", "logn"],
        'option --layout must be "long", "wide" or "both", not "logn", did you mean "long"?',
      ],
    ] as const
  ) {
    const error = assertThrows(() => parseOptions(args, command), UsageError);
    assertEquals(error.message, message);
  }
});

Deno.test("an integer option is decimal digits up to 2^53 - 1", () => {
  assertEquals(["0", "1000", "9007199254740991"].map((text) => integerOption("rows", text)), [
    0,
    1000,
    2 ** 53 - 1,
  ]);
  for (
    const text of [
      "-1",
      "1.5",
      "1e3",
      "0x10",
      "",
      " 1",
      "1 ",
      "ten",
      "NaN",
      "9007199254740992",
      "9".repeat(400),
    ]
  ) {
    assertThrows(
      () => integerOption("rows", text),
      UsageError,
      `option --rows must be an integer from 0 to 2^53 - 1, not "${text}"`,
    );
  }
});

Deno.test("the help is made of the command's description", () => {
  assertEquals(
    helpText(withFile),
    `Show how a command is described.

Usage: deno task demo NOTEBOOK [options]

  NOTEBOOK         the notebook to read
  --out DIR        Where to write (default: out)
  --rows N         How many
  --layout LAYOUT  Which (default: both)
  --check          Only look
  --help           Print this help

A note.

Examples:
  deno task demo
      As it is
  deno task demo --rows 3
      Three rows`,
  );
});

/** Runs a command and returns its exit code and what it printed. */
async function run(main: () => number | void | Promise<number | void>, args: string[] = []) {
  const printed = { out: [] as unknown[], err: [] as unknown[] };
  const { log, error } = console;
  console.log = (text: unknown) => void printed.out.push(text);
  console.error = (text: unknown) => void printed.err.push(text);
  try {
    return { code: await runCommand(command, main, args), ...printed };
  } finally {
    Object.assign(console, { log, error });
  }
}

function fail(error: unknown): () => never {
  return () => {
    throw error;
  };
}

Deno.test("the exit code is what the command returns, 0 by default and after --help", async () => {
  assertEquals((await run(() => {})).code, 0);
  assertEquals((await run(() => Promise.resolve(1))).code, 1);
  for (const help of ["--help", "-h"]) {
    const { code, out } = await run(fail(new Error("not reached")), [help, "--bogus"]);
    assertEquals([code, out], [0, [helpText(command)]]);
  }
});

Deno.test("a user's mistake is one line and exit code 2", async () => {
  for (
    const error of [
      new UsageError("no such thing"),
      new RangeError("Cannot select cases: none matches"),
      new SyntaxError("Cannot read a.json: expected }\nat line 3"),
      new Deno.errors.NotFound("no such file"),
      Object.assign(new Error("No space left on device"), { code: "ENOSPC" }),
    ]
  ) {
    const { code, out, err } = await run(fail(error));
    assertEquals([code, out, err.length], [2, [], 1]);
    assert(
      String(err[0]).endsWith(error.message.replace("\n", " ")) && !String(err[0]).includes("\n"),
    );
  }
  assertEquals((await run(() => {}, ["--bogus"])).code, 2);
});

Deno.test("any other error is a bug: it is printed whole, and the exit code is 70", async () => {
  for (
    const error of [
      new Error("odd"),
      new TypeError("Cannot read properties of undefined (reading 'x')"),
      "text",
    ]
  ) {
    const { code, err } = await run(fail(error));
    assertEquals([code, err], [70, [error]]);
  }
});

Deno.test("an interruption has its own exit code", async () => {
  assertEquals(await run(fail(new Interruption("SIGINT"))), {
    code: 130,
    out: [],
    err: ["interrupted by SIGINT"],
  });
  assertEquals((await run(fail(new Interruption("SIGTERM")))).code, 143);
});

Deno.test("work that is interruptible gives its result or its error", async () => {
  assertEquals(await interruptible(() => Promise.resolve(3)), 3);
  await assertRejects(
    () => interruptible(() => Promise.reject(new RangeError("no"))),
    RangeError,
    "no",
  );
});
