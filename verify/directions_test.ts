// Forward mode along random directions: it contradicts no right rule, and misses no wrong one.

import { assert, assertEquals } from "@std/assert";
import { cases, compileCase } from "../cases/mod.ts";
import type { Case, CaseTensor, GraphFunctions } from "../cases/case.ts";
import { broadcastTo, div, log, mul, neg, square, variable } from "../core/functions/mod.ts";
import { gradientRules, gradients, gradientsBy } from "../core/gradients.ts";
import { type Node, postorder } from "../core/graph.ts";
import type { GradientRule } from "../core/op.ts";
import { type OpName, rowOf } from "../core/ops/table.ts";
import { Tensor } from "../core/tensor.ts";
import { deepCase } from "../testing/deep_case.ts";
import { allowances } from "./allowance.ts";
import { evaluateFloat64 } from "./exact.ts";
import { type Forward, forwardWitness, nodesOf } from "./forward.ts";
import { judge } from "./judge.ts";
import { drawnOps } from "./random_graph.ts";
import { soundnessGraph } from "./soundness_graph.ts";
import { tangentRules } from "./tangents.ts";
import { witnessesOf } from "./witnesses.ts";

/** What directions say of the gradients among some tensors, of any size. */
function heard(
  id: string,
  tensors: readonly CaseTensor[],
  rules = tangentRules,
): (Forward & { readonly name: string; readonly size: number })[] {
  const exact = evaluateFloat64(nodesOf(tensors), allowances.own);
  const hear = forwardWitness(id, tensors, exact, { rules, oneByOne: 0 });
  return tensors.flatMap((t) => {
    const forward = hear(t);
    return forward === null ? [] : [{ ...forward, name: t.name, size: forward.values.length }];
  });
}

function spoken({ size, speaks }: { readonly size: number; speaks(i: number): boolean }): number {
  return Array.from({ length: size }, (_, i) => i).filter(speaks).length;
}

/** A gradient rule of an op with what it gives for one operand multiplied by a factor. */
function scaled(op: OpName, factor: number, operand: number): GraphFunctions {
  const rule: GradientRule = (node, g, f) =>
    (gradientRules[op] as GradientRule)(node, g, f).map((each, i) =>
      each && i === operand ? mul(each, factor) : each
    );
  const by = (ys: never, xs: never, options: never) =>
    gradientsBy({ ...gradientRules, [op]: rule }, ys, xs, options);
  return { gradients: by as GraphFunctions["gradients"] };
}

const network = deepCase({ layers: 3, width: 24, batch: 4 });

Deno.test("directions contradict no gradient of a case, and speak of nearly all elements", () => {
  let elements = 0, said = 0;
  for (const c of [...cases, network, deepCase({ layers: 12, width: 32, batch: 8 })]) {
    for (const forward of heard(c.id, c.build())) {
      assertEquals(forward.contradiction, null, `${c.id} ${forward.name}`);
      elements += forward.size;
      said += spoken(forward);
    }
  }
  assert(elements > 15_000 && said > 0.99 * elements, `${said} of ${elements}`);
});

Deno.test("directions contradict no gradient of 1000 random graphs over all ops", () => {
  let elements = 0, said = 0, graphs = 0;
  for (const op of drawnOps()) {
    for (let seed = 0; seed < 15; seed++) {
      const nodes = soundnessGraph(op, 9000 + seed);
      const y = nodes.findLast(({ dtype, inputs }) => dtype === "float32" && inputs.length > 0);
      if (y === undefined) continue;
      const xs = nodes.filter(({ dtype, inputs }) => dtype === "float32" && inputs.length === 0);
      const stopGradients = postorder([y]).filter((node) => rowOf(node).gradient === "none");
      const made = gradients(y, xs, { stopGradients, unconnected: "zero" });
      const tensors = made.map((node, i): CaseTensor => {
        const derivative = { ys: [y], x: xs[i]!, gradYs: [null], stopGradients };
        return { name: `d${i}`, role: "gradient", node, derivative };
      });
      graphs++;
      for (const forward of heard(`${op} ${seed}`, tensors)) {
        assertEquals(forward.contradiction, null, `${op} ${seed} ${forward.name}`);
        elements += forward.size;
        said += spoken(forward);
      }
    }
  }
  assert(graphs >= 1000 && said > 0.9 * elements, `${said} of ${elements}, ${graphs} graphs`);
});

Deno.test("a rule that is off by 2^-20, or one operand's of a product by 2^-23, is contradicted", () => {
  const wrong: readonly [op: OpName, factor: number, operand: number][] = [
    ["sigmoid", 1 + 2 ** -20, 0],
    ["reduceMean", 1 + 2 ** -20, 0],
    ["matmul", 1 + 2 ** -20, 0],
    ["matmul", 1 + 2 ** -23, 1],
  ];
  for (const [op, factor, operand] of wrong) {
    const tensors = heard(network.id, network.build(scaled(op, factor, operand)));
    // Nothing flows through the first layer's operand 0, nor the last layer's own product.
    const reached = op === "matmul" && operand === 0 ? ["dW1", "dW2"] : ["dW1", "dW2", "dW3"];
    assertEquals(
      tensors.filter(({ contradiction }) => contradiction !== null).map(({ name }) => name),
      reached,
      `${op} ${factor}`,
    );
  }
});

Deno.test("a wrong tangent rule is contradicted, and who is wrong is told by differences", () => {
  const sigmoid: typeof tangentRules.sigmoid = (...given) =>
    tangentRules.sigmoid(...given).map((change) => change * (1 + 2 ** -20));
  const tangents = { ...tangentRules, sigmoid };
  for (const { contradiction } of heard(network.id, network.build(), tangents)) {
    assert(contradiction !== null);
  }
  const large = deepCase({ layers: 1, width: 5, batch: 2 });
  const findings = (options: Parameters<typeof witnessesOf>[1]) =>
    witnessesOf(large, options).map(({ counts }) => counts);
  assertEquals(findings({}), [{ agree: 25 }]);
  assertEquals(findings({ tangents }), [{ "wrong tangent rule": 25 }]);
  assertEquals(findings({ engine: scaled("sigmoid", 1 + 2 ** -20, 0) }), [
    { "wrong gradient rule": 25 },
  ]);
});

/** A case of 40 elements whose one gradient is given. */
function forty(gradientOf: (x: Node, y: Node) => Node, at: (i: number) => number): Case {
  return {
    id: "forty",
    description: "",
    parameters: {},
    build() {
      const x = variable(new Tensor(Float32Array.from({ length: 40 }, (_, i) => at(i)), [40]));
      const y = log(x);
      const derivative = { ys: [y], x, gradYs: [null], stopGradients: [] };
      const node = gradientOf(x, y);
      return [{ name: "x", role: "input", node: x }, {
        name: "dx",
        role: "gradient",
        node,
        derivative,
      }];
    },
  };
}

/** Ones with one element that is another. */
const oneOff = (position: number, value: number) =>
  variable(new Tensor(new Float32Array(40).fill(1).with(position, value), [40]));

Deno.test("the element that is off is named, and fails whatever the judged value", () => {
  for (const position of [0, 1, 17, 38, 39]) {
    for (const factor of [1 + 2 ** -23, -1, 0, NaN]) {
      const wrong = forty((x) => div(oneOff(position, factor), x), (i) => i + 1);
      const own = compileCase(wrong).run()[1]!;
      const { tensors, right } = judge(wrong.id, { dx: own }, { cases: [wrong] });
      const forward = tensors.find(({ witness }) => witness === "forward")!;
      assertEquals([right, forward.right, forward.counts.fail], [false, false, 1]);
      assertEquals(forward.worst!.index, [position]);
      assert(
        Math.abs((forward.worst!.expected as number) * (position + 1) - 1) < 1e-14,
        Deno.inspect(forward),
      );
      assert(forward.worst!.distance > forward.worst!.budget);
      assertEquals(witnessesOf(wrong).map(({ first }) => first!.position), [position]);
    }
  }
});

Deno.test("two elements swapped, and one that should be 0, are noticed", () => {
  const swapped = new Float32Array(40).fill(1).with(3, 4 / 8).with(7, 8 / 4);
  const tensor = variable(new Tensor(swapped, [40]));
  for (
    const gradient of [
      (x: Node) => div(tensor, x),
      (x: Node) => div(broadcastTo(1, [40]), square(x)),
    ]
  ) {
    const [forward] = heard("forty", forty(gradient, (i) => i + 1).build());
    assert(forward!.contradiction !== null);
  }
});

Deno.test("where some elements meet infinities, the others are still heard", () => {
  const right = (x: Node) => div(1, x);
  const wrong = (x: Node) => div(oneOff(23, 1.5), x);
  const at = (i: number) => i % 10 === 7 ? 0 : i + 1;
  const [silent] = heard("forty", forty(right, at).build());
  assertEquals(silent!.contradiction, null);
  for (let i = 0; i < 40; i++) assertEquals(silent!.speaks(i), i % 10 !== 7, `${i}`);
  const [forward] = heard("forty", forty(wrong, at).build());
  assertEquals(forward!.contradiction?.position, 23);
});

Deno.test("a gradient that overflows float32, so that it is 0, is not contradicted", () => {
  // The quotient of a rule overflows: 1 / x^2 is 0 in float32, 10^-68 in forward mode.
  const tiny = forty((x) => div(1, x), (i) => 1e34 * (i + 1));
  const [named] = tiny.build();
  const x = named!.node;
  const y = div(1, x), g = neg(div(1, square(x)));
  const derivative = { ys: [y], x, gradYs: [null], stopGradients: [] };
  const [forward] = heard("tiny", [{ name: "dx", role: "gradient", node: g, derivative }]);
  assertEquals([forward!.contradiction, spoken(forward!)], [null, 40]);
});

Deno.test("the same is drawn each time, and something else for another case", () => {
  const wrong = network.build(scaled("sigmoid", 1 + 2 ** -20, 0));
  const said = (id: string) => heard(id, wrong).map(({ contradiction }) => contradiction);
  assertEquals(said("one"), said("one"));
  assert(JSON.stringify(said("one")) !== JSON.stringify(said("other")));
});
