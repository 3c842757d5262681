import { assert, assertEquals, assertRejects } from "@std/assert";
import { describe, it } from "@std/testing/bdd";
import { type Outcome, root, runProgram, startCommand } from "../testing/commands.ts";
import { folderPerTest } from "../testing/folders.ts";
import { interruptible, programOf, runCommand } from "./run.ts";

const command = {
  name: "demo",
  summary: "Show how a command ends.",
  options: {},
  examples: [["", "As it is"]],
} as const;

/** A module that runs a command whose work is the given text, and exits with its code. */
const module = (work: string, args: string[] = []) => `
  import { UsageError } from "${new URL("cli.ts", import.meta.url)}";
  import { Interruption, runCommand } from "${new URL("run.ts", import.meta.url)}";
  import { OutputClosed } from "${new URL("output.ts", import.meta.url)}";
  const command = { name: "demo", summary: "", options: {}, examples: [] };
  Deno.exit(await runCommand(command, () => { ${work} }, ${JSON.stringify(args)}));
`;

describe("a command", () => {
  const place = folderPerTest();

  /** Runs a command in a process of its own. */
  async function run(work: string, args?: string[]): Promise<Outcome> {
    const file = `${place.folder}/demo.ts`;
    await Deno.writeTextFile(file, module(work, args));
    return runProgram(Deno.execPath(), [
      "run",
      "--quiet",
      "--no-prompt",
      `--config=${root}deno.json`,
      file,
    ]);
  }

  it("gives the exit code that it returns, 0 by default", async () => {
    assertEquals(await runCommand(command, () => {}, []), 0);
    assertEquals(await runCommand(command, () => Promise.resolve(1), []), 1);
  });

  it("gives 0 after --help, whatever else is given", async () => {
    for (const help of ["--help", "-h"]) {
      const { code, out, err } = await run('throw new Error("not reached")', [help, "--bogus"]);
      assertEquals([code, err], [0, ""]);
      assert(out.includes("Usage: deno task demo [options]"), out);
    }
  });

  it("answers a user's mistake with one line and exit code 2", async () => {
    for (
      const [error, line] of [
        ['new UsageError("no such thing")', "no such thing"],
        ['new RangeError("Cannot select: none matches")', "Cannot select: none matches"],
        ['new SyntaxError("Cannot read a: no\\nat 3\\r\\nb")', "Cannot read a: no at 3 b"],
        ['new Deno.errors.NotFound("no such file")', "no such file"],
        ['Object.assign(new Error("No space"), { code: "ENOSPC" })', "No space"],
      ] as const
    ) {
      assertEquals(await run(`throw ${error}`), { code: 2, out: "", err: `error: ${line}\n` });
    }
    assertEquals((await run("", ["--bogus"])).code, 2);
  });

  it("shows any other error whole, and gives 70: it is a bug", async () => {
    for (
      const [error, text] of [
        ['new Error("odd")', "Error: odd\n    at "],
        ["null.x", "TypeError: Cannot read properties of null (reading 'x')\n    at "],
        ['"text"', '"text"\n'],
        ["undefined", "undefined\n"],
      ] as const
    ) {
      const { code, out, err } = await run(`throw ${error}`);
      assertEquals([code, out, err.slice(0, text.length)], [70, "", text]);
    }
  });

  it("gives 130 and 143 where it was interrupted, 141 where nobody reads its output", async () => {
    for (
      const [error, code, err] of [
        ['new Interruption("SIGINT")', 130, "interrupted by SIGINT\n"],
        ['new Interruption("SIGTERM")', 143, "interrupted by SIGTERM\n"],
        ["new OutputClosed()", 141, ""],
      ] as const
    ) {
      assertEquals(await run(`throw ${error}`), { code, out: "", err });
    }
  });

  it("that is interruptible gives its result or its error", async () => {
    assertEquals(await interruptible(() => Promise.resolve(3)), 3);
    await assertRejects(
      () => interruptible(() => Promise.reject(new RangeError("no"))),
      RangeError,
      "no",
    );
  });

  it("is called as it was installed", () => {
    assertEquals(
      ["file:///a/scripts/run.ts", "file:///a/node_modules/b/run.ts", "https://a/run.ts"].map(
        programOf,
      ),
      ["deno task", "goldengrad", "goldengrad"],
    );
  });

  it("that a signal ends before it can answer has the same codes", {
    skip: Deno.build.os === "windows",
  }, async () => {
    for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
      const child = startCommand(["verify", "--against", "-"]); // waits for standard input
      child.kill(signal);
      const { code: found } = await child.output();
      await child.stdin.close().catch(() => {});
      assertEquals(found, code);
    }
  });
});
