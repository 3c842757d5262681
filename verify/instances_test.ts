// goldengrad's own values are right by its own judge, whatever the inputs: every case, at instances
// of every kind, under both profiles.

import { assert, assertEquals } from "@std/assert";
import {
  type Case,
  compileCase,
  selectCases,
  smallCases as cases,
  tensorsOf,
} from "../cases/mod.ts";
import type { Node } from "../core/graph.ts";
import { tensor as toTensor } from "../core/tensor.ts";
import { instanceKinds, instanceOf } from "../testing/instances.ts";
import { judgeTensors } from "./case_verdict.ts";
import { describe } from "./describe.ts";
import { judge } from "./judge.ts";
import { RandomStream } from "../core/random.ts";
import { div, mul, square, variable } from "../core/functions/mod.ts";

const kinds = Object.keys(instanceKinds);
const PER_KIND = 6;
const INSTANCES = kinds.length * PER_KIND;
const JUDGEMENTS = cases.length * INSTANCES * 2;

Deno.test(`goldengrad's own values never fail: ${JUDGEMENTS} judgements, ${cases.length} cases at ${INSTANCES} instances each under both profiles, seeds 0 to ${cases.length * INSTANCES - 1}`, () => {
  let [judgements, seed] = [0, 0];
  const elements = Object.fromEntries(kinds.map((kind) => [kind, { all: 0, undecidable: 0 }]));
  const failures: string[] = [];
  for (const c of cases) {
    const compiled = compileCase(c);
    for (const kind of kinds) {
      for (let i = 0; i < PER_KIND; i++, seed++) {
        const inputs = instanceOf(compiled, kind, new RandomStream(seed));
        const values = compiled.run(inputs);
        const feeds = new Map(compiled.inputs.map(({ node }, k) => [node, inputs[k]!]));
        for (const profile of ["own", "any"] as const) {
          const { tensors } = judgeTensors(c, compiled.tensors, values, profile, feeds);
          judgements++;
          for (const t of tensors) {
            const total = elements[kind]!;
            total.all += Object.values(t.counts).reduce((a, b) => a + b);
            total.undecidable += t.counts.undecidable;
            if (t.counts.fail > 0) failures.push(`${c.id}, seed ${seed}, ${kind}: ${describe(t)}`);
          }
        }
      }
    }
  }
  assertEquals(failures, []);
  assertEquals(judgements, JUDGEMENTS);
  // Undecidable is no failure here, so it must not be what most verdicts are.
  const clean = ["own", "uniform", "moderate", "±100", "cancelling", "tiny", "±0"];
  for (const [kind, { all, undecidable }] of Object.entries(elements)) {
    const most = clean.includes(kind) ? 0.01 : 0.5;
    assert(undecidable < most * all, `${kind}: ${undecidable} of ${all} are undecidable`);
  }
});

/** What the witnesses say of one tensor, and of how many elements each. */
function said(id: string, tensor: string, inputs: Readonly<Record<string, number[]>>) {
  const [c] = selectCases(id);
  const compiled = compileCase(c!);
  const values = compiled.run(compiled.inputs.map(({ name }) => toTensor(inputs[name]!)));
  const at = compiled.tensors.findIndex(({ name }) => name === tensor);
  const { tensors } = judge(id, { [tensor]: values[at]! }, { inputs });
  return tensors.map(({ witness, verdict, counts }) => [
    witness,
    verdict,
    Object.values(counts).reduce((a, b) => a + b),
  ]);
}

Deno.test("where the graph overflows for certain and forward mode does not, that element alone is not compared with it", () => {
  const inputs = { x: [1, 3e38, 0], u: [1, 0.1, 1], v: [-3, 2, 0.125] };
  assertEquals(said("graph/targets=2", "dx", inputs), [
    ["float64", "bits", 3],
    ["forward", "bits", 2],
  ]);
});

Deno.test("where forward mode meets NaN, the other elements are compared with it", () => {
  const inputs = { x: [1, NaN, 0], u: [1, 0.1, 1], v: [-3, 2, 0.125] };
  assertEquals(said("graph/targets=2", "dx", inputs), [
    ["float64", "bits", 3],
    ["forward", "bits", 2],
  ]);
});

Deno.test("a witness that is silent on every element is not heard", () => {
  const inputs = { x: [NaN, NaN, NaN], u: [1, 1, 1], v: [1, 1, 1] };
  assertEquals(said("graph/targets=2", "dx", inputs), [["float64", "bits", 3]]);
});

/** A case whose gradient is a formula of its own, not made by the rules. */
function written(x: number[], formula: (x: Node) => Node): Case {
  return {
    id: "written",
    description: "A gradient by a formula",
    parameters: {},
    build() {
      const input = variable(x, { name: "x" });
      const y = square(input);
      const derivative = { ys: [y], x: input, gradYs: [null], stopGradients: [] };
      return [
        ...tensorsOf("input", { x: input }),
        { name: "dx", role: "gradient", node: formula(input), derivative },
      ];
    },
  };
}

Deno.test("a gradient that makes NaN of finite values fails where forward mode is finite", () => {
  // 2x·(x/x), which is NaN at 0.
  const c = written([3, 0], (x) => mul(mul(2, x), div(x, x)));
  const { tensors } = judge("written", { dx: [6, NaN] }, { cases: [c] });
  assertEquals(tensors.map(({ witness, verdict }) => [witness, verdict]), [
    ["float64", "bits"],
    ["forward", "fail"],
  ]);
  assertEquals(tensors[1]!.worst!.index, [1]);
});
