import { assert, assertEquals } from "@std/assert";
import { describe, it } from "@std/testing/bdd";
import { folderPerTest } from "../testing/folders.ts";
import { planted, runSourceMutants, type SourceMutant, sourceMutants } from "./source_mutants.ts";

const root = new URL("../", import.meta.url);

Deno.test("every source mutant has its own name, a place that is there once, and tests that exist", async () => {
  assertEquals(new Set(sourceMutants.map(({ name }) => name)).size, sourceMutants.length);
  const texts = new Map<string, string>();
  for (const mutant of sourceMutants) {
    const { file, tests, name, find, replace } = mutant;
    if (!texts.has(file)) texts.set(file, await Deno.readTextFile(new URL(file, root)));
    assert(planted(texts.get(file)!, mutant) !== null, `${name}: not once in ${file}`);
    assert(find !== replace && tests.length > 0, name);
    for (const test of tests) assert((await Deno.stat(new URL(test, root))).isFile, test);
  }
});

describe("a bug", () => {
  const place = folderPerTest();

  it("is planted where its text occurs once, and nowhere else", () => {
    const mutant = { name: "", file: "", find: "$&b", replace: "$1", tests: [] };
    assertEquals(planted("a$&bc", mutant), "a$1c");
    assertEquals(["abc", "$&b$&b", ""].map((text) => planted(text, mutant)), [null, null, null]);
  });

  it("is killed by a failing test only: not by a module that can't be loaded", async () => {
    const tree = new URL(`file://${place.folder}/`);
    await Deno.mkdir(new URL("deep/er/", tree), { recursive: true });
    await Deno.writeTextFile(new URL("deep/a.ts", tree), "export const two = () => 1 + 1;\n");
    await Deno.writeTextFile(
      new URL("deep/er/a_test.ts", tree),
      `import { two } from "../a.ts";
Deno.test("two", () => { if (two() !== 2) throw new Error("no"); });\n`,
    );
    const mutant = (name: string, find: string, replace: string): SourceMutant => ({
      name,
      file: "deep/a.ts",
      find,
      replace,
      tests: ["deep/er/a_test.ts"],
    });
    const seen: string[] = [];
    const reports = await runSourceMutants(
      tree,
      [
        mutant("wrong", "1 + 1", "1 + 2"),
        mutant("harmless", "1 + 1", "3 - 1"),
        mutant("no code", "1 + 1", "1 +"),
        mutant("no export", "two", "three"),
        mutant("nowhere", "2 + 2", "5"),
        mutant("twice", "1", "2"),
      ],
      ({ mutant }) => seen.push(mutant.name),
    );
    assertEquals(reports.map(({ mutant, outcome, by }) => [mutant.name, outcome, by]), [
      ["wrong", "killed", "two"],
      ["harmless", "survived", ""],
      ["no code", "broken", ""],
      ["no export", "broken", ""],
      ["nowhere", "not planted", ""],
      ["twice", "not planted", ""],
    ]);
    assertEquals(seen, reports.map(({ mutant }) => mutant.name));
    // The tree itself is as it was.
    assertEquals(
      await Deno.readTextFile(new URL("deep/a.ts", tree)),
      "export const two = () => 1 + 1;\n",
    );
  });
});
