// Examples in documentation prove what they say.

import { assert, assertEquals, assertMatch } from "@std/assert";
import { describe, it } from "@std/testing/bdd";
import { root, runProgram } from "./commands.ts";
import { copyProject, folderPerTest } from "./folders.ts";

/** Every source and text of the repository, by its path from the root. */
async function sources(folder = ""): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { name, isDirectory } of Deno.readDir(`${root}${folder}`)) {
    const path = `${folder}${name}`;
    if (name === "node_modules" || name === "out" || name === ".git") continue;
    if (isDirectory) { for (const entry of await sources(`${path}/`)) found.set(...entry); }
    else if (/\.(ts|js|mjs|md)$/.test(name)) found.set(path, await Deno.readTextFile(root + path));
  }
  return found;
}

/** A block of code in a documentation comment or a text in Markdown. */
interface Example {
  readonly place: string;
  readonly code: string;
  /** The kind of the block that follows in the same text, such as `console`. */
  readonly next: string | undefined;
}

/** The examples that `deno test --doc` runs. */
function examplesIn(path: string, text: string): Example[] {
  const prefix = path.endsWith(".md") ? "" : " *\\* ?";
  const block = new RegExp(`^${prefix}\`\`\`(\\w*)[^\n]*\n(.*?)^${prefix}\`\`\`$`, "gms");
  const blocks = [...text.matchAll(block)];
  return blocks.flatMap(({ index, 1: language, 2: code }, i) =>
    !/^(ts|typescript|js|javascript|tsx|jsx|mts|mjs)$/.test(language!) ? [] : [{
      place: `${path}:${text.slice(0, index).split("\n").length}`,
      code: code!.replace(/(^|\s)\/\/.*$/gm, ""),
      next: blocks[i + 1]?.[1],
    }]
  );
}

Deno.test("no console.assert stands anywhere: it prints and goes on", async () => {
  const word = ["console", "assert"].join(".");
  const found = [...await sources()].filter(([, text]) => text.includes(`${word}(`));
  assertEquals(found.map(([path]) => path), []);
});

Deno.test("every example asserts, or is a file whose printed output the README shows and a test compares", async () => {
  const examples = [...await sources()].flatMap(([path, text]) => examplesIn(path, text));
  assert(examples.length > 100, `${examples.length}`);
  const idle = examples.filter(({ place, code, next }) =>
    !/\bassert\w*\(/.test(code) &&
    !(place.startsWith("README.md:") && code.includes("console.log(") && next === "console")
  );
  assertEquals(idle.map(({ place }) => place), []);
});

describe("deno test --doc alone", () => {
  const place = folderPerTest();

  /** Changes a text of a copy of the core, runs the examples there, and puts the text back. */
  async function examplesWith(file: string, find: string, replace: string) {
    const path = `${place.folder}/${file}`;
    const text = await Deno.readTextFile(path);
    assertEquals(text.split(find).length, 2, `${find} is not once in ${file}`);
    await Deno.writeTextFile(path, text.replace(find, () => replace));
    const args = ["test", "--doc", "--no-prompt", file];
    const { code, out, err } = await runProgram(Deno.execPath(), args, { cwd: place.folder });
    await Deno.writeTextFile(path, text);
    return { code, text: out + err };
  }

  it("is green on what is true, and red on a false size, a false digit and a false README", async () => {
    await copyProject(["mod.ts", "core", "cases", "deno.json", "deno.lock", "types"], place.folder);
    const readme = [
      "```ts",
      'import { assertEquals } from "@std/assert";',
      'import { exp, run } from "./mod.ts";',
      'assertEquals(String(run([exp(1)])[0]), "2.7182817");',
      "```",
      "",
    ].join("\n");
    await Deno.writeTextFile(`${place.folder}/README.md`, readme);
    for (
      const [file, truth, lie] of [
        ["core/shape.ts", "assertEquals(sizeOf([2, 3]), 6);", "assertEquals(sizeOf([2, 3]), 7);"],
        ["core/format.ts", "[[ 1.56 -0.69]", "[[ 1.56 -0.68]"],
        ["README.md", "2.7182817", "2.7182827"],
      ] as const
    ) {
      const right = await examplesWith(file, truth, truth);
      assertEquals(right.code, 0, right.text);
      assertMatch(right.text, /ok \| [1-9]\d* passed/);
      const wrong = await examplesWith(file, truth, lie);
      assertEquals(wrong.code, 1, wrong.text);
      assertMatch(wrong.text, /AssertionError/);
    }
  });
});
