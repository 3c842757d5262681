// The contract of `gradients`: what TensorFlow 1.8 promises, item by item.

import { assertEquals, assertThrows } from "@std/assert";
import {
  add,
  constant,
  div,
  exp,
  gradients,
  matmul,
  mul,
  neg,
  type Node,
  placeholder,
  reduceMean,
  reduceSum,
  run,
  sigmoid,
  square,
  stopGradient,
  sub,
  tensor,
  transpose,
  variable,
} from "../mod.ts";
import { gradientRules, gradientsBy } from "./gradients.ts";

/** The values of gradients as plain numbers; `null` where unconnected. */
function valuesOf(nodes: readonly (Node | null)[]): (number[] | null)[] {
  return nodes.map((node) => node && Array.from(run([node])[0]!.data));
}

Deno.test("1: ys and xs may be one node or a list, and the result is a list as long as xs", () => {
  const x = variable(3);
  assertEquals(valuesOf(gradients(square(x), x)), [[6]]);
  assertEquals(valuesOf(gradients([square(x)], [x, x])), [[6], [6]]);
  assertEquals(gradients([], [x]), [null]);
  assertEquals(gradients(square(x), []), []);
  assertThrows(() => gradients(3 as never, x), TypeError, "ys is 3, expected a node, or a list");
});

Deno.test("2: results are summed over all ys and over their elements", () => {
  const x = variable([1, 2]);
  assertEquals(valuesOf(gradients([square(x), mul(x, 10)], x)), [[12, 14]]);
  const w = variable(2);
  assertEquals(valuesOf(gradients(mul(w, [1, 2, 3]), w)), [[6]]);
});

Deno.test("2: a missing or null upstream gradient means ones", () => {
  const x = variable([1, 2]);
  const y = square(x);
  assertEquals(valuesOf(gradients([y, y], x, { gradYs: [null, tensor([10, 100])] })), [[22, 404]]);
  assertEquals(valuesOf(gradients(y, x, { gradYs: constant([3, 5]) })), [[6, 20]]);
});

Deno.test("3: gradYs of another length than ys is a RangeError", () => {
  const x = variable(1);
  const y = square(x);
  assertThrows(
    () => gradients([y, y], x, { gradYs: [null] }),
    RangeError,
    "Passed 1 gradYs for 2 ys",
  );
  assertThrows(
    () => gradients(y, x, { gradYs: [null, null] }),
    RangeError,
    "Passed 2 gradYs for 1 ys",
  );
});

Deno.test("4: an upstream gradient of another shape than its y is a TypeError that names both", () => {
  const x = variable([1, 2]);
  const error = assertThrows(
    () => gradients(square(x), x, { gradYs: tensor([[1], [2]]) }),
    TypeError,
  );
  assertEquals(error.message, "Cannot compute gradients: gradYs[0] has shape [2,1], its y [2]");
  assertThrows(
    () => gradients(square(x), x, { gradYs: constant(1) }),
    TypeError,
    "has shape [], its y [2]",
  );
});

Deno.test("5: an x that no y depends on yields null, or zeros of its shape", () => {
  const x = variable([1, 2]);
  const other = variable([[1, 2, 3]]);
  assertEquals(valuesOf(gradients(square(x), [other, x])), [null, [2, 4]]);
  const [zero] = gradients(square(x), [other], { unconnected: "zero" });
  assertEquals(zero.shape, [1, 3]);
  assertEquals(valuesOf([zero]), [[0, 0, 0]]);
  assertThrows(() => gradients(x, x, { unconnected: "null" as never }), RangeError, '"null"');
});

Deno.test("6: stopGradients are constants, and still receive their own gradient", () => {
  const a = variable(0);
  const b = mul(a, 2);
  assertEquals(valuesOf(gradients(add(a, b), [a, b])), [[3], [1]]);
  assertEquals(valuesOf(gradients(add(a, b), [a, b], { stopGradients: [a, b] })), [[1], [1]]);
  assertEquals(valuesOf(gradients(add(a, b), [a, b], { stopGradients: b })), [[1], [1]]);
});

Deno.test("7: an x that depends on another x is differentiated through", () => {
  const x = variable(3);
  const y = square(x);
  assertEquals(valuesOf(gradients(square(y), [x, y])), [[108], [18]]);
});

Deno.test("8: a y that is x gives its upstream, and repeated nodes count as often as they stand", () => {
  const x = variable([1, 2]);
  assertEquals(valuesOf(gradients(x, x, { gradYs: tensor([5, 7]) })), [[5, 7]]);
  assertEquals(valuesOf(gradients([x, x], x)), [[2, 2]]);
  const y = square(x);
  assertEquals(valuesOf(gradients([y, y], [x, x])), [[4, 8], [4, 8]]);
  assertEquals(valuesOf(gradients([y, x], [x])), [[3, 5]]);
});

Deno.test("8: an equal constant that was never used stays unconnected", () => {
  const used = constant([1, 2]);
  const equal = constant([1, 2]);
  assertEquals(valuesOf(gradients(square(used), [equal, used])), [null, [2, 4]]);
});

Deno.test("9: an op without a gradient throws only when a gradient reaches it", () => {
  const x = variable(1);
  const blocked = neg(x);
  const rules = { ...gradientRules, neg: "none" as const };
  assertThrows(() => gradientsBy(rules, blocked, x), TypeError, 'op "neg" has no gradient');
  assertEquals(valuesOf(gradientsBy(rules, add(x, stopGradient(blocked)), x)), [[1]]);
  assertEquals(valuesOf(gradientsBy(rules, add(x, blocked), x, { stopGradients: blocked })), [[1]]);
  assertEquals(valuesOf(gradientsBy(rules, square(blocked), blocked)), [[-2]]);
});

Deno.test("10: contributions are added in the order in which the queue reaches them", () => {
  // Float32 addition is not associative: 1e8 + (-1e8) + 1 is 1, and 1 + 1e8 + (-1e8) is 0.
  const x = variable(1);
  const [big, minus, one] = [mul(x, 1e8), mul(x, -1e8), mul(x, 1)];
  assertEquals(valuesOf(gradients([big, minus, one], x)), [[1]]);
  assertEquals(valuesOf(gradients([one, big, minus], x)), [[0]]);
  assertEquals(valuesOf(gradients(add(add(big, minus), one), x)), [[0]]);
});

Deno.test("10: from ten contributions on, groups of eight are added on their own, as TensorFlow's AddN does", () => {
  const sum = (n: number) => {
    const x = variable(1);
    return valuesOf(
      gradients(Array.from({ length: n }, (_, i) => mul(x, i === 0 ? 1e8 : 1)), x),
    )[0]![0];
  };
  // Each 1 alone is lost beside 1e8, whose neighbours lie 8 apart; a group of eight is not.
  assertEquals([9, 10, 11, 17, 18, 26].map(sum), [
    1e8,
    1e8 + 8,
    1e8 + 8,
    1e8 + 8,
    1e8 + 16,
    1e8 + 24,
  ]);
});

Deno.test("11: stopGradient passes the value and no gradient", () => {
  const x = variable(3);
  const y = mul(x, stopGradient(x));
  assertEquals(valuesOf([y]), [[9]]);
  assertEquals(valuesOf(gradients(y, x)), [[3]]);
});

Deno.test("12: gradients of gradients work to any order", () => {
  const x = variable(0.5);
  let derivative: Node = mul(square(x), square(x));
  const found: number[] = [];
  for (let order = 1; order <= 5; order++) {
    [derivative] = gradients(derivative, x, { unconnected: "zero" });
    found.push(run([derivative])[0]!.data[0]!);
  }
  assertEquals(found, [0.5, 3, 12, 24, 0]);
});

Deno.test("12: every op with a gradient can be differentiated twice", () => {
  const x = variable([[0.5, -1], [2, 0.25]]);
  const ys: Record<string, Node> = {
    div: div(x, add(square(x), 1)),
    exp: exp(mul(x, x)),
    matmul: matmul(matmul(x, x, { transposeA: true }), x, { transposeB: true }),
    reduceMean: square(reduceMean(x, { axis: 0 })),
    reduceSum: square(reduceSum(x, { axis: 1, keepDims: true })),
    sigmoid: sigmoid(mul(x, 3)),
    sub: square(sub(x, transpose(x))),
  };
  for (const [name, y] of Object.entries(ys)) {
    const [first] = gradients(y, x, { unconnected: "zero" });
    const [second] = gradients(first, x, { unconnected: "zero" });
    assertEquals(second.shape, [2, 2], name);
    assertEquals(run([second])[0]!.data.every(Number.isFinite), true, name);
  }
});

Deno.test("13: calling gradients twice gives equal results and changes no node", () => {
  const x = variable([1, 2]);
  const y = sigmoid(square(x));
  const before = y.inputs;
  const [a] = gradients(y, x);
  const [b] = gradients(y, x);
  assertEquals(valuesOf([a]), valuesOf([b]));
  assertEquals(y.inputs, before);
  assertEquals(Object.isFrozen(y) && Object.isFrozen(y.inputs), true);
});

Deno.test("14: broadcast operands get their gradient summed back to their own shape", () => {
  const a = variable([[1], [2]]);
  const b = variable([10, 20, 30]);
  const [da, db] = gradients(mul(a, b), [a, b], { unconnected: "zero" });
  assertEquals([da.shape, db.shape], [[2, 1], [3]]);
  assertEquals(valuesOf([da, db]), [[60, 60], [3, 3, 3]]);
});

Deno.test("14: reduceMean divides by the number of elements of the reduction", () => {
  const x = variable([[1, 2], [3, 4], [5, 6]]);
  assertEquals(valuesOf(gradients(reduceMean(x, { axis: 0 }), x)), [
    Array(6).fill(Math.fround(1 / 3)),
  ]);
  assertEquals(valuesOf(gradients(reduceMean(x), x)), [Array(6).fill(Math.fround(1 / 6))]);
});

Deno.test("14: an empty reduction has a gradient of the empty shape", () => {
  const x = variable(tensor(new Float32Array(0), [0, 3]));
  const [sum, mean] = [reduceSum(x), reduceMean(x)];
  assertEquals(valuesOf([sum, mean]), [[0], [NaN]]);
  assertEquals(gradients(sum, x, { unconnected: "zero" })[0].shape, [0, 3]);
  assertEquals(valuesOf(gradients(mean, x)), [[]]);
});

Deno.test("a chain of 20,000 nodes is differentiated without recursion", () => {
  const x = variable(1);
  let y: Node = x;
  for (let i = 0; i < 20_000; i++) y = neg(y);
  assertEquals(valuesOf(gradients(y, x)), [[1]]);
});

Deno.test("a placeholder is differentiated like any other node", () => {
  const x = placeholder([2]);
  const [dx] = gradients(square(x), x, { unconnected: "zero" });
  assertEquals(Array.from(run([dx], new Map([[x, tensor([3, 4])]]))[0]!.data), [6, 8]);
});
