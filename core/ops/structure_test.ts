import { assertEquals, assertThrows } from "@std/assert";
import {
  broadcastTo,
  type Node,
  reduceMean,
  reduceSum,
  reshape,
  run,
  tensor,
  transpose,
} from "../../mod.ts";
import { pairwiseSum } from "../forms/sums.ts";

const text = (node: Node) => `${run([node])[0]}`;
const counting = (shape: number[]) =>
  tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i), shape);

Deno.test("reshape keeps the row-major order", () => {
  assertEquals(text(reshape(counting([2, 3]), [3, 2])), "[[0. 1.]\n [2. 3.]\n [4. 5.]]");
  assertEquals(reshape(5, [1, 1]).shape, [1, 1]);
  assertThrows(
    () => reshape([1, 2, 3], [2, 2]),
    TypeError,
    "Cannot compute reshape: [3] and [2,2] differ in size",
  );
  assertThrows(() => reshape([1, 2], [-2]), RangeError, "shape[0] is -2, expected a whole");
});

Deno.test("transpose reverses the axes, or permutes them as told", () => {
  assertEquals(text(transpose(counting([2, 3]))), "[[0. 3.]\n [1. 4.]\n [2. 5.]]");
  const node = transpose(counting([2, 3, 4]), [2, 0, 1]);
  assertEquals(node.shape, [4, 2, 3]);
  const data = run([node])[0]!.data;
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 2; j++) {
      for (let k = 0; k < 3; k++) assertEquals(data[i * 6 + j * 3 + k], j * 12 + k * 4 + i);
    }
  }
  assertThrows(
    () => transpose(counting([2, 3]), [0, 0]),
    TypeError,
    "[0,0] does not permute the axes of shape [2,3]",
  );
  const fractional = assertThrows(() => transpose(counting([2, 3]), [1, 0.5]), RangeError);
  assertEquals(
    fractional.message,
    "Cannot compute transpose: permutation[1] is 0.5, expected a whole number",
  );
});

Deno.test("broadcastTo repeats along axes of extent 1 and new leading axes", () => {
  assertEquals(text(broadcastTo([[1], [2]], [2, 3])), "[[1. 1. 1.]\n [2. 2. 2.]]");
  assertEquals(text(broadcastTo(7, [2])), "[7. 7.]");
  assertThrows(() => broadcastTo([1, 2], [3]), TypeError, "shape [2] does not stretch to [3]");
  assertThrows(() => broadcastTo([[1, 2]], [2]), TypeError, "shape [1,2] does not stretch to [2]");
});

Deno.test("reductions take one axis, several, negative ones, or all", () => {
  const x = counting([2, 3]);
  assertEquals(text(reduceSum(x)), "15.0");
  assertEquals(text(reduceSum(x, { axis: 0 })), "[3. 5. 7.]");
  assertEquals(text(reduceSum(x, { axis: -1, keepDims: true })), "[[ 3.]\n [12.]]");
  assertEquals(text(reduceSum(counting([2, 2, 2]), { axis: [0, 2] })), "[10. 18.]");
  assertEquals(text(reduceMean(x, { axis: [0, 1], keepDims: true })), "[[2.5]]");
  assertEquals(text(reduceSum(x, { axis: [] })), text(reshape(x, [2, 3])));
  const outside = assertThrows(() => reduceSum(x, { axis: 3 }), RangeError);
  assertEquals(
    outside.message,
    "Cannot compute reduceSum: axis 3 is not in [-2, 2) of a tensor of rank 2",
  );
  const flag = assertThrows(() => reduceSum(x, { keepDims: 1 as never }), TypeError);
  assertEquals(
    flag.message,
    'Cannot compute reduceSum: option "keepDims" is 1, expected true or false',
  );
  assertThrows(() => reduceSum(x, { axis: [0, -2] }), RangeError, "named twice");
});

Deno.test("the sum of nothing is 0 and its mean is NaN", () => {
  const empty = tensor(new Float32Array(0), [2, 0]);
  assertEquals(text(reduceSum(empty, { axis: 1 })), "[0. 0.]");
  assertEquals(text(reduceMean(empty, { axis: 1 })), "[nan nan]");
});

Deno.test("fewer than 8 terms are added left to right from +0", () => {
  assertEquals(pairwiseSum(Float32Array.of(1, 1e8, -1e8), 0, 3), 0);
  assertEquals(pairwiseSum(Float32Array.of(1e8, -1e8, 1), 0, 3), 1);
  assertEquals(Object.is(pairwiseSum(Float32Array.of(-0, -0), 0, 2), 0), true);
});

Deno.test("long sums are added in the order in which NumPy adds them", () => {
  // np.sum of NumPy 1.24.4 over a contiguous float32 array of these terms.
  const term = (i: number) => i * i * 7919 % 10007 / 10007 - 0.5;
  const sums = new Map([
    [7, -0.48750877380371094],
    [8, -0.2115519642829895],
    [9, -0.0654042661190033],
    [15, -0.28375136852264404],
    [16, -0.7308883666992188],
    [100, -0.5219345688819885],
    [127, -1.9561814069747925],
    [128, -1.835615634918213],
    [129, -1.9218049049377441],
    [136, -2.3681423664093018],
    [200, -4.388927936553955],
    [255, -5.927001476287842],
    [256, -6.149596214294434],
    [257, -5.994354248046875],
    [1000, -26.884681701660156],
    [1025, -26.71035385131836],
    [5000, -39.61827087402344],
  ]);
  for (const [n, sum] of sums) {
    const terms = Float32Array.from({ length: n }, (_, i) => term(i));
    assertEquals(run([reduceSum(tensor(terms))])[0].data[0], sum, `${n} terms`);
    assertEquals(
      run([reduceSum(tensor([Array.from(terms)]), { axis: 1 })])[0].data[0],
      sum,
      `${n} terms, axis 1`,
    );
  }
});
