import { assert, assertEquals, assertThrows } from "@std/assert";
import { Ajv2020 } from "ajv";
import fc from "fast-check";
import {
  add,
  constant,
  gradients,
  matmul,
  type Node,
  placeholder,
  reduceSum,
  run,
  square,
  transpose,
  variable,
} from "../mod.ts";
import { fromBits, shortestText, toBits } from "./float32.ts";
import { graphFromJson, graphToJson, nodesFromJson } from "./graph_json.ts";
import schema from "./graph.schema.json" with { type: "json" };
import { Tensor, tensor } from "./tensor.ts";
import { tensorFromJson, tensorToJson } from "./json.ts";

const validate = new Ajv2020({ strict: true }).compile(schema);

// deno-lint-ignore no-explicit-any
type Loose = any;

/** The same value as a program that reads the file sees it. */
const reread = (value: unknown): Loose => JSON.parse(JSON.stringify(value));

/** A graph with one node of each kind of attribute. */
function sample(): Loose {
  const x = variable([[1, 2], [3, 4]], { name: "x" });
  const w = placeholder([2, 2], { name: "w" });
  const y = transpose(matmul(x, w, { transposeA: true }));
  return reread(graphToJson({ y: reduceSum(y, { axis: 1 }), product: y }));
}

Deno.test("a graph is written node by node, inputs first", () => {
  const x = variable([0.1, -0], { name: "x" });
  assertEquals(graphToJson({ sum: add(square(x), x), x }), {
    format: "goldengrad-graph",
    formatVersion: 2,
    nodes: [
      {
        id: "x",
        op: "variable",
        inputs: [],
        attributes: { value: { shape: [2], values: [0.1, "-0"] }, dtype: "float32" },
        shape: [2],
        dtype: "float32",
      },
      { id: "n1", op: "square", inputs: ["x"], attributes: {}, shape: [2], dtype: "float32" },
      { id: "n2", op: "add", inputs: ["n1", "x"], attributes: {}, shape: [2], dtype: "float32" },
    ],
    outputs: { sum: "n2", x: "x" },
  });
});

Deno.test("a graph reads back to equal nodes, and is written as it was read", () => {
  const json = sample();
  assert(validate(json), JSON.stringify(validate.errors));
  const { y, product, ...others } = graphFromJson(json);
  assertEquals(others, {});
  assertEquals([y!.op, y!.inputs[0] === product], ["reduceSum", true]);
  assertEquals(y!.attributes, { axes: [1], keepDims: false });
  assertEquals(product!.inputs[0]!.attributes, { transposeA: true, transposeB: false });
  assertEquals(reread(graphToJson({ y: y!, product: product! })), json);
});

Deno.test("a graph that was read back is differentiated and run like the one it was", () => {
  const { y } = graphFromJson(sample());
  const [x, w] = y!.inputs[0]!.inputs[0]!.inputs as [Node, Node];
  const [dx] = gradients(y!, x, { unconnected: "zero" });
  assertEquals(`${run([dx], new Map([[w, tensor([[1, 2], [3, 4]])]]))[0]}`, "[[3. 3.]\n [7. 7.]]");
});

Deno.test("names that cannot be ids are kept beside them", () => {
  const names = ["a", "a", "n0", "", "nodes"];
  const nodes = names.map((name) => constant(1, { name }));
  const json = graphToJson(Object.fromEntries(nodes.map((node, i) => [`output ${i}`, node])));
  assertEquals(json.nodes.map(({ id }) => id), ["n0", "n1", "n2", "n3", "nodes"]);
  assert(validate(json), JSON.stringify(validate.errors));
  const read = graphFromJson(reread(json));
  assertEquals(Object.values(read).map(({ name }) => name), names);
  assertEquals(graphToJson(read), json);
});

Deno.test("every float32 value is written as its shortest text and reads back to its bits", () => {
  const refuse = (facts: string): never => {
    throw new Error(facts);
  };
  const edges = [0, 0x80000000, 1, 0x7f7fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0x15ae43fd];
  fc.assert(
    fc.property(fc.array(fc.nat(0xffffffff), { maxLength: 8 }), (bits) => {
      const values = Float32Array.from([...edges, ...bits], fromBits);
      const json = tensorToJson(new Tensor(values, [values.length]));
      const texts = JSON.stringify(json.values).slice(1, -1).replaceAll('"', "").split(",");
      assertEquals(texts, Array.from(values, shortestText));
      const { data } = tensorFromJson(reread(json), refuse);
      assertEquals(Array.from(data, toBits), Array.from(values, toBits));
    }),
  );
});

Deno.test("values of more digits are rounded to float32, and empty tensors keep their shape", () => {
  const node = (value: unknown, shape: unknown) => ({
    id: "c",
    op: "constant",
    inputs: [],
    attributes: { value, dtype: "float32" },
    shape,
    dtype: "float32",
  });
  const values = (shape: number[], list: unknown[]) =>
    run([nodesFromJson([node({ shape, values: list }, shape)]).get("c")!])[0]!;
  assertEquals(values([1], [0.10000000149011612]).data, Float32Array.of(0.1));
  assertEquals(values([2], [-0, 1e-60]).data, Float32Array.of(-0, 0));
  assertEquals(values([0, 3], []).shape, [0, 3]);
});

/** `sample` after a change; its nodes are x, w, n2 (matmul), n3 (transpose), n4 (reduceSum). */
const refused: [what: string, change: (graph: Loose) => unknown, message: string][] = [
  ["a list", () => [], "the graph is not an object"],
  ["null", () => null, "the graph is not an object"],
  ["another format", (g) => void (g.format = "other"), "does not have the format"],
  ["a missing version", (g) => void delete g.formatVersion, "the graph has no formatVersion"],
  ["a version as text", (g) => void (g.formatVersion = "2"), "the graph has no formatVersion"],
  [
    "a newer version, whatever else it has",
    (g) => void Object.assign(g, { formatVersion: 3, more: 1 }),
    "the graph has formatVersion 3, newer than 2, the newest that can be read",
  ],
  ["an older version", (g) => void (g.formatVersion = 0), "formatVersion 0, older than 1"],
  ["an unknown key", (g) => void (g.more = 1), 'the graph has the unknown key "more"'],
  ["no outputs", (g) => void delete g.outputs, 'the graph lacks the key "outputs"'],
  ["outputs as a list", (g) => void (g.outputs = ["n4"]), "outputs that are not an object"],
  ["an unknown output", (g) => void (g.outputs.y = "z"), 'output "y" names no node'],
  ["nodes as an object", (g) => void (g.nodes = {}), "the graph has nodes that are not a list"],
  ["a node that is text", (g) => void (g.nodes[1] = "w"), "nodes[1] is not an object"],
  ["a node without id", (g) => void delete g.nodes[1].id, "nodes[1] has no id"],
  ["an empty id", (g) => void (g.nodes[1].id = ""), "nodes[1] has no id"],
  ["a duplicate id", (g) => void (g.nodes[1].id = "x"), 'node "x" occurs twice'],
  ["a name that is a number", (g) => void (g.nodes[2].name = 2), 'node "n2" has a name that is'],
  ["a missing key", (g) => void delete g.nodes[2].shape, 'node "n2" lacks the key "shape"'],
  ["an unknown key", (g) => void (g.nodes[2].type = 1), 'node "n2" has the unknown key "type"'],
  ["an unknown op", (g) => void (g.nodes[2].op = "warp"), 'node "n2" has the unknown op "warp"'],
  ["an inherited op", (g) => void (g.nodes[2].op = "toString"), 'the unknown op "toString"'],
  ["an op of another type", (g) => void (g.nodes[2].op = ["add"]), "the unknown op a list"],
  ["inputs as text", (g) => void (g.nodes[2].inputs = "xw"), 'node "n2" has inputs that are not'],
  ["too few inputs", (g) => void (g.nodes[2].inputs = ["x"]), 'has 1 inputs, op "matmul" takes 2'],
  ["inputs of a source", (g) => void (g.nodes[1].inputs = ["x"]), 'op "placeholder" takes 0'],
  ["an unknown input", (g) => void (g.nodes[2].inputs[1] = "v"), 'has the input "v", no node'],
  ["a later input", (g) => void (g.nodes[2].inputs[1] = "n3"), 'has the input "n3", no node'],
  ["itself as input", (g) => void (g.nodes[3].inputs = ["n3"]), 'has the input "n3", no node'],
  ["attributes as a list", (g) => void (g.nodes[2].attributes = []), "attributes that are not"],
  [
    "an unknown attribute",
    (g) => void (g.nodes[2].attributes.adjointA = true),
    'node "n2" has the unknown attribute "adjointA"',
  ],
  [
    "a missing attribute",
    (g) => void delete g.nodes[4].attributes.axes,
    'node "n4" lacks the attribute "axes"',
  ],
  [
    "a mistyped boolean",
    (g) => void (g.nodes[2].attributes.transposeA = 1),
    'node "n2" has an attribute "transposeA" that is not a boolean',
  ],
  [
    "an axis out of range",
    (g) => void (g.nodes[4].attributes.axes = [2]),
    'node "n4" has an attribute "axes" that is not a list of ascending axes of rank 2',
  ],
  ["a negative axis", (g) => void (g.nodes[4].attributes.axes = [-1]), "ascending axes of rank 2"],
  ["axes out of order", (g) => void (g.nodes[4].attributes.axes = [1, 0]), "ascending axes"],
  ["an axis twice", (g) => void (g.nodes[4].attributes.axes = [1, 1]), "ascending axes"],
  ["a fractional axis", (g) => void (g.nodes[4].attributes.axes = [0.5]), "list of whole numbers"],
  [
    "a permutation that is none",
    (g) => void (g.nodes[3].attributes.permutation = [0, 0]),
    'node "n3" cannot be made: Cannot compute transpose: [0,0] does not permute',
  ],
  [
    "shapes that do not fit the op",
    (g) =>
      void Object.assign(g.nodes[1], {
        attributes: { shape: [3, 2], dtype: "float32" },
        shape: [3, 2],
      }),
    'node "n2" cannot be made: Cannot compute matmul: shapes [2,2] and [3,2] do not agree',
  ],
  [
    "a shape other than the op's",
    (g) => void (g.nodes[3].shape = [4]),
    'node "n3" has shape [4], its op gives [2,2]',
  ],
  [
    "a shape that is none",
    (g) => void (g.nodes[3].shape = [2, -2]),
    'node "n3" has a shape that is not a list of extents',
  ],
  ["no value", (g) => void (g.nodes[0].attributes.value = null), '"value" that is not an object'],
  [
    "a value without shape",
    (g) => void delete g.nodes[0].attributes.value.shape,
    'node "x" has an attribute "value" that lacks the key "shape"',
  ],
  [
    "a value of another size",
    (g) => void g.nodes[0].attributes.value.values.pop(),
    'node "x" has an attribute "value" that has 3 values for a shape of 4',
  ],
  ["nested values", (g) => void (g.nodes[0].attributes.value.values[1] = [2]), "has a value at 1"],
  ["null for NaN", (g) => void (g.nodes[0].attributes.value.values[1] = null), "has a value at 1"],
  ["a number as text", (g) => void (g.nodes[0].attributes.value.values[1] = "2"), "a value at 1"],
  ["inf for Infinity", (g) => void (g.nodes[0].attributes.value.values[1] = "inf"), "value at 1"],
  [
    "a number beyond float32",
    (g) => void (g.nodes[0].attributes.value.values[1] = 1e39),
    'node "x" has an attribute "value" that has a value at 1 that is no float32 number',
  ],
];

for (const [what, change, message] of refused) {
  Deno.test(`a graph is refused that has ${what}: ${message}`, () => {
    const graph = sample();
    const given = change(graph);
    const error = assertThrows(
      () => graphFromJson(given === undefined ? graph : given),
      SyntaxError,
      message,
    );
    assertEquals(error.message.startsWith("Cannot read a graph: "), true);
    assertEquals(error.message.includes("\n"), false);
  });
}

/** Every part of a JSON value, as what sets it to something else. */
function parts(value: Loose): ((other: unknown) => void)[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) => [
    (other: unknown) => void (value[key] = other),
    ...parts(value[key]),
  ]);
}

Deno.test("whatever stands in place of a part, the graph is read whole or refused in one line", () => {
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(
      "x",
      "n2",
      "n3",
      "add",
      "constant",
      "__proto__",
      -1,
      0.5,
      1e300,
      [2],
      [1, 0],
      {},
    ),
  );
  let refusals = 0;
  fc.assert(
    fc.property(fc.nat(), odd, (place, other) => {
      const graph = sample();
      const setters = parts(graph);
      setters[place % setters.length]!(other);
      try {
        const read = reread(graphToJson(graphFromJson(graph)));
        assert(validate(read), JSON.stringify(validate.errors));
      } catch (error) {
        assert(error instanceof SyntaxError, `${error}`);
        assertEquals(error.message.split("\n").length, 1);
        refusals++;
      }
    }),
    { numRuns: 500 },
  );
  assert(refusals > 300);
});
