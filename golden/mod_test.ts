import { assertEquals, assertThrows } from "@std/assert";
import { cases } from "../cases/mod.ts";
import { formatScalar, formatTensor } from "../core/format.ts";
import { Tensor } from "../core/tensor.ts";
import {
  blockText,
  checkBindings,
  fillTemplate,
  type Golden,
  goldenFor,
  goldens,
  listText,
  printedSet,
} from "./mod.ts";

const entries = goldens().flatMap((golden) => golden.entries);

const shapes = new Map(
  cases.map((c) => [c.id, new Map(c.build().map(({ name, node }) => [name, node.shape]))]),
);

Deno.test("the 17 cells that print values hold 114 numbers", () => {
  const counts = entries.map(({ cell, blocks }): [number, number] => [
    cell,
    blocks.reduce((sum, block) => sum + ("numbers" in block ? block.numbers.length : 0), 0),
  ]).filter(([, count]) => count > 0);
  assertEquals(counts, [
    ...[[7, 2], [361, 2], [362, 2], [363, 2], [364, 2], [367, 6]], // one sample, by hand
    [29, 17], // one sample, by gradients
    ...[[30, 6], [31, 4], [32, 4], [36, 4], [38, 6], [39, 6], [40, 6]], // two samples, by hand
    [24, 27], // two samples, by gradients
    ...[[433, 8], [79, 10]], // combine
  ] as [number, number][]);
  assertEquals(counts.length, 17);
  assertEquals(counts.reduce((sum, [, count]) => sum + count, 0), 114);
});

Deno.test("102 of the 114 numbers stand for one value, the others for two or three", () => {
  const counts: Record<number, number> = {};
  for (const { blocks } of entries) {
    for (const block of blocks) {
      if (!("numbers" in block)) continue;
      for (const text of block.numbers) {
        const { count } = printedSet(text, block.format);
        counts[count] = (counts[count] ?? 0) + 1;
      }
    }
  }
  assertEquals(counts, { 1: 102, 2: 6, 3: 6 });
});

Deno.test("the header names TensorFlow 1.8.0 and says that NumPy's version is unknown", () => {
  for (const { libraries, source } of goldens()) {
    assertEquals(libraries, [{ name: "tensorflow", version: "1.8.0" }, {
      name: "numpy",
      version: null,
    }]);
    assertEquals(source, goldens()[0]!.source);
  }
});

Deno.test("the text of every array and scalar is that of its numbers, formatted anew", () => {
  for (const entry of entries) {
    const text = fillTemplate(entry, (block) => {
      if (!("numbers" in block)) return blockText(entry, block);
      const values = block.numbers.map((text) => printedSet(text, block.format).lowest);
      if (block.kind === "scalar") return listText(formatScalar(values[0]!), block);
      const tensor = new Tensor(Float32Array.from(values), block.shape);
      return listText(formatTensor(tensor, { style: block.style }), block);
    });
    assertEquals(text, entry.text);
  }
});

Deno.test("a template takes values of other lengths and keeps the labels", () => {
  const cell29 = entries.find(({ cell }) => cell === 29)!;
  const text = fillTemplate(
    cell29,
    ({ occurrence }) => listText(`<${occurrence}>\n`, cell29.blocks[occurrence - 1]!),
  );
  assertEquals(text.slice(0, 7), ["logits: <1>", "", "y: <2>", "", "y_sum: <3>", "", "g_logits: "]);
  assertEquals(text.slice(7, 9), [" [<4>", "]"]);
});

Deno.test("every printed number and shape is bound to a tensor of existing cases, of the same shape", () => {
  checkBindings(goldens(), (id, tensor) => shapes.get(id)?.get(tensor));
  const blocks = entries.flatMap(({ blocks }) => blocks);
  const free = blocks.filter((block) => !("binding" in block)).map(({ kind }) => kind);
  assertEquals(free, ["tensor", "tensor"]);
});

Deno.test("the golden values of a case come with their place", () => {
  const id = "notebook/n=2/target=y/upstream=none/manual";
  const found = goldenFor(id);
  assertEquals(found.map(({ tensor, source }) => `${tensor} ${source.cell}`).slice(0, 8), [
    ...[
      "x 30",
      "z 31",
      "logits 32",
      "y 36",
      "dlogits 38",
      "dlogits_mean 38",
      "dz 39",
      "dz_mean 39",
    ],
  ]);
  assertEquals(found[7], {
    tensor: "dz_mean",
    shape: [2],
    format: "array",
    numbers: ["-0.05162768", "0.06064163"],
    source: {
      file: "000_cf3e9b176747913a.txt",
      sha256: "00b45954f38b91f5f925c7b30fb0fbe61cb08a77108882fd33d3dc1281c6b58a",
      position: 21,
      cell: 39,
      occurrence: 2,
    },
    section: "Calculate gradient for two samples manually",
    line: 182,
  });
  assertEquals(goldenFor("notebook/n=2/target=z/upstream=none/auto"), []);
});

Deno.test("the notebook's own upstream gradient belongs to target z", () => {
  const found = goldenFor("notebook/n=1/target=z/upstream=given/auto");
  assertEquals(found.map(({ tensor, source, numbers }) => [tensor, source.cell, numbers.at(-1)!]), [
    ["logits", 433, "-0.69"],
    ["dW_A", 433, "0.40755352"],
  ]);
});

const misfits: [what: string, shape: readonly number[] | undefined, facts: string][] = [
  ["no such tensor", undefined, "case a has no tensor x"],
  ["another shape", [3, 3], "the printed shape is [3], x of a has [3,3]"],
  ["too few rows", [1, 3], "the printed shape is [3], x of a has [1,3]"],
  ["too low a rank", [3], "the printed shape is [3], x of a has [3]"],
];

for (const [what, shape, facts] of misfits) {
  Deno.test(`a binding to ${what} is refused`, () => {
    const block = { kind: "shape", occurrence: 1, start: [1, 1], end: [1, 2], shape: [3] } as const;
    const bound = { tensor: "x", cases: ["a"], index: what === "another shape" ? [] : [1] };
    const golden: Golden = {
      ...goldens()[0]!,
      numbers: 0,
      entries: [{
        position: 2,
        cell: 4,
        line: 3,
        text: ["a"],
        blocks: [{ ...block, binding: bound }],
      }],
    };
    assertEquals(
      assertThrows(() => checkBindings([golden], () => shape), RangeError).message,
      `Cannot use the binding of 000_cf3e9b176747913a.txt:3 (cell 4, occurrence 1): ${facts}`,
    );
  });
}
