import { assert, assertEquals } from "@std/assert";
import { root, runShell } from "../testing/commands.ts";
import { commands } from "./commands.ts";
import { isColored } from "./output.ts";

/** A short run of each command that prints a result, by name. */
const shortRuns: Readonly<Record<string, string>> = {
  generate: "--list --case 'notebook/n=1/*'",
  verify: "--case 'graph/stop/*'",
  mutants: "--case 'graph/stop/op'",
  soundness: "--elements 1",
  replay: "",
  capture: 'golden/testdata/sample.txt --out "$FOLDER"',
  checksum: "",
  ops: "--check",
  exhaust: "--help", // its work takes a compiler
};

/** A line of the shell that runs a command with the permissions of its task. */
const line = (name: string, args: string) => {
  const { permissions } = commands.find((command) => command.name === name)!;
  return `"$DENO" run --quiet --no-prompt ${permissions.join(" ")} scripts/main.ts ${name} ${args}`;
};

const inFolder = (text: string) => `FOLDER=$(mktemp -d); ${text}; c=$?; rm -r "$FOLDER"; exit $c`;

Deno.test("every command has a short run here", () => {
  assertEquals(Object.keys(shortRuns), commands.map(({ name }) => name));
});

Deno.test({
  name: "output that can't be written is one line and exit code 2, for every command",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const runs = [
      ...Object.entries(shortRuns),
      ["verify", "--list"],
      ["verify", "--witnesses --case 'graph/stop/op'"],
      ["verify", "--reporter json --case 'graph/stop/op'"],
      ["replay", "--check"],
      ["generate", '--out "$FOLDER" --case "notebook/n=1/*"'],
    ] as const;
    for (const [name, args] of runs) {
      const { code, out, err } = await runShell(inFolder(`${line(name, args)} > /dev/full`));
      assertEquals(
        [code, out, err],
        [2, "", "error: Cannot write the output: No space left on device\n"],
        `${name} ${args}`,
      );
    }
    for (const args of ["--help", "--version"]) {
      const { code, err } = await runShell(`"$DENO" run scripts/main.ts ${args} > /dev/full`);
      assertEquals([code, err], [2, "error: Cannot write the output: No space left on device\n"]);
    }
  },
});

Deno.test({
  name: "a reader that goes away ends every command quietly with exit code 141",
  ignore: Deno.build.os === "windows",
  async fn() {
    for (const [name, args] of Object.entries(shortRuns)) {
      // The command starts when the reader has closed its end.
      const writer = `read -r _ < "$FOLDER/gate"; ${line(name, args)}; echo "code $?" >&2`;
      const reader = 'exec <&-; echo closed > "$FOLDER/gate"';
      const { code, err } = await runShell(
        inFolder(`mkfifo "$FOLDER/gate"; (${writer}) | (${reader})`),
      );
      assertEquals([code, err], [0, "code 141\n"], name);
    }
    const { out, err } = await runShell(
      `(${line("verify", "--list")}; echo "code $?" >&2) | head -n 1`,
    );
    assert(out.startsWith("notebook/") && out.split("\n").length === 2, out);
    assert(["code 141\n", "code 0\n"].includes(err), err); // 0 if all of it fits in the pipe
  },
});

Deno.test({
  name: "where standard error can't be written either, the exit code still tells",
  ignore: Deno.build.os !== "linux",
  async fn() {
    for (const [args, expected] of [["verify --bogus", 2], ["replay", 2]] as const) {
      const { code } = await runShell(
        `"$DENO" run --allow-read scripts/main.ts ${args} > /dev/full 2> /dev/full`,
      );
      assertEquals(code, expected);
    }
  },
});

Deno.test("colours are for terminals where NO_COLOR is not set", () => {
  const stream = (terminal: boolean) => ({ isTerminal: () => terminal, writeSync: () => 0 });
  assertEquals(
    [[true, false], [true, true], [false, false], [false, true]].map(([terminal, noColor]) =>
      isColored(stream(terminal!), noColor!)
    ),
    [true, false, false, false],
  );
});

Deno.test("no command colours or shows progress where its output is no terminal, even without NO_COLOR", async () => {
  for (const args of ["verify --case 'graph/stop/*'", "verify --bogus", "frobnicate"]) {
    const { out, err } = await runShell(
      `unset NO_COLOR; "$DENO" run --allow-read --allow-env=GITHUB_ACTIONS scripts/main.ts ${args}`,
    );
    assert(!`${out}${err}`.includes("\x1b"), out + err);
  }
});

Deno.test("nothing in scripts/ prints by console, which crashes or is silent where it can't", async () => {
  for await (const { name } of Deno.readDir(`${root}scripts`)) {
    // checksum_print.ts runs in any JavaScript engine.
    if (!name.endsWith(".ts") || name.endsWith("_test.ts") || name === "checksum_print.ts") {
      continue;
    }
    const text = await Deno.readTextFile(`${root}scripts/${name}`);
    assert(!/console\.(log|info|debug|warn|table)\(|console\.error\(/.test(text), name);
  }
});
