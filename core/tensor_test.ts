import { assertEquals, assertThrows } from "@std/assert";
import { Tensor, tensor } from "../mod.ts";

Deno.test("a tensor takes its shape from the nesting of its values", () => {
  assertEquals(tensor(3).shape, []);
  assertEquals(tensor([]).shape, [0]);
  assertEquals(tensor([[], []]).shape, [2, 0]);
  assertEquals(tensor([[[1, 2]], [[3, 4]], [[5, 6]]]).shape, [3, 1, 2]);
});

Deno.test("values are rounded to float32 and copied", () => {
  const source = Float32Array.of(1, 2);
  const copy = tensor(source);
  source[0] = 9;
  assertEquals(Array.from(copy.data), [1, 2]);
  assertEquals(tensor(0.1).data[0], Math.fround(0.1));
});

Deno.test("a shape may be given, and must hold the values", () => {
  assertEquals(tensor([1, 2, 3, 4], [2, 2]).shape, [2, 2]);
  assertThrows(() => tensor([1, 2, 3], [2, 2]), TypeError, "shape [2,2] does not hold 3 values");
  assertThrows(
    () => new Tensor(new Float32Array(2), [1.5]),
    RangeError,
    "Cannot make a tensor: shape[0] is 1.5, expected a whole number from 0",
  );
});

Deno.test("ragged and non-numeric values are refused with the place", () => {
  const refused: [unknown, string][] = [
    [[[1, 2], [3]], "rows are ragged, expected 2 values at [1], found 1"],
    [[[1], 2], "rows are ragged, expected a list at [1], found 2"],
    [[1, [2]], "expected a number at [1], found a deeper list"],
    [[1, "2"], 'expected a number at [1], found "2"'],
    ["1", 'expected a number, found "1"'],
    [[null], "expected a number at [0], found null"],
    [undefined, "expected a number, found undefined"],
    [1n, "expected a number, found the bigint 1"],
    [[new Float32Array(2)], "expected a number at [0], found a typed array"],
  ];
  for (const [values, message] of refused) {
    assertThrows(() => tensor(values as never), TypeError, message);
  }
});

Deno.test("a tensor shows as NumPy writes it", () => {
  const t = tensor([[1.56, -0.69]]);
  assertEquals(`${t}`, "[[ 1.56 -0.69]]");
  assertEquals(Deno.inspect(t), "array([[ 1.56, -0.69]], dtype=float32)");
});
