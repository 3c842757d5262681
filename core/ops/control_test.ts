import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  cast,
  compile,
  type DType,
  gradients,
  greater,
  mul,
  type Node,
  placeholder,
  reduceSum,
  run,
  square,
  tensor,
  variable,
} from "../../mod.ts";
import { boundAt, checkBound, checkKernel } from "../../testing/elementwise.ts";

const text = (node: Node | null) => node === null ? "null" : `${run([node])[0]}`;

Deno.test("cast agrees with its definition between all dtypes but from float32 to int32", () => {
  const truth = (x: number) => x === 0 ? 0 : 1;
  const same = (x: number) => x;
  for (const from of ["float32", "int32", "bool"] as const) {
    for (const to of ["float32", "int32", "bool"] as const) {
      if (from === "float32" && to === "int32") continue;
      const definition = to === "bool" ? truth : same;
      checkKernel((x) => cast(x!, to), definition, [from]);
      assertEquals(cast(placeholder([2], { dtype: from }), to).dtype, to);
    }
  }
});

Deno.test("cast to int32 cuts the fraction off, towards zero and never to -0", () => {
  const x = tensor([-2.5, -0.75, -0, 0.75, 2.5, 2 ** 24, -(2 ** 24), 8388607.5]);
  const expected = [-2, 0, 0, 0, 2, 2 ** 24, -(2 ** 24), 8388607];
  const values = Array.from(run([cast(x, "int32")])[0].data);
  assert(values.every((value, i) => Object.is(value, expected[i])), `${values}`);
});

Deno.test("cast to int32 of what int32 does not have is a RangeError when it is run", () => {
  const x = placeholder([1]);
  const plan = compile([cast(x, "int32")], [x]);
  for (const value of [NaN, Infinity, -Infinity, 2 ** 24 + 2, -(2 ** 30)]) {
    const error = assertThrows(() => plan.run([tensor([value])]), RangeError);
    assertEquals(
      error.message,
      `Cannot cast to int32: the value is ${value}, expected one within ±2^24`,
    );
  }
  assertEquals(`${plan.run([tensor([2 ** 24])])[0]}`, "[16777216.]");
});

Deno.test("NaN and the infinities are true, the zeros are not", () => {
  assertEquals(text(cast([NaN, Infinity, -0, 0, 1e-45], "bool")), "[1. 1. 0. 0. 1.]");
});

Deno.test("the bounds of cast hold at 20,000 boxes", () => {
  const to = (dtype: DType) => cast(placeholder([1]), dtype);
  const truth = checkBound(to("bool"), (x) => x === 0 ? 0 : 1, ["float32"]);
  assert(truth.certain > 2000 && truth.bounded > 1000, JSON.stringify(truth));
  assert(checkBound(to("float32"), (x) => x!, ["float32"]).bounded > 2000);
});

Deno.test("the error of a cast to int32 is 0 away from jumps, and at 0 there is none", () => {
  const node = cast(placeholder([1]), "int32");
  const radius = (x: number, e: number) => boundAt(node, [[x, e]]);
  assertEquals([radius(2.5, 0.25), radius(2.5, 0.5), radius(2.5, 1.5)], [0, 1, 2]);
  assertEquals([radius(-2.5, 0.25), radius(-2, 1e-20), radius(2, 1e-20)], [0, 1, 1]);
  assertEquals([radius(0.25, 0.5), radius(0.25, 0.75), radius(0, 0.75)], [0, 1, 0]);
});

Deno.test("the bound of a cast to int32 holds at every quarter and its neighbours", () => {
  const node = cast(placeholder([1]), "int32");
  for (let x = -4; x <= 4; x += 0.25) {
    for (let e = 0.125; e < 3; e += 0.125) {
      const radius = boundAt(node, [[x, e]]);
      for (let point = x - e; point <= x + e; point += 0.0625) {
        const moved = Math.abs(Math.trunc(point) - Math.trunc(x));
        assert(moved <= radius, `${x} ± ${e}: ${point} moves by ${moved}, more than ${radius}`);
      }
    }
  }
});

Deno.test("only a cast from float32 to float32 lets a gradient through", () => {
  const x = variable([-1.5, 2.5]);
  assertEquals(gradients(square(cast(x, "float32")), x).map(text), ["[-3.  5.]"]);
  assertEquals(gradients(cast(cast(x, "int32"), "float32"), x), [null]);
  const mask = cast(greater(x, 0), "float32");
  assertEquals(gradients(mask, x), [null]);
  assertEquals(gradients(mul(mask, square(x)), x).map(text), ["[-0.  5.]"]);
});

Deno.test("counts are sums of a mask that is cast to float32", () => {
  assertEquals(text(reduceSum(cast(greater([1, -2, 3], 0), "float32"))), "2.0");
});

Deno.test("cast to an unknown dtype is refused by name", () => {
  const error = assertThrows(() => cast(1, "int64" as never), RangeError);
  assertEquals(
    error.message,
    'Cannot compute cast: dtype is "int64", expected "float32" or "int32" or "bool"',
  );
  const none = assertThrows(() => (cast as (x: number) => Node)(1), TypeError);
  assertEquals(
    none.message,
    'Cannot compute cast: dtype is undefined, expected "float32" or "int32" or "bool"',
  );
});
