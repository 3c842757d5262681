import { assert, assertEquals } from "@std/assert";
import { Ajv2020 } from "ajv";
import { flag, integer } from "../core/attributes.ts";
import { unary } from "../core/forms/elementwise.ts";
import type { Op } from "../core/op.ts";
import { ops } from "../core/ops/table.ts";
import { graphToJson } from "../core/graph_json.ts";
import { neg } from "../mod.ts";
import { graphSchema, graphSchemaText } from "./graph_schema.ts";

Deno.test("the committed schema of graphs is that of the table of ops", async () => {
  const file = await Deno.readTextFile(new URL("../core/graph.schema.json", import.meta.url));
  assertEquals(JSON.parse(file), JSON.parse(graphSchemaText()), "run `deno task ops`");
  assertEquals(file, graphSchemaText());
});

Deno.test("an op that is added to the table is in the schema, with what it takes and gives", () => {
  const made: Op = {
    ...unary({
      summary: "",
      example: ["", ""],
      exact: (x) => x,
      spread: (_, e) => e,
      tangent: (_, dx) => dx,
      gradient: (_, g) => [g],
    }),
    attributes: { exclusive: flag("so"), times: integer("how often") },
    gives: "bool",
  };
  const validate = new Ajv2020({ strict: true }).compile(graphSchema({ ...ops, made }));
  const graph = (changes: object) => {
    const { nodes: [x, y], ...rest } = graphToJson({ y: neg([1, 2]) });
    const own = { op: "made", attributes: { exclusive: true, times: 2 }, dtype: "bool" };
    return { ...rest, nodes: [x, { ...y, ...own, ...changes }] };
  };
  assert(validate(graph({})), JSON.stringify(validate.errors));
  for (
    const wrong of [
      { dtype: "float32" },
      { inputs: ["n0", "n0"] },
      { attributes: { exclusive: true } },
      { attributes: { exclusive: true, times: 0.5 } },
      { attributes: { exclusive: 1, times: 2 } },
      { attributes: { exclusive: true, times: 2, more: 1 } },
      { op: "neg" },
    ]
  ) assertEquals(validate(graph(wrong)), false, JSON.stringify(wrong));
});
