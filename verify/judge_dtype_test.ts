// Tensors of int32 and bool in a case: judged exactly, and inputs of the dtype only.

import { assertEquals, assertThrows } from "@std/assert";
import type { Case } from "../cases/mod.ts";
import { tensorsOf } from "../cases/case.ts";
import { cast, exp, greater, maximum, mul, sub, variable, where } from "../core/functions/mod.ts";
import { gradientTensors, graphFunctions } from "../cases/case.ts";
import { judge, judgeOwn } from "./judge.ts";
import { compareDiscrete } from "./verdict.ts";

/** Masks and whole numbers of x; at 1, `near` is decided by rounding errors. */
const masked: Case = {
  id: "dtypes/masked",
  description: "Masks, whole numbers, and a gradient through both.",
  parameters: {},
  undecidable: ["near"],
  build(by = graphFunctions) {
    const x = variable([-1.5, 2.5], { name: "x" });
    const ids = variable([-3, 7], { name: "ids", dtype: "int32" });
    const mask = greater(x, 0);
    const whole = maximum(cast(x, "int32"), ids);
    const near = greater(exp(x), exp(sub(x, [0, 1])));
    const y = where(mask, mul(x, x), cast(whole, "float32"));
    return [
      ...tensorsOf("input", { x, ids }),
      ...tensorsOf("forward", { mask, whole, near, y }),
      ...gradientTensors(by, { ys: [y], xs: { x } }),
    ];
  },
};

const cases = [masked];
const verdictOf = (values: Parameters<typeof judge>[1], inputs = {}) =>
  judge(masked.id, values, { cases, inputs }).tensors.map(({ verdict }) => verdict).join();

Deno.test("the core's own values of a case with int32 and bool are right", () => {
  const { right, tensors } = judgeOwn(masked);
  assertEquals(right, true);
  const near = tensors.filter(({ tensor }) => tensor === "near").map(({ verdict }) => verdict);
  assertEquals(near, ["undecidable", "bits"]);
});

Deno.test("int32 and bool values must be equal; what the dtype does not have fails", () => {
  assertEquals(verdictOf({ mask: [0, 1], whole: [-1, 7] }), "bits,bits");
  assertEquals(verdictOf({ mask: [false, true] }), "bits");
  assertEquals(verdictOf({ mask: [-0, 1] }), "bits");
  for (const wrong of [[1, 1], [0, 0.5], [0, 2], [NaN, 1], [0, 1.0000001]]) {
    assertEquals(verdictOf({ mask: wrong }), "fail", `${wrong}`);
  }
  for (const wrong of [[-1, 6], [-1, 7.5], [NaN, 7], [-1, Infinity]]) {
    assertEquals(verdictOf({ whole: wrong }), "fail", `${wrong}`);
  }
});

Deno.test("of a bool that rounding errors decide nothing can be said, but 0.5 is wrong", () => {
  assertEquals(verdictOf({ near: [0, 1] }), "undecidable");
  assertEquals(verdictOf({ near: [1, 1] }), "undecidable");
  assertEquals(verdictOf({ near: [0, 0] }), "fail");
  assertEquals(verdictOf({ near: [0.5, 1] }), "fail");
  assertEquals(compareDiscrete(4, 3, 1, "int32").verdict, "within");
  assertEquals(compareDiscrete(5, 3, 1, "int32").verdict, "fail");
  assertEquals(compareDiscrete(3.5, 3, 1, "int32").verdict, "fail");
});

Deno.test("inputs that the dtype does not have are refused by the name of the tensor", () => {
  assertEquals(verdictOf({ whole: [5, 7] }, { ids: [5, 7] }), "bits");
  const error = assertThrows(() => verdictOf({ whole: [5, 7] }, { ids: [5, 6.5] }), RangeError);
  assertEquals(
    error.message,
    'Cannot judge "dtypes/masked", "ids": int32 value 1 is 6.5, expected a whole number within ±2^24',
  );
});

Deno.test("a gradient through masks and whole numbers is that of what is chosen", () => {
  assertEquals(judge(masked.id, { dx: [0, 5] }, { cases }).right, true);
  assertEquals(verdictOf({ dx: [1, 5] }), "fail,fail");
});
