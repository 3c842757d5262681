import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { cases, compileCase, selectCases } from "../cases/mod.ts";
import type { Tensor } from "../core/tensor.ts";
import { tensor } from "../core/tensor.ts";
import { assertGradients, judge } from "./judge.ts";
import { vacuousCase } from "../testing/vacuous_case.ts";

const id = "notebook/n=2/target=y_mean/upstream=none/auto";

function valuesOf(caseId: string): Record<string, Tensor> {
  const compiled = compileCase(selectCases(caseId)[0]!);
  return Object.fromEntries(compiled.run().map((value, i) => [compiled.tensors[i]!.name, value]));
}

Deno.test("this engine's values are right under both profiles", () => {
  for (const profile of ["own", "any"] as const) {
    for (const c of cases) assert(judge(c.id, valuesOf(c.id), { profile }).right, c.id);
  }
});

Deno.test("an unknown case and an unknown tensor are answered with near names", () => {
  assertThrows(() => judge(id.replace("auto", "atuo"), {}), RangeError, `did you mean "${id}"`);
  assertThrows(
    () => judge(id, { logit: [[1]] }),
    RangeError,
    'has no tensor "logit", did you mean "logits"',
  );
});

Deno.test("a tensor of the wrong shape is a TypeError that names both shapes", () => {
  assertThrows(() => judge(id, { z: [1, 2] }), TypeError, '"z" has shape [2], expected [2,2]');
});

Deno.test("a gradient that is all zero, flipped or off in one element fails, whatever the profile", () => {
  const right = valuesOf(id);
  const wrong: [string, (x: number, i: number) => number][] = [
    ["all zero", () => 0],
    ["sign flipped", (x) => -x],
    ["one element 0.1 % off", (x, i) => i === 3 ? x * 1.001 : x],
    ["one element NaN", (x, i) => i === 3 ? NaN : x],
    ["factor 1 + 2^-10", (x) => x * (1 + 2 ** -10)],
  ];
  for (const profile of ["own", "any"] as const) {
    for (const name of ["dlogits", "dz", "dW_A", "dW_B"]) {
      for (const [what, change] of wrong) {
        const changed = tensor(right[name]!.data.map(change), right[name]!.shape);
        const { verdict } = judge(id, { [name]: changed }, { profile });
        assertEquals(verdict, "fail", `${name}: ${what}`);
      }
    }
  }
});

Deno.test("a bit-faithful engine must print every captured digit; another one may be within its budget", () => {
  const y = [[0.8263534, 0.33403307], [0.6456563, 0.43536377]];
  const own = judge(id, { y }, { profile: "own" });
  const any = judge(id, { y }, { profile: "any" });
  assertEquals([own.right, any.right, any.verdict], [false, true, "within"]);
});

Deno.test("assertGradients names what is missing and reports what is wrong", () => {
  const values = valuesOf(id);
  assertGradients(id, values);
  const { dW_A: _, ...rest } = values;
  assertThrows(() => assertGradients(id, rest), Error, "are missing: dW_A");
  const zero = tensor(new Float32Array(6), [3, 2]);
  const error = assertThrows(() => assertGradients(id, { ...values, dW_A: zero }), Error);
  assertStringIncludes(error.message, `Gradients of "${id}" are wrong`);
  assertStringIncludes(error.message, "dW_A[");
  assertStringIncludes(error.message, "ULP off, budget");
});

Deno.test("judging nothing is no success, and an unknown profile is named", () => {
  assertThrows(() => judge(id, {}), RangeError, "there are no tensors to judge");
  const profile = "Own" as "own";
  assertThrows(
    () => judge(id, { z: [[1]] }, { profile }),
    RangeError,
    'option "profile" is "Own", expected "own" or "any"',
  );
});

Deno.test("every gradient can be judged alone, also one that no upstream gradient reaches", () => {
  for (const c of cases) {
    const values = valuesOf(c.id);
    for (const { name } of c.build()) assert(judge(c.id, { [name]: values[name]! }).right, c.id);
  }
});

Deno.test("an unknown option, and arguments of other types, are refused at the door", () => {
  const id = "notebook/n=1/target=y/upstream=none/auto";
  const wrong: [args: unknown[], message: string][] = [
    [
      [id, {}, { profil: "own" }],
      'there is no option "profil", only profile, cases, inputs, strict',
    ],
    [[id], "what is to be judged is undefined, expected an object such as { name: value }"],
    [[1, {}], "the id is 1, expected a text"],
    [[id, {}, { cases: [{}] }], 'option "cases"[0] is an object, expected a case'],
  ];
  for (const [args, message] of wrong) {
    for (const call of [judge, assertGradients]) {
      assertThrows(() => call(...args as Parameters<typeof judge>), TypeError, message);
    }
  }
});

Deno.test("what is unchecked is no fault, but with the option strict", () => {
  const judged = (dx: number, strict: boolean) =>
    judge(vacuousCase.id, { dx: [dx, 0] }, { cases: [vacuousCase], strict });
  for (const strict of [false, true]) {
    const { verdict, right, tensors } = judged(1e-7, strict);
    assertEquals([verdict, right], ["unchecked", !strict]);
    for (const { witness, counts, right } of tensors) {
      assertEquals([counts.unchecked, counts.within, right], [1, 0, !strict], witness);
    }
    assertEquals(judged(1, strict).verdict, "fail");
  }
  const values = { dx: [1e-7, 0] };
  assertGradients(vacuousCase.id, values, { cases: [vacuousCase] });
  assertThrows(
    () => assertGradients(vacuousCase.id, values, { cases: [vacuousCase], strict: true }),
    Error,
    "dx[0] is 1e-7, expected 9.3",
  );
});
