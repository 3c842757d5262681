import { assert, assertEquals } from "@std/assert";
import { selectCases, smallCases as cases } from "../cases/mod.ts";
import { gradientRules, gradientsBy } from "../core/gradients.ts";
import { goldenFor } from "../golden/mod.ts";
import { tangentRules } from "./tangents.ts";
import { type Finding, witnessesOf, type WitnessOptions } from "./witnesses.ts";
import { mul } from "../core/functions/mod.ts";
import type { GradientRule } from "../core/op.ts";

const id = "notebook/n=2/target=y/upstream=none/auto";

/** The findings on the gradients of a case. */
function findings(caseId: string, options: WitnessOptions): Set<Finding> {
  return new Set(
    witnessesOf(selectCases(caseId)[0]!, options).flatMap(({ counts }) =>
      Object.keys(counts) as Finding[]
    ),
  );
}

/** An engine whose sigmoid has a gradient a thousandth too large. */
const wrongRule: GradientRule = (node, upstream, f) =>
  (gradientRules.sigmoid as GradientRule)(node, mul(upstream, 1.001), f);
const wrongEngine = {
  gradients:
    ((ys: never, xs: never, options: never) =>
      gradientsBy({ ...gradientRules, sigmoid: wrongRule }, ys, xs, options)) as never,
};
const wrongTangents = {
  ...tangentRules,
  sigmoid:
    ((...args) =>
      tangentRules.sigmoid(...args).map((d) => d * 1.001)) as typeof tangentRules.sigmoid,
};

Deno.test("the witnesses of every gradient of every case agree", () => {
  let elements = 0;
  let differences = 0;
  for (const c of cases) {
    for (const { counts, differences: checked, tensor, first } of witnessesOf(c)) {
      const allowed = c.id.startsWith("graph/nonfinite/") ? ["agree", "not finite"] : ["agree"];
      assertEquals(
        Object.keys(counts).filter((f) => !allowed.includes(f)),
        [],
        `${c.id} ${tensor} ${Deno.inspect(first)}`,
      );
      elements += counts.agree ?? 0;
      differences += checked;
    }
  }
  assert(
    differences > elements / 2,
    `finite differences checked ${differences} of ${elements} elements`,
  );
});

Deno.test("a wrong golden value stands alone", () => {
  const goldens = (caseId: string) =>
    goldenFor(caseId).map((g) => ({
      ...g,
      numbers: g.numbers.map((text) => text.replace("0.14349347", "0.14349447")),
    }));
  assertEquals([...findings(id, { goldens })].sort(), ["agree", "wrong golden"]);
});

Deno.test("of a tensor that was printed twice both prints are heard", () => {
  const goldens = (wrong: 0 | 1) => (caseId: string) =>
    goldenFor(caseId).flatMap((g) => {
      const spoilt = g.numbers.map((text) => text.replace("0.14349347", "0.14349447"));
      const prints = [g, { ...g, numbers: spoilt }];
      return wrong === 0 ? prints.toReversed() : prints;
    });
  for (const wrong of [0, 1] as const) {
    assertEquals([...findings(id, { goldens: goldens(wrong) })].sort(), ["agree", "wrong golden"]);
  }
});

Deno.test("a wrong gradient rule stands alone, with a golden value and without", () => {
  assertEquals(findings(id, { engine: wrongEngine }).has("wrong gradient rule"), true);
  assertEquals(findings(id, { engine: wrongEngine }).has("wrong tangent rule"), false);
  assertEquals(
    findings("graph/bias/weights=3x2", { engine: wrongEngine }),
    new Set(["wrong gradient rule"]),
  );
});

Deno.test("a wrong tangent rule stands alone, with a golden value and without", () => {
  assertEquals(findings(id, { tangents: wrongTangents }).has("wrong tangent rule"), true);
  assertEquals(findings(id, { tangents: wrongTangents }).has("wrong gradient rule"), false);
  assertEquals(
    findings("graph/bias/weights=3x2", { tangents: wrongTangents }),
    new Set(["wrong tangent rule"]),
  );
});

Deno.test("a gradient rule that gives NaN does not pass for one that can't be judged", () => {
  const nan: GradientRule = (_, upstream) => [mul(upstream, NaN)];
  const engine = {
    gradients:
      ((ys: never, xs: never, options: never) =>
        gradientsBy({ ...gradientRules, sigmoid: nan }, ys, xs, options)) as never,
  };
  assertEquals(findings(id, { engine }).has("wrong gradient rule"), true);
  assertEquals(findings("graph/bias/weights=3x2", { engine }), new Set(["all disagree"]));
});
