// Noise tells honest rounding from mistakes: no honest engine exceeds a limit, planted bugs do.

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { evaluate } from "../core/evaluate.ts";
import {
  abs,
  add,
  argMax,
  cast,
  equal,
  exp,
  greater,
  matmul,
  maximum,
  mul,
  notEqual,
  reduceMax,
  reduceSum,
  sigmoid,
  sign,
  square,
  sub,
  variable,
  where,
} from "../core/functions/mod.ts";
import { gradients } from "../core/gradients.ts";
import { type Node, postorder } from "../core/graph.ts";
import type { OpName } from "../core/ops/table.ts";
import { RandomStream } from "../core/random.ts";
import { perceptron, type PerceptronOptions } from "../testing/perceptron.ts";
import { allowances } from "./allowance.ts";
import { evaluateFloat64 } from "./exact.ts";
import { honestEngines } from "./honest.ts";
import { type Noise, noiseOf } from "./noise.ts";
import { measureSoundness } from "./soundness.ts";
import { exceeded, LIMITS, statisticsOf } from "./statistics.ts";

const { any } = allowances;

/** Noise where the sound budget says something. */
const noiseWithRadii = (nodes: readonly Node[], seed: number) => {
  const exact = evaluateFloat64(nodes, any);
  return noiseOf(nodes, any, seed, { radii: (node) => exact.get(node)!.radii });
};

/** Holds every honest engine against the limits; returns the share of elements that were judged. */
function assertHonest(nodes: readonly Node[], seed: number, what: string): number {
  const noise = noiseWithRadii(nodes, seed);
  let judged = 0, all = 0;
  for (const [name, engine] of Object.entries(honestEngines)) {
    const values = engine(new RandomStream(seed))(nodes);
    for (const node of nodes) {
      const statistics = statisticsOf(values.get(node)!, noise.get(node)!);
      judged += statistics.judged;
      all += noise.get(node)!.values.length;
      assertEquals(exceeded(statistics), [], `${what}, ${name}: ${JSON.stringify(statistics)}`);
    }
  }
  return judged / all;
}

const small: Pick<PerceptronOptions, "sizes"> = { sizes: [16, 24, 32, 6] };
const relu = (x: Node) => maximum(x, 0);

Deno.test("on perceptrons of ordinary values every element is judged and honest engines pass", () => {
  for (const activation of [sigmoid, relu]) {
    for (let seed = 0; seed < 2; seed++) {
      const { loss, gradients } = perceptron(seed, { activation, ...small });
      assertEquals(assertHonest([loss, ...gradients], seed, activation.name), 1);
    }
  }
});

Deno.test("where sums cancel at the kinks of relu, honest engines decide otherwise and pass", () => {
  const draw = (random: RandomStream) => (random.below(7) - 3) * 0.1;
  let turned = 0;
  for (let seed = 0; seed < 4; seed++) {
    const { loss, gradients } = perceptron(seed, { activation: relu, draw, ...small });
    const nodes = [loss, ...gradients];
    assert(assertHonest(nodes, seed, `multiples of 0.1, seed ${seed}`) > 0.95);
    const exact = evaluateFloat64(nodes, any);
    const values = evaluate(postorder(nodes));
    for (const [node, { values: expected }] of exact) {
      if (node.dtype === "bool") {
        values.get(node)!.forEach((v, i) => turned += Number(v !== expected[i]));
      }
    }
  }
  assert(turned > 0, "no gate was turned: the test shows nothing");
});

Deno.test("mistakes in a perceptron's gradients are beyond the limits, far or near", () => {
  const { inputs, gradients } = perceptron(7, { activation: sigmoid });
  const noise = noiseOf(gradients, any, 7);
  const values = evaluate(gradients);
  const columns = (node: Node) => node.shape.at(-1)!;
  const bugs: Record<string, (node: Node) => ArrayLike<number>> = {
    "times 1.01": (node) => values.get(node)!.map((value) => value * 1.01),
    "times 1 + 2^-10": (node) => values.get(node)!.map((value) => value * (1 + 2 ** -10)),
    "another sign": (node) => values.get(node)!.map((value) => -value),
    zero: (node) => values.get(node)!.map(() => 0),
    "first rows swapped": (node) => {
      const n = node.shape.length === 1 ? 1 : columns(node), all = values.get(node)!;
      return [...all.slice(n, 2 * n), ...all.slice(0, n), ...all.slice(2 * n)];
    },
    "no bias": (node) =>
      evaluate(gradients, new Map([[inputs.b1, new Float32Array(128)]])).get(node)!,
    "last term missing": (node) => node.op === "matmul" ? withoutLastTerm(node) : [NaN],
  };
  for (const [bug, spoil] of Object.entries(bugs)) {
    for (const node of gradients) {
      const names = exceeded(statisticsOf(spoil(node), noise.get(node)!));
      assert(names.length > 0, `${bug} of a gradient of shape ${node.shape} passes`);
    }
  }
  for (const node of gradients) {
    assertEquals(exceeded(statisticsOf(values.get(node)!, noise.get(node)!)), []);
  }
});

/** A product of matrices, its last terms left out. */
function withoutLastTerm(node: Node): Float64Array {
  const [a, b] = node.inputs.map((input) => evaluate([input]).get(input)!);
  const { transposeA, transposeB } = node.attributes as {
    transposeA: boolean;
    transposeB: boolean;
  };
  const [m, n] = node.shape as [number, number];
  const terms = a!.length / m;
  const result = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let t = 0; t < terms - 1; t++) {
        const left = a![transposeA ? t * m + i : i * terms + t]!;
        result[i * n + j]! += left * b![transposeB ? j * terms + t : t * n + j]!;
      }
    }
  }
  return result;
}

Deno.test("nothing is said of what lies behind a plateau that noise jumps over", () => {
  // In float32 both logits are exactly 0, and their sigmoid ½: a coincidence no draw has.
  const lost = (x: number, swamp: number) => sub(add(variable([x]), swamp), swamp);
  const logits = { signed: lost(2e22, 1e38), squared: square(lost(510, 1e16)) };
  for (const [what, logit] of Object.entries(logits)) {
    const y = sigmoid(logit), slope = mul(y, sub(1, y));
    const noise = noiseOf([logit, y, slope], any, 1), values = evaluate([slope]);
    assertEquals(values.get(slope)![0], 0.25, what);
    assert(0.25 > LIMITS.rMax * noise.get(slope)!.scale[0]!, `${what}: no coincidence`);
    assertEquals([y, slope].map((node) => noise.get(node)!.judged[0]), [0, 0], what);
    assertEquals(noise.get(logit)!.judged[0], what === "signed" ? 1 : 0, what);
  }
});

Deno.test("each kind of decision is turned where noise may, and kept where it may not", () => {
  // 0.3 - 0.1·3 in floats: exactly 1.5e-8 off 0, within the noise of 3e-8.
  const near = sub(mul(variable([0.1, 5]), 3), [Math.fround(0.3), 0.1]);
  const scale = (node: Node) => Array.from(noiseOf([node], any, 2).get(node)!.scale);
  const turned: Record<string, Node> = {
    greater: greater(near, 0),
    equal: equal(near, 0),
    notEqual: notEqual(near, 0),
    sign: sign(near),
    where: where(greater(near, 0), [1, 1], [-1, -1]),
    "cast to bool": cast(near, "bool"),
    "gradient of abs": gradients(abs(near), near)[0]!,
  };
  for (const [what, node] of Object.entries(turned)) {
    const [uncertain, certain] = scale(node);
    assert(uncertain! >= 0.5, `${what}: ${uncertain}`);
    assert(certain! < 1e-7, `${what}: ${certain}`);
  }
  assert(scale(maximum(near, 0))[0]! < 1e-6, "what is continuous moves little");
  // Selections: two candidates that noise can't tell apart, and two that it can.
  const pairs = add(mul(variable([[0.1, 0.3], [0.1, 5]]), [[3, 1], [3, 1]]), [[0, 1e-8], [0, 0]]);
  const [shares] = gradients(reduceMax(pairs, { axis: 1 }), pairs);
  const [a, b, c, d] = scale(shares!);
  assert(a! >= 0.5 && b! >= 0.5 && c! < 1e-7 && d! < 1e-7, `${[a, b, c, d]}`);
  const [open, sure] = scale(argMax(pairs, { axis: 1 }));
  assert(open! >= 0.5 && sure! < 1e-7);
});

Deno.test("of many candidates that noise can't tell apart any may win", () => {
  const ties = exp(variable(new Array(64).fill(0)));
  const [shares] = gradients(reduceMax(ties), ties);
  const nodes = [shares!, mul(shares!, [0.3])];
  for (let seed = 0; seed < 10; seed++) {
    assertHonest(nodes, seed, `seed ${seed}`);
    for (const node of nodes) {
      const noise = noiseOf(nodes, any, seed).get(node)!;
      const won = noise.values.map((value, i) => i === seed ? 64 * value : 0);
      assertEquals(exceeded(statisticsOf(won, noise)), []);
    }
  }
});

Deno.test("where noise may take a value out of the range of a cast, nothing is judged", () => {
  const x = sub(add(variable([5, 5]), [1e16, 0]), [1e16, 0]);
  const y = cast(cast(x, "int32"), "float32");
  const { values, judged } = noiseOf([y], any, 1).get(y)!;
  assertEquals([values[0], judged[0]], [4, 0]);
});

Deno.test("graphs whose honest values an earlier form accused are honest", () => {
  const accused: Record<string, readonly [OpName, number]> = {
    "a NaN that makes a comparison of itself true": ["notEqual", 7],
    "the sign of what is all noise": ["abs", 103],
    "a cast of what cancels to exactly 0": ["cast", 5018],
    "few distinct values, whose roundings are few": ["atan2", 5052],
    "a tie of values that are flushed": ["reduceMax", 5001],
    "a comparison that a flush turns": ["pow", 5041],
    "a winner of many": ["reduceMaxGrad", 1032],
  };
  for (const [what, [op, seed]] of Object.entries(accused)) {
    const results = measureSoundness({ elements: 1, ops: [op], seed });
    assert(results.some(({ judged }) => judged > 0));
    assertEquals(results.filter(({ beyond }) => beyond > 0), [], what);
  }
});

Deno.test("at exact ties and zeros the convention is judged, sharply", () => {
  // Multiples of a power of two: every engine has the same zeros.
  const x = variable([[0.5, -1, 0.25], [1, 2, -0.75]]), W = variable([[2, 4], [1, 1], [0, -4]]);
  const sums = matmul(x, W), [gate] = gradients(relu(sums), sums);
  assertEquals(evaluateFloat64([sums], any).get(sums)!.values[0], 0);
  const noise = noiseOf([gate!], any, 1).get(gate!)!;
  assert(noise.scale[0]! < 1e-7 && noise.judged[0] === 1);
  const other = noise.values.map((value, i) => i === 0 ? 1 - value : value);
  assert(exceeded(statisticsOf(other, noise)).includes("rMax"));
});

Deno.test("the same seed gives the same noise, another seed other noise", () => {
  const { gradients } = perceptron(3, { activation: sigmoid, ...small });
  const scales = (seed: number) =>
    gradients.map((node) => summary(noiseOf(gradients, any, seed).get(node)!));
  assertEquals(scales(5), scales(5));
  assertNotEquals(scales(5), scales(6));
});

const summary = ({ scale, judged, slope, mean }: Noise) => [...scale, ...judged, slope, mean];

Deno.test("values below 2^-126 may become zero, also where a large factor shows it", () => {
  const x = variable([2 ** -127]);
  const y = mul(x, 2 ** 120);
  const { values, scale, judged } = noiseOf([y], any, 1).get(y)!;
  assertEquals([values[0], judged[0]], [2 ** -7, 1]);
  assert(scale[0]! >= 2 ** -7);
  const flushing = honestEngines.flush!(new RandomStream(0))([y]).get(y)!;
  assertEquals(exceeded(statisticsOf(flushing, noiseOf([y], any, 1).get(y)!)), []);
});

Deno.test("overflow and what depends on it are not judged", () => {
  const sum = reduceSum(variable([3e38, 3e38, -3e38, -3e38]));
  const bounded = sigmoid(sum), large = exp(variable([200]));
  const noise = noiseWithRadii([sum, bounded, large], 1);
  assertEquals([sum, bounded, large].map((node) => noise.get(node)!.judged[0]), [0, 0, 0]);
});
