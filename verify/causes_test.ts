// On the networks, nearly every planted bug that shows is named right, and none is named wrong.

import { assert, assertEquals } from "@std/assert";
import { type Case, compileCase, selectCases } from "../cases/mod.ts";
import type { Node } from "../core/graph.ts";
import { RandomStream } from "../core/random.ts";
import { type Fault, faultyValues } from "../testing/faulty_engine.ts";
import { allowances } from "./allowance.ts";
import { causeOf, OTHER, scalesOf } from "./causes.ts";
import { evaluateFloat64 } from "./exact.ts";
import { hypothesesOf } from "./hypotheses.ts";
import { assertGradients, judge } from "./judge.ts";
import { evaluateOwn } from "./own.ts";

const networks = ["perceptron/*", "deep/*", "product/K=512/*"]
  .flatMap((glob) => selectCases(`network/${glob}`));

/** What became of the tensors that a bug shows on. */
interface Count {
  right: number;
  all: number;
  readonly wrong: string[];
}
type Counts = Record<string, Count>;

/** A bug, what a right name says, and what it makes of a tensor; `null` where it changes nothing. */
type ValueBug = readonly [
  name: string,
  cause: RegExp,
  plant: (values: Float32Array, node: Node, random: RandomStream) => Float32Array | null,
];

const columnsOf = ({ shape }: Node) => shape.at(-1)!;
const times = (factor: number, cause: RegExp): ValueBug => [
  `times ${factor}`,
  cause,
  (values) => values.map((value) => value * factor),
];
const oneTimes = (factor: number): ValueBug => [
  `one element times ${factor}`,
  /^only (\[\d+\])+ of/,
  (values, _, random) => {
    const at = random.below(values.length);
    return values.map((value, i) => i === at ? value * factor : value);
  },
];
const moved = (
  what: string,
  cause: RegExp,
  source: (i: number, columns: number) => number,
  suits: (node: Node) => boolean = ({ shape }) => shape.length > 1,
): ValueBug => [
  what,
  cause,
  (values, node) => suits(node) ? values.map((_, i) => values[source(i, columnsOf(node))]!) : null,
];
const swap = (a: number, b: number) => (i: number) => i === a ? b : i === b ? a : i;

const valueBugs: readonly ValueBug[] = [
  times(0, /^every element is 0$/),
  times(-1, /^scaled by -1: the sign is wrong$/),
  times(2, /^scaled by 2$/),
  times(1.01, /^scaled by 1\.01$/),
  times(1 + 2 ** -10, /^scaled by 1\.00(?:1|098|097[67]\d*)$/),
  times(32 / 31, /^scaled by (?:32\/31: a mean over n - 1|1\.032(?:3|26|258)?)$/),
  moved(
    "rows swapped",
    /^rows 1 and 4 swapped$/,
    (i, columns) => swap(1, 4)(Math.floor(i / columns)) * columns + i % columns,
  ),
  moved(
    "columns swapped",
    /^columns 2 and 7 swapped$/,
    (i, columns) => i - i % columns + swap(2, 7)(i % columns),
  ),
  moved(
    "transposed",
    /^transposed$/,
    (i, columns) => i % columns * columns + Math.floor(i / columns),
    ({ shape }) => shape.length > 1 && shape[0] === shape[1],
  ),
  [
    "shuffled",
    /^elements in another order$/,
    (values, _, random) => Float32Array.from(random.shuffled([...values])),
  ],
  oneTimes(1.5),
  oneTimes(1.01),
  [
    "noise",
    /^other$/,
    (values, _, random) => values.map((value) => value * (1 + 0.01 * random.next())),
  ],
];

const engineBugs: readonly (readonly [string, RegExp, Fault])[] = [
  ["TF32", /TF32/, { bits: 11 }],
  ["bfloat16", /^factors of products rounded to bfloat16$/, { bits: 8 }],
  ["last term", /^the last term of a sum of products missing$/, { drop: true }],
  ["bias b1", /^the bias b1 missing$/, { unbiased: "b1" }],
  ["bias b2", /^the bias b2 missing$/, { unbiased: "b2" }],
  ["not transposed", /^a square matrix not transposed$/, { untransposed: true }],
  ["truncation", /a truncating accumulator$/, { truncate: true }],
];

/** Plants all bugs in a network and names what they do, where they show. */
function nameAll(c: Case, counts: Counts): void {
  const nodes = c.build().filter(({ role }) => role === "gradient").map(({ node }) => node);
  const exact = evaluateFloat64(nodes, allowances.any);
  const hypotheses = hypothesesOf(nodes);
  const base = faultyValues(nodes, { order: 8 });
  const honest = [evaluateOwn(nodes), faultyValues(nodes, { order: 16 })];
  const name = (bug: string, cause: RegExp, node: Node, got: ArrayLike<number>) => {
    const { values } = exact.get(node)!;
    const scales = scalesOf(exact.get(node)!, ...honest.map((engine) => engine.get(node)!));
    if (!values.some((value, i) => Math.abs(got[i]! - value) > 32 * scales[i]!)) return;
    const named = causeOf({ node, got, values, scales, hypotheses });
    const count = counts[bug] ??= { right: 0, all: 0, wrong: [] };
    count.all++;
    if (cause.test(named)) count.right++;
    else if (named !== OTHER) count.wrong.push(`${c.id} ${node}: ${named}`);
  };
  const random = new RandomStream(1);
  for (const node of nodes) {
    for (const [bug, cause, plant] of valueBugs) {
      const got = plant(base.get(node)!, node, random);
      if (got !== null) name(bug, cause, node, got);
    }
  }
  for (const [bug, cause, fault] of engineBugs) {
    if (fault.unbiased !== undefined && !c.id.startsWith("network/perceptron")) continue;
    for (const order of [1, 8] as const) {
      const values = faultyValues(nodes, { ...fault, order });
      for (const node of nodes) name(bug, cause, node, values.get(node)!);
    }
  }
}

Deno.test("of each bug that shows on the networks at least 95 % are named right, and none wrong", () => {
  const counts: Counts = {};
  for (const c of networks) nameAll(c, counts);
  assertEquals(
    Object.keys(counts).sort(),
    [...valueBugs, ...engineBugs].map(([bug]) => bug).sort(),
  );
  for (const [bug, { right, all, wrong }] of Object.entries(counts)) {
    console.log(`${bug}: ${right} of ${all} named right`);
    assertEquals(wrong, [], bug);
    assert(all >= 10 && right >= 0.95 * all, `${bug}: ${right} of ${all}`);
  }
});

const id = "notebook/n=2/target=y_mean/upstream=none/auto";

/** The right values of a case, but for one tensor. */
function but(name: string, plant: (values: Float32Array) => Float32Array) {
  const compiled = compileCase(selectCases(id)[0]!);
  const values = compiled.run();
  compiled.tensors.forEach((t, i) => {
    if (t.name === name) values[i]!.data.set(plant(values[i]!.data.slice()));
  });
  return Object.fromEntries(compiled.tensors.map((t, i) => [t.name, values[i]!]));
}

Deno.test("a verdict tells the cause by every witness that finds a tensor wrong, and no other", () => {
  const { tensors } = judge(id, but("dW_A", (values) => values.map((value) => -value)));
  const told = tensors.filter(({ cause }) => cause !== undefined);
  assertEquals(told, tensors.filter(({ right }) => !right));
  assert(told.length >= 2);
  for (const { tensor, cause } of told) {
    assertEquals([tensor, cause], ["dW_A", "scaled by -1: the sign is wrong"]);
  }
});

Deno.test("assertGradients tells the cause", () => {
  let message = "";
  try {
    assertGradients(id, but("dW_A", (values) => values.map((x, i) => i === 2 ? 1.5 * x : x)));
  } catch (error) {
    message = (error as Error).message;
  }
  assert(message.endsWith("; likely cause: only [1][0] of 6 elements"), message);
});

Deno.test("one element is never taken for scaled, unless by a factor that has a meaning", () => {
  const node = selectCases(id)[0]!.build().find(({ name }) => name === "y_mean")!.node;
  const named = (factor: number) => {
    const values = Float64Array.of(0.375);
    const scales = Float64Array.of(2 ** -26);
    return causeOf({ node, got: [0.375 * factor], values, scales, hypotheses: [] });
  };
  assertEquals([2, 1.75, -1, NaN].map(named), [
    "scaled by 2",
    OTHER,
    "scaled by -1: the sign is wrong",
    OTHER,
  ]);
});
