// Every op of the table keeps the laws of ops.

import { type OpName, ops } from "../core/ops/table.ts";
import { laws } from "../testing/op_laws.ts";

for (const name of Object.keys(ops) as OpName[]) {
  Deno.test(`op ${name} keeps the laws of ops`, async (t) => {
    for (const [law, check] of Object.entries(laws)) await t.step(law, () => check(name));
  });
}
