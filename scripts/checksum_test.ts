// The same bits in every JavaScript engine: the checksums of all ops and functions, computed under
// Deno, Node and Bun.

import { assert, assertEquals } from "@std/assert";
import { beforeEach, describe, it } from "@std/testing/bdd";
import committed from "../core/checksums.json" with { type: "json" };
import { functions } from "../core/math/functions.ts";
import { ops } from "../core/ops/table.ts";
import { folderPerTest } from "../testing/folders.ts";
import { checksums } from "./checksums.ts";

const program = new URL("checksum_print.ts", import.meta.url).pathname;

/** Runs a command and gives what it printed, or `null` where it fails. */
async function output(command: string, args: readonly string[]): Promise<string | null> {
  const { success, stdout } = await new Deno.Command(command, {
    args: [...args],
    env: { NO_COLOR: "1" },
    signal: AbortSignal.timeout(120_000),
  }).output().catch(() => ({ success: false, stdout: new Uint8Array() }));
  return success ? new TextDecoder().decode(stdout) : null;
}

Deno.test("the checksums of every function and op are the committed ones", () => {
  assertEquals(checksums(), committed);
});

Deno.test("the committed checksums cover every function and every op that is no source", () => {
  assertEquals(Object.keys(committed.functions), [...Object.keys(functions), "pow", "atan2"]);
  const computing = Object.entries(ops).filter(([, op]) => op.kernel !== "source");
  assertEquals(Object.keys(committed.ops).sort(), computing.map(([name]) => name).sort());
  const all = [...Object.values(committed.functions), ...Object.values(committed.ops)];
  assert(all.every((text) => /^[0-9a-f]{16}$/.test(text)));
  assertEquals(new Set(all).size, all.length);
});

const bun = ["-y", "bun@1.4.5"];
const bunMissing = await output("npx", [...bun, "--version"]) === null;

describe("the same bits are computed by", () => {
  const place = folderPerTest();
  let bundle: string;
  beforeEach(async () => {
    bundle = `${place.folder}/checksums.js`;
    const args = ["bundle", "--quiet", "--platform=browser", `--output=${bundle}`, program];
    assert(await output(Deno.execPath(), args) !== null, "deno bundle failed");
  });

  it("Node", async () => {
    assertEquals(JSON.parse(await output("node", [bundle]) ?? "null"), committed);
  });

  it(bunMissing ? "Bun (skipped: npx -y bun@1.4.5 is not to be had here)" : "Bun", {
    skip: bunMissing,
  }, async () => {
    assertEquals(JSON.parse(await output("npx", [...bun, bundle]) ?? "null"), committed);
  });
});
