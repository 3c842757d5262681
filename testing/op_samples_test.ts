import { assert, assertEquals } from "@std/assert";
import type { Node } from "../core/graph.ts";
import { ops } from "../core/ops/table.ts";
import * as functions from "../core/functions/mod.ts";
import { run } from "../core/plan.ts";
import { computingOps, sampleArguments, sampleNode, SAMPLES } from "./op_samples.ts";

/** The public functions, whose arguments are of many types. */
const publicFunctions = functions as unknown as Readonly<
  Record<string, (...args: unknown[]) => Node>
>;

for (const name of computingOps) {
  Deno.test(`${name} takes what its row draws, by its public function as well`, () => {
    for (let n = 0; n < SAMPLES; n++) {
      const node = sampleNode(name, n);
      const called = publicFunctions[name]!(...sampleArguments(name, n));
      assertEquals([called.op, called.shape, called.dtype], [name, node.shape, node.dtype]);
      assertEquals(called.attributes, node.attributes);
      assertEquals(called.inputs.map(({ dtype }) => dtype), node.inputs.map(({ dtype }) => dtype));
      assertEquals(run([called]), run([node]));
    }
  });
}

Deno.test("every op that computes is among them", () => {
  const sources = Object.keys(ops).length - computingOps.length;
  assertEquals([sources, computingOps.includes("placeholder")], [3, false]);
  assert(computingOps.length > 15);
});
