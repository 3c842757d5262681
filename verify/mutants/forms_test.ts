import { assert, assertEquals } from "@std/assert";
import { binary, unary } from "../../core/forms/elementwise.ts";
import {
  matmul,
  reduceMax,
  reduceMaxGrad,
  reduceMean,
  variable,
} from "../../core/functions/mod.ts";
import { apply, type Node } from "../../core/graph.ts";
import type { Op } from "../../core/op.ts";
import { type OpName, ops } from "../../core/ops/table.ts";
import { RandomStream } from "../../core/random.ts";
import { withOp } from "../../testing/made_up_op.ts";
import { drawnOps } from "../random_graph.ts";
import { largestShare, opFaultsOf, type OpMutantReport, opMutants, tryOpMutants } from "./forms.ts";
import { KINDS, OpGraph, opGraph } from "./forms/graph.ts";
import type { OpMutant } from "./forms/mutant.ts";

const reports = tryOpMutants();

const cube: Op = unary({
  summary: "",
  example: ["", ""],
  exact: (x) => x * x * x,
  spread: (x, e) => 3 * Math.abs(x) * e * (Math.abs(x) + e) + e ** 3,
  rounding: "function",
  tangent: (x, dx) => 3 * x * x * dx,
  gradient: ({ inputs: [x] }, g, { mul, square }) => [mul(g, mul(3, square(x!)))],
}) as Op;

/** A made-up op with a gradient that reads its result. */
const growth: Op = { ...ops.exp };

/** The same row with a bound that is larger than it should be. */
const loose = (row: Op, factor: number): Op => ({
  ...row,
  bound: (node, context) =>
    (row.bound as Exclude<Op["bound"], "source">)(node, context).map((radius) => factor * radius),
});

/** The names of those with an outcome, without the op's. */
const named = (list: readonly OpMutantReport[], outcome: OpMutantReport["outcome"]) =>
  list.filter((report) => report.outcome === outcome)
    .map(({ name, op }) => name.slice(`${op}: `.length));

Deno.test("every bug that follows from a row exceeds its budget 10 times, or can't show", () => {
  assertEquals(opFaultsOf(reports, { complete: true }), []);
  const reasons = new Set(reports.map(({ reason }) => reason));
  const known = [
    "",
    "both operands have the same gradient",
    "no gradient flows to the operand",
    "no graph has a place for it",
    "the function has the same values there",
    "the gradient is 0 whatever flows in",
    "the operands commute",
    "the results are small whole numbers",
    "the slope is the same everywhere",
  ];
  assertEquals([...reasons].filter((reason) => !known.includes(reason)), []);
});

Deno.test("every op has bugs in its kernel, of its form, and in its rule, if it has one", () => {
  assertEquals(new Set(reports.map(({ name }) => name)).size, reports.length);
  for (const op of drawnOps()) {
    const own = reports.filter((report) => report.op === op);
    const killed = named(own, "killed");
    assert(killed.filter((name) => !name.includes("gradient")).length >= 2, op);
    const { gradient, gives } = ops[op];
    const hasRule = gradient !== "none" && gives !== "bool" && gives !== "int32";
    assertEquals(own.some(({ name }) => name.includes(": gradient of ")), hasRule, op);
  }
  // What flows nowhere, or is always 0, has bugs that can't show.
  assert(named(reports.filter(({ op }) => op === "sign"), "equal").length > 5);
  assert(named(reports.filter(({ op }) => op === "floor"), "equal").length > 5);
});

Deno.test("without a bug nothing leaves its budget on these graphs", () => {
  for (const op of drawnOps()) {
    for (let n = 0; n < KINDS; n++) {
      const graph = opGraph(op, n);
      const orders = graph.isDifferentiable && ops[op].gradient !== "none"
        ? ["value", "gradients", "second gradients"] as const
        : ["value"] as const;
      for (const judged of orders) {
        const share = largestShare(graph.values(judged), graph.exact(judged));
        assert(share <= 1, `the ${judged} of graph ${n} of ${op} use ${share} of the budget`);
      }
    }
  }
});

Deno.test("a made-up op has bugs without anyone writing them, and changes none of the others", () => {
  withOp("cube", cube, (op) => {
    const own = tryOpMutants({ ops: [op] });
    assertEquals(named(own, "killed").length, own.length);
    assertEquals(named(own, "killed"), [
      "gradient of operand 0: sign flipped",
      "gradient of operand 0: factor 2",
      "gradient of operand 0: factor 1 + 2^-10",
      "gradient of operand 0: missing or made up",
      "gradient of operand 0: upstream ignored",
      "twice, gradient of operand 0: sign flipped",
      "twice, gradient of operand 0: missing or made up",
      "gradient of operand 0: slope at x + 1",
      "neighbour read in operand 0",
      "sign ignored of operand 0",
      "cut to ±1: operand 0",
      "last element left out",
      "result in tf32",
    ]);
    const others = ["mul", "matmul", "reduceMax", "sign"] as const;
    assertEquals(
      tryOpMutants({ ops: others }),
      others.flatMap((other) => reports.filter((report) => report.op === other)),
    );
  });
});

Deno.test("a bound that is 1000 times too large lets bugs survive, in kernel and rule", () => {
  withOp("growth", growth, (op) => {
    assertEquals(opFaultsOf(tryOpMutants({ ops: [op] }), { complete: false }), []);
  });
  withOp("growth", loose(growth, 1000), (op) => {
    const survived = named(tryOpMutants({ ops: [op] }), "survived");
    assertEquals(survived, ["gradient of operand 0: factor 1 + 2^-10", "result in tf32"]);
  });
});

Deno.test("of every op that rounds, such a bound lets a wrong kernel survive", () => {
  const table = ops as Record<OpName, Op>;
  const coarse = (op: OpName) => opMutants(op).filter(({ name }) => name.includes("tf32"));
  const unnoticed = drawnOps().filter((op) => {
    const row = table[op];
    table[op] = loose(row, 1000);
    try {
      return named(tryOpMutants({ ops: [op], mutantsOf: coarse }), "survived").length === 0;
    } finally {
      table[op] = row;
    }
  });
  // Whole numbers are off by nothing, or by 1 and more.
  const isWhole = (op: OpName) =>
    ops[op].gives === "int32" || ops[op].gives === "bool" ||
    reports.some((report) => report.op === op && report.reason.includes("whole numbers"));
  assertEquals(unnoticed, drawnOps().filter(isWhole));
});

Deno.test("a bug that changes nothing is equal if it can't by nature, else it survives", () => {
  const row: Op = binary({
    summary: "",
    example: ["", ""],
    exact: (a, b) => Math.sqrt(a * a + b * b),
    spread: (_a, ea, _b, eb) => ea + eb,
    rounding: "function",
    tangent: (a, da, b, db, y) => (a * da + b * db) / y,
    gradient: (y, g, { div, mul }) => y.inputs.map((x) => mul(g, div(x, y))),
  });
  withOp("hypotenuse", row, (op) => {
    const own = tryOpMutants({ ops: [op] });
    assertEquals(named(own, "equal"), [
      "sign ignored of operand 0",
      "sign ignored of operand 1",
      "operand 0 and operand 1 swapped",
    ]);
    assertEquals(named(own, "survived"), []);
  });
  const nothing = (why: string | null): OpMutant => ({
    op: "mul",
    name: "mul: nothing",
    plant: (graph) => ({
      judged: "gradients",
      values: () => graph.values("gradients"),
      right: () => graph.values("gradients"),
      harmless: () => why,
    }),
  });
  const outcome = (...mutants: OpMutant[]) =>
    tryOpMutants({ ops: ["mul"], mutantsOf: () => mutants }).map(({ outcome }) => outcome);
  assertEquals(outcome(nothing("it is empty"), nothing(null)), ["equal", "survived"]);
  // A reason alone is not enough; a bug that finds no place has one.
  const small: OpMutant = {
    ...nothing("it is small"),
    plant: (graph) => ({
      ...nothing("it is small").plant(graph)!,
      values: () => graph.values("gradients").map((data) => data.map((v) => v * (1 + 2 ** -23))),
    }),
  };
  assertEquals(outcome(small, { ...small, plant: () => null }), ["survived", "equal"]);
});

Deno.test("bugs are what their names say", () => {
  const values = (node: Node, name: string, xs = node.inputs) => {
    const graph = new OpGraph(node, xs, new RandomStream(0));
    const op = node.op as OpName;
    const mutant = opMutants(op).find((mutant) => mutant.name === `${op}: ${name}`)!;
    return mutant.plant(graph)!.values().map((data) => [...data]);
  };
  const a = variable([[1, 2, 3]]), b = variable([[1], [10], [100]]);
  const product = matmul(a, b);
  assertEquals(values(product, "last term left out"), [[21]]);
  assertEquals(values(product, "last term twice"), [[621]]);
  assertEquals(values(product, "one further along the last axis of operand 0"), [[132]]);
  assertEquals(values(product, "first and last place swapped in operand 0"), [[123]]);
  assertEquals(
    values(matmul(variable([[257]]), variable([[1]])), "cut to bfloat16: operand 0"),
    [[256]],
  );
  assertEquals(values(reduceMean(variable([3, 5, 7])), "divisor one too large"), [[3.75]]);
  const x = variable([2, 5, 5, 1]);
  const toWinners = (name: string) => values(reduceMaxGrad(x, variable(8), { axis: 0 }), name)[0];
  assertEquals(toWinners("all to each of several winners"), [0, 8, 8, 0]);
  assertEquals(toWinners("all to the first of several winners"), [0, 8, 0, 0]);
  assertEquals(toWinners("all to the last of several winners"), [0, 0, 8, 0]);
  assertEquals(toWinners("winner off by one"), [0, 0, 4, 4]);
  assertEquals(toWinners("worst for best"), [0, 0, 0, 8]);
  assertEquals(values(reduceMax(x), "worst for best"), [[1]]);
  const argMax = apply(ops, "argMax", [x], { axis: 0 });
  assertEquals(values(argMax, "last of several winners"), [[2]]);
  assertEquals(values(argMax, "winner off by one"), [[2]]);
  const difference = apply(ops, "sub", [variable([1, -2]), variable([4, 8])], {});
  assertEquals(values(difference, "neighbour read in operand 1"), [[-7, -6]]);
  assertEquals(values(difference, "operand 0 and operand 1 swapped"), [[3, 10]]);
  assertEquals(values(difference, "sign ignored of operand 0"), [[-3, -6]]);
  assertEquals(values(difference, "cut to ±1: operand 1"), [[0, -3]]);
  assertEquals(values(difference, "last element left out"), [[-3, 0]]);
});

Deno.test("who survives without being known to, or is known to and does not, is a fault", () => {
  const report = (name: string, outcome: OpMutantReport["outcome"], share = 3): OpMutantReport => ({
    op: "mul",
    form: "elementwise",
    name,
    outcome,
    share,
    reason: "",
  });
  const list = [report("a", "survived"), report("b", "survived"), report("c", "killed", 40)];
  const known = { b: "a reason", c: "none any more" };
  assertEquals(opFaultsOf(list, { complete: true }, known), [
    '"a" exceeds its budget 10 times on no graph, at most 3',
    '"c" is known to survive and does not',
  ]);
  assertEquals(opFaultsOf(list, { complete: false }, known), [
    '"a" exceeds its budget 10 times on no graph, at most 3',
  ]);
});
