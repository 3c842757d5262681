import { assert, assertEquals } from "@std/assert";
import { cases, selectCases } from "../../cases/mod.ts";
import { engine } from "../../cases/case.ts";
import { committedMatrix, faultsOf } from "./committed.ts";
import { honestGradients, killMatrix, mutants, tryMutant } from "./matrix.ts";
import { wrongGradients } from "./mutant.ts";
import { faultlessPlan } from "./plan.ts";

const reports = killMatrix(cases);

Deno.test("every planted bug exceeds its budget at least 10 times, and the matrix is the committed one", () => {
  assertEquals(faultsOf(reports, { complete: true }), []);
});

Deno.test("there are at least 24 kinds of bugs, of all four kinds, each with its own name", () => {
  assert(mutants.length >= 24);
  assertEquals(new Set(mutants.map(({ name }) => name)).size, mutants.length);
  assertEquals(
    new Set(mutants.map(({ kind }) => kind)),
    new Set(["rule", "walk", "plan", "inputs"]),
  );
});

Deno.test("an engine without a bug is never killed", () => {
  const honest = wrongGradients("no bug", "rule", engine.gradients);
  for (const mutant of [honest, faultlessPlan]) {
    for (const c of cases) {
      const { outcome, share } = tryMutant(mutant, c, honestGradients(c));
      assertEquals(outcome, "equivalent", `${mutant.name} on ${c.id}`);
      assert(share <= 1, `${mutant.name} on ${c.id} uses ${share} of its budget`);
    }
  }
});

Deno.test("a bug too small for float32 is below resolution, not equivalent", () => {
  const c = selectCases("graph/fanout=2")[0]!;
  const honest = honestGradients(c);
  const tiny = {
    name: "tiny",
    kind: "rule" as const,
    compute: () => ({
      values: new Map([...honest].map(([name, { values }]) => [name, Float32Array.from(values)])),
      exact: new Map(
        [...honest].map(([name, { values }]) => [name, values.map((v) => v * (1 + 2 ** -30))]),
      ),
    }),
  };
  assertEquals(tryMutant(tiny, c, honest).outcome, "below");
});

Deno.test("a matrix that got worse, lost a case or lost a mutant is a fault", () => {
  const weaker = reports.map((report, i) =>
    i === 0 ? { ...report, strongest: { id: "x", share: 9 } } : report
  );
  assertEquals(
    faultsOf(weaker, { complete: true })[0],
    `"${reports[0]!.name}" exceeds its budget 10 times on no case`,
  );
  assertEquals(faultsOf(reports.slice(1), { complete: true }), [`"${reports[0]!.name}" is gone`]);
  const [first, ...rest] = committedMatrix.mutants;
  const flipped = { ...first!, outcomes: first!.outcomes.replace("K", "E") };
  const faults = faultsOf(reports, { complete: true }, {
    ...committedMatrix,
    mutants: [flipped, ...rest],
  });
  assertEquals(faults.length, 1);
  assert(faults[0]!.endsWith("committed E, now K"));
});
