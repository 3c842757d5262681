// Indexing: parts of tensors, and indices that are known at run time alone. What each op computes
// at any shape is in oracle_test.ts.

import { assertEquals, assertThrows } from "@std/assert";
import { LARGEST_RANK } from "../shape.ts";
import {
  argMax,
  compile,
  concat,
  constant,
  gather,
  gradients,
  pad,
  placeholder,
  reduceSum,
  run,
  scatterAdd,
  slice,
  stack,
  tensor,
  variable,
} from "../../mod.ts";

const matrix = () => variable([[1, 2, 3], [4, 5, 6]]);

Deno.test("an index out of range is an error at run time that names op, index and extent", () => {
  const index = placeholder([2], { dtype: "int32" });
  const wrong = [
    [
      () => gather(matrix(), index),
      [0, 2],
      "Cannot compute gather: index 2 is out of range for an axis of extent 2",
    ],
    [
      () => gather(matrix(), index, { axis: 1 }),
      [-1, 0],
      "gather: index -1 is out of range for an axis of extent 3",
    ],
    [
      () => scatterAdd([1, 2], index, [4]),
      [3, 4],
      "scatterAdd: index 4 is out of range for an axis of extent 4",
    ],
    [() => stack([gather([1, 2], index, { axis: 0 })]), [2 ** 24, 0], "index 16777216 is out of"],
  ] as const;
  for (const [make, values, message] of wrong) {
    const plan = compile([make()], [index]);
    const first = [...plan.run([tensor([0, 1])])[0].data];
    assertThrows(() => plan.run([tensor(values)]), RangeError, message);
    // The plan is as good as before.
    assertEquals([...plan.run([tensor([0, 1])])[0].data], first);
  }
});

Deno.test("what shares an index is added up in order, each sum rounded", () => {
  const g = [1, 2 ** 24, 1, -(2 ** 24), 1];
  const f = Math.fround;
  const expected = g.reduce((sum, term) => f(sum + term), 0);
  assertEquals([...run([scatterAdd(g, [1, 1, 1, 1, 1], [3])])[0].data], [0, expected, 0]);
});

Deno.test("gather keeps -0, any dtype and every element that is asked for twice", () => {
  assertEquals([...run([gather([-0, 7], [1, 0, 0])])[0].data], [7, -0, -0]);
  const read = gather(constant([5, 6], { dtype: "int32" }), [1]);
  assertEquals([read.dtype, run([read])[0].data[0]], ["int32", 6]);
  assertEquals(`${run([gather([[1, 2], [3, 4]], 1, { axis: -1 })])[0]}`, "[2. 4.]");
});

Deno.test("indices may be computed: gather at argMax, and its gradient", () => {
  const x = variable([[1, 9], [8, 2], [3, 4]]);
  const [y] = [gather(x, argMax(x))]; // rows 1 and 0
  const [g] = gradients(reduceSum(y), x, { unconnected: "zero" });
  assertEquals(run([y, g]).join(), "[[8. 2.]\n [1. 9.]],[[1. 1.]\n [1. 1.]\n [0. 0.]]");
});

Deno.test("a size of -1 is all that follows", () => {
  assertEquals(`${run([slice(matrix(), [0, 1], [1, -1])])[0]}`, "[[2. 3.]]");
});

Deno.test("parts that do not fit are refused with the shapes", () => {
  const x = matrix();
  const wrong: [() => unknown, new (message: string) => Error, string][] = [
    [() => gather(x, [0], { axis: 2 }), RangeError, "gather: axis 2 is not in [-2, 2)"],
    [() => gather(3, [0]), RangeError, "gather: axis 0 is not in [0, 0)"],
    [() => gather(x, x), TypeError, "gather: operand 1 is float32, expected int32"],
    [() => gather(x, [0.5]), RangeError, "int32 value 0 is 0.5"],
    [() => scatterAdd(x, [0, 1], [4, 2]), TypeError, "[2,3] are no slices of [4,2]"],
    [() => scatterAdd(x, [0], [4, 3]), TypeError, "indices of shape [1] along axis 0"],
    [() => scatterAdd([1, 2], [0, 0], []), TypeError, "[2] are no slices of []"],
    [() => slice(x, [0], [1]), TypeError, "begin [0] and size [1] for shape [2,3]"],
    [
      () => slice(x, [0, 2], [2, 2]),
      TypeError,
      "begin [0,2] and size [2,2] do not fit axis 1 of [2,3]",
    ],
    [() => slice(x, [-1, 0], [1, 1]), TypeError, "begin [-1,0]"],
    [() => slice(x, [3, 0], [-1, 1]), TypeError, "begin [3,0]"],
    [() => slice(x, [0, 0], [1, -2]), TypeError, "size [1,-2]"],
    [() => slice(x, [0, 0.5], [1, 1]), RangeError, "0.5, expected a whole number"],
    [() => pad(x, [[1, 1]]), TypeError, "paddings [[1,1]] for shape [2,3], expected one per axis"],
    [() => pad(x, [[1, 1], [0, -1]]), RangeError, "expected a pair of whole numbers from 0"],
    [() => pad(x, [[1, 1], [0] as never]), TypeError, "expected a pair of whole numbers from 0"],
    [() => pad(x, [[2 ** 30, 0], [0, 0]]), RangeError, "has more than"],
    [() => concat([x, [[1, 2]]]), TypeError, "[2,3] and [1,2] differ in another axis than 0"],
    [() => concat([x, [1, 2, 3]]), TypeError, "[2,3] and [3] differ"],
    [() => concat([]), TypeError, "concat: there are no operands"],
    [() => concat([x, argMax(x)]), TypeError, "operands are float32 and int32"],
    [() => stack([x, [[1, 2]]]), TypeError, "[2,3] and [1,2] differ"],
    [() => stack([x], { axis: 3 }), RangeError, "axis 3 is not in [-3, 3)"],
  ];
  for (const [call, type, message] of wrong) assertThrows(call, type, message);
});

Deno.test("a node of more axes than a tensor can have is refused where it is made, by its op's name", () => {
  let x = stack([1]);
  for (let rank = 2; rank <= LARGEST_RANK; rank++) x = stack([x]);
  assertThrows(
    () => stack([x]),
    RangeError,
    "Cannot compute stack: the shape has 33 axes, more than 32",
  );
});
