import { assert, assertEquals } from "@std/assert";
import { describe, it } from "@std/testing/bdd";
import { parseGolden } from "../golden/golden_check.ts";
import { type Outcome, runCommandLine } from "../testing/commands.ts";
import { folderPerTest } from "../testing/folders.ts";

const testdata = new URL("../golden/testdata/", import.meta.url).pathname;

/** Runs the command and returns its exit code and what it printed. */
function run(...args: string[]): Promise<Outcome> {
  return runCommandLine(["capture", ...args]);
}

function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

function contents(folder: string): string[] {
  return filesIn(folder).map((name) => Deno.readTextFileSync(`${folder}/${name}`));
}

describe("capture", () => {
  const place = folderPerTest();

  it("capture writes a golden file for each section and says what it wrote", async () => {
    const { folder } = place;
    const { code, out, err } = await run(`${testdata}sample.txt`, "--out", `${folder}/new/deep`);
    assertEquals([code, err], [0, ""]);
    assertEquals(out.split("\n"), [
      `Captured 31 numbers printed by 6 cells of sample.txt into ${folder}/new/deep/`,
      "  02_by_hand.json: 20 numbers",
      "  03_by_gradients.json: 11 numbers",
      "The values are bound to no tensors: there are no bindings (see --help)",
      "",
    ]);
    assertEquals(filesIn(`${folder}/new/deep`), ["02_by_hand.json", "03_by_gradients.json"]);
    const golden = await parseGolden(contents(`${folder}/new/deep`)[1]!, "a.json");
    assertEquals([golden.section, golden.source.file], ["by gradients", "sample.txt"]);
  });

  it("capture warns of a notebook that may be cut off between two cells", async () => {
    const { folder } = place;
    const text = Deno.readTextFileSync(`${testdata}sample.txt`);
    Deno.writeTextFileSync(
      `${folder}/a.txt`,
      text.slice(0, text.indexOf("In [38]")) + "In [38]:\ny = x\n",
    );
    const { code, err } = await run(`${folder}/a.txt`, "--out", `${folder}/out`);
    assertEquals([code, err], [
      0,
      "warning: a.txt:28 (cell 38): the last cell has code and no output, the file may be cut off\n",
    ]);
  });

  it("capturing twice gives the same bytes", async () => {
    const { folder } = place;
    await run(`${testdata}sample.ipynb`, "--out", folder);
    const once = contents(folder);
    await run(`${testdata}sample.ipynb`, `--out=${folder}`);
    assertEquals(contents(folder), once);
    assertEquals(once.length, 2);
  });

  function bindings(source: string, ...occurrences: number[]): string {
    const list = occurrences.map((occurrence) => ({
      position: 1,
      cell: 1,
      occurrence,
      tensor: "b",
      cases: ["graph/bias/weights=3x2"],
    }));
    return JSON.stringify({
      format: "goldengrad-bindings",
      formatVersion: 2,
      source,
      bindings: list,
    });
  }

  it("bindings are those given, or those in the folder", async () => {
    const { folder } = place;
    Deno.writeTextFileSync(`${folder}/a.txt`, "In [1]:\nx\n\n[0.1 0.2]\n");
    Deno.writeTextFileSync(`${folder}/b.json`, bindings("other.txt", 1));
    const given = await run(
      `${folder}/a.txt`,
      "--out",
      `${folder}/out`,
      "--bindings",
      `${folder}/b.json`,
    );
    assertEquals([given.code, given.out.split("\n").at(-2)], [
      0,
      `Bound to tensors by ${folder}/b.json`,
    ]);
    Deno.renameSync(`${folder}/b.json`, `${folder}/out/bindings.json`);
    const other = await run(`${folder}/a.txt`, "--out", `${folder}/out`);
    assertEquals(other, {
      code: 2,
      out: "",
      err:
        `error: Cannot capture a.txt: ${folder}/out/bindings.json is for other.txt, choose another folder with --out ` +
        "or give --bindings\n",
    });
    Deno.writeTextFileSync(`${folder}/out/bindings.json`, bindings("a.txt", 1));
    const beside = await run(`${folder}/a.txt`, "--out", `${folder}/out`);
    assertEquals([beside.code, beside.out.split("\n").at(-2)], [
      0,
      `Bound to tensors by ${folder}/out/bindings.json`,
    ]);
    assert(contents(`${folder}/out`)[0]!.includes('"tensor": "b"'));
  });

  it("bindings to a tensor that does not exist are refused, and nothing is written", async () => {
    const { folder } = place;
    Deno.writeTextFileSync(`${folder}/a.txt`, "In [1]:\nx\n\n[0.1 0.2]\n");
    const text = bindings("a.txt", 1).replace('"b"', '"q"');
    Deno.writeTextFileSync(`${folder}/b.json`, text);
    const args = ["--out", `${folder}/out`, "--bindings", `${folder}/b.json`];
    assertEquals(await run(`${folder}/a.txt`, ...args), {
      code: 2,
      out: "",
      err: "error: Cannot use the binding of a.txt:4 (cell 1, occurrence 1): " +
        "case graph/bias/weights=3x2 has no tensor q\n",
    });
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["a.txt", "b.json"]);
  });

  const badNotebooks: [
    what: string,
    name: string,
    content: string | Uint8Array,
    message: string,
  ][] = [
    ["empty", "a.txt", "", "Cannot read a.txt:1: the file is empty"],
    [
      "cut off in an array",
      "a.txt",
      "In [1]:\nx\n\n[[1. 2.]\n [3.",
      "Cannot read a.txt:5 (cell 1): the array begun in line 4 is truncated",
    ],
    [
      "summarized",
      "a.txt",
      "In [1]:\nx\n\n[1. ... 2.]",
      "Cannot read a.txt:4 (cell 1): the array is summarized with ..., print it whole",
    ],
    [
      "ragged",
      "a.txt",
      "In [1]:\nx\n\n[[1. 2.]\n [3.]]",
      "Cannot read a.txt:5 (cell 1): the array is ragged, this row has 1 values and the first has 2",
    ],
    [
      "not UTF-8",
      "a.txt",
      new Uint8Array([0x49, 0x6e, 0x0a, 0xc3, 0x28]),
      "Cannot read a.txt:2: the text is not UTF-8",
    ],
    [
      "deeper than any array",
      "a.txt",
      `In [1]:\nx\n\n${"[".repeat(20_000)}`,
      "Cannot read a.txt:4 (cell 1): the array has more than 32 axes, NumPy's have not",
    ],
    [
      "deeper than any notebook",
      "a.ipynb",
      `{"nbformat": 4,\n "cells": ${"[".repeat(200_000)}`,
      "Cannot read a.ipynb:2: the JSON is nested deeper than 500 levels",
    ],
    [
      "no notebook",
      "a.txt",
      "hello",
      'Cannot read a.txt:1: no line such as "In [1]:" found, this is not a notebook',
    ],
    [
      "no JSON",
      "a.ipynb",
      '{"nbformat": 4,\n "cells": [',
      "Cannot read a.ipynb:2: not JSON, expected a value, found the end of the file",
    ],
    [
      "of nbformat 3",
      "a.ipynb",
      '{"nbformat": 3}',
      "Cannot read a.ipynb:1: nbformat 3 is not read, only nbformat 4",
    ],
  ];

  for (const [what, name, content, message] of badNotebooks) {
    it(`a notebook that is ${what} gives one line and exit code 2, and nothing is written`, async () => {
      const { folder } = place;
      Deno.writeFileSync(
        `${folder}/${name}`,
        typeof content === "string" ? new TextEncoder().encode(content) : content,
      );
      const result = await run(`${folder}/${name}`, "--out", `${folder}/out`);
      assertEquals(result, { code: 2, out: "", err: `error: ${message}\n` });
      assertEquals(filesIn(folder), [name]);
    });
  }

  it("a notebook that is missing, or a folder, or prints nothing gives one line and exit code 2", async () => {
    const { folder } = place;
    const missing = await run(`${folder}/no.txt`, "--out", `${folder}/out`);
    assertEquals(missing, {
      code: 2,
      out: "",
      err: `error: Cannot read ${folder}/no.txt: No such file or directory\n`,
    });
    const directory = await run(folder, "--out", `${folder}/out`);
    assertEquals(directory, {
      code: 2,
      out: "",
      err: `error: Cannot read ${folder}: Is a directory\n`,
    });
    Deno.writeTextFileSync(`${folder}/a.txt`, "In [1]:\nx = 1\n");
    const silent = await run(`${folder}/a.txt`, "--out", `${folder}/out`);
    assertEquals(
      silent.err.replace(/^warning: .*\n/, ""),
      `error: Cannot capture ${folder}/a.txt: no cell prints a float32 number\n`,
    );
    assertEquals(filesIn(folder), ["a.txt"]);
  });

  it("a file without end is refused", async () => {
    const { code, err } = await run("/dev/zero", "--out", `${place.folder}/out`);
    assertEquals([code, err], [
      2,
      "error: Cannot read /dev/zero: it has more than 268435456 bytes\n",
    ]);
  });

  it("a folder that cannot be written into gives one line and exit code 2", async () => {
    const { folder } = place;
    Deno.writeTextFileSync(`${folder}/file`, "kept");
    for (const out of [`${folder}/file`, `${folder}/file/below`]) {
      const { code, err } = await run(`${testdata}sample.txt`, "--out", out);
      assertEquals([code, err.split("\n").length], [2, 2]);
      assert(err.startsWith(`error: Cannot write into ${out}: `), err);
    }
    assertEquals(Deno.readTextFileSync(`${folder}/file`), "kept");
  });

  it("if a file cannot be put in its place, no partial file stays", async () => {
    const { folder } = place;
    Deno.mkdirSync(`${folder}/03_by_gradients.json/taken`, { recursive: true });
    const { code, err } = await run(`${testdata}sample.txt`, "--out", folder);
    assertEquals(code, 2);
    assert(err.startsWith(`error: Cannot write ${folder}/03_by_gradients.json: `), err);
    assertEquals(filesIn(folder).filter((name) => name.endsWith(".partial")), []);
  });

  it("wrong arguments give one line and exit code 2", async () => {
    for (
      const args of [[], ["--nope"], ["a.txt", "b.txt"], ["a.txt", "--out"], [
        "a.txt",
        "--bindings=",
      ]]
    ) {
      const { code, out, err } = await run(...args);
      assertEquals([code, out, err.split("\n").length], [2, "", 2], args.join(" "));
      assert(err.startsWith("error: "), err);
    }
  });

  it("--help describes the command", async () => {
    const { code, out } = await run("--help");
    assertEquals(code, 0);
    assert(out.includes("deno task capture NOTEBOOK [options]"));
  });
});
