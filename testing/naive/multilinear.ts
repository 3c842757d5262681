/**
 * Naive definitions of reductions, products, and ops that move elements.
 *
 * @module
 */
import {
  type Definition,
  type Index,
  indicesOf,
  placeOf,
  stretched,
  termsOf,
} from "./definition.ts";

const reduction: Definition = ({ op, inputs: [x], attributes, scalars }) => (index) => {
  const terms = termsOf(index, x!.shape, attributes).map(x!.at);
  return op === "reduceSum" ? scalars.sum(terms) : scalars.mean(terms);
};

export const multilinear: Readonly<Record<string, Definition>> = {
  stopGradient: ({ inputs: [x], scalars }) => (index) => scalars.stop(x!.at(index)),
  addN: ({ inputs, scalars }) => (index) => scalars.addN(inputs.map((input) => input.at(index))),
  reduceSum: reduction,
  reduceMean: reduction,
  broadcastTo: ({ inputs: [x] }) => (index) => stretched(x!, index),
  reshape({ shape, inputs: [x] }) {
    const order = indicesOf(x!.shape);
    return (index) => x!.at(order[placeOf(index, shape)]!);
  },
  transpose({ inputs: [x], attributes }) {
    const permutation = attributes.permutation as Index;
    return (index) => {
      const from = new Array<number>(index.length);
      for (let i = 0; i < index.length; i++) from[permutation[i]!] = index[i]!;
      return x!.at(from);
    };
  },
  matmul({ inputs: [x, y], attributes: { transposeA, transposeB }, scalars }) {
    const inner = x!.shape[transposeA ? 0 : 1]!;
    return ([i, j]) => {
      const all = Array.from({ length: inner }, (_, t) => t);
      return scalars.dot(
        all.map((t) => x!.at(transposeA ? [t, i!] : [i!, t])),
        all.map((t) => y!.at(transposeB ? [j!, t] : [t, j!])),
      );
    };
  },
  gather({ inputs: [x, indices], attributes, scalars }) {
    const axis = attributes.axis as number;
    return (index) => {
      const from = [...index];
      const at = from.splice(axis, indices!.shape.length);
      from.splice(axis, 0, scalars.value(indices!.at(at)));
      return x!.at(from);
    };
  },
  // All that has the index, found by looking at all of it.
  scatterAdd({ inputs: [g, indices], attributes, scalars }) {
    const axis = attributes.axis as number;
    return (index) => {
      const before = index.slice(0, axis), after = index.slice(axis + 1);
      const hits = indicesOf(indices!.shape)
        .filter((at) => scalars.value(indices!.at(at)) === index[axis]);
      return scalars.inOrder(hits.map((at) => g!.at([...before, ...at, ...after])));
    };
  },
  slice: ({ inputs: [x], attributes }) => (index) =>
    x!.at(index.map((i, axis) => i + (attributes.begin as Index)[axis]!)),
  pad({ inputs: [x], attributes, scalars }) {
    const paddings = attributes.paddings as readonly Index[];
    return (index) => {
      const from = index.map((i, axis) => i - paddings[axis]![0]!);
      const isInside = from.every((i, axis) => i >= 0 && i < x!.shape[axis]!);
      return isInside ? x!.at(from) : scalars.number(0);
    };
  },
  concat({ inputs, attributes }) {
    const axis = attributes.axis as number;
    return (index) => {
      let operand = 0, along = index[axis]!;
      while (along >= inputs[operand]!.shape[axis]!) along -= inputs[operand++]!.shape[axis]!;
      return inputs[operand]!.at(index.map((i, other) => other === axis ? along : i));
    };
  },
  stack({ inputs, attributes }) {
    const axis = attributes.axis as number;
    return (index) => inputs[index[axis]!]!.at(index.filter((_, other) => other !== axis));
  },
};
