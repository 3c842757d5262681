import { assertEquals, assertThrows } from "@std/assert";
import { add, addN, gradients, run, variable } from "../../mod.ts";

const values = (operands: (number | number[])[]) => Array.from(run([addN(operands)])[0].data);

Deno.test("addN adds tensors of one shape, one of them too", () => {
  assertEquals(values([[1, 2], [10, 20], [100, 200]]), [111, 222]);
  assertEquals(values([[1, -0]]), [1, -0]);
});

Deno.test("addN adds up to nine terms left to right, and groups of eight beyond", () => {
  const ones = (n: number) => values([1e8, ...Array.from({ length: n - 1 }, () => 1)])[0];
  assertEquals([9, 10, 17, 18, 26].map(ones), [1e8, 1e8 + 8, 1e8 + 8, 1e8 + 16, 1e8 + 24]);
});

Deno.test("every operand of addN receives the upstream gradient", () => {
  const x = variable([1, 2]);
  const [dx] = gradients(addN([x, add(x, 1), x]), x, { unconnected: "zero" });
  assertEquals(Array.from(run([dx])[0].data), [3, 3]);
});

Deno.test("addN refuses other shapes, and nothing", () => {
  assertThrows(
    () => addN([[1, 2], [1]]),
    TypeError,
    "Cannot compute addN: shapes [2] and [1] differ",
  );
  assertThrows(() => addN([]), TypeError, "Cannot compute addN: there are no operands");
});
