// Runs that are killed, and runs that meet: one writer per folder, and no litter.

import { assert, assertEquals, assertMatch } from "@std/assert";
import { describe, it } from "@std/testing/bdd";
import { type Outcome, outcome, runCommandLine, startCommand } from "../testing/commands.ts";
import { contents, folderPerTest, untilPartial } from "../testing/folders.ts";

const few = ["--case", "notebook/n=1/target=y/*"];
const endless = [...few, "--rows", "9007199254740991"];
const lock = ".goldengrad.lock";

/** Starts a `generate` that never ends by itself, and waits until it has written something. */
async function writing(out: string): Promise<Deno.ChildProcess> {
  const child = startCommand(["generate", ...endless, "--out", out]);
  await untilPartial(out);
  return child;
}

async function kill(child: Deno.ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await child.stdin.close().catch(() => {});
  await child.output();
}

function generate(out: string): Promise<Outcome> {
  return runCommandLine(["generate", ...few, "--out", out]);
}

const owner = (host: string, process: number) =>
  JSON.stringify({ host, process, started: "2026-01-02T03:04:05.678Z" });

describe("a folder that is written into", { skip: Deno.build.os === "windows" }, () => {
  const place = folderPerTest();

  it("has its old files back, and no others, after a kill and another run", async () => {
    const out = `${place.folder}/out`;
    assertEquals((await generate(out)).code, 0);
    const before = await contents(out);
    for (let kills = 0; kills < 3; kills++) await kill(await writing(out));
    const left = Object.keys(await contents(out)).filter((name) => name.startsWith("."));
    // The second and third run have cleared what the one before had left.
    const partial = left.filter((name) => name !== lock);
    assert(partial.length > 0 && partial.length <= 4, left.join(" "));
    assert(left.includes(lock));
    const next = await generate(out);
    assertEquals([next.code, next.err], [
      0,
      `warning: ${out}/: cleared ${partial.length} files that a run that was killed had left\n`,
    ]);
    assertEquals(await contents(out), before);
  });

  it("is refused to others while its writer lives, and nothing in it is touched", async () => {
    const out = `${place.folder}/out`;
    const child = await writing(out);
    const ended = child.output();
    try {
      const second = await generate(out);
      assertEquals([second.code, second.out], [2, ""]);
      assertMatch(
        second.err,
        new RegExp(
          `^error: Cannot write into ${out}: process ${child.pid}, since 20\\d\\d-\\S+Z, is writing there\n$`,
        ),
      );
      assert(Object.keys(await contents(out)).some((name) => name.includes(".partial-")));
      child.kill("SIGTERM");
      assertEquals(outcome(await ended).code, 143);
      assertEquals(await contents(place.folder), {});
    } finally {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended by itself, as it should.
      }
      await child.stdin.close().catch(() => {});
      await ended;
    }
  });

  it("is written by exactly one of many that start at once, or by one after the other", async () => {
    const outs = await Promise.all(
      Array.from({ length: 12 }, () => generate(`${place.folder}/out`)),
    );
    assert(outs.some(({ code }) => code === 0));
    for (const { code, out, err } of outs) {
      if (code === 0) assertEquals(err, "");
      else {
        assertEquals([code, out], [2, ""]);
        assertMatch(err, /^error: Cannot write into .*: .* is writing there\n$/);
      }
    }
    assertEquals((await generate(`${place.folder}/clean`)).code, 0);
    assertEquals(await contents(`${place.folder}/out`), await contents(`${place.folder}/clean`));
  });

  it("is free where the lock is of a process that is dead, even if another has its number", async () => {
    const { folder } = place;
    // This test's own number: alive, but not the one that wrote this.
    for (const text of [owner(Deno.hostname(), Deno.pid), "", "{", "null", '"text"']) {
      await Deno.writeTextFile(`${folder}/${lock}`, text);
      const { code, err } = await generate(folder);
      assertEquals([code, err], [0, ""], text);
      assert(!Object.keys(await contents(folder)).includes(lock));
    }
  });

  it("is refused where the lock is of another host, with what to do", async () => {
    const { folder } = place;
    await Deno.writeTextFile(`${folder}/${lock}`, owner("elsewhere", 7));
    await Deno.writeTextFile(`${folder}/.a.wide.csv.partial-0123abcd`, "being written");
    const before = await contents(folder);
    assertEquals(await generate(folder), {
      code: 2,
      out: "",
      err: `error: Cannot write into ${folder}: process 7, since 2026-01-02T03:04:05.678Z, ` +
        `on the host "elsewhere" has it; if that no longer runs, remove ${folder}/${lock}\n`,
    });
    assertEquals(await contents(folder), before);
    await Deno.remove(`${folder}/${lock}`);
    const { code, err } = await generate(folder);
    assertEquals([code, err.includes("cleared 1 file that")], [0, true]);
  });

  it("is cleared by capture too, which writes under the same lock", async () => {
    const { folder } = place;
    const sample = new URL("../golden/testdata/sample.txt", import.meta.url).pathname;
    const capture = () => runCommandLine(["capture", sample, "--out", folder]);
    await Deno.writeTextFile(`${folder}/.02_by_hand.json.partial-0123abcd`, "{");
    const first = await capture();
    assertEquals([first.code, first.err], [
      0,
      `warning: ${folder}/: cleared 1 file that a run that was killed had left\n`,
    ]);
    const files = await contents(folder);
    assertEquals(Object.keys(files).sort(), ["02_by_hand.json", "03_by_gradients.json"]);
    await Deno.writeTextFile(`${folder}/${lock}`, owner("elsewhere", 7));
    assertEquals((await capture()).code, 2);
    assertEquals(await contents(folder), { ...files, [lock]: owner("elsewhere", 7) });
  });
});
