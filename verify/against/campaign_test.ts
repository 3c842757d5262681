import { assert, assertEquals } from "@std/assert";
import { runCampaign } from "../../testing/campaign.ts";
import { longLines } from "../../testing/csv_lines.ts";

const SEED = 20261125;

Deno.test(`50,700 damaged files (seed ${SEED}) are judged, or refused as documented`, async () => {
  const module = new URL("../../testing/csv_campaign.ts", import.meta.url);
  const { tries, counts, failures } = await runCampaign(module, { seed: SEED, tries: 5200 });
  console.log(`damaged CSV files, seed ${SEED}:`, JSON.stringify(counts));
  assertEquals([failures, tries, counts.damaged], [[], 5200, 50_700]);
  assert(counts["passed the header"]! > counts.damaged! / 5);
  for (const outcome of ["problems", "refused", "right", "wrong", "missing"]) {
    assert(counts[outcome]! > 0, outcome);
  }
});

Deno.test("lines of 64 MiB are read, and longer ones refused, in a heap of 250 MiB", async () => {
  const module = new URL("../../testing/csv_lines.ts", import.meta.url);
  const { failures, counts } = await runCampaign(module, {
    seed: 0,
    tries: longLines.length,
    patience: 120_000, // a line takes 1 s; what grows as its square would take days
    flags: ["--v8-flags=--max-old-space-size=250"],
  });
  assertEquals([failures, counts["as expected"]], [[], longLines.length]);
});
