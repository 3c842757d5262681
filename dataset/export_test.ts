import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { parse } from "@std/csv";
import fc from "fast-check";
import { smallCases as cases } from "../cases/mod.ts";
import { compileCase } from "../cases/case.ts";
import { uniformInputs } from "../cases/random.ts";
import { tensor } from "../core/tensor.ts";
import { exportCase, type ExportOptions } from "./export.ts";
import { caseTable, type Layout } from "./table.ts";
import { givenCase } from "../testing/datasets.ts";

const notebook = cases.find(({ id }) => id === "notebook/n=2/target=y_mean/upstream=none/auto")!;

/** The CSV of the notebook's two-sample case. */
function csvOf(layout: Layout, options: ExportOptions = {}): string {
  const c = compileCase(notebook);
  let csv = "";
  for (const { bytes } of exportCase(c, [caseTable(c, layout)], options)) {
    csv += new TextDecoder().decode(bytes);
  }
  return csv;
}

Deno.test("shards joined in order are the bytes of the whole, wherever it is cut", () => {
  for (const layout of ["long", "wide"] as const) {
    const whole = csvOf(layout, { rows: { seed: 7, first: 0, count: 10 } });
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(10)), (cuts) => {
        const bounds = [0, ...cuts.sort((a, b) => a - b), 10];
        const shards = bounds.slice(1).map((end, i) =>
          csvOf(layout, {
            rows: { seed: 7, first: bounds[i]!, count: end - bounds[i]! },
            header: i === 0,
          })
        );
        assertEquals(shards.join(""), whole);
      }),
      { numRuns: 20 },
    );
  }
});

Deno.test("chunks hold whole lines and whole instances, and joined do not depend on their size", () => {
  const c = compileCase(notebook);
  const table = caseTable(c, "long");
  const options = { rows: { seed: 7, first: 0, count: 20 }, chunkBytes: 1 };
  const chunks = [...exportCase(c, [table], options)].map(({ instances }) => instances);
  assertEquals(chunks, Array.from({ length: 20 }, (_, i) => i + 1));
  assertEquals(csvOf("long", options), csvOf("long", { rows: options.rows }));
});

Deno.test("a chunk stays near its size however many rows there are", () => {
  const c = compileCase(notebook);
  for (
    const { bytes } of exportCase(c, [caseTable(c, "wide")], {
      rows: { seed: 0, first: 0, count: 5000 },
    })
  ) {
    assert(bytes.length < (1 << 18) + 2000, `${bytes.length} bytes`);
  }
});

Deno.test("without rows the one instance has the case's own inputs", () => {
  const [header, line, ...more] = parse(csvOf("wide"));
  assertEquals([header!.length, more.length], [line!.length, 0]);
  assertEquals(line!.slice(0, 7), ["0", "3", "4", "8", "1", "2", "3"]);
});

Deno.test("an instance of random inputs is the case run at them, with its own number", () => {
  const c = compileCase(
    givenCase("one", [["x", "input", tensor([0, 0, 0])], ["y", "input", tensor(0)]]),
  );
  const inputs = [tensor([0, 0, 0]), tensor(0)];
  uniformInputs(inputs, 3, 12);
  const [chunk] = exportCase(c, [caseTable(c, "wide")], { rows: { seed: 3, first: 12, count: 1 } });
  const [, line] = parse(new TextDecoder().decode(chunk!.bytes));
  assertEquals(line!.map(Number).map(Math.fround), [
    12,
    ...inputs.flatMap(({ data }) => [...data]),
  ]);
});

Deno.test("no rows give the header alone, another seed gives other values", () => {
  assertEquals(
    csvOf("long", { rows: { seed: 0, first: 0, count: 0 } }),
    "case,instance,role,tensor,shape,index,value,bits\n",
  );
  const rows = { first: 0, count: 1 };
  assertNotEquals(
    csvOf("wide", { rows: { seed: 0, ...rows } }),
    csvOf("wide", { rows: { seed: 1, ...rows } }),
  );
});

Deno.test("both layouts say the same of every case", () => {
  for (const each of cases) {
    const c = compileCase(each);
    const text = { long: "", wide: "" };
    const tables = [caseTable(c, "long"), caseTable(c, "wide")];
    for (
      const { table, bytes } of exportCase(c, tables, { rows: { seed: 1, first: 0, count: 2 } })
    ) {
      text[table.layout] += new TextDecoder().decode(bytes);
    }
    const long = parse(text.long).slice(1).map((line) => line[6]!);
    const wide = parse(text.wide).slice(1).flatMap((line) => line.slice(1));
    assertEquals(long, wide, each.id);
  }
});
