import { assert, assertEquals, assertMatch } from "@std/assert";
import { describe, it } from "@std/testing/bdd";
import { cases, smallCases } from "../cases/mod.ts";
import { type Outcome, outcome, runCommandLine, startCommand } from "../testing/commands.ts";
import { contents, folderPerTest, untilPartial } from "../testing/folders.ts";

/** The permissions of the task, but with access to one folder only. */
const flags = (folder: string) => [
  `--allow-read=${folder}`,
  `--allow-write=${folder}`,
  "--allow-sys=hostname",
];

/** Runs `generate` with access to `folder` only. */
function generate(folder: string, ...args: string[]): Promise<Outcome> {
  return runCommandLine(["generate", ...args], { flags: flags(folder) });
}

describe("generate", () => {
  const place = folderPerTest();

  it("generate writes every small case in both layouts and says what it wrote", async () => {
    const { folder } = place;
    const { code, out, err } = await generate(folder, "--out", `${folder}/a/b`);
    assertEquals([code, err], [0, ""]);
    const files = await contents(`${folder}/a/b`);
    assertEquals(Object.keys(files).length, 2 * smallCases.length + 1);
    assert(
      out.startsWith(`Wrote ${smallCases.length} cases of ${cases.length} into ${folder}/a/b/\n`),
      out,
    );
    assertMatch(out, /rows, [\d,]+ values, [\d.]+ .?B in [\d.]+ s\n$/);
  });

  it("generate writes a network where it is named", async () => {
    const { folder } = place;
    const args = ["--case", "network/deep/layers=4", "--layout", "wide", "--out", `${folder}/net`];
    const { code, out } = await generate(folder, ...args);
    assertEquals([code, out.split("\n")[0]], [
      0,
      `Wrote 1 case of ${cases.length} into ${folder}/net/`,
    ]);
    assertEquals(Object.keys(await contents(`${folder}/net`)).length, 2);
  });

  it("--list takes no option of writing", async () => {
    for (const args of [["--rows", "5"], ["--out", "foo"], ["--layout", "wide"], ["--seed", "1"]]) {
      const { code, out, err } = await runCommandLine(["generate", "--list", ...args]);
      assertEquals([code, out], [2, ""]);
      assertEquals(err, `error: option ${args[0]} can't be used with --list: nothing is written\n`);
    }
  });

  it("generate gives the same bytes twice, and replaces its own files only", async () => {
    const { folder } = place;
    const args = ["--case", "notebook/n=1/*", "--rows", "20", "--seed", "9007199254740991"];
    await Deno.mkdir(`${folder}/second`);
    await Deno.writeTextFile(`${folder}/second/notes.txt`, "mine");
    assertEquals((await generate(folder, "--out", `${folder}/second`, "--layout", "wide")).code, 0);
    assertEquals((await generate(folder, "--out", `${folder}/second`, ...args)).code, 0);
    assertEquals((await generate(folder, "--out", `${folder}/first`, ...args)).code, 0);
    const second = await contents(`${folder}/second`);
    assertEquals(second, { ...await contents(`${folder}/first`), "notes.txt": "mine" });
  });

  it("generate answers a mistake with one line and exit code 2, and changes nothing", async () => {
    const { folder } = place;
    await Deno.writeTextFile(`${folder}/file`, "mine");
    await Deno.mkdir(`${folder}/foreign`);
    await Deno.writeTextFile(`${folder}/foreign/datapackage.json`, "{}");
    const before = await contents(folder);
    await Deno.symlink("nowhere", `${folder}/dangling`);
    const mistakes: [args: string[], message: RegExp][] = [
      [["--rwos", "3"], /unknown option --rwos, did you mean "--rows"\?/],
      [["long"], /unexpected argument "long"/],
      [["--case", "notebok/*"], /none matches "notebok\/\*", did you mean "notebook\//],
      [["--rows", "-1"], /--rows must be an integer from 0 to 2\^53 - 1, not "-1"/],
      [["--rows", "1.5"], /--rows must be an integer from 0 to 2\^53 - 1, not "1\.5"/],
      [["--rows", "9007199254740992"], /--rows must be an integer/],
      [["--rows", "1", "--seed", "x"], /--seed must be an integer/],
      [["--seed", "1"], /option --seed needs --rows/],
      [["--layout", "tall"], /--layout must be "long", "wide" or "both", not "tall"/],
      [["--out", `${folder}/file`], /Cannot write into .*\/file: .*\/file is not a folder/],
      [
        ["--out", `${folder}/dangling`],
        /Cannot write into .*\/dangling: .*\/dangling is a link to nowhere, which is missing/,
      ],
      [
        ["--out", `${folder}/dangling/a/b`],
        /Cannot write into .*\/a\/b: .*\/dangling is a link to nowhere, which is missing/,
      ],
      [["--out", ""], /option --out needs a value: --out DIR/],
      [["--out="], /option --out needs a value: --out DIR/],
      [
        ["--out", `${folder}/file/a/b`],
        /Cannot write into .*\/file\/a\/b: .*\/file is not a folder/,
      ],
      [
        ["--out", `${folder}/foreign`],
        /Cannot replace datapackage\.json: it was not written by goldengrad/,
      ],
    ];
    await Promise.all(mistakes.map(async ([args, message]) => {
      const { code, out, err } = await generate(
        folder,
        ...args.some((arg) => arg.startsWith("--out")) ? [] : ["--out", `${folder}/o`],
        ...args,
      );
      assertEquals([code, out], [2, ""], err);
      assertMatch(err, new RegExp(`^error: .*${message.source}.*\n$`));
    }));
    await Deno.remove(`${folder}/dangling`);
    assertEquals(await contents(folder), before);
  });

  it("generate says plainly that it can't write where the operating system's own things are", {
    skip: Deno.build.os !== "linux",
  }, async () => {
    for (const path of ["/proc/x", "/proc", "/sys/x/y", "/dev/x", "/dev/null", "/dev/null/x"]) {
      assertEquals(await runCommandLine(["generate", "--out", path]), {
        code: 2,
        out: "",
        err: `error: Cannot write into ${path}: ${
          path === "/dev/null" ? "/dev/null is not a folder" : "it belongs to the operating system"
        }\n`,
      });
    }
  });

  it("a generate that is interrupted leaves no file, or the old files as they were", {
    skip: Deno.build.os === "windows",
  }, async () => {
    const { folder } = place;
    const old = ["--out", `${folder}/old`, "--case", "notebook/n=1/target=y/*"];
    assertEquals((await generate(folder, ...old)).code, 0);
    const before = await contents(folder);
    for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
      for (const out of ["old", "new/deep"]) {
        const child = startCommand([
          "generate",
          "--out",
          `${folder}/${out}`,
          "--case",
          "notebook/n=1/*",
          "--rows",
          "9007199254740991",
        ], { flags: flags(folder) });
        await untilPartial(`${folder}/${out}`);
        child.kill(signal);
        await child.stdin.close();
        const ended = outcome(await child.output());
        assertEquals([ended.code, ended.err], [code, `interrupted by ${signal}\n`]);
        assertEquals(await contents(folder), before);
      }
    }
  });
});
