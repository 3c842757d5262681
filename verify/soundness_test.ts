// No honest engine leaves its budget; a budget that is too small is noticed; and budgets are tight
// enough to be of use.

import { assert, assertEquals } from "@std/assert";
import { cases } from "../cases/mod.ts";
import { ulp } from "../core/float32.ts";
import type { Node } from "../core/graph.ts";
import type { OpName } from "../core/ops/table.ts";
import { allowances } from "./allowance.ts";
import { evaluateFloat64 } from "./exact.ts";
import { engineWith, type HonestEngine, honestEngines } from "./honest.ts";
import { RandomStream } from "../core/random.ts";
import { unary } from "../core/forms/elementwise.ts";
import { exp as exp32 } from "../core/math/exp.ts";
import { withOp } from "../testing/made_up_op.ts";
import { drawnOps } from "./random_graph.ts";
import { measureSoundness, shareOfBudget, together } from "./soundness.ts";
import {
  add,
  broadcastTo,
  div,
  exp,
  matmul,
  mul,
  reduceMean,
  reduceSum,
  sigmoid,
  square,
  sub,
  variable,
} from "../core/functions/mod.ts";
import type { Allowance, Op } from "../core/op.ts";

Deno.test("over a million elements no honest engine leaves its budget, or a limit of noise", () => {
  const results = measureSoundness({ elements: 1e6, graphs: 10, seed: 0 });
  assertEquals(results.filter(({ share, beyond }) => !(share <= 1) || beyond > 0), []);
  const judged = results.reduce((sum, result) => sum + result.judged, 0);
  assert(judged > 8e5, `${judged} elements are held against the limits of noise`);
  const names = Object.keys(honestEngines);
  const byEngine = [...together(results, (r) => `${r.engine} ${r.profile}`).values()];
  for (const engine of [...names, "composed ordered", "composed mixed"]) {
    const found = byEngine.filter((result) => result.engine === engine);
    assertEquals(
      found.map(({ profile }) => profile),
      engine.endsWith("ordered") ? ["own", "any"] : ["any"],
    );
    for (const { elements, undecidable, share } of found) {
      // Where exp is written out, it overflows more often than sigmoid.
      const limit = engine.startsWith("composed") ? 0.5 : 0.1;
      assert(elements > 3e4 && undecidable < elements * limit, `${engine}: ${undecidable}`);
      assert(share > 0.999, `${engine} comes close to its budget: ${share}`);
    }
  }
  assert(results.reduce((sum, { elements }) => sum + elements, 0) >= 1e6);
});

Deno.test("the campaign meets every op in so many graphs at least, however few elements it wants", () => {
  const results = measureSoundness({ elements: 1, graphs: 3, seed: 0 });
  for (const op of drawnOps()) {
    for (const [engine, profile] of [["ordered", "own"], ["mixed", "any"]]) {
      const found = results.find((r) =>
        r.op === op && r.engine === engine && r.profile === profile
      );
      assert(found!.graphs >= 3 && found!.elements > 0, `${op}: ${found?.graphs} graphs`);
    }
  }
  const parts: number[] = [];
  const onProgress = (part: number) => void parts.push(part);
  const some = measureSoundness({ elements: 1, ops: ["matmul"], seed: 5, onProgress });
  assertEquals(parts, [1]);
  assertEquals(new Set(some.map(({ worst }) => worst)), new Set([{ op: "matmul", seed: 5 }]));
});

Deno.test("an allowance that is a little too small is exceeded", () => {
  const { own, any } = allowances;
  const sums: OpName[] = ["reduceSum", "matmul"];
  const weakened: Record<
    string,
    [ops: OpName[], own: Partial<Allowance>, any: Partial<Allowance>]
  > = {
    "0.499 ULP per operation": [["mul"], { rounding: (m) => own.rounding(m) * 0.998 }, {}],
    "0.49 ULP per function": [["exp"], { elementary: (m) => own.elementary(m) * 0.98 }, {}],
    "3.9 ULP per function": [["exp"], {}, { elementary: (m) => any.elementary(m) * 0.975 }],
    "no reciprocal in a division": [["div"], {}, { division: any.rounding }],
    "no flushing of inputs": [["mul"], {}, { source: () => 0 }],
    "no flushing of results": [["mul"], {}, { rounding: own.rounding }],
    "one rounding fewer per sum": [sums, {
      summation: (terms, roundings, m) => own.summation(terms - 1, roundings, m),
    }, {}],
    "no rounding of products": [
      sums,
      { summation: (terms, _, m) => own.summation(terms, 0, m) },
      {},
    ],
    "no flushing of partial sums": [sums, {}, { summation: own.summation }],
  };
  for (const [what, [ops, less, fewer]] of Object.entries(weakened)) {
    const results = measureSoundness({
      elements: 2e5,
      ops,
      seed: 0,
      noise: false,
      allowances: { own: { ...own, ...less }, any: { ...any, ...fewer } },
    });
    assert(results.some(({ share }) => share > 1), what);
  }
});

/** An op whose results are negative; the error that it passes on is `factor` times the right one. */
const negative = (factor: number) =>
  unary({
    summary: "The negated exponential.",
    example: ["negative(0)", "-1."],
    exact: (x) => -Math.exp(x),
    float32: (x) => -exp32(x),
    spread: (x, e) => factor * (x - e > 89 ? 0 : Math.exp(x + e) * -Math.expm1(-e)),
    tangent: (_, dx, y) => y * dx,
    gradient: (y, g, { mul }) => [mul(g, y)],
  });

Deno.test("a new op needs a row only: negative results are in budget, half a spread is caught", () => {
  const largest = (row: Op) =>
    withOp("negative", row, (op) => {
      const results = measureSoundness({
        elements: 1,
        graphs: 60,
        ops: [op],
        seed: 0,
        noise: false,
      });
      const own = results.filter((result) => result.op === op);
      assert(own.length > 10 && own.every(({ elements }) => elements > 300));
      return Math.max(...results.map(({ share }) => share));
    });
  const sound = largest(negative(1));
  assert(sound > 0.999 && sound <= 1, `${sound}`);
  const unsound = largest(negative(0.5));
  assert(unsound > 1 && unsound < Infinity, `${unsound}`);
});

/** The largest share of its budget that an engine uses for a node, in a few attempts. */
function largestShare(node: Node, engine: HonestEngine, allowance: Allowance): number {
  const { values, radii } = evaluateFloat64([node], allowance).get(node)!;
  return Array.from({ length: 50 }, (_, seed) => {
    const computed = engine(new RandomStream(seed))([node]).get(node)!;
    return Array.from(computed, (value, i) => shareOfBudget(value, values[i]!, radii[i]!) ?? 0);
  }).flat().reduce((a, b) => Math.max(a, b), 0);
}

/** A value that adding and subtracting a large one spoils. */
const swamped = (x: number, swamp: number) => sub(add(variable(x), swamp), swamp);

Deno.test("hand-made extremes stay within their budgets", () => {
  // 6e-5, of which swamping makes 4.00007; a sum of those loses digits that the exact terms have
  // not.
  const lifted = broadcastTo(sub(swamped(12, 1e8), 12 - 0.6 * 2 ** -13), [1, 400]);
  const tinyMean = Array.from({ length: 64 }, () => 64 * 2 ** -126 * (1 - 2 ** -20));
  const extremes: Record<string, Node> = {
    // Three roundings, the reciprocal's among them, that all push the same way.
    "mean by the reciprocal": reduceMean(variable([1 + 3 * 2 ** -23, 5 * 2 ** -24, 3 * 2 ** -24])),
    "mean of shares that are flushed": reduceMean(variable(tinyMean)),
    "product with a subnormal input": mul(variable(2 ** -130), 2 ** 100),
    "quotient by a subnormal input": div(1, variable(2 ** -130)),
    "products that are ties between subnormals": matmul(
      variable([new Array(8).fill(3 * 2 ** -75)]),
      variable(new Array(8).fill([2 ** -75])),
    ),
    "a sum that overflows on the way": reduceSum(variable([3e38, 3e38, -3e38, -3e38])),
    "a product of swamped factors": mul(swamped(3.9, 1e8), swamped(-3.9, 1e8)),
    "a quotient of swamped factors": div(swamped(3.9, 1e8), swamped(-12.1, 1e8)),
    "a square of what is nearly 0": square(sub(swamped(4.1, 1e8), 4.1)),
    "a product just below overflow": mul(exp(variable(0.3)), 3.4028235e38 / Math.exp(0.3)),
    "a product just beyond overflow": mul(exp(variable(0.3)), 3.4028238e38 / Math.exp(0.3)),
    "a sum that is lifted into the next binade": add(swamped(12, 1e8), 2 ** 24 - 13),
    "a sum of lifted terms": reduceSum(lifted),
    "a product of lifted terms": matmul(lifted, broadcastTo(1, [400, 1])),
    "exp of a swamped sum": exp(add(swamped(3.9, 1e8), swamped(3.9, 1e8))),
    "sigmoid of a swamped sum": sigmoid(add(swamped(3.9, 1e8), swamped(3.9, 1e8))),
    "exp near overflow": exp(variable([88.722816, 88.72283, 88.72284, 88.8, 1e30])),
    "exp near underflow": exp(variable([-87.3, -87.34, -103.9, -104, -1e30])),
    "sigmoid at its ends": sigmoid(variable([-87.3, -87.34, -103.9, -104, 17.32, 17.33, 1e30])),
    "exp where float64 underflows": exp(
      [swamped(-500, 1e10), swamped(-125, 2.5e9), swamped(-62, 1.25e9), variable(-59)].reduce((
        a,
        b,
      ) => add(a, b)),
    ),
    "composed sigmoid where exp overflows": div(1, add(1, exp(variable([88.72, 88.8, 1e30])))),
    "signed zeros": div(1, variable([0, -0])),
    "a sum of negative zeros": reduceSum(variable([-0, -0])),
    "zero times infinity": mul(variable([0, -0, 1]), Infinity),
  };
  const engines = {
    ...honestEngines,
    "reciprocal, flushing": engineWith({
      mean: "reciprocal",
      flush: { inputs: true, results: true },
    }),
    "shares, flushing": engineWith({ mean: "shares", flush: { inputs: true, results: true } }),
  };
  for (const [what, node] of Object.entries(extremes)) {
    assert(largestShare(node, honestEngines.ordered!, allowances.own) <= 1, `${what}, own`);
    for (const [name, engine] of Object.entries(engines)) {
      const share = largestShare(node, engine, allowances.any);
      assert(share <= 1, `${what}: ${name} uses ${share}`);
    }
  }
});

Deno.test("the share of a budget counts NaN and infinities as what they are", () => {
  assertEquals(shareOfBudget(1.5, 1, 1), 0.5);
  assertEquals(shareOfBudget(NaN, NaN, 0), 0);
  assertEquals(shareOfBudget(Infinity, Infinity, 0), 0);
  assertEquals(shareOfBudget(-0, 0, 0), 0);
  for (
    const [value, exact] of [[NaN, 1], [1, NaN], [Infinity, 1], [-Infinity, Infinity]] as const
  ) {
    assertEquals(shareOfBudget(value, exact, 0), Infinity);
  }
  assertEquals(shareOfBudget(2, 1, 0), Infinity);
  assertEquals(shareOfBudget(NaN, 1, 5), Infinity);
  assertEquals(shareOfBudget(2, 1, Infinity), null);
});

Deno.test("on the notebook's grid the budgets of this engine stay below 40 ULP", () => {
  let elements = 0;
  for (const c of cases.filter(({ id }) => id.startsWith("notebook/"))) {
    const tensors = c.build();
    const exact = evaluateFloat64(tensors.map(({ node }) => node), allowances.own);
    for (const { name, node } of tensors) {
      const { values, radii } = exact.get(node)!;
      values.forEach((value, i) => {
        elements++;
        assert(radii[i]! < 40 * ulp(value), `${c.id} ${name}[${i}]: ${radii[i]! / ulp(value)} ULP`);
      });
    }
  }
  assert(elements > 3000);
});
