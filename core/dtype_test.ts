// int32 and bool at every door: sources, feeds, gradients; and what nodes of them print.

import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  add,
  cast,
  compile,
  constant,
  exp,
  gradients,
  greater,
  maximum,
  mul,
  perSampleGradients,
  placeholder,
  run,
  square,
  tensor,
  variable,
  where,
} from "../mod.ts";

Deno.test("nodes print the dtype if it is not float32", () => {
  const x = variable([1, 2], { name: "x" });
  assertEquals(`${x} | ${square(x)}`, '"x" [2] | square [2]');
  assertEquals(`${greater(x, 0)}`, "greater bool [2]");
  assertEquals(`${placeholder([3], { name: "ids", dtype: "int32" })}`, '"ids" int32 [3]');
});

Deno.test("sources refuse what their dtype does not have, and dtypes that there are not", () => {
  const make: readonly [() => unknown, string][] = [
    [
      () => constant([1, 0.5], { dtype: "int32" }),
      "make a constant: int32 value 1 is 0.5, expected a whole number within ±2^24",
    ],
    [
      () => variable([[2 ** 24 + 2]], { dtype: "int32" }),
      "make a variable: int32 value 0 is 16777218, expected a whole number within ±2^24",
    ],
    [
      () => constant(NaN, { dtype: "int32" }),
      "make a constant: int32 value 0 is NaN, expected a whole number within ±2^24",
    ],
    [
      () => constant([2 ** 24 + 1], { dtype: "int32" }),
      "make a constant: int32 value 0 is 16777217, expected a whole number within ±2^24",
    ],
    [
      () => constant([0, 0.99999999999], { dtype: "int32" }),
      "make a constant: int32 value 1 is 0.99999999999, expected a whole number within ±2^24",
    ],
    [
      () => constant(1e-60, { dtype: "bool" }),
      "make a constant: bool value 0 is 1e-60, expected 0 or 1",
    ],
    [
      () => variable([0, 1, 2], { dtype: "bool" }),
      "make a variable: bool value 2 is 2, expected 0 or 1",
    ],
    [
      () => placeholder([2], { dtype: "float64" as never }),
      'make a placeholder: option "dtype" is "float64", expected "float32" or "int32" or "bool"',
    ],
  ];
  for (const [call, facts] of make) {
    assertEquals(assertThrows(call, RangeError).message, `Cannot ${facts}`);
  }
  assertEquals(
    `${run([variable([2 ** 24, -(2 ** 24)], { dtype: "int32" })])[0]}`,
    "[ 16777216. -16777216.]",
  );
});

Deno.test("true and false are values of bool, and of nothing else", () => {
  assertEquals(`${run([constant([[true], [false]], { dtype: "bool" })])[0]}`, "[[1.]\n [0.]]");
  for (const dtype of ["float32", "int32"] as const) {
    const error = assertThrows(() => constant([1, true] as never, { dtype }), TypeError);
    assertEquals(error.message, "Cannot make a constant: expected a number at [1], found true");
  }
  assertThrows(() => tensor([true] as never), TypeError, "found true");
});

Deno.test("a feed that the dtype does not have is a RangeError that names node and place", () => {
  const ids = placeholder([3], { name: "ids", dtype: "int32" });
  const mask = variable([true], { dtype: "bool" });
  const plan = compile([maximum(ids, 0), where(mask, 1, 2)], [ids, mask]);
  const run = (a: number[], b: number[]) => plan.run([tensor(a), tensor(b)]);
  const wrong: readonly [() => unknown, string][] = [
    [
      () => run([1, 1.5, 2], [1]),
      'feed "ids" int32 [3]: int32 value 1 is 1.5, expected a whole number within ±2^24',
    ],
    [
      () => run([1, 2, Infinity], [1]),
      'feed "ids" int32 [3]: int32 value 2 is Infinity, expected a whole number within ±2^24',
    ],
    [
      () => run([1, 2, 3], [-1]),
      "feed variable bool [1]: bool value 0 is -1, expected 0 or 1",
    ],
  ];
  for (const [call, facts] of wrong) {
    assertEquals(assertThrows(call, RangeError).message, `Cannot ${facts}`);
  }
  assertEquals(run([1, -2, 3], [0]).join(), "[1. 0. 3.],[2.]");
});

Deno.test("int32 and bool have one zero", () => {
  const x = placeholder([1], { dtype: "int32" });
  const [fed] = run([cast(x, "float32")], new Map([[x, tensor([-0])]]));
  const [held] = run([cast(variable([-0], { dtype: "bool" }), "float32")]);
  assert([fed, held].every(({ data }) => Object.is(data[0], 0)));
});

Deno.test("a gradient of, with respect to, or weighted by another dtype is a TypeError", () => {
  const x = variable([1, 2]);
  const ids = variable([1, 2], { name: "ids", dtype: "int32" });
  const mask = greater(x, 0);
  const y = square(x);
  const wrong: readonly [() => unknown, string][] = [
    [
      () => gradients([y, mask], x),
      "compute gradients: ys[1] is greater bool [2] of op greater, expected float32",
    ],
    [
      () => gradients(cast(x, "int32"), x),
      "compute gradients: ys[0] is cast int32 [2] of op cast, expected float32",
    ],
    [
      () => gradients(y, [x, ids]),
      'compute gradients: xs[1] is "ids" int32 [2] of op variable, expected float32',
    ],
    [
      () => gradients(y, x, { gradYs: mask }),
      "compute gradients: gradYs[0] is greater bool [2] of op greater, expected float32",
    ],
    [
      () => perSampleGradients(mask, x),
      "take per-sample gradients: y is greater bool [2] of op greater, expected float32",
    ],
    [
      () => perSampleGradients(y, [ids]),
      'take per-sample gradients: xs[0] is "ids" int32 [2] of op variable, expected float32',
    ],
    [
      () => perSampleGradients(y, x, { gradY: ids }),
      'take per-sample gradients: gradY is "ids" int32 [2] of op variable, expected float32',
    ],
    [
      () => perSampleGradients(placeholder([0], { dtype: "bool" }), []),
      "take per-sample gradients: y is placeholder bool [0] of op placeholder, expected float32",
    ],
  ];
  for (const [call, facts] of wrong) {
    assertEquals(assertThrows(call, TypeError).message, `Cannot ${facts}`);
  }
});

Deno.test("a float32 graph through a mask gets nothing from the mask, and may stop at one", () => {
  const x = variable([-1, 2]);
  const mask = greater(x, 0);
  const y = where(mask, square(x), mul(x, 3));
  const [g] = gradients(y, x, { unconnected: "zero", stopGradients: mask });
  assertEquals(`${run([g])[0]}`, "[3. 4.]");
  const weighted = mul(cast(mask, "float32"), x);
  assertEquals(`${run(gradients(weighted, x, { unconnected: "zero" }))[0]}`, "[0. 1.]");
  const samples = perSampleGradients(weighted, x).map(([each]) => `${run([each])[0]}`);
  assertEquals(samples, ["[0. 0.]", "[0. 1.]"]);
});

Deno.test("ops of float32 refuse int32 and bool, and mixed dtypes", () => {
  const ids = variable([1], { dtype: "int32" });
  const mask = variable([true], { dtype: "bool" });
  const facts = (call: () => unknown) => assertThrows(call, TypeError).message;
  assertEquals(facts(() => exp(ids)), "Cannot compute exp: operand 0 is int32, expected float32");
  assertEquals(
    facts(() => add(1, mask)),
    "Cannot compute add: operand 1 is bool, expected float32",
  );
  assertEquals(
    facts(() => maximum(ids, variable(1))),
    "Cannot compute maximum: operands are int32 and float32",
  );
});
