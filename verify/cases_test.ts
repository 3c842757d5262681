// Every case as a test: its values against what was captured, and against float64.

import { assert } from "@std/assert";
import { cases } from "../cases/mod.ts";
import { describe } from "./describe.ts";
import { judgeOwn } from "./judge.ts";

for (const c of cases) {
  Deno.test(c.id, () => {
    const result = judgeOwn(c);
    assert(result.right, result.tensors.filter(({ right }) => !right).map(describe).join("\n"));
  });
}
