// The comparator under attack, by way of the CSV that another program would write.

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { type Case, compileCase, smallCases as cases } from "../../cases/mod.ts";
import { uniformInputs } from "../../cases/random.ts";
import { bitsText, fromOrdinal, ordinal, shortestText } from "../../core/float32.ts";
import type { Node } from "../../core/graph.ts";
import { Tensor } from "../../core/tensor.ts";
import { allowances, type Profile } from "../allowance.ts";
import { evaluateFloat64 } from "../exact.ts";
import type { CaseVerdict } from "../case_verdict.ts";
import { judgeInstance, ValuesReader } from "./mod.ts";
import { mul, variable } from "../../core/functions/mod.ts";

const id = "notebook/n=2/target=y_mean/upstream=none/auto";
const caseOf = (id: string): Case => cases.find((c) => c.id === id)!;

/** What a program says of a tensor: its elements as a CSV has them. */
type Said = Record<string, readonly string[]>;

/** What the core says of a case, in decimals or as bits. */
function said(c: Case, textOf: (x: number) => string = shortestText, inputs?: Tensor[]): Said {
  const compiled = compileCase(c);
  return Object.fromEntries(
    compiled.run(inputs).map((
      value,
      i,
    ) => [compiled.tensors[i]!.name, Array.from(value.data, textOf)]),
  );
}

/** Without the inputs, which a program need not write. */
function computed(c: Case): Said {
  const inputs = c.build().filter(({ role }) => role === "input").map(({ name }) => name);
  return Object.fromEntries(Object.entries(said(c)).filter(([name]) => !inputs.includes(name)));
}

function judgeSaid(c: Case, values: Said, profile: Profile = "any"): CaseVerdict {
  const rows = Object.entries(values).flatMap(([name, list]) =>
    list.map((text, i) => `"${c.id}",${name},${i},${text}`)
  );
  return judgeText(c, ["case,tensor,index,value", ...rows].join("\n"), profile);
}

function judgeText(c: Case, text: string, profile: Profile = "any"): CaseVerdict {
  const reader = new ValuesReader([c]);
  reader.push(text);
  const { instances, problems } = reader.end();
  assertEquals(problems, []);
  return judgeInstance(instances[0]!, profile);
}

/** The same with one element said otherwise. */
function changed(values: Said, name: string, i: number, text: string): Said {
  return { ...values, [name]: values[name]!.toSpliced(i, 1, text) };
}

/** A case of one's own with one computed tensor `y`, which counts as a gradient. */
function ownCase(x: number[], compute: (x: Node) => Node, undecidable?: string[]): Case {
  return {
    id: "mine",
    description: "A case of one's own",
    parameters: {},
    ...(undecidable === undefined ? {} : { undecidable }),
    build() {
      const input = variable(x);
      return [
        { name: "x", role: "input", node: input },
        { name: "y", role: "gradient", node: compute(input) },
      ];
    },
  };
}

Deno.test("what the core computes is right under both profiles, in decimals and as bits", () => {
  for (const c of cases) {
    for (const profile of ["any", "own"] as const) {
      const result = judgeSaid(c, computed(c), profile);
      assert(result.right, c.id);
      assertEquals([result.inputs, result.profile, result.instance], ["own", profile, 0]);
      const list = Object.entries(said(c, bitsText)).flatMap(([name, list]) =>
        list.map((bits, i) => `${bits},${i},${name},${c.id},?`)
      );
      assert(
        judgeText(c, ["bits,index,tensor,case,value", ...list].join("\n"), profile).right,
        c.id,
      );
    }
  }
});

Deno.test("NaN fails in any place where it is not due, and so does an infinity", () => {
  for (const c of [caseOf(id), caseOf("notebook/n=1/composed/manual")]) {
    const values = computed(c);
    for (const [name, list] of Object.entries(values)) {
      list.forEach((_, i) => {
        for (const text of ["NaN", "nan", "INF", "-inf", "1e39"]) {
          assertEquals(
            judgeSaid(c, changed(values, name, i, text)).verdict,
            "fail",
            `${name} ${i} ${text}`,
          );
        }
      });
    }
  }
});

Deno.test("where NaN or an infinity is due, nothing else will do", () => {
  let due = 0;
  for (const c of cases.filter(({ id }) => id.startsWith("graph/nonfinite/"))) {
    const values = computed(c);
    for (const [name, list] of Object.entries(values)) {
      list.forEach((text, i) => {
        if (!/[ay]$|N$/.test(text)) return;
        due++;
        const others = ["NaN", "INF", "-INF", "0", "3.4028235e38", "-3.4028235e38"].filter((
          other,
        ) => other[0] !== text[0] || other.length > 4);
        for (const other of others) {
          const { right } = judgeSaid(c, changed(values, name, i, other));
          assertEquals(right, false, `${c.id} ${name} ${i}: ${other} for ${text}`);
        }
      });
    }
  }
  assertNotEquals(due, 0);
});

Deno.test("a zero of the other sign is within, but not equal", () => {
  const c = ownCase([0, 2, -0], (x) => mul(x, x));
  assertEquals(judgeSaid(c, { y: ["0", "4", "0"] }).verdict, "bits");
  assertEquals(judgeSaid(c, { y: ["-0", "4", "0"] }).verdict, "within");
  assertEquals(judgeSaid(c, { y: ["0", "-0", "0"] }).verdict, "fail");
});

Deno.test("subnormal results may be flushed to zero by any engine, but not by a bit-faithful port", () => {
  const c = ownCase([2 ** -64, 3 * 2 ** -70], (x) => mul(x, 2 ** -70));
  const { y } = computed(c);
  for (const profile of ["any", "own"] as const) assert(judgeSaid(c, { y: y! }, profile).right);
  assert(judgeSaid(c, { y: ["0", "0"] }).right);
  assertEquals(judgeSaid(c, { y: ["0", "0"] }, "own").verdict, "fail");
  assertEquals(judgeSaid(c, { y: [y![0]!, "2.4e-38"] }).verdict, "fail");
});

Deno.test("the last value inside the budget passes and its neighbour outside fails, on both sides", () => {
  let judged = 0;
  for (const c of cases.filter(({ id }) => /^graph\/(bias|broadcast|mean|fan)/.test(id))) {
    const values = computed(c);
    const tensors = c.build();
    const nodes = tensors.map(({ node }) => node);
    for (const profile of ["any", "own"] as const) {
      const exact = evaluateFloat64(nodes, allowances[profile]);
      for (const { name, role, node } of tensors) {
        if (role === "input") continue;
        const { values: centre, radii } = exact.get(node)!;
        centre.forEach((value, i) => {
          const radius = radii[i]!;
          if (!(radius > 0 && radius < Infinity)) return;
          for (const side of [1, -1]) {
            let rank = ordinal(value + side * radius);
            while (Math.abs(fromOrdinal(rank) - value) <= radius) rank += side;
            while (Math.abs(fromOrdinal(rank) - value) > radius) rank -= side;
            const verdict = (rank: number) =>
              judgeSaid(c, changed(values, name, i, shortestText(fromOrdinal(rank))), profile)
                .tensors.find(({ tensor, witness }) => tensor === name && witness === "float64")!
                .verdict; // under own, bits decide beside it
            const where = `${c.id} ${name} ${i} ${profile}`;
            assertNotEquals(verdict(rank), "fail", where);
            assertEquals(verdict(rank + side), "fail", where);
            judged++;
          }
        });
      }
    }
  }
  assert(judged > 100, `${judged} elements`);
});

Deno.test("zeros, other signs, other orders and another case's values fail", () => {
  const c = caseOf(id);
  const values = computed(c);
  for (const name of ["dlogits", "dz", "dW_A", "dW_B"]) {
    const list = values[name]!;
    const wrong = {
      zeros: list.map(() => "0"),
      signs: list.map((text) => text.startsWith("-") ? text.slice(1) : `-${text}`),
      reversed: list.toReversed(),
      "off by 0.1 %": list.map((text) => `${Number(text) * 1.001}`),
      "another case": computed(caseOf(id.replace("y_mean", "y_sum")))[name]!,
    };
    for (const [what, said] of Object.entries(wrong)) {
      assertEquals(judgeSaid(c, { ...values, [name]: said }).verdict, "fail", `${name}: ${what}`);
    }
  }
});

Deno.test("an instance with inputs is judged at them, and against no golden value", () => {
  const c = caseOf(id);
  const compiled = compileCase(c);
  const inputs = compiled.inputs.map(({ node }) =>
    new Tensor(new Float32Array(node.shape.reduce((a, b) => a * b, 1)), node.shape)
  );
  for (let row = 0; row < 20; row++) {
    uniformInputs(inputs, 7, row);
    const values = said(c, shortestText, inputs);
    const result = judgeSaid(c, values, "own");
    assert(result.right);
    assertEquals(result.inputs, "given");
    assertEquals(
      new Set(result.tensors.map(({ witness }) => witness)),
      new Set(["float64", "forward", "own"]),
    );
    assertEquals(judgeSaid(c, { ...computed(c), x: values.x! }).verdict, "fail");
    assertEquals(judgeSaid(c, changed(values, "x", 0, "0.5")).verdict, "fail");
  }
});

Deno.test("inputs that are the case's own change nothing", () => {
  const c = caseOf(id);
  const result = judgeSaid(c, said(c), "own");
  assertEquals(result.inputs, "own");
  assertEquals(result, judgeSaid(c, computed(c), "own"));
  assert(result.tensors.some(({ witness }) => witness === "golden"));
});

Deno.test("an input that is not given has the case's own value", () => {
  const c = ownCase([1, 2], (x) => mul(x, 3));
  assertEquals(judgeSaid(c, { y: ["3", "6"] }).verdict, "bits");
  assertEquals(judgeSaid(c, { x: ["2", "-0"], y: ["6", "-0"] }).verdict, "bits");
  assertEquals(judgeSaid(c, { x: ["2", "-0"], y: ["3", "6"] }).verdict, "fail");
});

Deno.test("undecidable elements fail unless the case names their tensor, and never hide a failure", () => {
  const x = [3, 2 ** 64 - 2 ** 40]; // times 2^64: the largest float32, half a step from overflow
  const scaled = (x: Node) => mul(x, 2 ** 64);
  const right = { y: [shortestText(3 * 2 ** 64), "3.4028235e38"] };
  for (const profile of ["any", "own"] as const) {
    const plain = judgeSaid(ownCase(x, scaled), right, profile);
    assertEquals([plain.verdict, plain.right], ["undecidable", false]);
    assertEquals(plain.tensors[0]!.counts, {
      bits: 1,
      printed: 0,
      within: 0,
      unchecked: 0,
      undecidable: 1,
      fail: 0,
    });
    const meant = ownCase(x, scaled, ["y"]);
    assertEquals(judgeSaid(meant, right, profile).verdict, "undecidable");
    assert(judgeSaid(meant, right, profile).right);
    const overflown = judgeSaid(meant, { y: [right.y[0]!, "INF"] }, profile);
    assertEquals(overflown.right, profile === "any"); // under own, bits decide
    assertEquals(judgeSaid(meant, { y: ["1", "INF"] }, profile).verdict, "fail");
    assertEquals(judgeSaid(meant, { y: ["1", "INF"] }, profile).right, false);
    assertEquals(judgeSaid(ownCase(x, scaled, ["x"]), right, profile).right, false);
  }
});
