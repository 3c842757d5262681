/**
 * The JSON Schema of graphs, written from the table of ops, so that it names every op and what each
 * takes.
 *
 * @module
 */
import { DTYPES } from "../core/dtype.ts";
import type { Op } from "../core/op.ts";
import { ops } from "../core/ops/table.ts";

/** The text of `core/graph.schema.json`. */
export function graphSchemaText(): string {
  return JSON.stringify(graphSchema(ops), null, 2) + "\n";
}

/** The schema of graphs of the given ops. */
export function graphSchema(ops: Readonly<Record<string, Op>>): object {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "goldengrad graph, format versions 1 and 2",
    description: "A symbolic graph of tensors. That ids are known, unique and earlier, that " +
      "shapes, dtypes and attributes fit the op, and that values have their dtype, is for the " +
      "reader to check. Versions: whatever a reader of graphs would misread or refuse though it " +
      "knows all ops in them raises the version: a key or an attribute that is added, removed or " +
      "changed. A new op does not: a reader refuses it by its name. The newest version is " +
      "written, and every version since 1 is read. Version 1 had no dtypes: all was float32. " +
      "Written from the table of ops by `deno task ops`.",
    type: "object",
    additionalProperties: false,
    required: ["format", "formatVersion", "nodes", "outputs"],
    properties: {
      format: { const: "goldengrad-graph" },
      formatVersion: { enum: [1, 2] },
      nodes: { description: "Every node after its inputs." },
      outputs: {
        description: "Ids of nodes by the names of the outputs.",
        type: "object",
        additionalProperties: { $ref: "#/$defs/id" },
      },
    },
    if: { properties: { formatVersion: { const: 1 } } },
    then: { properties: { nodes: { type: "array", items: { $ref: "#/$defs/node1" } } } },
    else: { properties: { nodes: { type: "array", items: { $ref: "#/$defs/node" } } } },
    $defs: {
      id: { type: "string", minLength: 1 },
      shape: {
        description: "The extent along each axis; empty for a scalar.",
        type: "array",
        items: { type: "integer", minimum: 0 },
      },
      dtype: {
        description: "What values are: int32 are whole numbers within ±2^24, bool 0 or 1.",
        enum: DTYPES,
      },
      number: {
        description: "Any double, NaN and the infinities included.",
        oneOf: [{ type: "number" }, { enum: ["NaN", "Infinity", "-Infinity", "-0"] }],
      },
      value: {
        description: "A float32 value: read it as a decimal and round it to nearest, ties to " +
          "even. Any NaN is NaN.",
        $ref: "#/$defs/number",
      },
      tensor: {
        type: "object",
        additionalProperties: false,
        required: ["shape", "values"],
        properties: {
          shape: { $ref: "#/$defs/shape" },
          values: {
            description: "In row-major order, as many as the product of the shape.",
            type: "array",
            items: { $ref: "#/$defs/value" },
          },
        },
      },
      parts: nodeParts,
      node1: {
        description: "A node of version 1.",
        type: "object",
        $ref: "#/$defs/parts",
        unevaluatedProperties: false,
        properties: {
          attributes: {
            type: "object",
            additionalProperties: {
              oneOf: [
                { type: "boolean" },
                { type: "array", items: { type: "integer" } },
                { $ref: "#/$defs/tensor" },
              ],
            },
          },
        },
      },
      node: {
        description: "A node of version 2.",
        type: "object",
        $ref: "#/$defs/parts",
        required: ["dtype"],
        unevaluatedProperties: false,
        properties: {
          op: { enum: Object.keys(ops) },
          dtype: { description: "Has to be the dtype that the op gives.", $ref: "#/$defs/dtype" },
        },
        allOf: signatures(ops),
      },
    },
  };
}

/** What nodes of every version have. */
const nodeParts = {
  type: "object",
  required: ["id", "op", "inputs", "attributes", "shape"],
  properties: {
    id: {
      description: "The node's name, unless it is n and a number.",
      $ref: "#/$defs/id",
    },
    name: {
      description: "Its name, where the id could not be it because another node has the same.",
      type: "string",
    },
    op: { description: "An op of the table in core/ops/table.ts.", type: "string", minLength: 1 },
    inputs: {
      description: "Ids of the nodes it is computed from, all of which stand before it.",
      type: "array",
      items: { $ref: "#/$defs/id" },
    },
    attributes: {
      description: "What the op needs beside its inputs: just the attributes that its row names.",
      type: "object",
    },
    shape: { description: "Has to be the shape that the op gives.", $ref: "#/$defs/shape" },
  },
};

/** What nodes take and give, by op; ops that agree in it share an entry. */
function signatures(ops: Readonly<Record<string, Op>>): object[] {
  const byText = new Map<string, { names: string[]; properties: object }>();
  for (const [name, op] of Object.entries(ops)) {
    const properties = signature(op);
    const text = JSON.stringify(properties);
    const known = byText.get(text);
    if (known === undefined) byText.set(text, { names: [name], properties });
    else known.names.push(name);
  }
  return [...byText.values()].map(({ names, properties }) => ({
    if: { properties: { op: { enum: names } } },
    then: { properties },
  }));
}

function signature({ arity, attributes, takes, gives }: Op): object {
  const kinds = Object.entries(attributes);
  const generic = takes.some((each) => each === "any" || each === "number");
  const given = typeof gives === "function" || (gives === "same" && generic)
    ? {}
    : { dtype: { const: gives === "same" ? "float32" : gives } };
  return {
    inputs: arity === "any"
      ? { type: "array" }
      : { type: "array", minItems: arity, maxItems: arity },
    attributes: {
      type: "object",
      additionalProperties: false,
      required: kinds.map(([name]) => name),
      properties: Object.fromEntries(kinds.map(([name, { schema }]) => [name, schema])),
    },
    ...given,
  };
}
