// Every op has random graphs of its own, and rows draw what their ops take.

import { assert, assertEquals } from "@std/assert";
import { unary } from "../core/forms/elementwise.ts";
import { placeholder } from "../core/functions/mod.ts";
import { apply, type Node } from "../core/graph.ts";
import { graphToJson } from "../core/graph_json.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import { RandomStream } from "../core/random.ts";
import { sizeOf } from "../core/shape.ts";
import { withOp } from "../testing/made_up_op.ts";
import { drawnOps, randomGraph, streamOf } from "./random_graph.ts";
import { soundnessGraph } from "./soundness_graph.ts";

const outputs = (nodes: readonly Node[]) =>
  Object.fromEntries(nodes.map((node, i) => [`y${i}`, node]));

/** The first graphs of every op, as the campaign and the tests draw them. */
const graphsOf = (names: readonly OpName[]) =>
  names.map((op) =>
    Array.from({ length: 20 }, (_, seed) => {
      const { nodes } = randomGraph(op, streamOf(op, seed), { steps: 6, value: (r) => r.next() });
      return [nodes, soundnessGraph(op, seed)].map((graph) => graphToJson(outputs(graph)));
    })
  );

const cube = unary({
  summary: "The cube of every element.",
  example: ["cube(2)", "8."],
  exact: (x) => x * x * x,
  spread: (x, e) => e * (3 * x * x + 3 * Math.abs(x) * e + e * e),
  tangent: (x, dx) => 3 * x * x * dx,
  gradient: ({ inputs: [x] }, g, { mul, square }) => [mul(g, mul(3, square(x!)))],
});

Deno.test("a new op changes no graph of any other", () => {
  const names = drawnOps();
  const before = graphsOf(names);
  withOp("cube", cube, (op) => {
    assertEquals(drawnOps(), [...names, op]);
    assertEquals(graphsOf(names), before);
    assertEquals(graphsOf([op]).flat().length, 20);
  });
  assertEquals(drawnOps(), names);
});

Deno.test("ops and seeds have streams of their own", () => {
  const starts = ["exp", "expm1", "exp ", ""].flatMap((name) =>
    [0, 1, 2 ** 32 - 1].map((seed) => streamOf(name, seed).next())
  );
  assertEquals(new Set(starts).size, 12);
  assertEquals(streamOf("exp", 1).next(), streamOf("exp", 1).next());
});

Deno.test("the graphs of an op apply it, and differ from seed to seed", () => {
  for (const op of drawnOps()) {
    const texts = new Set<string>();
    for (let seed = 0; seed < 30; seed++) {
      const { inputs, nodes } = randomGraph(op, streamOf(op, seed), {
        steps: 5,
        extents: [1, 2, 5],
        limit: 20,
        value: (random) => random.next() - 0.5,
      });
      const compared = nodes.filter((node) => node.op === "greater" && op !== "greater");
      assertEquals(nodes.length - compared.length, inputs.length + 5);
      assert(nodes.some((node) => node.op === op), `${op} ${seed}`);
      assert(nodes.slice(inputs.length).every(({ shape }) => sizeOf(shape) <= 20), `${op} ${seed}`);
      const known = new Set(nodes);
      assert(inputs.every(({ op }) => op === "variable"));
      assert(nodes.every((node) => node.inputs.every((input) => known.has(input))));
      texts.add(JSON.stringify(graphToJson(outputs(nodes))));
    }
    assertEquals(texts.size, 30, op);
  }
});

Deno.test("what a row draws fits its op, on 200 shapes", () => {
  for (const op of drawnOps()) {
    const { sample, takes } = ops[op];
    assert(sample !== "source");
    let fitting = 0;
    for (let seed = 0; seed < 200; seed++) {
      const random = new RandomStream(seed);
      const shape = Array.from({ length: seed % 5 }, () => 1 + random.below(4));
      const drawn = sample(random, shape);
      if (drawn === null) continue;
      fitting++;
      const operands = drawn.shapes.map((shape, i) => {
        const taken = takes[Math.min(i, takes.length - 1)]!;
        const dtype = taken === "any" || taken === "number" ? "float32" : taken;
        assert(drawn.below?.[i] === undefined || (drawn.below[i] > 0 && dtype === "int32"), op);
        return placeholder(shape, { dtype });
      });
      const node = apply(ops, op, operands, drawn.attributes ?? {});
      assert(sizeOf(node.shape) <= 2000, `${op} makes ${node} of ${shape}`);
    }
    assert(fitting >= 20, `${op} fits ${fitting} of 200 shapes`);
  }
});
