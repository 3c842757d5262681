// The profile `own`: bits decide, on every case.

import { assert, assertEquals } from "@std/assert";
import { type Case, compileCase, smallCases as cases } from "../cases/mod.ts";
import { fromOrdinal, ordinal, toBits } from "../core/float32.ts";
import { postorder } from "../core/graph.ts";
import { compile } from "../core/plan.ts";
import { Tensor } from "../core/tensor.ts";
import { instanceOf } from "../testing/instances.ts";
import { describe } from "./describe.ts";
import { judge, type JudgedValues, judgeOwn } from "./judge.ts";
import { evaluateOwn } from "./own.ts";
import { RandomStream } from "../core/random.ts";
import { drawnOps } from "./random_graph.ts";
import { soundnessGraph } from "./soundness_graph.ts";

type Values = Readonly<Record<string, Tensor>>;

/** A case's values by name at instance `seed` of a kind, and its inputs. */
function valuesAt(c: Case, kind: string, seed = 0): { values: Values; inputs: Values } {
  const compiled = compileCase(c);
  const inputs = instanceOf(compiled, kind, new RandomStream(seed));
  const values = compiled.run(inputs);
  return {
    values: Object.fromEntries(compiled.tensors.map(({ name }, i) => [name, values[i]!])),
    inputs: Object.fromEntries(compiled.inputs.map(({ name }, i) => [name, inputs[i]!])),
  };
}

/** The gradients among values, changed; `null` if the change leaves them as they are. */
function changed(c: Case, values: Values, change: (x: number) => number): Values | null {
  let touched = false;
  const gradients = c.build().filter(({ role }) => role === "gradient").map(({ name }) => {
    const { data, shape } = values[name]!;
    const other = data.map(change);
    touched ||= other.some((x, i) => !Object.is(x, data[i]));
    return [name, new Tensor(other, shape)];
  });
  return touched ? Object.fromEntries(gradients) : null;
}

/** Judges values as those of a bit-faithful port. */
const judgeFaithful = (c: Case, values: JudgedValues, inputs: JudgedValues = {}) =>
  judge(c.id, values, { profile: "own", inputs });

const upByOne = (x: number) => x !== 0 && Number.isFinite(x) ? fromOrdinal(ordinal(x) + 1) : x;

Deno.test("with every nonzero gradient moved by 1 ULP every case is wrong", () => {
  let atOwnInputs = 0;
  for (const c of cases) {
    const own = valuesAt(c, "own");
    const random = valuesAt(c, "uniform");
    const moved = changed(c, own.values, upByOne);
    if (moved !== null) {
      assertEquals(judgeFaithful(c, moved).verdict, "fail", c.id);
      assert(!judgeFaithful(c, moved).right, c.id);
      atOwnInputs++;
    }
    const elsewhere = changed(c, random.values, upByOne);
    if (elsewhere !== null) assert(!judgeFaithful(c, elsewhere, random.inputs).right, c.id);
    assert(moved !== null || elsewhere !== null || c.id.includes("upstream=zero"), c.id);
  }
  // The others have no gradient but zeros and infinities at their own inputs.
  assertEquals(atOwnInputs, cases.length - 17);
});

Deno.test("a gradient of one value moved by 1 ULP fails, though it is within its budget", () => {
  for (const c of cases) {
    const { values } = valuesAt(c, "own");
    for (const { name, role } of c.build()) {
      const { data, shape } = values[name]!;
      const at = data.findIndex((x) => upByOne(x) !== x && !Number.isNaN(x));
      if (role !== "gradient" || at < 0) continue;
      const moved = new Tensor(data.with(at, upByOne(data[at]!)), shape);
      const { tensors, right } = judgeFaithful(c, { [name]: moved });
      const last = tensors.at(-1)!;
      assertEquals([last.witness, last.verdict, last.right, right], ["own", "fail", false, false]);
      assertEquals([last.counts.fail, last.worst!.distance], [1, 1], `${c.id} ${name}`);
    }
  }
});

Deno.test("a zero of the other sign is wrong on every case, and free under any", () => {
  for (const c of cases) {
    const { values, inputs } = valuesAt(c, "±0");
    const zeros = Object.entries(values).filter(([, { data }]) => data.includes(0));
    assert(zeros.length > 0, c.id);
    for (const [name, { data, shape }] of zeros) {
      const flipped = { [name]: new Tensor(data.map((x) => x === 0 ? -x : x), shape) };
      const { right, tensors } = judgeFaithful(c, flipped, inputs);
      assertEquals([right, tensors.at(-1)!.verdict], [false, "fail"], `${c.id} ${name}`);
      assert(judge(c.id, flipped, { inputs }).right, `${c.id} ${name}, any`);
    }
  }
});

Deno.test("NaN is one value, whatever its bits", () => {
  const [c] = cases.filter(({ id }) => id === "graph/nonfinite/nan");
  const { values } = valuesAt(c!, "own");
  const other = new Float32Array(new Uint32Array([0xffc12345]).buffer)[0]!;
  const dW = new Tensor(values.dW!.data.map((x) => Number.isNaN(x) ? other : x), [2, 2]);
  assert(dW.data.some(Number.isNaN));
  assert(judgeFaithful(c!, { dW }).right);
});

Deno.test("under own the other witnesses are shown, and under any this one is not", () => {
  const c = cases.find(({ id }) => id === "notebook/n=1/target=y/upstream=none/auto")!;
  const { dz } = valuesAt(c, "own").values;
  const witnesses = (profile: "own" | "any") =>
    judge(c.id, { dz: dz! }, { profile }).tensors.map(({ witness }) => witness);
  assertEquals(new Set(witnesses("own")), new Set(["golden", "float64", "forward", "own"]));
  assertEquals(new Set(witnesses("any")), new Set(["golden", "float64", "forward"]));
});

Deno.test("what differs is told in bits, so that the sign of a zero can be seen", () => {
  const c = cases.find(({ id }) => id === "graph/unconnected")!;
  const { tensors } = judgeFaithful(c, { dother: [[0, -0, 0]] });
  assertEquals(
    describe(tensors.at(-1)!),
    "dother[0][1] is -0, expected 0 (own): 0 ULP off, bits 0x80000000, expected 0x00000000",
  );
});

Deno.test("the witness is no plan: kernels run one by one, and a plan gives the same bits", () => {
  let elements = 0;
  for (
    const [op, seed] of drawnOps().flatMap((op) =>
      [0, 1, 2, 3, 4].map((seed) => [op, seed] as const)
    )
  ) {
    const nodes = postorder(soundnessGraph(op, seed));
    const planned = compile(nodes).run();
    const own = evaluateOwn(nodes);
    nodes.forEach((node, i) => {
      assertEquals(
        Array.from(own.get(node)!, toBits),
        Array.from(planned[i]!.data, toBits),
        `${op} ${seed}: ${node}`,
      );
      elements += planned[i]!.size;
    });
  }
  assert(elements > 1e4, `${elements} elements`);
  for (const c of cases) assert(judgeOwn(c).tensors.some(({ witness }) => witness === "own"));
});
