// Every case as a test: its values against what was captured, and against float64.

import { assert, assertEquals } from "@std/assert";
import { cases } from "../cases/mod.ts";
import { judgeOwn } from "./judge.ts";
import { reporters } from "./report/mod.ts";
import { summaryOf } from "./report/summary.ts";

for (const c of cases) {
  Deno.test(c.id, () => {
    const result = judgeOwn(c);
    assert(result.right, reporters.table([result], { color: false }));
  });
}

Deno.test("all 114 numbers of the notebook are reproduced to the last printed digit", () => {
  const { captured, printed } = summaryOf(cases.map(judgeOwn));
  assertEquals({ captured, printed }, { captured: 114, printed: 114 });
});
