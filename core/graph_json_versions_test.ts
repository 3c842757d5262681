// Versions of the JSON form of graphs: 1, which had no dtypes, and 2.

import { assert, assertEquals, assertThrows } from "@std/assert";
import { Ajv2020 } from "ajv";
import { add, constant, type Node, placeholder, run, tensor, variable } from "../mod.ts";
import { DTYPES } from "./dtype.ts";
import { graphFromJson, graphToJson } from "./graph_json.ts";
import schema from "./graph.schema.json" with { type: "json" };
import version1 from "./testdata/graph_version_1.json" with { type: "json" };

const validate = new Ajv2020({ strict: true }).compile(schema);

// deno-lint-ignore no-explicit-any
type Loose = any;

const reread = (value: unknown): Loose => JSON.parse(JSON.stringify(value));

Deno.test("a graph of version 1, over all ops that it had, reads as it was written: all float32", () => {
  assert(validate(version1), JSON.stringify(validate.errors));
  const outputs = graphFromJson(version1);
  const x = version1.nodes.findIndex(({ id }) => id === "x");
  assertEquals([version1.formatVersion, x], [1, 0]);
  const nodes = new Set<Node>();
  const collect = (node: Node) => {
    if (nodes.has(node)) return;
    nodes.add(node);
    node.inputs.forEach(collect);
  };
  Object.values(outputs).forEach(collect);
  assertEquals(new Set([...nodes].map(({ op }) => op)).size, 19);
  assert([...nodes].every(({ dtype }) => dtype === "float32"));
  const fed = [...nodes].find(({ name }) => name === "x")!;
  const values = run(
    Object.values(outputs),
    new Map([[fed, tensor([[3, 4, 8], [0.5, -1, 2]])]]),
  );
  // Printed by the program that wrote the file.
  assertEquals(
    Object.fromEntries(Object.keys(outputs).map((name, i) => [name, `${values[i]}`])),
    {
      y: "[[0.99776214 0.97068775]\n [0.8641271  0.9046505 ]]",
      turned: "[[5.1  1.5 ]\n [0.85 0.25]]",
      loss: "2.6138191",
      kept: "[[[12.]\n  [24.]]]",
      many: "[[8.095524  5.4413757]\n [3.5782542 4.059301 ]]",
      dw: "[[-0.05002994 -0.10501426]\n [ 0.08091941 -0.02742233]\n [-0.19246358 -0.3250767 ]]",
      edge: "[[ nan  -0.]\n [ inf -inf]]",
    },
  );
});

Deno.test("a graph of version 1 is written as version 2, where every node states its dtype", () => {
  const written = reread(graphToJson(graphFromJson(version1)));
  assert(validate(written), JSON.stringify(validate.errors));
  assertEquals(written, {
    ...version1,
    formatVersion: 2,
    nodes: version1.nodes.map((node) => ({
      ...node,
      attributes: { ...node.attributes, ...node.inputs.length === 0 && { dtype: "float32" } },
      dtype: "float32",
    })),
  });
});

Deno.test("version 1 knows no dtypes, neither of a node nor of a source", () => {
  const nodeSays = reread(version1);
  nodeSays.nodes[0].dtype = "float32";
  const attributeSays = reread(version1);
  attributeSays.nodes[0].attributes.dtype = "float32";
  for (
    const [graph, message] of [
      [nodeSays, 'node "x" has the unknown key "dtype"'],
      [attributeSays, 'node "x" has the unknown attribute "dtype"'],
    ]
  ) assertThrows(() => graphFromJson(graph), SyntaxError, message);
  assertEquals(validate(nodeSays), false);
});

/** A graph of every dtype; its nodes are n0 to n2 and f. */
function ofAllDTypes(): Loose {
  return reread(graphToJson({
    i: constant([-(2 ** 24), 7], { dtype: "int32" }),
    b: variable([[0, 1]], { dtype: "bool" }),
    p: placeholder([2], { dtype: "int32" }),
    f: variable([0.5], { name: "f" }),
  }));
}

Deno.test("every dtype is written and read back", () => {
  const json = ofAllDTypes();
  assert(validate(json), JSON.stringify(validate.errors));
  const nodes = json.nodes as { dtype: string; attributes: { dtype: string } }[];
  assertEquals(nodes.map(({ dtype }) => dtype), ["int32", "bool", "int32", "float32"]);
  assertEquals(nodes.map(({ attributes }) => attributes.dtype), nodes.map(({ dtype }) => dtype));
  const read = graphFromJson(json);
  assertEquals(
    Object.values(read).map(({ dtype }) => dtype),
    ["int32", "bool", "int32", "float32"],
  );
  assertEquals(reread(graphToJson(read)), json);
});

const refused: readonly (readonly [string, (graph: Loose) => void, string])[] = [
  [
    "no dtype",
    (g) => void delete g.nodes[0].dtype,
    'node "n0" lacks the key "dtype"',
  ],
  [
    "an unknown dtype",
    (g) => void (g.nodes[3].dtype = "float64"),
    'node "f" has the unknown dtype "float64"',
  ],
  [
    "a dtype that is a list",
    (g) => void (g.nodes[3].dtype = ["float32"]),
    'node "f" has the unknown dtype a list',
  ],
  [
    "a dtype other than the op's",
    (g) => void (g.nodes[3].dtype = "int32"),
    'node "f" has dtype int32, its op gives float32',
  ],
  [
    "an unknown dtype of a source",
    (g) => void (g.nodes[1].attributes.dtype = "float16"),
    'node "n1" has an attribute "dtype" that is not "float32" or "int32" or "bool"',
  ],
  [
    "a source without one",
    (g) => void delete g.nodes[1].attributes.dtype,
    'node "n1" lacks the attribute "dtype"',
  ],
  [
    "a fraction as int32",
    (g) => void (g.nodes[0].attributes.value.values[1] = 0.5),
    'node "n0" cannot be made: Cannot make a constant: int32 value 1 is 0.5, expected a whole',
  ],
  [
    "a large int32",
    (g) => void (g.nodes[0].attributes.value.values[1] = 2 ** 25),
    'node "n0" cannot be made: Cannot make a constant: int32 value 1 is 33554432',
  ],
  [
    "a bool of 2",
    (g) => void (g.nodes[1].attributes.value.values[0] = 2),
    'node "n1" cannot be made: Cannot make a variable: bool value 0 is 2, expected 0 or 1',
  ],
  [
    "operands of dtypes that do not fit the op",
    (g) =>
      void g.nodes.push({
        id: "s",
        op: "add",
        inputs: ["f", "n0"],
        attributes: {},
        shape: [2],
        dtype: "float32",
      }),
    'node "s" cannot be made: Cannot compute add: operand 1 is int32, expected float32',
  ],
];

for (const [what, change, message] of refused) {
  Deno.test(`a graph of version 2 is refused that has ${what}`, () => {
    const graph = ofAllDTypes();
    change(graph);
    const error = assertThrows(() => graphFromJson(graph), SyntaxError);
    assertEquals(error.message.slice(0, 21 + message.length), `Cannot read a graph: ${message}`);
  });
}

/** A change of a valid graph of version 2, that the schema alone finds wrong. */
const invalid: readonly (readonly [string, (nodes: Loose[]) => void])[] = [
  ["an op that is not in the table", (nodes) => void (nodes[2].op = "warp")],
  ["a third operand of add", (nodes) => nodes[2].inputs.push("x")],
  ["an attribute of another op", (nodes) => void (nodes[2].attributes.axes = [0])],
  ["a source without its dtype", (nodes) => void delete nodes[0].attributes.dtype],
  ["a node without dtype", (nodes) => void delete nodes[2].dtype],
  ["a dtype that add never gives", (nodes) => void (nodes[2].dtype = "bool")],
  ["an unknown key", (nodes) => void (nodes[2].type = 1)],
];

for (const [what, change] of invalid) {
  Deno.test(`the schema refuses ${what}, as the reader does`, () => {
    const x = variable([1, 2], { name: "x" });
    const graph = reread(graphToJson({ y: add(x, 1) }));
    assert(validate(graph), JSON.stringify(validate.errors));
    change(graph.nodes as never);
    assertEquals(validate(graph), false);
    assertThrows(() => graphFromJson(graph), SyntaxError);
  });
}

Deno.test("the schema names the dtypes that there are", () => {
  assertEquals(schema.$defs.dtype.enum, [...DTYPES]);
});
