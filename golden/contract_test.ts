import { assert, assertEquals, assertThrows } from "@std/assert";
import { Ajv2020 } from "ajv";
import graphSchema from "../core/graph.schema.json" with { type: "json" };
import { gradientsBy } from "../core/gradients.ts";
import {
  type ContractCase,
  contractCases,
  type Differentiate,
  runContractCase,
} from "./contract.ts";
import schema from "./contract/contract.schema.json" with { type: "json" };
import contract from "./contract/gradients.json" with { type: "json" };
import { add, stopGradient } from "../core/functions/mod.ts";

const validate = new Ajv2020({ strict: true, strictRequired: false })
  .addSchema(graphSchema, "../../core/graph.schema.json")
  .compile(schema);

for (const contractCase of contractCases) {
  Deno.test(`contract ${contractCase.id}: ${contractCase.description}`, () => {
    assertEquals(runContractCase(contractCase), []);
  });
}

Deno.test("the contract satisfies its JSON Schema, its count is right and its ids are unique", () => {
  assert(validate(contract), JSON.stringify(validate.errors));
  const { count, provenance: { agreeing, beyond } } = contract;
  assertEquals([count, agreeing + beyond], [contractCases.length, contractCases.length]);
  assertEquals(contractCases.filter((c) => c.beyondTensorFlow).length, beyond);
  assertEquals(new Set(contractCases.map(({ id }) => id)).size, count);
});

Deno.test("every case is of the item in its id, and items 1 to 14 and 16 have cases", () => {
  for (const { id, item } of contractCases) assertEquals(id.split("/")[0], `${item}`);
  const items = [...new Set(contractCases.map(({ item }) => item))];
  assertEquals(items, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16]);
});

Deno.test("the schema refuses a call with neither result nor error, and one with both", () => {
  for (const change of [{ expected: undefined }, { error: { kind: "no-gradient" } }]) {
    const copy = structuredClone(contract);
    Object.assign(copy.cases[0]!.calls[0]!, change);
    assertEquals(validate(JSON.parse(JSON.stringify(copy))), false);
  }
});

/** Walks with one planted bug each, and the items that have to notice it. */
const planted: [bug: string, items: number[], walk: Differentiate][] = [
  ["only the first y counts", [2], (r, ys, xs, o) => {
    const list = [ys].flat();
    const gradYs = o.gradYs === undefined ? {} : { gradYs: [o.gradYs].flat().slice(0, 1) };
    return gradientsBy(r, list.slice(0, 1), xs, { ...o, ...gradYs });
  }],
  ["gradYs are ignored", [2, 3, 4], (r, ys, xs, { gradYs: _, ...o }) => gradientsBy(r, ys, xs, o)],
  ["gradYs are in reverse", [2], (r, ys, xs, o) => {
    return gradientsBy(
      r,
      ys,
      xs,
      Array.isArray(o.gradYs) ? { ...o, gradYs: o.gradYs.toReversed() } : o,
    );
  }],
  ["ys are taken in reverse", [10], (r, ys, xs, o) => {
    const gradYs = Array.isArray(o.gradYs) ? { gradYs: o.gradYs.toReversed() } : {};
    return gradientsBy(r, Array.isArray(ys) ? ys.toReversed() : ys, xs, { ...o, ...gradYs });
  }],
  ["stopGradients are ignored", [6, 9], (r, ys, xs, { stopGradients: _, ...o }) => {
    return gradientsBy(r, ys, xs, o);
  }],
  ["unconnected is connected", [1, 5, 6, 8, 11], (r, ys, xs, o) => {
    return gradientsBy(r, ys, xs, { ...o, unconnected: "zero" });
  }],
  ["zero is ignored", [5], (r, ys, xs, { unconnected: _, ...o }) => gradientsBy(r, ys, xs, o)],
  ["xs are constants to each other", [6, 7, 8], (r, ys, xs, o) => {
    return gradientsBy(r, ys, xs, { ...o, stopGradients: xs });
  }],
  ["stopGradient is ignored", [9, 11], (r, ys, xs, o) => {
    return gradientsBy({ ...r, stopGradient: (_, g) => [g] }, ys, xs, o);
  }],
  ["results cannot be differentiated", [12], (r, ys, xs, o) => {
    return gradientsBy(r, ys, xs, o).map((node) => node && stopGradient(node));
  }],
  ["an op without a gradient is passed", [9], (r, ys, xs, o) => {
    return gradientsBy({ ...r, neg: r.neg === "none" ? () => [null] : r.neg }, ys, xs, o);
  }],
  ["a broadcast is not summed back", [14], (r, ys, xs, o) => {
    return gradientsBy({ ...r, add: (_, g) => [g, g] }, ys, xs, o);
  }],
  ["every result is one too many", [1], (r, ys, xs, o) => [...gradientsBy(r, ys, xs, o), null]],
  [
    "the second call differs",
    [13],
    (() => {
      let calls = 0;
      return (r, ys, xs, o) => {
        const results = gradientsBy(r, ys, xs, o);
        return calls++ % 2 === 1 ? results.map((node) => node && add(node, 1)) : results;
      };
    })(),
  ],
];

for (const [bug, items, walk] of planted) {
  Deno.test(`the contract notices that ${bug}, at items ${items.join(", ")}`, () => {
    const noticed = contractCases.filter((c) => runContractCase(c, walk).length > 0);
    for (const item of items) assert(noticed.some((c) => c.item === item), `item ${item}`);
  });
}

Deno.test("a difference is reported with the call, the node and both values", () => {
  const [first] = contractCases;
  const changed = (change: object): ContractCase => ({
    ...first!,
    calls: [{ ...first!.calls[0]!, ...change }],
  });
  assertEquals(runContractCase(changed({ expected: [{ shape: [], values: [7] }] })), [
    'call 0: x: expected {"shape":[],"values":[7]}, found {"shape":[],"values":[6]}',
  ]);
  assertEquals(runContractCase(changed({ expected: [null] })), [
    'call 0: x: expected null, found {"shape":[],"values":[6]}',
  ]);
  assertEquals(runContractCase({ ...first!, values: { y: { shape: [1], values: [9] } } }), [
    'y: expected {"shape":[1],"values":[9]}, found {"shape":[],"values":[9]}',
  ]);
  const error = { kind: "no-gradient", class: "TypeError", message: "no gradient" };
  assertEquals(runContractCase(changed({ expected: undefined, error })), [
    "call 0: expected TypeError: no gradient, found 1 results",
  ]);
  assertEquals(runContractCase(changed({ ys: "z" }))[0]!.includes('no node has the id "z"'), true);
  assertThrows(() => runContractCase({ ...first!, nodes: [{}] } as never), SyntaxError, "no id");
});
