// The JSON form of graphs, on random graphs over every op.

import { assert, assertEquals } from "@std/assert";
import { Ajv2020 } from "ajv";
import fc from "fast-check";
import { constant, mul, type Node, placeholder, run } from "../mod.ts";
import { fromBits, toBits } from "../core/float32.ts";
import { gradients } from "../core/gradients.ts";
import { postorder } from "../core/graph.ts";
import { graphFromJson, graphToJson } from "../core/graph_json.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import schema from "../core/graph.schema.json" with { type: "json" };
import { computingOps, sampleNode, SAMPLES } from "../testing/op_samples.ts";
import { drawnOps, randomGraph, streamOf } from "./random_graph.ts";
import { sourceValue } from "../core/functions/sources.ts";

const validate = new Ajv2020({ strict: true }).compile(schema);

/**
 * A random graph whose inputs hold any bits at all, with some of its nodes and gradients as
 * outputs.
 */
function randomOutputs(op: OpName, seed: number): Record<string, Node> {
  const random = streamOf(op, seed);
  const anyBits = () => fromBits(random.below(2 ** 16) * 2 ** 16 + random.below(2 ** 16));
  const { nodes, xs, y } = randomGraph(op, random, { steps: 8, value: anyBits });
  const last = mul(y, constant(anyBits(), { name: random.pick(["scale", "n1"]) }));
  const found = gradients(last, xs).flatMap((node, i) => node ? [[`d${i}`, node]] : []);
  const own = nodes.find((node) => node.op === op)!;
  return { last, own, some: random.pick(nodes), ...Object.fromEntries(found) };
}

/** All that a graph is, but its values, by place: nothing of the JSON form is used. */
function structureOf(outputs: Readonly<Record<string, Node>>): unknown {
  const order = postorder(Object.values(outputs));
  const place = new Map(order.map((node, i) => [node, i]));
  return {
    outputs: Object.entries(outputs).map(([name, node]) => [name, place.get(node)]),
    nodes: order.map((node) => ({
      op: node.op,
      name: node.name,
      shape: node.shape,
      dtype: node.dtype,
      inputs: node.inputs.map((input) => place.get(input)),
      attributes: Object.entries(node.attributes).map(([key, value]) =>
        value === sourceValue(node)
          ? [key, value.shape, Array.from(value.data, toBits)]
          : [key, value]
      ),
    })),
  };
}

const valuesOf = (outputs: Readonly<Record<string, Node>>) =>
  run(Object.values(outputs)).map(({ data }) => Array.from(data, toBits));

Deno.test("random graphs read back from JSON with the same structure and the same bits", () => {
  fc.assert(
    fc.property(fc.constantFrom(...drawnOps()), fc.nat(0xffffffff), (op, seed) => {
      const outputs = randomOutputs(op, seed);
      const json = graphToJson(outputs);
      assert(validate(json), JSON.stringify(validate.errors));
      const read = graphFromJson(JSON.parse(JSON.stringify(json)));
      assertEquals(structureOf(read), structureOf(outputs));
      assertEquals(valuesOf(read), valuesOf(outputs));
      assertEquals(graphToJson(read), json);
    }),
    { numRuns: 60 },
  );
});

Deno.test("every op of the table is written and read back", () => {
  const seen = new Set([placeholder([2]), constant(1)].map(({ op }) => op));
  for (const name of computingOps) {
    for (let n = 0; n < SAMPLES; n++) {
      const outputs = { y: sampleNode(name, n) };
      const json = JSON.parse(JSON.stringify(graphToJson(outputs)));
      assert(validate(json), `${name}: ${JSON.stringify(validate.errors)}`);
      const read = graphFromJson(json);
      assertEquals(structureOf(read), structureOf(outputs));
      assertEquals(valuesOf(read), valuesOf(outputs));
      for (const node of postorder(Object.values(read))) seen.add(node.op);
    }
  }
  assertEquals([...seen].sort(), Object.keys(ops).sort());
});
