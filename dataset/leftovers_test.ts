import { assert, assertEquals } from "@std/assert";
import { tensor } from "../core/tensor.ts";
import { givenCase, memoryFolder } from "../testing/datasets.ts";
import { clearLeftovers } from "./leftovers.ts";
import { listedFiles, MANIFEST_NAME } from "./manifest.ts";
import { type DatasetOptions, writeDataset } from "./writer.ts";

const one = givenCase("one", [["x", "input", tensor([1, 2])], ["y", "forward", tensor(3)]]);
const two = givenCase("two", [["x", "input", tensor([0.5])]]);
const three = givenCase("three", [["x", "input", tensor([7])]]);
const plan = { manifest: MANIFEST_NAME, listed: listedFiles };

type Files = Record<string, string>;
type Folder = ReturnType<typeof memoryFolder>;

async function filesOf(cases: typeof one[], options: DatasetOptions = {}): Promise<Files> {
  const folder = memoryFolder();
  await writeDataset(folder, cases, options);
  return Object.fromEntries(folder.files);
}

const sorted = (files: Iterable<[string, string]>) => [...files].sort(([a], [b]) => a < b ? -1 : 1);

/**
 * Does work that is killed before the operation of a number: from then on nothing happens in the
 * folder. Gives whether the work was done before.
 */
async function killedAt(
  folder: Folder,
  operation: number,
  work: (folder: Folder) => Promise<unknown>,
): Promise<boolean> {
  const dead = Promise.withResolvers<never>();
  let killed = false;
  let done = 0;
  const mortal = <A extends unknown[], R>(operate: (...args: A) => Promise<R>) => (...args: A) => {
    if (done++ === operation) killed = true;
    return killed ? dead.promise : operate(...args);
  };
  const view: Folder = {
    ...folder,
    create: mortal(async (name: string) => {
      const sink = await folder.create(name);
      return { write: mortal(sink.write), close: mortal(sink.close) };
    }),
    rename: mortal(folder.rename),
    remove: mortal(folder.remove),
  };
  const ended = work(view).then(() => true);
  // What is dead never answers; everything else in memory is done after a few turns.
  const silent = (async () => {
    while (!killed) await new Promise((resolve) => setTimeout(resolve, 0));
    return false;
  })();
  const result = await Promise.race([ended, silent]);
  folder.locked = false; // as the operating system does
  return result;
}

const older = { ...await filesOf([one, two]), "notes.txt": "mine" };
const rows = { seed: 1, first: 0, count: 4 };
const newer = { ...await filesOf([one, three], { rows }), "notes.txt": "mine" };

Deno.test("after a kill at any operation the next run finds the old files, or all new ones, and nothing else", async () => {
  for (const before of [{ "notes.txt": "mine" }, older] as Files[]) {
    let [undone, kept] = [0, 0];
    for (let operation = 0;; operation++) {
      const folder = memoryFolder(before);
      const finished = await killedAt(
        folder,
        operation,
        (view) => writeDataset(view, [one, three], { rows }),
      );
      if (finished) break;
      const left = [...folder.files.keys()].filter((name) => name.startsWith("."));
      assertEquals(await clearLeftovers(folder, plan), left.length);
      const [isOld, isNew] = [before, newer].map((files) =>
        JSON.stringify(sorted(folder.files)) === JSON.stringify(sorted(Object.entries(files)))
      );
      assert(isOld || isNew, `killed at ${operation}: ${[...folder.files.keys()]}`);
      if (isOld) undone++;
      else kept++;
    }
    assert(undone > 10, `${undone} undone`);
    // Killed while it removed the old files, of which there are none in the first round.
    assertEquals(kept, before === older ? 5 : 0);
  }
});

Deno.test("a clearing that is killed in its turn is finished by the next", async () => {
  let tried = 0;
  for (let operation = 0;; operation++) {
    const made = memoryFolder(older);
    const write = (view: Folder) => writeDataset(view, [one, three], { rows });
    if (await killedAt(made, operation, write)) break;
    for (let again = 0;; again++) {
      const folder = memoryFolder(Object.fromEntries(made.files));
      if (await killedAt(folder, again, (view) => clearLeftovers(view, plan))) break;
      await clearLeftovers(folder, plan);
      const files = JSON.stringify(sorted(folder.files));
      const expected = [older, newer].map((files) => JSON.stringify(sorted(Object.entries(files))));
      assert(expected.includes(files), `killed at ${operation} and ${again}: ${files}`);
      tried++;
    }
  }
  assert(tried > 100, `${tried}`);
});

Deno.test("the next run says how many files it cleared, and writes what it would in a clean folder", async () => {
  const folder = memoryFolder({
    ...older,
    ".one.wide.csv.partial-0123abcd": "cut",
    ".three.long.csv.partial-0123abcd": "",
    [`.${MANIFEST_NAME}.partial-0123abcd`]: '{"goldengrad',
    // Not of the form of ours: not touched.
    ".one.wide.csv.partial-0123ABCD": "mine",
    "one.wide.csv.partial-0123abcd": "mine",
    ".partial-0123abcd": "mine",
  });
  const said: number[] = [];
  await writeDataset(folder, [one, three], { rows, onCleared: (files) => said.push(files) });
  assertEquals(said, [3]);
  const expected = {
    ...newer,
    ".one.wide.csv.partial-0123ABCD": "mine",
    "one.wide.csv.partial-0123abcd": "mine",
    ".partial-0123abcd": "mine",
  };
  assertEquals(sorted(folder.files), sorted(Object.entries(expected)));
});

Deno.test("a folder is locked while it is written, and free after success, failure and abort", async () => {
  const folder = memoryFolder();
  const states: boolean[] = [];
  const onProgress = () => states.push(folder.locked);
  await writeDataset(folder, [one], { onProgress });
  assert(states.length > 0 && states.every(Boolean));
  assertEquals(folder.locked, false);
  folder.failAt = folder.operations.length + 2;
  await writeDataset(folder, [one]).catch(() => {});
  assertEquals(folder.locked, false);
  const foreign = memoryFolder({ [MANIFEST_NAME]: "{}" });
  await writeDataset(foreign, [one]).catch(() => {});
  assertEquals(foreign.locked, false);
});

Deno.test("a folder that another has is not touched, not even what a killed run has left there", async () => {
  const content = { ".one.wide.csv.partial-0123abcd": "being written" };
  const folder = memoryFolder(content);
  folder.locked = true;
  const error = await writeDataset(folder, [one]).catch((error: Error) => error);
  assertEquals((error as Error).message, "Cannot write: another has the folder");
  assertEquals([folder.locked, Object.fromEntries(folder.files)], [true, content]);
});

Deno.test("where even the undoing of a failed step fails, the next run finds the old files", async () => {
  let broken = 0;
  for (let working = 0;; working++) {
    const folder = memoryFolder(older);
    let renames = 0;
    const failing: Folder = {
      ...folder,
      rename: (from, to) =>
        renames++ < working ? folder.rename(from, to) : Promise.reject(new Error("Cannot rename")),
    };
    const failed = await writeDataset(failing, [one, three], { rows }).then(
      () => false,
      () => true,
    );
    if (!failed) break;
    await clearLeftovers(folder, plan);
    assertEquals(sorted(folder.files), sorted(Object.entries(older)), `${working} renames`);
    broken++;
  }
  assert(broken > 5, `${broken}`);
});
