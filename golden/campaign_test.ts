import { assert, assertEquals } from "@std/assert";
import { runCampaign } from "../testing/campaign.ts";
import { INPUTS } from "../testing/hostile_notebooks.ts";

const seed = 20_261_125;
const tries = 102_000;

Deno.test("damaged notebooks, golden files and bindings give a result or an error of one line", async () => {
  const { counts, failures, failed } = await runCampaign(
    new URL("../testing/golden_campaign.ts", import.meta.url),
    { seed, tries, flags: ["--no-check", "--allow-read"] },
  );
  const kinds = ["notebook text", ".ipynb", "golden JSON", "bindings JSON"];
  console.log(
    `seed ${seed}: ` +
      kinds.map((kind) => `${counts[kind]} of ${kind}, ${counts[`${kind}: refused`]} refused`).join(
        "; ",
      ),
  );
  assertEquals({ failures, failed }, { failures: [], failed: 0 });
  assertEquals(kinds.reduce((sum, kind) => sum + counts[kind]!, 0), tries);
  for (const kind of kinds) {
    for (const outcome of ["result", "refused"]) {
      assert(counts[`${kind}: ${outcome}`]! > 500, `${kind}: ${outcome}`);
    }
  }
});

Deno.test("long and deep notebooks and JSON files are read or refused, and none hangs", async () => {
  const { counts, failures } = await runCampaign(
    new URL("../testing/hostile_notebooks.ts", import.meta.url),
    { seed, tries: INPUTS, patience: 20_000, flags: ["--no-check"] },
  );
  assertEquals(failures, []);
  assertEquals([counts.result! > 0, counts.refused! > 0], [true, true]);
  assertEquals(counts.result! + counts.refused!, INPUTS);
});
