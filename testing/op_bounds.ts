/**
 * What the `bound` of a row promises, tried: exact results of operands that are off, and engines
 * that are honest.
 *
 * @module
 */
import { assert } from "@std/assert";
import { mul } from "../core/functions/mod.ts";
import type { Node } from "../core/graph.ts";
import type { Allowance } from "../core/op.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import type { RandomStream } from "../core/random.ts";
import { allowances, type Profile } from "../verify/allowance.ts";
import { evaluateFloat64 } from "../verify/exact.ts";
import { honestEngines } from "../verify/honest.ts";
import { trials, variableOf } from "./op_trials.ts";

/** Just below 1, so that a sum in float64 does not reach beyond what it is a part of. */
const ALMOST = 1 - 2 ** -30;

/** How many times too large a bound may be where it is tightest. */
const LOOSEST = 8;

/** What two float64 evaluations may differ by where nothing is off. */
const twoFloat64: Allowance = (() => {
  const relative = (roundings: number) => (magnitude: number) =>
    Number.isFinite(magnitude) ? 2 * roundings * 2 ** -53 * magnitude : 0;
  return {
    source: () => 0,
    rounding: relative(1),
    division: relative(1),
    elementary: relative(32),
    summation: (terms, roundings, magnitude) => relative(terms + roundings)(magnitude),
    mean: (terms, magnitude) => relative(terms)(magnitude) / terms,
  };
})();

/** Operands that are off move the exact result no further than the bound says. */
export function spreadLaw(name: OpName): void {
  const { reference, bound } = ops[name];
  if (reference === "source" || bound === "source") return;
  let [moved, bounded, tightest] = [0, 0, Infinity];
  for (const { y, inputs, random } of trials(name, { count: 24 })) {
    const values = [...evaluateFloat64(inputs, twoFloat64).values()].map((each) => each.values);
    const shares = sharesOf(inputs, random);
    const radii = values.map((list, i) => list.map((x) => Math.abs(x) * shares[i]!));
    const output = reference(y as never, values);
    const allowed = bound(y as never, { values, radii, output, allowance: twoFloat64 });
    for (let attempt = 0; attempt < 8; attempt++) {
      const off = values.map((list, i) => list.map((x, e) => x + radii[i]![e]! * side(random)));
      reference(y as never, off).forEach((value, e) => {
        const distance = Object.is(value, output[e]) ? 0 : Math.abs(value - output[e]!);
        if (allowed[e] === Infinity) return;
        assert(distance <= allowed[e]!, `${y} moves by ${distance} where ${allowed[e]} is allowed`);
        bounded++;
        if (distance > 0) moved++;
        if (distance > 0) tightest = Math.min(tightest, allowed[e]! / distance);
      });
    }
  }
  assert(bounded > 50, `only ${bounded} results had a bound`);
  const hasReal = trials(name).some(({ y, inputs }) =>
    y.dtype === "float32" && inputs.some(({ dtype }) => dtype === "float32")
  );
  const steps = ops[name].form.name === "elementwise" && isConstantAround(name);
  assert(moved > 0 || !hasReal || steps, "no result moved");
  const tight =
    `nowhere does ${name} move by a ${LOOSEST}th of its bound, at best by 1 in ${tightest}`;
  assert(moved === 0 || tightest <= LOOSEST, tight);
}

/** Where in its radius a value lies: half of the time at the end. */
function side(random: RandomStream): number {
  const at = 2 * random.next() - 1;
  return ALMOST * (random.next() < 0.5 ? Math.sign(at) : at);
}

/**
 * By which part of itself each operand is off: from a quarter to what float32 rounds, often all by
 * the same, some not at all.
 */
function sharesOf(inputs: readonly Node[], random: RandomStream): number[] {
  const share = () => 2 ** -(2 + random.below(22));
  const all = share();
  return inputs.map(({ dtype }) => {
    if (dtype !== "float32" || random.next() < 0.2) return 0;
    return random.next() < 0.5 ? all : share();
  });
}

/** Whether an op that rounds or compares stands still nearly everywhere. */
function isConstantAround(name: OpName): boolean {
  const { tangent } = ops[name];
  return trials(name).every(({ y, inputs }) => {
    const values = evaluateFloat64([y, ...inputs], allowances.own);
    const of = (node: Node) => values.get(node)!.values;
    const ones = inputs.map((input) => of(input).map(() => 1));
    return tangent(y, inputs.map(of), ones, of(y)).every((change) => change === 0);
  });
}

/** Engines compute the op on operands that they have rounded themselves, each in its own way. */
export function honestyLaw(name: OpName): void {
  if (ops[name].kernel === "source") return;
  const rounded = (shape: readonly number[], value: () => number, random: RandomStream) =>
    mul(
      variableOf(shape, value),
      variableOf(shape, () => Math.fround(1 + (random.next() - 0.5) / 8)),
    );
  let compared = 0;
  for (const { y, random } of trials(name, { operand: rounded })) {
    for (const [engine, evaluateWith] of Object.entries(honestEngines)) {
      const profile: Profile = engine === "ordered" ? "own" : "any";
      const exact = evaluateFloat64([y], allowances[profile]).get(y)!;
      evaluateWith(random)([y]).get(y)!.forEach((value, e) => {
        const [expected, radius] = [exact.values[e]!, exact.radii[e]!];
        if (radius === Infinity) return;
        const distance = Object.is(value, expected) ? 0 : Math.abs(value - expected);
        assert(
          distance <= radius || (Number.isNaN(value) && Number.isNaN(expected)),
          `${engine} gives ${value} for ${y}, off ${expected} by ${distance}, not ${radius}`,
        );
        compared++;
      });
    }
  }
  assert(compared > 50, `only ${compared} results were compared`);
}
