/**
 * Instances of every kind: inputs of a case, from what it is made for to what breaks arithmetic.
 *
 * @module
 */
import { sizeOf } from "../core/shape.ts";
import { Tensor } from "../core/tensor.ts";
import type { CompiledCase } from "../cases/mod.ts";
import type { RandomStream } from "../core/random.ts";
import { sourceValue } from "../core/functions/sources.ts";

/** Values at which arithmetic is special, and the ends of the ranges of float32. */
const SPECIAL: readonly number[] = [
  NaN,
  Infinity,
  -Infinity,
  0,
  -0,
  1,
  -1,
  2 ** -149,
  -(2 ** -149),
  3 * 2 ** -130,
  2 ** -126 - 2 ** -149,
  -(2 ** -126),
  2 ** 64,
  -88.72283,
  3e38,
  2 ** 128 - 2 ** 104,
  -(2 ** 128 - 2 ** 104),
];

/** Draws one element, given the case's own value of it. */
type Draw = (random: RandomStream, own: number) => number;

const signed = (random: RandomStream) => 2 * random.next() - 1;
const power = (random: RandomStream, least: number, most: number) =>
  Math.sign(signed(random)) * 10 ** (least + (most - least) * random.next());

/** How the elements of an instance are drawn, by the kind of the instance. */
export const instanceKinds: Readonly<Record<string, Draw>> = {
  own: (_, own) => own,
  uniform: signed,
  wide: (random) => power(random, -38, 38),
  moderate: (random) => power(random, -6, 6),
  "±100": (random) => 100 * signed(random),
  // A few large sizes of both signs, and what they leave when they cancel.
  cancelling: (random) =>
    random.pick([1, -1]) * random.pick([1e4, 1e4, 1e8]) +
    random.pick([0, 1e-3, 1]) * signed(random),
  tiny: (random) => power(random, -46, -30),
  huge: (random) => power(random, 28, 38.5),
  special: (random) => random.pick(SPECIAL),
  "own with a special value": (random, own) => random.next() < 0.2 ? random.pick(SPECIAL) : own,
  "±0": (random) => random.pick([0, -0]),
};

/** The inputs of a case for one instance of a kind, in the order of its inputs. */
export function instanceOf(
  { inputs }: CompiledCase,
  kind: string,
  random: RandomStream,
): Tensor[] {
  const draw = instanceKinds[kind]!;
  return inputs.map(({ node }) => {
    const own = sourceValue(node)!.data;
    const data = Float32Array.from({ length: sizeOf(node.shape) }, (_, i) => draw(random, own[i]!));
    return new Tensor(data, node.shape);
  });
}
