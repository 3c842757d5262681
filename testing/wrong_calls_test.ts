import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { runCampaign } from "./campaign.ts";
import { allSubjects, faultOf } from "./wrong_calls.ts";

Deno.test("every public function has valid calls to damage", async () => {
  const names = Object.values(await allSubjects()).flat().map(({ name }) => name);
  const missing: string[] = [];
  for (const entry of Object.values(config.exports)) {
    const exported = await import(new URL(`../${entry}`, import.meta.url).href);
    for (const [name, value] of Object.entries(exported)) {
      if (typeof value !== "function") continue;
      if (names.some((known) => known === name || known.startsWith(`${name}.`))) continue;
      missing.push(`${entry}: ${name}`);
    }
  }
  assertEquals([...new Set(missing)], []);
});

Deno.test("an answer is at fault where it is JavaScript's own, of several lines or of another class", () => {
  assertEquals(faultOf(new TypeError("Cannot add: shapes [2] and [3] do not broadcast")), null);
  for (
    const error of [
      new TypeError("Cannot read properties of undefined (reading 'x')"),
      new TypeError("x is not iterable"),
      new Error("Cannot add: a"),
      new RangeError("Cannot add: a\nb"),
      new RangeError("Cannot add: a."),
      "Cannot add: a",
    ]
  ) assert(faultOf(error) !== null, String(error));
});

Deno.test("100,000 wrong calls give a result or an error of one line of the right class", async () => {
  const seed = 20261125;
  const tally = await runCampaign(new URL("wrong_calls.ts", import.meta.url), {
    seed,
    tries: 100_000,
    flags: ["--allow-read", "--allow-env"],
  });
  const { refused = 0, result = 0, "passed the first check": passed = 0 } = tally.counts;
  console.log(
    `wrong calls, seed ${seed}: ${refused} refused, ${result} results, ` +
      `${passed} passed the first check`,
  );
  assertEquals(tally.failures, []);
  assertEquals(refused + result, 100_000);
  assert(passed >= 20_000, `${passed} passed the first check`);
});
