import { assert, assertEquals, assertMatch } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { runCommandLine, runProgram } from "../testing/commands.ts";
import { commands } from "./commands.ts";

const tasks: Readonly<Record<string, { description: string; command: string }>> = config.tasks;

Deno.test("the tasks are those of the list, in its order, beside test and bench", () => {
  const expected = commands.map(({ name, summary, permissions }) => [name, {
    description: summary,
    command: ["deno run", ...permissions, "scripts/main.ts", name].join(" "),
  }]);
  const found = Object.entries(tasks).filter(([name]) => name !== "test" && name !== "bench");
  assertEquals(found, expected);
});

Deno.test("every command has help that names its task, its options and its exit codes, and needs no permission for it", async () => {
  for (const { name, summary } of commands) {
    const { code, out, err } = await runCommandLine([name, "--help"], { flags: [] });
    assertEquals([code, err], [0, ""]);
    assert(out.startsWith(`${summary}\n\nUsage: deno task ${name}`), out);
    assertMatch(out, / {2}--help +Print this help\n/);
    assertMatch(
      out,
      /\nExit codes:\n {2}0 [^]*\n {2}2 .*\n {2}70 .*\n {2}130, 143 .*\n {2}141 .*\n/,
    );
  }
});

Deno.test("no command loads another's module, or more than the list, for the overview", async () => {
  const { out } = await runProgram(Deno.execPath(), ["info", "--json", "scripts/main.ts"]);
  const { modules } = JSON.parse(out);
  const list = modules.find(({ specifier }: { specifier: string }) =>
    specifier.endsWith("/scripts/commands.ts")
  );
  const loaded = list.dependencies.filter(({ isDynamic }: { isDynamic?: boolean }) => isDynamic);
  assertEquals(loaded.length, commands.length);
});

Deno.test("the overview lists every command", async () => {
  for (const help of ["--help", "-h"]) {
    const { code, out, err } = await runCommandLine([help], { flags: [] });
    assertEquals([code, err], [0, ""]);
    for (const { name, summary } of commands) {
      assert(out.includes(`\n  ${name.padEnd(9)}  ${summary}\n`), out);
    }
  }
});

Deno.test("the version is that of the package", async () => {
  assertEquals(await runCommandLine(["--version"]), {
    code: 0,
    out: `goldengrad ${config.version}\n`,
    err: "",
  });
});

Deno.test("what is no command is one line and exit code 2, with the near name", async () => {
  for (
    const [args, message] of [
      [[], "no command is given, see --help"],
      [["verfy"], 'unknown command "verfy", did you mean "verify"?'],
      [["--verion"], 'unknown option "--verion", did you mean "--version"?'],
      [["--help=yes"], 'unknown option "--help=yes", see --help'],
      [["--list"], 'unknown option "--list", see --help'],
      [["frobnicate"], 'unknown command "frobnicate", see --help'],
      [["constructor"], 'unknown command "constructor", see --help'],
      [[""], 'unknown command "", see --help'],
      [["--"], 'unknown option "--", see --help'],
    ] as const
  ) {
    const { code, out, err } = await runCommandLine(args);
    assertEquals([code, out, err], [2, "", `error: ${message}\n`]);
  }
});
