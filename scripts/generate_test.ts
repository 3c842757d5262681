import { assert, assertEquals, assertMatch } from "@std/assert";
import { cases } from "../cases/mod.ts";

const script = new URL("./generate.ts", import.meta.url).pathname;

function start(folder: string, args: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      `--allow-read=${folder}`,
      `--allow-write=${folder}`,
      script,
      ...args,
    ],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs `generate` with access to `folder` only. */
async function generate(
  folder: string,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await start(folder, args).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out!, err: err! };
}

/** Runs a test in a folder of its own. */
async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The text of every file beneath a folder. */
async function contents(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isDirectory) {
      files[`${entry.name}/`] = JSON.stringify(await contents(`${folder}/${entry.name}`));
    } else files[entry.name] = await Deno.readTextFile(`${folder}/${entry.name}`);
  }
  return files;
}

Deno.test("generate writes every case in both layouts and says what it wrote", () =>
  inFolder(async (folder) => {
    const { code, out, err } = await generate(folder, "--out", `${folder}/a/b`);
    assertEquals([code, err], [0, ""]);
    const files = await contents(`${folder}/a/b`);
    assertEquals(Object.keys(files).length, 2 * cases.length + 1);
    assert(
      out.startsWith(`Wrote ${cases.length} cases of ${cases.length} into ${folder}/a/b/\n`),
      out,
    );
    assertMatch(out, /rows, [\d,]+ values, [\d.]+ .?B in [\d.]+ s\n$/);
  }));

Deno.test("generate gives the same bytes twice, and replaces its own files only", () =>
  inFolder(async (folder) => {
    const args = ["--case", "notebook/n=1/*", "--rows", "20", "--seed", "9007199254740991"];
    await Deno.mkdir(`${folder}/second`);
    await Deno.writeTextFile(`${folder}/second/notes.txt`, "mine");
    assertEquals((await generate(folder, "--out", `${folder}/second`, "--layout", "wide")).code, 0);
    assertEquals((await generate(folder, "--out", `${folder}/second`, ...args)).code, 0);
    assertEquals((await generate(folder, "--out", `${folder}/first`, ...args)).code, 0);
    const second = await contents(`${folder}/second`);
    assertEquals(second, { ...await contents(`${folder}/first`), "notes.txt": "mine" });
  }));

Deno.test("generate answers a mistake with one line and exit code 2, and changes nothing", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "mine");
    await Deno.mkdir(`${folder}/foreign`);
    await Deno.writeTextFile(`${folder}/foreign/datapackage.json`, "{}");
    const before = await contents(folder);
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
        ...args.includes("--out") ? [] : ["--out", `${folder}/o`],
        ...args,
      );
      assertEquals([code, out], [2, ""], err);
      assertMatch(err, new RegExp(`^error: .*${message.source}.*\n$`));
    }));
    assertEquals(await contents(folder), before);
  }));

Deno.test("a generate that is interrupted leaves no file, or the old files as they were", {
  ignore: Deno.build.os === "windows",
}, () =>
  inFolder(async (folder) => {
    const old = ["--out", `${folder}/old`, "--case", "notebook/n=1/target=y/*"];
    assertEquals((await generate(folder, ...old)).code, 0);
    const before = await contents(folder);
    for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
      for (const out of ["old", "new/deep"]) {
        const child = start(folder, [
          "--out",
          `${folder}/${out}`,
          "--case",
          "notebook/n=1/*",
          "--rows",
          "9007199254740991",
        ]);
        await untilPartial(`${folder}/${out}`);
        child.kill(signal);
        const output = await child.output();
        const err = new TextDecoder().decode(output.stderr);
        assertEquals([output.code, err], [code, `interrupted by ${signal}\n`]);
        assertEquals(await contents(folder), before);
      }
    }
  }));

/** Waits until a partial file in the folder has something in it. */
async function untilPartial(folder: string): Promise<void> {
  for (;;) {
    const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
    for (const { name } of entries) {
      if (name.includes(".partial-") && (await Deno.stat(`${folder}/${name}`)).size > 0) return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
