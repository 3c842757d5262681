import { assertEquals, assertThrows } from "@std/assert";
import type { Case } from "../cases/mod.ts";
import {
  add,
  argMax,
  broadcastTo,
  exp,
  matmul,
  reduceMax,
  reduceSum,
  stack,
  variable,
} from "../core/functions/mod.ts";
import { type Node, postorder } from "../core/graph.ts";
import { Tensor } from "../core/tensor.ts";
import { deepCase } from "../testing/deep_case.ts";
import { COST_LIMITS, costOf } from "./cost.ts";
import { nodesOf } from "./forward.ts";
import { judge, judgeOwn } from "./judge.ts";
import { witnessesOf } from "./witnesses.ts";

const zeros = (...shape: number[]) =>
  variable(new Tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape));

Deno.test("the cost of an op is its elements, or the terms and candidates that these are made of", () => {
  const [a, b] = [zeros(3, 4), zeros(4, 5)];
  const made: [Node, operations: number][] = [
    [a, 0],
    [exp(a), 12],
    [add(a, zeros(4)), 12],
    [matmul(a, b), 60],
    [reduceSum(a, { axis: 0 }), 12],
    [broadcastTo(a, [7, 3, 4]), 84],
    [stack([a, a]), 24],
    [reduceMax(a, { axis: 1 }), 12],
    [argMax(a, { axis: 1 }), 12],
  ];
  for (const [node, operations] of made) {
    const elements = postorder([node]).reduce(
      (sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
      0,
    );
    assertEquals(costOf([node]), { elements, operations }, `${node}`);
  }
  assertEquals(costOf([matmul(a, b), exp(a)]).operations, 72);
});

Deno.test("a graph as large as a network of real size is taken on", () => {
  const { elements, operations } = costOf(
    nodesOf(deepCase({ layers: 4, width: 512, batch: 32 }).build()),
  );
  assertEquals([elements < COST_LIMITS.elements / 2, operations < COST_LIMITS.operations / 2], [
    true,
    true,
  ]);
});

Deno.test("a graph that is too large is refused before it is evaluated", () => {
  const caseOf = (node: Node): Case => ({
    id: "huge",
    description: "",
    parameters: {},
    build: () => [{ name: "y", role: "forward", node }],
  });
  const wide = caseOf(reduceSum(broadcastTo(zeros(), [2 ** 12, 2 ** 11])));
  const long = caseOf(reduceSum(matmul(zeros(2 ** 10, 2 ** 10), zeros(2 ** 10, 2 ** 10))));
  const said: [Case, string][] = [
    [wide, "its graph has 8,388,610 elements, at most 8,388,608"],
    [long, "its graph has 1,074,790,400 operations, at most 536,870,912"],
  ];
  for (const [huge, message] of said) {
    const judged = () => judge("huge", { y: 0 }, { cases: [huge] });
    assertThrows(judged, RangeError, `Cannot judge "huge": ${message}`);
    assertThrows(() => judgeOwn(huge), RangeError, `Cannot judge "huge": ${message}`);
    const heard = () => witnessesOf(huge);
    assertThrows(heard, RangeError, `Cannot hear the witnesses of "huge": ${message}`);
  }
});
