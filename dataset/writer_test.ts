import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { tensor } from "../core/tensor.ts";
import { MANIFEST_NAME } from "./manifest.ts";
import { givenCase, memoryFolder } from "../testing/datasets.ts";
import { type DatasetOptions, writeDataset } from "./writer.ts";

const one = givenCase("one", [["x", "input", tensor([1, 2])], ["y", "forward", tensor(3)]]);
const two = givenCase("two", [["x", "input", tensor([0.5])]]);
const rows = { seed: 1, first: 0, count: 4 };

/** The files that a call writes into an empty folder. */
async function filesOf(
  cases: typeof one[],
  options: DatasetOptions = {},
): Promise<Record<string, string>> {
  const folder = memoryFolder();
  await writeDataset(folder, cases, options);
  return Object.fromEntries(folder.files);
}

/** A set of files as comparable text. */
function sorted(files: Iterable<[string, string]>): [string, string][] {
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1));
}

Deno.test("a dataset is written whole, under its final names only, and counted", async () => {
  const folder = memoryFolder();
  const summary = await writeDataset(folder, [one, two], { rows });
  assertEquals([...folder.files.keys()].sort(), [
    MANIFEST_NAME,
    "one.long.csv",
    "one.wide.csv",
    "two.long.csv",
    "two.wide.csv",
  ]);
  const texts = [...folder.files].filter(([name]) => name !== MANIFEST_NAME).map(([, text]) =>
    text
  );
  const lines = texts.reduce((count, text) => count + text.split("\n").length - 2, 0);
  const bytes = texts.reduce((count, text) => count + text.length, 0);
  assertEquals(summary, { files: 4, rows: lines, values: 2 * 4 * 4, bytes });
});

Deno.test("the same call gives the same bytes, in an empty folder and over its own files", async () => {
  const first = await filesOf([one, two], { rows });
  assertEquals(await filesOf([one, two], { rows }), first);
  const folder = memoryFolder(first);
  await writeDataset(folder, [one, two], { rows });
  assertEquals(sorted(folder.files), sorted(Object.entries(first)));
});

Deno.test("the manifest is put in place last", async () => {
  const folder = memoryFolder(await filesOf([one]));
  await writeDataset(folder, [one, two]);
  const placed = folder.operations.filter((operation) => operation.startsWith("rename ."));
  assert(placed.at(-1)!.endsWith(`to ${MANIFEST_NAME}`) && placed.length === 5, placed.join("\n"));
});

Deno.test("files that only the old manifest lists are removed, foreign files are not touched", async () => {
  const foreign = { "notes.txt": "mine", "three.long.csv": "mine too" };
  const folder = memoryFolder({ ...await filesOf([one, two]), ...foreign });
  await writeDataset(folder, [two], { layouts: ["wide"], rows });
  const expected = { ...await filesOf([two], { layouts: ["wide"], rows }), ...foreign };
  assertEquals(sorted(folder.files), sorted(Object.entries(expected)));
});

Deno.test("a foreign file under one of the names is an error, and nothing is changed", async () => {
  for (
    const content of [{ "two.wide.csv": "mine" }, {
      ...await filesOf([one]),
      "two.wide.csv": "mine",
    }]
  ) {
    const folder = memoryFolder(content);
    await assertRejects(
      () => writeDataset(folder, [one, two]),
      Error,
      `Cannot write two.wide.csv: it exists and is not listed in ${MANIFEST_NAME}`,
    );
    assertEquals(sorted(folder.files), sorted(Object.entries(content)));
    assertEquals(folder.operations, []);
  }
});

Deno.test("a foreign manifest is an error, and nothing is changed", async () => {
  const folder = memoryFolder({ [MANIFEST_NAME]: '{"name":"other","resources":[]}' });
  await assertRejects(
    () => writeDataset(folder, [one]),
    SyntaxError,
    "it was not written by goldengrad",
  );
  assertEquals(folder.operations, []);
});

Deno.test("a failure of any step leaves the old files as they were and nothing else, or the new ones whole", async () => {
  const before: Record<string, string> = { ...await filesOf([one, two]), "notes.txt": "mine" };
  const after: Record<string, string> = { ...await filesOf([one], { rows }), "notes.txt": "mine" };
  assertNotEquals(before["one.long.csv"], after["one.long.csv"]);
  for (const old of [{}, before]) {
    let failed = 0;
    for (let step = 0;; step++) {
      const folder = memoryFolder(old);
      folder.failAt = step;
      const error = await writeDataset(folder, [one], { rows }).then(
        () => null,
        (error: Error) => error,
      );
      if (error === null) break;
      failed++;
      assertEquals(error.message, `Cannot ${folder.operations[step]}: No space left on device`);
      if (folder.operations[step]!.startsWith("remove")) {
        // The new files are all in place; what could not be removed is hidden beside them.
        const visible = [...folder.files].filter(([name]) => !name.startsWith("."));
        assertEquals(sorted(visible), sorted(Object.entries(after)), folder.operations[step]);
      } else {
        assertEquals(sorted(folder.files), sorted(Object.entries(old)), folder.operations[step]);
      }
    }
    assert(failed > 10, `${failed} steps failed`);
  }
});

Deno.test("an abort after any chunk, even the last, leaves the folder as it was and throws the signal's reason", async () => {
  const before = await filesOf([two]);
  for (let abortAfter = 1; abortAfter <= 2; abortAfter++) {
    const folder = memoryFolder(before);
    const controller = new AbortController();
    let chunks = 0;
    const onProgress = () => ++chunks === abortAfter && controller.abort(new Error("stop"));
    await assertRejects(
      () => writeDataset(folder, [one], { rows, signal: controller.signal, onProgress }),
      Error,
      "stop",
    );
    assertEquals([chunks, sorted(folder.files)], [abortAfter, sorted(Object.entries(before))]);
  }
});

Deno.test("progress counts the instances of all cases up to their number", async () => {
  const done: number[] = [];
  await writeDataset(memoryFolder(), [one, two], {
    rows,
    onProgress: (instances) => done.push(instances),
  });
  assertEquals(done, [4, 4, 8, 8]);
});
