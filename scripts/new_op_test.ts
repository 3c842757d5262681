// An op costs what CONTRIBUTING.md says: its row is put into a copy of the project, its commands are
// run there, and bugs in the row are found by the laws that should find them.

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runProgram } from "../testing/commands.ts";
import { commandParts, copyProject } from "../testing/folders.ts";
import { laws } from "../testing/op_laws.ts";
import { isShown, shown } from "../testing/readme.ts";

const contributing = await Deno.readTextFile(new URL("../CONTRIBUTING.md", import.meta.url));
const section = contributing.slice(contributing.indexOf("\n## A new op\n"))
  .replace(/(?<=[^]\n)## [^]*/, "");
const [, file = "", diff = ""] = /`(core\/ops\/\w+\.ts)`:\n\n```diff\n([^]*?)```/.exec(section) ??
  [];
const row = diff.replaceAll(/^\+/gm, "");
const name = /^ {2}(\w+): /.exec(row)?.[1] ?? "";

/** Bugs in the row, each with the law that finds it. */
const bugs: readonly { find: string; replace: string; law: string }[] = [
  {
    find: "{ div, mul }) => y.inputs.map((x) => mul(g, div(x, y)))",
    replace: "{ div, mul, neg }) => y.inputs.map((x) => mul(g, div(neg(x), y)))",
    law: "reverse mode, forward mode and differences agree, twice",
  },
  {
    find: "(a * da + b * db) / y",
    replace: "(a * da - b * db) / y",
    law: "reverse mode, forward mode and differences agree, twice",
  },
  {
    find: "=> ea + eb",
    replace: "=> Math.max(ea, eb)",
    law: "an exact result moves no further than the bound says",
  },
  {
    find: 'rounding: "function"',
    replace: 'rounding: "none"',
    law: "honest engines stay within the bound",
  },
  { find: "[ 5. 13.]", replace: "[ 5. 12.]", law: "the example prints what it says" },
];

Deno.test("the row that CONTRIBUTING.md shows has at most 15 lines, and every law is said there", () => {
  assert(row !== "" && row.split("\n").length - 1 <= 15, row);
  assertEquals(Object.keys(laws).length, Number(/\((\d+) steps\)/.exec(section)?.[1]));
});

Deno.test("in a copy of the project, with the row of CONTRIBUTING.md,", async (t) => {
  const folder = await Deno.makeTempDir({ prefix: "goldengrad-" });
  const deno = (...args: string[]) => runProgram(Deno.execPath(), args, { cwd: folder });
  try {
    await copyProject([...commandParts, "testing", "README.md"], folder);
    const text = await Deno.readTextFile(`${folder}/${file}`);
    const end = text.lastIndexOf("};");
    const write = (row: string) =>
      Deno.writeTextFile(`${folder}/${file}`, text.slice(0, end) + row + text.slice(end));
    await write(row);

    await t.step("its commands print what it shows", async () => {
      const commands = shown(section).sessions.flat();
      assertEquals(commands.length, 4);
      for (const { command, output } of commands) {
        const [program, ...args] = command.split(" ");
        assertEquals(program, "deno");
        const { out, err } = await deno(...args);
        assert(isShown(`${out.trimEnd()}\n`, output), `${command} prints:\n${out}${err}`);
      }
      const readme = await Deno.readTextFile(`${folder}/README.md`);
      assertStringIncludes(readme, `| \`${name}(a, b)\``);
    });

    await t.step("what they write is complete, right, linted and formatted", async () => {
      const written = file.replace("ops", "functions");
      for (
        const args of [
          ["fmt", "--check", "core", "README.md"],
          ["check", "--doc", "mod.ts", written],
          ["lint", "core/functions", "core/ops"],
          ["test", "--doc", "--no-check", written],
          ["task", "ops", "--check"],
        ]
      ) {
        const { code, out, err } = await deno(...args);
        assertEquals(code, 0, `${args.join(" ")}:\n${out}${err}`);
      }
    });

    for (const { find, replace, law } of bugs) {
      await t.step(`the laws find ${replace}`, async () => {
        assertEquals(row.split(find).length, 2, `${find} is not once in the row`);
        await write(row.replace(find, () => replace));
        const args = ["test", "--no-check", "--filter", name, "verify/op_laws_test.ts"];
        const { code, out } = await deno(...args);
        const failures = out.slice(out.indexOf(" FAILURES ")).matchAll(/\.\.\. (.*) => /g);
        assertEquals([code, ...[...failures].map(([, failed]) => failed)], [1, law]);
      });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
