/**
 * Products of two operands, summed, in letters: one for each axis.
 *
 * @module
 */
import type { AttributesOf } from "../attributes.ts";
import type { Node } from "../graph.ts";
import type { Functions, Kinds, Op } from "../op.ts";
import { fit } from "./fit.ts";
import { multilinear, type MultilinearRow } from "./multilinear.ts";
import { over } from "./places.ts";

/**
 * The letters of the axes of `a`, of `b` and of their product, such as `["mk", "kn", "mn"]`. Axes
 * of one letter run together; those that the product lacks are summed, in order. A letter stands in
 * two of the three at least.
 */
export type Letters = readonly [a: string, b: string, product: string];

/** What makes an op a product, and which. */
export interface ProductRow<K extends Kinds>
  extends Omit<MultilinearRow<K>, "arity" | "infer" | "terms" | "order" | "gradient"> {
  readonly letters: (attributes: AttributesOf<K>) => Letters;
  /**
   * The product of two nodes with the given letters, made by a public function: a gradient is one
   * of the upstream gradient and the other operand. Of the two, the first is the one that has the
   * first axis of the product that is not an axis of both.
   */
  readonly multiply: (a: Node, b: Node, letters: Letters, functions: Functions) => Node;
}

/** Makes the complete row of a product. */
export function product<K extends Kinds = Record<never, never>>(
  row: ProductRow<K>,
): Op<AttributesOf<K>> {
  const { letters, multiply } = row;
  return multilinear<K>({
    further(random, x, attributes) {
      const [a, b] = letters(attributes);
      const extents = new Map([...a].map((letter, axis) => [letter, x[axis]!]));
      for (const letter of b) {
        if (!extents.has(letter)) extents.set(letter, 1 + random.below(4));
      }
      return [[...b].map((letter) => extents.get(letter)!)];
    },
    ...row,
    arity: 2,
    infer(shapes, attributes, refuse) {
      const [a, b, result] = letters(attributes);
      const extents = fit(shapes, [a, b], refuse);
      return [...result].map((letter) => extents[letter]!);
    },
    terms([, ...operands], attributes) {
      const [a, b, result] = letters(attributes);
      const loops = [...new Set(result + a + b)];
      const axes = a + b, all = operands.flat();
      const extents = loops.map((letter) => all[axes.indexOf(letter)]!);
      return over(
        extents,
        (...at) =>
          [result, a, b].map((each) => [...each].map((letter) => at[loops.indexOf(letter)]!)),
      );
    },
    order: "index",
    gradient({ inputs: [x, y], attributes }, g, functions) {
      const [a, b, result] = letters(attributes);
      const face = (
        [p, ofP]: readonly [Node, string],
        [q, ofQ]: readonly [Node, string],
        wanted: string,
      ) => {
        const first = [...wanted].find((letter) => ofP.includes(letter) !== ofQ.includes(letter));
        return first === undefined || ofP.includes(first)
          ? multiply(p, q, [ofP, ofQ, wanted], functions)
          : multiply(q, p, [ofQ, ofP, wanted], functions);
      };
      return [face([g, result], [y!, b], a), face([g, result], [x!, a], b)];
    },
  });
}
