import { assert, assertEquals } from "@std/assert";
import { outcome } from "../testing/commands.ts";
import { commandParts, copyProject } from "../testing/folders.ts";
import { parseBindings } from "./bindings.ts";
import { captureNotebook, goldenText } from "./capture.ts";
import type { Golden } from "./format.ts";
import { sha256Hex } from "./hash.ts";
import { blockKey, goldenFor, goldens } from "./goldens.ts";

const folder = new URL("./notebook/", import.meta.url);

Deno.test("the notebook is the one that the golden files name, and capturing it gives them byte for byte", async () => {
  const { file, sha256 } = goldens()[0]!.source;
  const bytes = await Deno.readFile(new URL(file, folder));
  assertEquals(await sha256Hex(bytes), sha256);
  const bindings = parseBindings(
    await Deno.readTextFile(new URL("bindings.json", folder)),
    "bindings.json",
  );
  const warnings: string[] = [];
  const files = await captureNotebook(bytes, file, {
    bindings,
    warn: (message) => warnings.push(message),
  });
  assertEquals(warnings, []);
  const there = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name)
    .filter((name) => name !== "bindings.json" && name !== file).sort();
  assertEquals(files.map(({ name }) => name), there);
  for (const { name, golden } of files) {
    assertEquals(goldenText(golden), await Deno.readTextFile(new URL(name, folder)));
  }
});

Deno.test("importing the golden values checks nothing; using them names the damaged file", async () => {
  const name = "01_calculate_gradient_for_one_sample_manually.json";
  const copy = await Deno.makeTempDir();
  try {
    await copyProject(commandParts, copy);
    const path = `${copy}/golden/notebook/${name}`;
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace('"numbers": 16', '"numbers": 15'));
    await Deno.writeTextFile(
      `${copy}/program.ts`,
      `import { goldenFor, goldens, readNotebook } from "./golden/mod.ts";
       console.log("imported", readNotebook("In [1]:\\nx = 1\\n", "a.txt").sections.length);
       for (const use of [goldens, goldens, () => goldenFor("x")]) {
         try { use(); } catch (error) { console.log(error.name, error.message); }
       }`,
    );
    const { out, err } = outcome(
      await new Deno.Command(Deno.execPath(), { args: ["run", "program.ts"], cwd: copy }).output(),
    );
    const refusal = `SyntaxError Cannot read ${name}: numbers is 15, but the entries hold 16\n`;
    assertEquals([out, err], [`imported 1\n${refusal.repeat(3)}`, ""]);
  } finally {
    await Deno.remove(copy, { recursive: true });
  }
});

Deno.test("the golden files are checked once", () => assert(goldens() === goldens()));

/** Captures a notebook of the given cells, each bound to the tensor x of the case `c`. */
async function capture(file: string, ...cells: [number: number, output: string][]) {
  const text = cells.map(([number, output]) => `In [${number}]:\nx\n\n${output}\n\n`).join("");
  const bindings = cells.map(([cell], i) => ({
    position: i + 1,
    cell,
    occurrence: 1,
    tensor: "x",
    cases: ["c"],
  }));
  const files = await captureNotebook(new TextEncoder().encode(text), file, {
    bindings: { file: "b.json", source: file, bindings },
  });
  return files.map(({ golden }): Golden => golden);
}

Deno.test("two notebooks with the same cell numbers, bound to the same tensor, do not collide", async () => {
  const [a, b, sameName] = await Promise.all([
    capture("a.txt", [1, "[0.5]"]),
    capture("b.txt", [1, "[0.25]"]),
    capture("a.txt", [1, "[0.75]"]),
  ]);
  const found = goldenFor("c", [...a, ...b, ...sameName]);
  assertEquals(
    found.map(({ numbers, source: { file, position, cell, occurrence } }) => [
      ...numbers,
      file,
      position,
      cell,
      occurrence,
    ]),
    [
      ["0.5", "a.txt", 1, 1, 1],
      ["0.25", "b.txt", 1, 1, 1],
      ["0.75", "a.txt", 1, 1, 1],
    ],
  );
  assertEquals(new Set(found.map(({ source }) => blockKey(source))).size, 3);
});

Deno.test("a notebook that repeats a printed cell number has a key for each cell", async () => {
  const found = goldenFor("c", await capture("a.txt", [7, "[0.5]"], [8, "[1.]"], [7, "[0.25]"]));
  assertEquals(found.map(({ numbers, source }) => [...numbers, source.position, source.cell]), [
    ["0.5", 1, 7],
    ["1.", 2, 8],
    ["0.25", 3, 7],
  ]);
  assertEquals(new Set(found.map(({ source }) => blockKey(source))).size, 3);
});

Deno.test("the notebook itself repeats a number: two of its cells are In [24]", () => {
  const text = Deno.readTextFileSync(new URL(goldens()[0]!.source.file, folder));
  const numbers = [...text.matchAll(/^In \[(\d+)\]:/gm)].map(([, number]) => number);
  assertEquals(numbers.flatMap((number, i) => number === "24" ? [i + 1] : []), [12, 29]);
  const entry = goldens()[3]!.entries.find(({ cell }) => cell === 24)!;
  assertEquals(entry.position, 29);
});
