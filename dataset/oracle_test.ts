// Tables, random inputs and folders beyond the sizes of the cases: many tensors of high rank, many
// instances, chunks of every size.

import { assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import { compileCase, type CompiledCase } from "../cases/case.ts";
import { uniformInputs } from "../cases/random.ts";
import { philox4x32 } from "../core/random.ts";
import { type Tensor, tensor } from "../core/tensor.ts";
import { givenCase, memoryFolder } from "../testing/datasets.ts";
import { indicesOf } from "../testing/naive.ts";
import { exportCase, type ExportOptions } from "./export.ts";
import { longTable, wideTable } from "./table.ts";
import { writeDataset } from "./writer.ts";
import { add, variable } from "../core/functions/mod.ts";

const SHAPES = [
  [2, 1, 3, 2, 4],
  [],
  [130],
  [1, 2, 1, 3, 1, 2],
  [3, 4],
  [0, 2],
  [5],
  [2, 2, 2],
  [1],
  [7, 3],
  [2, 3, 2, 3],
  [4],
];

const zeros = (shape: readonly number[]) =>
  tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)), [...shape]);

/** A case of twelve inputs of many ranks, and of each a sum with itself. */
const many = {
  ...givenCase("many/ranks", []),
  build() {
    const xs = SHAPES.map((shape) => variable(zeros(shape)));
    return [
      ...xs.map((node, i) => ({ name: `x${i}`, role: "input" as const, node })),
      ...xs.map((node, i) => ({ name: `d${i}`, role: "gradient" as const, node: add(node, node) })),
    ];
  },
};

/** The values of an instance of random inputs, by the definition of the generator. */
function instanceValues(seed: number, instance: number): number[][] {
  const words = new Uint32Array(4);
  let element = 0;
  return SHAPES.map((shape) =>
    indicesOf(shape).map(() => {
      const block = Math.floor(element / 4);
      const [low, high] = [instance % 2 ** 32, Math.floor(instance / 2 ** 32)];
      philox4x32(words, block, 0, low, high, seed % 2 ** 32, Math.floor(seed / 2 ** 32));
      const word = words[element++ % 4]!;
      return Math.floor(word / 256) / 2 ** 23 - 1;
    })
  );
}

const SEED = 2 ** 40 + 7;
const FIRST = 5 * 2 ** 32 + 3;

Deno.test("random inputs are those of the definition, for many tensors, large rows and seeds", () => {
  for (
    const [seed, instance] of [[0, 0], [SEED, FIRST], [2 ** 53 - 1, 2 ** 53 - 1], [1, 2 ** 33]]
  ) {
    const inputs = SHAPES.map(zeros);
    uniformInputs(inputs, seed!, instance!);
    assertEquals(inputs.map(({ data }) => Array.from(data)), instanceValues(seed!, instance!));
  }
  // Far beyond 256 and 65,536 blocks of four words.
  const long = zeros([300_000]);
  uniformInputs([zeros([3]), long], SEED, FIRST);
  const words = new Uint32Array(4);
  for (let i = 0; i < 300_000; i += 997) {
    philox4x32(words, Math.floor((i + 3) / 4), 0, 3, 5, 7, 256);
    assertEquals(long.data[i], Math.floor(words[(i + 3) % 4]! / 256) / 2 ** 23 - 1);
  }
});

/** The text of both tables of a case. */
function textsOf(c: CompiledCase, options: ExportOptions): { long: string; wide: string } {
  const texts = { long: "", wide: "" };
  for (const { table, bytes } of exportCase(c, [longTable(c), wideTable(c)], options)) {
    texts[table.layout] += new TextDecoder().decode(bytes);
  }
  return texts;
}

Deno.test("both tables hold every element of every tensor of every instance, where it belongs", () => {
  const c = compileCase(many);
  const count = 40;
  const { long, wide } = textsOf(c, { rows: { seed: SEED, first: FIRST, count } });
  const expectedLong: string[][] = [];
  const names = c.tensors.flatMap(({ name, node }) =>
    indicesOf(node.shape).map((index) => [name, ...index].join("_"))
  );
  const expectedWide = [["instance", ...names]];
  for (let instance = FIRST; instance < FIRST + count; instance++) {
    const inputs = instanceValues(SEED, instance);
    const tensors = [...inputs, ...inputs.map((list) => list.map((v) => v + v))];
    expectedWide.push([String(instance), ...tensors.flat().map(String)]);
    tensors.forEach((list, t) =>
      list.forEach((value, i) => {
        const { role, name, node } = c.tensors[t]!;
        const shape = node.shape.map(String).join("x");
        expectedLong.push([many.id, String(instance), role, name, shape, String(i), String(value)]);
      })
    );
  }
  // Decimals are shorter than those of doubles; what they read back to counts.
  const read = (line: readonly string[], from: number) =>
    line.map((field, i) => i < from ? field : String(Math.fround(Number(field)))).join();
  const [header, ...rows] = parse(wide);
  assertEquals(header, expectedWide[0]);
  assertEquals(rows.map((line) => read(line, 1)), expectedWide.slice(1).map((line) => line.join()));
  const lines = parse(long).slice(1).map((line) => read(line.slice(0, 7), 6));
  assertEquals(lines, expectedLong.map((line) => line.join()));
});

Deno.test("chunks of any size joined are the same text, beyond every buffer's first size", () => {
  const c = compileCase(many);
  const rows = { seed: 3, first: 0, count: 60 };
  const whole = textsOf(c, { rows, chunkBytes: 1 << 30 });
  for (const chunkBytes of [1, 1000, 65_535, 65_536, 200_000, 1 << 18]) {
    assertEquals(textsOf(c, { rows, chunkBytes }), whole, `${chunkBytes}`);
  }
  assertEquals(whole.long.split("\n").length, 60 * 2 * elements() + 2);
});

const elements = () => SHAPES.reduce((sum, shape) => sum + indicesOf(shape).length, 0);

Deno.test("the manifest lists every tensor, and counts every line and instance", async () => {
  const folder = memoryFolder();
  const rows = { seed: 1, first: 9, count: 17 };
  const summary = await writeDataset(folder, [many], { rows });
  const { resources } = JSON.parse(folder.files.get("datapackage.json")!);
  assertEquals(resources.map(({ rows }: { rows: number }) => rows), [17 * 2 * elements(), 17]);
  for (const { goldengrad } of resources) {
    assertEquals(goldengrad.instances, 17);
    const listed = goldengrad.tensors.map(({ shape }: { shape: number[] }) => shape);
    assertEquals(listed, [...SHAPES, ...SHAPES]);
  }
  assertEquals(summary.values, 2 * 17 * 2 * elements());
  const texts = textsOf(compileCase(many), { rows });
  assertEquals(folder.files.get("many.ranks.long.csv"), texts.long);
  assertEquals(folder.files.get("many.ranks.wide.csv"), texts.wide);
});

Deno.test("a compiled case runs on its own inputs, each its own, and on others in their order", () => {
  const c = compileCase({
    ...many,
    build: () => {
      const xs = Array.from({ length: 9 }, (_, i) => variable([i, -i]));
      return xs.map((node, i) => ({ name: `x${i}`, role: "input", node }));
    },
  });
  const values = (list: readonly Tensor[]) => list.map(({ data }) => data[0]);
  assertEquals(values(c.run()), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const others = Array.from({ length: 9 }, (_, i) => tensor([10 * i, 0]));
  assertEquals(values(c.run(others)), [0, 10, 20, 30, 40, 50, 60, 70, 80]);
  assertEquals(values(c.run()), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
});
