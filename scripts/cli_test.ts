import { assertEquals, assertThrows } from "@std/assert";
import { helpText, integerOption, parseOptions, UsageError } from "./cli.ts";

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
      [["--check="], "option --check takes no value"],
      [["--help=yes"], "option --help takes no value"],
      [["--help="], "option --help takes no value"],
      [["--hepl"], 'unknown option --hepl, did you mean "--help"?'],
      [["--version"], "unknown option --version"],
      [["-v"], "unknown option -v"],
      [["---"], "unknown option ---"],
      [["--=x"], "unknown option --=x"],
      [["--Rows", "1"], 'unknown option --Rows, did you mean "--rows"?'],
      [["--no-rows"], 'unknown option --no-rows, did you mean "--rows"?'],
      [["--no-color"], "unknown option --no-color"],
      [["--", "--rows", "5"], 'unexpected argument "--rows": options stand before --'],
      [["--", "--rows=5"], 'unexpected argument "--rows=5": options stand before --'],
      [["--", "-h"], 'unexpected argument "-h": options stand before --'],
      [["--", "--"], 'unexpected argument "--": options stand before --'],
      [["--", "rows"], 'unexpected argument "rows", did you mean "--rows"?'],
      [[""], 'unexpected argument ""'],
      [["-"], 'unexpected argument "-"'],
      [["--rows="], "option --rows needs a value: --rows N"],
      [["--rows"], "option --rows needs a value: --rows N"],
      [["--rows", "--"], "option --rows needs a value: --rows N"],
      [["--check", "--check"], "option --check is given twice"],
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
    helpText({ ...withFile, failure: "something is wrong" }, "deno task"),
    `Show how a command is described.

Usage: deno task demo NOTEBOOK [options]

  NOTEBOOK         the notebook to read
  --out DIR        Where to write (default: out)
  --rows N         How many
  --layout LAYOUT  Which (default: both)
  --check          Only look
  --help           Print this help

A note.

Exit codes:
  0         all is right
  1         something is wrong
  2         a mistake in the arguments or in the input
  70        a bug of goldengrad
  130, 143  interrupted by SIGINT, SIGTERM
  141       nobody reads the output any more

Examples:
  deno task demo
      As it is
  deno task demo --rows 3
      Three rows`,
  );
});
