// The functions as ops: kernels, bounds and TensorFlow's conventions.

import { assert, assertEquals } from "@std/assert";
import { type Node, placeholder, run, tensor } from "../../mod.ts";
import { fromBits, toBits } from "../float32.ts";
import * as nodes from "../functions/mod.ts";
import { atan2 } from "../math/atan2.ts";
import { functions } from "../math/functions.ts";
import { pow } from "../math/pow.ts";
import type { Allowance } from "../op.ts";
import { RandomStream } from "../random.ts";
import { families } from "./table.ts";

const { exponential, trigonometric, hyperbolic, special } = families;
const rows = { ...exponential, ...trigonometric, ...hyperbolic, ...special };
const names = Object.keys(rows) as (keyof typeof rows)[];

/** The correctly rounded functions by op, as they stand in `math/`. */
const correct: Readonly<Record<string, (...x: number[]) => number>> = {
  ...functions,
  pow,
  atan2,
  sqrt: (x) => Math.fround(Math.sqrt(x!)),
  reciprocal: (x) => Math.fround(1 / x!),
};

/** Where functions end, turn, jump or saturate. */
const anchors = [0, -0, 1, -1, 2, -2, 0.5, Math.PI / 2, -Math.PI / 2, Math.PI, 4, 10.06, 16, -17.4];
const ends = [88.73, -87.4, -103.98, 104, 2 ** 24, 2 ** -149, -(2 ** -126), 3.4028234663852886e38];
const special32 = [...anchors, ...ends, Infinity, -Infinity, NaN].map(Math.fround);

Deno.test("every function has an op", () => {
  assertEquals(names.toSorted(), Object.keys(correct).toSorted());
});

Deno.test("the kernel of every function is the correctly rounded one, bit for bit", () => {
  const random = new RandomStream(1);
  const any = () => random.next() < 0.5 ? fromBits(random.below(2 ** 32)) : 8 * random.next() - 4;
  const columns = [0, 1].map((column) =>
    Float32Array.from({ length: 3_000 }, (_, i) => {
      const at = column === 0 ? i % special32.length : Math.floor(i / special32.length);
      return special32[i < special32.length ** 2 ? at : -1] ?? any();
    })
  );
  for (const name of names) {
    const operands = columns.slice(0, rows[name].arity as number).map((data) => tensor(data));
    const [y] = run([nodeOf(name, operands)]);
    y.data.forEach((value, i) => {
      const x = operands.map(({ data }) => data[i]!);
      const expected = Math.fround(correct[name]!(...x));
      assertEquals(toBits(value), toBits(expected), `${name}(${x}): ${value}, not ${expected}`);
    });
  }
});

/** So that a bound is the spread alone. */
const nothing: Allowance = {
  source: () => 0,
  rounding: () => 0,
  division: () => 0,
  elementary: () => 0,
  summation: () => 0,
  mean: () => 0,
};

/** A place: operands, and how far each may be off. */
interface Place {
  readonly x: number[];
  readonly e: number[];
}

/** The results of an op at places, and their spreads. */
function spreadsAt(name: keyof typeof rows, places: readonly Place[]): Float64Array[] {
  const { bound, reference, arity } = rows[name];
  assert(bound !== "source" && reference !== "source");
  const operands = Array.from({ length: arity as number }, (_, n) => n);
  const node = nodeOf(name, operands.map(() => placeholder([places.length])));
  const values = operands.map((n) => Float64Array.from(places, ({ x }) => x[n]!));
  const radii = operands.map((n) => Float64Array.from(places, ({ e }) => e[n]!));
  const output = reference(node as never, values);
  return [output, bound(node as never, { values, radii, output, allowance: nothing })];
}

function nodeOf(name: keyof typeof rows, operands: readonly nodes.Operand[]): Node {
  return (nodes[name] as (...x: nodes.Operand[]) => Node)(...operands);
}

/** How far two results are apart: `Infinity` where NaN or an infinity meets something else. */
function distance(a: number, b: number): number {
  if (
    Object.is(a, b) || (a >= 2 ** 128 && b >= 2 ** 128) || (a <= -(2 ** 128) && b <= -(2 ** 128))
  ) {
    return 0;
  }
  const apart = Math.abs(a - b);
  return apart >= 0 ? apart : Infinity;
}

/** A value of any size, often where functions end or turn. */
function drawValue(random: RandomStream): number {
  const kind = random.next();
  const sign = random.next() < 0.5 ? -1 : 1;
  if (kind < 0.2) return random.pick([...anchors, ...ends]);
  if (kind < 0.4) return random.pick(anchors) + sign * 2 ** (-30 * random.next());
  if (kind < 0.6) return sign * 2 ** (270 * random.next() - 145);
  return sign * 2 ** (16 * random.next() - 8);
}

/** A radius of any size, at times one that just reaches a place where functions end or turn. */
function drawRadius(random: RandomStream, x: number): number {
  const kind = random.next();
  if (kind < 0.2) return Math.abs(x - random.pick(anchors)) || 2 ** -30;
  if (kind < 0.5) return Math.abs(x) * 2 ** (-30 * random.next()) || 2 ** -149;
  return 2 ** (kind < 0.9 ? 48 * random.next() - 40 : 270 * random.next() - 149);
}

/** Places within e of x, its ends among them, and where a function may do what it does not near. */
function within(x: number, e: number): number[] {
  if (e === 0 || !Number.isFinite(x)) return [x];
  const inner = [-1, -0.999, -0.7, -0.2, 0, 0.4, 0.8, 0.999, 1].map((share) => x + share * e);
  const first = Math.ceil(x - e);
  const last = Math.floor(x + e);
  const whole = [first, first + 0.5, last - 0.5, last, 2 * Math.ceil((x - e) / 2)];
  return [...inner, 0, -0, 1, -1, ...whole].filter((at) =>
    at >= x - e && at <= x + e && Math.abs(at - x) <= e
  );
}

/** The largest distance of results around x from that at x. */
function farthestOf(f: (...x: number[]) => number, x: number[], e: number[]): number {
  const y = f(...x);
  const [first, second] = x.map((each, i) => within(each, e[i]!));
  const results = second === undefined
    ? first!.map((a) => f(a))
    : first!.flatMap((a) => second.map((b) => f(a, b)));
  return Math.max(...results.map((result) => distance(y, result)));
}

/**
 * Whether what is found at a few places tells how much the spread must be: they are finite, not all
 * one double, and float32 has the result. The tangent's poles show at none; waves have their peaks
 * between them; and the bound of sigmoid, the radius times the largest slope, is meant for small
 * radii. That of a power says nothing where the base may be negative and the exponent is uncertain.
 */
function isTelling(name: string, x: readonly number[], e: readonly number[], y: number): boolean {
  if (name === "tan" || (["sin", "cos", "sigmoid"].includes(name) && e[0]! > 1)) return false;
  return Math.abs(y) < 2 ** 128 &&
    x.every((at, i) => e[i] === 0 || (e[i]! > 2 ** -40 * Math.abs(at) && Number.isFinite(at))) &&
    !(name === "pow" && x[0]! <= e[0]! && e[1]! > 0);
}

function drawPlace(random: RandomStream, arity: number): Place {
  const x = Array.from({ length: arity }, () => drawValue(random));
  const e = x.map((each) => drawRadius(random, each));
  const certain = random.below(4);
  if (arity === 2 && certain < 2) {
    e[certain] = 0;
    if (random.next() < 0.2) x[certain] = random.pick([NaN, Infinity, -Infinity, 3, -5]);
  }
  return { x, e };
}

for (const name of names) {
  Deno.test(`the spread of ${name} holds, and is not much more than what is found`, () => {
    const random = new RandomStream(names.indexOf(name));
    const { form, arity } = rows[name];
    assert(form.name === "elementwise");
    const { exact } = form.scalars(rows[name] as never);
    const places = Array.from({ length: 20_000 }, () => drawPlace(random, arity as number));
    const [output, spreads] = spreadsAt(name, places);
    let told = 0;
    places.forEach(({ x, e }, i) => {
      const [y, spread] = [output![i]!, spreads![i]!];
      const found = farthestOf(exact, x, e);
      const size = Math.abs(y) < Infinity ? Math.abs(y) : 0;
      const noise = 2 ** -48 * Math.max(size, found < Infinity ? found : 0);
      const facts = `${name}(${x}) ± ${e}: spread ${spread}, found ${found}`;
      assert(spread >= found - noise, facts);
      if (!isTelling(name, x, e, y)) return;
      assert(spread <= 4 * found + noise, facts);
      if (spread < Infinity && spread > 0) told++;
    });
    if (name !== "tan") assert(told > 2_000, `${told} finite`);
  });
}
