import { assertEquals, assertMatch } from "@std/assert";
import { runCampaign } from "./campaign.ts";

const module = (attempt: string) =>
  new URL(
    `data:application/javascript,${
      encodeURIComponent(
        `import { campaign } from "${new URL(
          "campaign.ts",
          import.meta.url,
        )}"; campaign(${attempt});`,
      )
    }`,
  );

Deno.test("a campaign counts its tries and tells its failures", async () => {
  const tally = await runCampaign(
    module(`(seed, i) => i === 3 ? { failure: "three", counts: [] } : { counts: ["ok"] }`),
    { seed: 1, tries: 5 },
  );
  assertEquals(tally, { tries: 5, counts: { ok: 4 }, failures: ["try 3: three"], failed: 1 });
});

Deno.test("a try that hangs is killed and named, one that ends the process too, and the rest is done", async () => {
  const tally = await runCampaign(
    module(
      `(seed, i) => { while (i === 2) {} if (i === 4) Deno.exit(7); return { counts: ["ok"] }; }`,
    ),
    { seed: 1, tries: 6, patience: 3000 },
  );
  assertEquals(tally.failed, 2);
  assertMatch(tally.failures[0]!, /^try 2: no answer within 3000 ms$/);
  assertMatch(tally.failures[1]!, /^try 4: the process ended with 7/);
});
