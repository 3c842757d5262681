import { assert, assertEquals } from "@std/assert";
import { runCampaign } from "../testing/campaign.ts";

const seed = 20_261_125;
const tries = 20_000;

Deno.test("damaged graphs in JSON are read to graphs that run, or refused by a SyntaxError of one line", async () => {
  const { counts, failures } = await runCampaign(
    new URL("../testing/graph_campaign.ts", import.meta.url),
    { seed, tries, flags: ["--no-check", "--allow-read"] },
  );
  const { result = 0, refused = 0, "no JSON": none = 0 } = counts;
  console.log(
    `damaged graphs, seed ${seed}: ${none} no JSON, ${refused} refused, ${result} results`,
  );
  assertEquals(failures, []);
  assertEquals(none + refused + result, tries);
  assert(result > 300 && refused > 10_000, `${result} results, ${refused} refused`);
});
