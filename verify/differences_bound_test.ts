// What finite differences say is within the tolerance they were asked for, on graphs with poles
// and steep places nearby.

import { assert, assertEquals } from "@std/assert";
import { compileCase } from "../cases/mod.ts";
import { smoothCase, smoothFamilies } from "../testing/smooth_graphs.ts";
import { log, variable } from "../core/functions/mod.ts";
import { allowances } from "./allowance.ts";
import { differencesOf } from "./differences.ts";
import { evaluateFloat64 } from "./exact.ts";
import { forwardWitness, nodesOf } from "./forward.ts";
import { RandomStream } from "../core/random.ts";

Deno.test("finite differences are off by less than they say, near poles and steps too", () => {
  let said = 0;
  const wrong: string[] = [];
  for (const family of smoothFamilies) {
    for (let seed = 0; seed < 100; seed++) {
      const c = smoothCase(family, new RandomStream(seed), 4);
      const { tensors } = compileCase(c);
      const exact = evaluateFloat64(nodesOf(tensors), allowances.own);
      for (const tensor of tensors) {
        if (tensor.derivative === undefined) continue;
        const forward = forwardWitness(c.id, tensors, exact)(tensor)!;
        const difference = differencesOf(tensor.derivative, exact);
        forward.values.forEach((slope, i) => {
          if (!forward.speaks(i)) return;
          for (const part of [0.1, 1e-3, 1e-5]) {
            const tolerance = Math.abs(slope) * part;
            const found = difference(i, tolerance);
            if (found === null) continue;
            said++;
            const off = Math.abs(found - slope) / tolerance;
            if (!(off <= 1)) wrong.push(`${family} ${seed} ${i} ${part}: ${off}`);
          }
        });
      }
    }
  }
  assert(said > 5000, `${said}`);
  assertEquals(wrong, []);
});

Deno.test("differences say nothing of targets that are NaN, whose gradient may be a number", () => {
  const slope = (value: number) => {
    const x = variable(value);
    const y = log(x);
    const exact = evaluateFloat64([y], allowances.own);
    return differencesOf({ ys: [y], x, gradYs: [null], stopGradients: [] }, exact)(0, 1e-6);
  };
  assertEquals(slope(-1), null);
  assert(Math.abs(slope(2)! - 0.5) <= 1e-6);
});
