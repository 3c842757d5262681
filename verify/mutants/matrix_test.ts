import { assert, assertEquals } from "@std/assert";
import { selectCases, smallCases as cases } from "../../cases/mod.ts";
import { graphFunctions } from "../../cases/case.ts";
import { honestGradients, killMatrix, mutants, tryMutant } from "./matrix.ts";
import { faultsOf } from "./committed.ts";
import { mutantKinds, wrongGradients } from "./mutant.ts";
import { faultlessPlan } from "./plan.ts";

const reports = killMatrix(cases);

Deno.test("every planted bug exceeds its budget at least 10 times, and the matrix is the committed one", () => {
  assertEquals(faultsOf(reports, { complete: true }), []);
});

Deno.test("there are bugs of every kind, each with its own name", () => {
  assert(mutants.length >= 58);
  assertEquals(new Set(mutants.map(({ name }) => name)).size, mutants.length);
  assertEquals(new Set(mutants.map(({ kind }) => kind)), new Set(mutantKinds));
});

Deno.test("an engine without a bug is never killed", () => {
  const honest = wrongGradients("no bug", "rule", graphFunctions.gradients);
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

Deno.test("a NaN of other bits than the contract's kills, though it equals by value", () => {
  const c = selectCases("graph/nonfinite/last")[0]!;
  const honest = honestGradients(c);
  const compute = (bits: number) => () => ({
    values: new Map([...honest].map(([name, { values }]) => {
      const data = Float32Array.from(values);
      const words = new Uint32Array(data.buffer);
      data.forEach((v, i) => Number.isNaN(v) && (words[i] = bits));
      return [name, data];
    })),
    exact: new Map([...honest].map(([name, { values }]) => [name, values])),
  });
  const outcome = (bits: number) =>
    tryMutant({ name: "nan", kind: "plan", compute: compute(bits) }, c, honest).outcome;
  assertEquals([0x7fc00000, 0xffc00000, 0x7fc00001].map(outcome), [
    "equivalent",
    "killed",
    "killed",
  ]);
});
