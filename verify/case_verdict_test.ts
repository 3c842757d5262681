// Verdicts on cases beyond the sizes of the project's own: every element, tensor and input counts.

import { assert, assertEquals } from "@std/assert";
import { type Case, compileCase, selectCases } from "../cases/mod.ts";
import type { Derivative } from "../cases/case.ts";
import { Tensor, tensor } from "../core/tensor.ts";
import { goldenFor } from "../golden/mod.ts";
import { indicesOf } from "../testing/naive.ts";
import { judge } from "./judge.ts";
import { witnessesOf } from "./witnesses.ts";
import { mul, square, variable } from "../core/functions/mod.ts";

/** What this engine computes for a case, at its own inputs or at others, by name. */
function computed(c: Case, inputs: Readonly<Record<string, Tensor>> = {}): Record<string, Tensor> {
  const compiled = compileCase(c);
  const own = compiled.run();
  const given = compiled.inputs.map(({ name }) =>
    inputs[name] ?? own[compiled.tensors.findIndex((t) => t.name === name)]!
  ).map(({ data, shape }) => new Tensor(data.slice(), shape));
  const values = compiled.run(given).map(({ data, shape }) => new Tensor(data.slice(), shape));
  return Object.fromEntries(compiled.tensors.map(({ name }, i) => [name, values[i]!]));
}

Deno.test("golden values are judged at the case's own inputs only, to the last bit of the last element", () => {
  let tried = 0;
  for (const c of selectCases("notebook/n=2/target=z/upstream=given/*")) {
    const own = computed(c);
    const inputs = compileCase(c).inputs.map(({ name }) => name);
    assert(inputs.length >= 4 && goldenFor(c.id).length > 0);
    const all = Object.fromEntries(inputs.map((name) => [name, own[name]!]));
    const known = judge(c.id, own, { inputs: all });
    assertEquals([known.inputs, known.right], ["own", true]);
    assert(known.tensors.some(({ witness }) => witness === "golden"));
    for (const name of inputs) {
      for (let i = 0; i < own[name]!.size; i++) {
        const { data, shape } = own[name]!;
        const moved = new Tensor(data.with(i, data[i]! * 1.25), shape);
        // The others are given too, as they are; or left out, which means the same.
        for (const given of [{ ...all, [name]: moved }, { [name]: moved }]) {
          const result = judge(c.id, computed(c, { [name]: moved }), { inputs: given });
          assertEquals(result.inputs, "given", `${c.id} ${name} ${i}`);
          assertEquals(result.tensors.filter(({ witness }) => witness === "golden"), []);
          assert(result.right, `${c.id} ${name} ${i}`);
          tried++;
        }
      }
    }
  }
  assert(tried > 50);
});

Deno.test("every golden value of a tensor is compared, however many it has", () => {
  let several = 0;
  for (const c of selectCases("notebook/*")) {
    const goldens = goldenFor(c.id);
    const own = computed(c);
    for (const name of new Set(goldens.map((golden) => golden.tensor))) {
      const expected = goldens.filter((golden) => golden.tensor === name);
      const { tensors } = judge(c.id, { [name]: own[name]! });
      const found = tensors.filter(({ witness }) => witness === "golden");
      assertEquals(
        found.map(({ source }) => [source!.cell, source!.occurrence]),
        expected.map(({ source }) => [source.cell, source.occurrence]),
      );
      if (expected.length > 1) several++;
    }
  }
  assert(several > 0);
});

/** A case of 24 tensors; the first is of rank 5, and has a gradient of 72 elements. */
const SHAPE = [3, 2, 1, 3, 4];
const large: Case = {
  id: "large/of 24",
  description: "Many tensors, the first of rank 5",
  parameters: {},
  undecidable: ["t5", "t6", "t7"],
  build() {
    const x = variable(tensor(new Float32Array(72).map((_, i) => 1 + i / 64), SHAPE));
    const derivative: Derivative = { ys: [square(x)], x, gradYs: [null], stopGradients: [] };
    return [
      { name: "x", role: "input", node: x },
      { name: "dx", role: "gradient", node: mul(x, 2), derivative },
      ...Array.from({ length: 24 }, (_, i) => ({
        name: `t${i}`,
        role: "gradient" as const,
        // Beside the overflow threshold from 5 to 8: undecidable.
        node: mul(variable([2, 2 ** 64 - 2 ** 40]), i >= 5 && i <= 8 ? 2 ** 64 : i + 1),
      })),
    ];
  },
};

Deno.test("every element of a tensor is counted, by every witness", () => {
  const { tensors } = judge(large.id, computed(large), { cases: [large] });
  assertEquals(
    tensors.filter(({ tensor }) => tensor === "dx").map(({ witness, counts }) => [
      witness,
      Object.values(counts).reduce((a, b) => a + b),
    ]),
    [["float64", 72], ["forward", 72]],
  );
  assertEquals(new Set(tensors.map(({ tensor }) => tensor)).size, 26);
});

Deno.test("a wrong element is found and named wherever it lies, by every witness", () => {
  const right = computed(large).dx!;
  for (const [place, index] of indicesOf(SHAPE).entries()) {
    // Two wrong elements: the worse counts, first or last.
    const [worse, other] = [right.data[place]! * 1.5, (place + 35) % 72];
    const data = right.data.with(other, right.data[other]! * 1.001).with(place, worse);
    const result = judge(large.id, { dx: new Tensor(data, SHAPE) }, { cases: [large] });
    assertEquals(result.right, false);
    assertEquals(result.tensors.length, 2);
    for (const { counts, worst, verdict, right } of result.tensors) {
      assertEquals([counts.fail, verdict, right], [2, "fail", false]);
      assertEquals([worst!.index, worst!.value], [index, worse]);
    }
  }
});

Deno.test("one wrong tensor makes the case wrong, whichever it is", () => {
  const { t8: _, ...right } = computed(large); // t8 is undecidable, and may not be
  assertEquals(judge(large.id, right, { cases: [large] }).right, true);
  for (const name of Object.keys(right)) {
    if (/^t[5-7]$/.test(name)) continue;
    const { data, shape } = right[name]!;
    const wrong = { ...right, [name]: new Tensor(data.with(data.length - 1, 7e30), shape) };
    const result = judge(large.id, wrong, { cases: [large] });
    const found = result.tensors.filter(({ right }) => !right).map(({ tensor }) => tensor);
    assertEquals([result.right, result.verdict, [...new Set(found)]], [false, "fail", [name]]);
  }
});

Deno.test("every tensor that a case lists may be undecidable, and no other", () => {
  const { tensors } = judge(large.id, computed(large), { cases: [large] });
  const undecidable = tensors.filter(({ verdict }) => verdict === "undecidable");
  assertEquals(undecidable.map(({ tensor, right }) => [tensor, right]), [
    ["t5", true],
    ["t6", true],
    ["t7", true],
    ["t8", false],
  ]);
  const only = (name: string) =>
    judge(large.id, { [name]: computed(large)[name]! }, { cases: [large] }).right;
  assertEquals(["t4", "t5", "t6", "t7", "t8"].map(only), [true, true, true, true, false]);
});

Deno.test("a wrong golden number is found at its place, and no other is", () => {
  const [c] = selectCases("notebook/n=2/target=y/upstream=none/auto");
  for (const golden of goldenFor(c!.id)) {
    golden.numbers.forEach((text, place) => {
      const wrong = text.startsWith("-") ? text.slice(1) : `-${text}`;
      const numbers = golden.numbers.with(place, wrong);
      const reports = witnessesOf(c!, { goldens: () => [{ ...golden, numbers }] });
      const report = reports.find(({ tensor }) => tensor === golden.tensor);
      if (report === undefined) return; // no gradient
      assertEquals(report.counts["wrong golden"], 1);
      assertEquals([report.first!.position, report.first!.golden], [place, wrong]);
      assertEquals(report.counts.agree, golden.numbers.length - 1);
    });
  }
});
