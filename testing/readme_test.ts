// What the README shows is run, in a folder that has the project's files by links and gets the
// files that the examples write.

import { assert, assertEquals } from "@std/assert";
import { isShown, shown, type ShownCommand } from "./readme.ts";

const root = new URL("../", import.meta.url);
const readme = await Deno.readTextFile(new URL("README.md", root));

/** Commands that are not run here, with the reason. */
const notRun: Readonly<Record<string, string>> = {
  "npx -y deno@2.9.6 task test": "it would run this test",
};

const hasPython = await new Deno.Command("python3", { args: ["--version"] }).output()
  .then(({ success }) => success, () => false);

const { files, sessions } = shown(readme);

/** A folder with links to all that is in the project's, and a `deno` that is this one. */
async function workplace(): Promise<string> {
  const folder = await Deno.makeTempDir();
  for await (const { name } of Deno.readDir(root)) {
    if (name !== "out" && name !== ".git") {
      await Deno.symlink(new URL(name, root), `${folder}/${name}`);
    }
  }
  await Deno.mkdir(`${folder}/.bin`);
  await Deno.symlink(Deno.execPath(), `${folder}/.bin/deno`);
  for (const { name, text, language } of files) {
    if (language === "ts") await Deno.writeTextFile(`${folder}/${name}`, text, { createNew: true });
  }
  return folder;
}

const MARK = "end of one command\n";

/** What each command of a session prints, and the exit code before it kept for `$?`. */
async function outputs(folder: string, session: readonly ShownCommand[]): Promise<string[]> {
  const script = session.map(({ command }) =>
    `${command.replaceAll("npx -y deno@2.9.6", "deno")}\nstatus=$?; printf '${
      MARK.replace("\n", "\\n")
    }'; (exit $status)`
  ).join("\n");
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", `exec 2>&1\n${script}`],
    cwd: folder,
    env: { NO_COLOR: "1", PATH: `${folder}/.bin:${Deno.env.get("PATH")}` },
  }).output();
  return new TextDecoder().decode(stdout).split(MARK)
    // Deno's own line says which task it runs.
    .map((text) => text.replace(/^Task .*\n/, ""));
}

Deno.test("every example of the README names its file, and the files of the repository are as shown", async () => {
  assert(files.length >= 3);
  for (const { name, language, text } of files) {
    assert(name !== undefined, text);
    if (language !== "ts") {
      const file = await Deno.readTextFile(new URL(name, root));
      // Without its first line, a comment that says how to run it.
      assertEquals(text, file.slice(file.indexOf("\n") + 1));
    }
  }
});

Deno.test({
  name: `the README's commands print what it shows${
    hasPython ? "" : ", but Python's (no python3)"
  }`,
  ignore: Deno.build.os === "windows", // there is no sh
  async fn(t) {
    const folder = await workplace();
    try {
      for (const session of sessions) {
        const run = session.filter(({ command }) => !(command in notRun));
        if (!hasPython && run.some(({ command }) => command.startsWith("python3 "))) continue;
        const printed = await outputs(folder, run);
        for (const [i, { command, output, line }] of run.entries()) {
          await t.step(`README.md:${line}: ${command}`, () => {
            if (!isShown(printed[i]!, output)) assertEquals(printed[i], output);
          });
        }
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("the README's table of the notebook counts what the golden files hold", async () => {
  const { goldens } = await import("../golden/mod.ts");
  const rows = goldens().map(({ section, entries, numbers }) => {
    const cells = entries.filter(({ blocks }) => blocks.some((block) => "numbers" in block));
    return [section, cells.length, numbers, numbers] as const;
  });
  const total = (column: 1 | 2) => rows.reduce((sum, row) => sum + row[column], 0);
  const expected = [...rows, ["all", total(1), total(2), total(2)]];
  const lines = readme.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  for (const row of expected) {
    assert(
      lines.some((cells) => row.every((cell, i) => cells[i + 1] === String(cell))),
      `no line of README.md has ${row.join(", ")}`,
    );
  }
});

Deno.test("a session differs where a digit, a line or a command's place does", () => {
  const printed = "a 1\nb 2\nc 3\n";
  for (
    const output of [
      printed,
      "…\n",
      "…\nc 3\n",
      "a 1\n…\n",
      "a …\nb 2\n…\nc 3\n",
      "a 1\n…\nb 2\nc 3\n",
    ]
  ) {
    assert(isShown(printed, output), output);
  }
  for (
    const output of [
      "",
      "a 1\nb 2\n",
      "a 1\nb 3\nc 3\n",
      "…\nb 2\n",
      "a.1\n…\n",
      "b 2\n…\n",
      "a 1\nc 3\n",
    ]
  ) {
    assert(!isShown(printed, output), output);
  }
  const { files, sessions } = shown(
    "The file `a.ts`:\n\n```ts\nf();\n```\n\n```console\n$ a\n1\n$ b\n```\n",
  );
  assertEquals(files, [{ name: "a.ts", language: "ts", text: "f();\n" }]);
  assertEquals(sessions, [
    [{ command: "a", output: "1\n", line: 8 }, { command: "b", output: "", line: 10 }],
  ]);
});
