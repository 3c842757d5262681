// The exact side: its float64 values against exact arithmetic, and what it holds for certain.

import { assert, assertEquals } from "@std/assert";
import type { Node } from "../core/graph.ts";
import { rowOf } from "../core/ops/table.ts";
import { broadcastStrides, stridedOffsets, stridesOf } from "../core/shape.ts";
import { tensor } from "../core/tensor.ts";
import { allowances } from "./allowance.ts";
import { Dyadic } from "../testing/dyadic.ts";
import { type Enclosure, evaluateFloat64 } from "./exact.ts";
import { evaluateOwn } from "./own.ts";
import { drawnOps } from "./random_graph.ts";
import { soundnessGraph } from "./soundness_graph.ts";
import type { Reduced } from "../core/forms/reduced.ts";
import {
  add,
  addN,
  div,
  exp,
  matmul,
  mul,
  neg,
  reduceMean,
  reduceSum,
  reshape,
  sigmoid,
  square,
  sub,
  variable,
} from "../core/functions/mod.ts";

/** An element in exact arithmetic; `null` where it has no finite value. */
type Element = Dyadic | null;

const zero = Dyadic.from(0);

const lift = (operation: (a: Dyadic, b: Dyadic) => Element) => (a: Element, b: Element): Element =>
  a === null || b === null ? null : operation(a, b);
const plus = lift((a, b) => a.plus(b));
const times = lift((a, b) => a.times(b));
const over = lift((a, b) => b.toNumber() === 0 ? null : a.over(b));
const minus = lift((a, b) => a.minus(b));

const pairs: Readonly<Record<string, (a: Element, b: Element) => Element>> = {
  add: plus,
  sub: minus,
  mul: times,
  div: over,
};

/**
 * A node's elements in exact arithmetic; those of functions are taken from the float64 evaluation.
 */
function exactly(
  node: Node,
  [a, b]: readonly (readonly Element[])[],
  { values }: Enclosure,
): Element[] {
  const own = () => Array.from(values, (v) => Number.isFinite(v) ? Dyadic.from(v) : null);
  const pair = pairs[node.op];
  if (pair !== undefined) {
    const [p, q] = node.inputs.map(({ shape }) =>
      stridedOffsets(node.shape, broadcastStrides(shape, node.shape))
    );
    return Array.from(p!, (i, k) => pair(a![i]!, b![q![k]!]!));
  }
  switch (node.op) {
    case "neg":
      return a!.map((x) => minus(zero, x));
    case "square":
      return a!.map((x) => times(x, x));
    case "reduceSum":
    case "reduceMean": {
      const { shape } = node.inputs[0]!;
      const { axes } = node.attributes as Reduced;
      const strides = stridesOf(shape);
      const [bases, offsets] = [false, true].map((reduced) => {
        const list = [...shape.keys()].filter((axis) => axes.includes(axis) === reduced);
        return stridedOffsets(list.map((a) => shape[a]!), list.map((a) => strides[a]!));
      }) as [Int32Array, Int32Array];
      const count = Dyadic.from(node.op === "reduceMean" ? offsets.length : 1);
      return Array.from(bases, (base) => {
        const sum = offsets.reduce<Element>((s, offset) => plus(s, a![base + offset]!), zero);
        return over(sum, count);
      });
    }
    case "matmul": {
      const [m, n] = node.shape as [number, number];
      const { transposeA, transposeB } = node.attributes as {
        transposeA: boolean;
        transposeB: boolean;
      };
      const k = a!.length / m;
      return Array.from({ length: m * n }, (_, e) => {
        const [i, j] = [Math.floor(e / n), e % n];
        let sum: Element = zero;
        for (let t = 0; t < k; t++) {
          const product = times(
            a![transposeA ? t * m + i : i * k + t]!,
            b![transposeB ? j * k + t : t * n + j]!,
          );
          sum = plus(sum, product);
        }
        return sum;
      });
    }
    case "reshape":
    case "transpose":
    case "broadcastTo":
    case "stopGradient": {
      const { reference } = rowOf(node);
      if (reference === "source") return own();
      return Array.from(reference(node as never, [Float64Array.from(a!.keys())]), (i) => a![i]!);
    }
    default:
      return own();
  }
}

Deno.test("the float64 evaluation is off by less than the slack of the budget", () => {
  let compared = 0;
  let largest = 0;
  const names = drawnOps();
  for (let graph = 0; graph < 2000; graph++) {
    const op = names[graph % names.length]!;
    const nodes = soundnessGraph(op, Math.floor(graph / names.length));
    const exact = evaluateFloat64(nodes, allowances.own);
    const elements = new Map<Node, Element[]>();
    for (const [node, evaluated] of exact) {
      const inputs = node.inputs.map((input) => elements.get(input)!);
      const results = exactly(node, inputs, evaluated);
      const { values, radii } = evaluated;
      const known = results.map((x, i) =>
        radii[i]! < Infinity && Number.isFinite(values[i]) ? x : null
      );
      elements.set(node, known);
      if (node.inputs.length === 0) continue;
      known.forEach((x, i) => {
        if (x === null) return;
        const error = x.minus(Dyadic.from(values[i]!)).abs().toNumber();
        if (error > 0) largest = Math.max(largest, error / (radii[i]! * 2 ** -26));
        compared++;
      });
    }
  }
  assert(compared > 1e5, `${compared} elements were compared`);
  assert(largest > 0.01 && largest < 1, `${largest} of the slack was used`);
});

/** Values and radii of a node under the profile `any`, whose radii are the larger. */
function anyOf(node: Node): { values: number[]; radii: number[] } {
  const { values, radii } = evaluateFloat64([node], allowances.any).get(node)!;
  return { values: Array.from(values), radii: Array.from(radii) };
}

const computed = exp(variable(0.3)); // some value that is not exact

Deno.test("what NaN, infinities and overflow decide is certain", () => {
  const certain = (node: Node, values: number[]) =>
    assertEquals(anyOf(node), { values, radii: values.map(() => 0) });
  const special = variable([NaN, Infinity, -Infinity]);
  certain(mul(special, computed), [NaN, Infinity, -Infinity]);
  certain(div(special, computed), [NaN, Infinity, -Infinity]);
  certain(add(special, computed), [NaN, Infinity, -Infinity]);
  certain(square(special), [NaN, Infinity, Infinity]);
  certain(exp(variable([NaN, Infinity])), [NaN, Infinity]);
  certain(matmul(reshape(special, [3, 1]), reshape(computed, [1, 1])), [NaN, Infinity, -Infinity]);
  certain(div(computed, variable([0, -0])), [Infinity, -Infinity]);
  certain(mul(variable(0), Infinity), [NaN]);
  certain(exp(mul(computed, 700)), [Infinity]);
  certain(exp(mul(computed, 70)), [Infinity]);
  certain(matmul(variable([[1e30]]), variable([[1e30]])), [Infinity]);
  certain(reduceMean(variable(tensor(new Float32Array(0), [1, 0])), { axis: 1 }), [NaN]);
});

Deno.test("where rounding errors reach a pole, overflow or the sign of zero, nothing can be said", () => {
  const undecidable = (node: Node) => assertEquals(anyOf(node).radii, [Infinity]);
  const noise = sub(computed, computed); // 0, but for rounding errors
  undecidable(div(1, noise));
  undecidable(div(Infinity, noise));
  undecidable(mul(noise, Infinity));
  undecidable(exp(add(computed, 87.37298))); // 88.72284: e^x is the largest float32 value, nearly
  undecidable(mul(computed, 3.4028235e38 / Math.exp(0.3)));
  undecidable(reduceSum(variable([3e38, 3e38, -3e38, -3e38])));
  undecidable(reduceMean(variable([3e38, 3e38])));
  undecidable(div(1, variable(2 ** -130)));
  undecidable(add(div(1, noise), 1));
});

Deno.test("one term is summed without an error, however large", () => {
  const node = reduceSum(variable([[3e38], [1]]), { axis: 1 });
  assertEquals(Array.from(evaluateFloat64([node], allowances.own).get(node)!.radii), [0, 0]);
});

Deno.test("functions are bounded where float64 underflows", () => {
  // Both arguments are -746 exactly, where exp is 0 in float64; a float32 engine may see -59.
  const swamped = (x: number, swamp: number) => sub(add(variable(x), swamp), swamp);
  const x = [swamped(-500, 1e10), swamped(-125, 2.5e9), swamped(-62, 1.25e9), variable(-59)]
    .reduce((a, b) => add(a, b));
  for (const node of [exp(x), sigmoid(x)]) {
    const exact = evaluateFloat64([node], allowances.own).get(node)!;
    assertEquals(exact.values[0], 0);
    assert(exact.radii[0]! > Math.exp(-59));
  }
  assertEquals(anyOf(neg(x)).values, [746]);
});

Deno.test("addN of nothing but -0 is -0 in float64 too, as its kernel has it", () => {
  const y = div(1, addN([variable([-0, -0]), variable([-0, 0])]));
  assertEquals(Array.from(evaluateFloat64([y], allowances.own).get(y)!.values), [
    -Infinity,
    Infinity,
  ]);
  assertEquals(Array.from(evaluateOwn([y]).get(y)!), [-Infinity, Infinity]);
});
