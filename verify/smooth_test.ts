// Finite differences on smooth graphs with poles nearby: they never accuse what is right, and find
// a rule that is wrong in reverse and forward mode alike.

import { assert, assertEquals } from "@std/assert";
import { smoothCase, smoothFamilies } from "../testing/smooth_graphs.ts";
import { RandomStream } from "../core/random.ts";
import { witnessesOf } from "./witnesses.ts";

const SEED = 20261125;
const PER_CASE = 4;

Deno.test("finite differences accuse no right gradient in 100,000 elements near poles", () => {
  const random = new RandomStream(SEED);
  let elements = 0;
  let spoken = 0;
  const alarms: string[] = [];
  for (let k = 0; elements < 100_000; k++) {
    const family = smoothFamilies[k % smoothFamilies.length]!;
    for (
      const { counts, differences, first } of witnessesOf(smoothCase(family, random, PER_CASE))
    ) {
      elements += Object.values(counts).reduce((sum, count) => sum + count, 0);
      spoken += differences;
      if (first !== null) alarms.push(`${family}, case ${k}: ${JSON.stringify(first)}`);
    }
  }
  console.log(`seed ${SEED}: differences speak on ${spoken} of ${elements} elements`);
  assertEquals(alarms, []);
  assert(spoken > elements / 10, `differences speak on ${spoken} of ${elements} elements`);
});
