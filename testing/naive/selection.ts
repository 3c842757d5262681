/**
 * Naive definitions of selections.
 *
 * @module
 */
import {
  type Definition,
  type Field,
  type Index,
  indicesOf,
  type Scalars,
  termsOf,
} from "./definition.ts";

/** The elements that equal the best; all, with the share NaN, where one is NaN: TensorFlow's 0/0. */
function winnersAmong<T>(
  x: Field<T>,
  candidates: Index[],
  largest: boolean,
  { value }: Scalars<T>,
) {
  const values = candidates.map((at) => value(x.at(at)));
  const best = largest ? Math.max(...values) : Math.min(...values); // NaN if any is
  const winners = candidates.filter((_, i) => values[i] === best);
  return Number.isNaN(best)
    ? { winners: candidates, part: NaN, one: candidates.filter((_, i) => Number.isNaN(values[i])) }
    : { winners, part: 1 / winners.length, one: winners };
}

const isMax = ({ op }: { readonly op: string }) => op.includes("Max");

const reduction: Definition = (node) => (index) => {
  const { inputs: [x], attributes, scalars } = node;
  const candidates = termsOf(index, x!.shape, attributes);
  if (candidates.length === 0) return scalars.number(isMax(node) ? -Infinity : Infinity);
  return scalars.ties!.best(winnersAmong(x!, candidates, isMax(node), scalars).one.map(x!.at));
};

const at: Definition = (node) => (index) => {
  const { inputs: [x, h], attributes, scalars } = node;
  const candidates = termsOf(index, x!.shape, attributes);
  const { winners, part } = winnersAmong(x!, candidates, isMax(node), scalars);
  return scalars.inOrder(winners.map((each) => scalars.ties!.share(part, h!.at(each))));
};

/** All elements of `g` are looked at, whether this one is a winner there. */
const grad: Definition = (node) => {
  const { inputs: [x, g], attributes, scalars } = node;
  const same = (a: Index, b: Index) => a.every((i, axis) => i === b[axis]);
  const groups = indicesOf(g!.shape).map((k) => ({
    k,
    ...winnersAmong(x!, termsOf(k, x!.shape, attributes), isMax(node), scalars),
  }));
  return (index) => {
    const won = groups.filter(({ winners }) => winners.some((each) => same(each, index)));
    return scalars.inOrder(won.map(({ k, part }) => scalars.ties!.share(part, g!.at(k))));
  };
};

const arg: Definition = (node) => (index) => {
  const { inputs: [x], attributes, scalars } = node;
  const axis = attributes.axis as number;
  let best = 0;
  for (let i = 0; i < x!.shape[axis]!; i++) {
    const [a, b] = [i, best].map((along) =>
      scalars.value(x!.at([...index.slice(0, axis), along, ...index.slice(axis)]))
    );
    const isBetter = isMax(node) ? a! > b! : a! < b!;
    if (isBetter || (Number.isNaN(a) && !Number.isNaN(b))) best = i;
  }
  return scalars.number(best);
};

export const selection: Readonly<Record<string, Definition>> = {
  reduceMax: reduction,
  reduceMin: reduction,
  reduceMaxGrad: grad,
  reduceMinGrad: grad,
  reduceMaxAt: at,
  reduceMinAt: at,
  argMax: arg,
  argMin: arg,
};
