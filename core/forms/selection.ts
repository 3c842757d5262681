/**
 * The selection form: each element of the output is the best of its candidates.
 *
 * One row makes three ops, whose gradients are each other, to any order: the selection, `name`;
 * `nameGrad`, which hands a gradient to the winners; and `nameAt`, which reads other values where
 * the winners are. To the last two the winners are constants: no small change of `x` moves them.
 *
 * @module
 */
import type { AttributesOf } from "../attributes.ts";
import type { Node } from "../graph.ts";
import type { Functions, Kinds, Op, OpText, Sample } from "../op.ts";
import type { RandomStream } from "../random.ts";
import { sameShape, type Shape, shapeText, sizeOf } from "../shape.ts";
import { layoutOf } from "./layout.ts";
import { failToDraw, sampler } from "./samples.ts";
import type { Nest } from "./places.ts";
import {
  bindShares,
  bindValue,
  boundOfShares,
  boundOfValue,
  type Direction,
  noiseOfShares,
} from "./shares.ts";
import type { Candidates, Choice } from "./winners.ts";

/** The public function of a face: of what is selected among, and of a gradient or other values. */
type Face<O> = (x: Node, other: Node, options: O) => Node;

/** What makes an op a selection, and which. */
export interface SelectionRow<K extends Kinds, O> extends OpText, Choice {
  /** The example of `nameGrad`. */
  readonly exampleGrad: OpText["example"];
  /** The example of `nameAt`. */
  readonly exampleAt: OpText["example"];
  readonly attributes: K;
  readonly infer: (
    shapes: readonly Shape[],
    attributes: AttributesOf<K>,
    refuse: (facts: string) => never,
  ) => Shape;
  /** The place of an element and of a candidate for it, given the shapes of output and operand. */
  readonly candidates: (shapes: readonly Shape[], attributes: AttributesOf<K>) => Nest;
  /** The public functions `nameGrad` and `nameAt`. */
  readonly faces: (functions: Functions) => readonly [grad: Face<O>, at: Face<O>];
  /** The options that give these functions the attributes. */
  readonly options: (attributes: AttributesOf<K>) => O;
  /** Draws a sample; by the kinds of the attributes, if missing. */
  readonly sample?: (random: RandomStream, x: Shape) => Sample | null;
}

/** The names of the ops that a selection row makes. */
type Names<N extends string> = N | `${N}Grad` | `${N}At`;

/** Makes the complete rows of the selection `name` and of its two faces. */
export function selection<const N extends string, K extends Kinds, O>(
  name: N,
  row: SelectionRow<K, O>,
): Readonly<Record<Names<N>, Op<AttributesOf<K>>>> {
  type A = AttributesOf<K>;
  const { best, ties, infer, options } = row;
  const sample = row.sample ?? sampler(row.attributes, () => []);
  const among = (node: Node, y: Node): Candidates => {
    const shapes = [y.shape, node.inputs[0]!.shape];
    const nest = row.candidates(shapes, node.attributes as A);
    return { layout: layoutOf(nest, shapes, node.op), size: sizeOf(y.shape), best, ties };
  };
  const gradOf = ({ inputs: [x], attributes }: Node<A>, g: Node, functions: Functions) =>
    row.faces(functions)[0](x!, g, options(attributes));
  const atOf = ({ inputs: [x], attributes }: Node<A>, h: Node, functions: Functions) =>
    row.faces(functions)[1](x!, h, options(attributes));

  const face = (
    direction: Direction,
    text: OpText,
  ): Omit<Op<A>, "infer" | "gradient" | "sample"> => {
    const of = (node: Node) => among(node, direction === "to winners" ? node.inputs[1]! : node);
    const shares = (node: Node, x: Float64Array, v: Float64Array, isChange: boolean) => {
      const z = new Float64Array(sizeOf(node.shape));
      bindShares(of(node), direction, [x, v], z, isChange)();
      return z;
    };
    return {
      ...text,
      form: { name: "selection", rounds: ties === "shared", candidates: of, gives: direction },
      arity: 2,
      attributes: row.attributes as never,
      takes: ["float32"],
      gives: "float32",
      kernel: (node, z, [x, v]) => bindShares(of(node), direction, [x!, v!], z),
      reference: (node, [x, v]) => shares(node, x!, v!, false),
      bound: (node, context) => boundOfShares(of(node), direction, context),
      noise: (node, context) => noiseOfShares(of(node), direction, context),
      tangent: (node, [x], [, dv]) => shares(node, x!, dv!, true),
    };
  };
  const grad: Op<A> = {
    ...face("to winners", {
      summary:
        `The gradient of \`${name}\`: each element of \`g\` goes to the winner among those ` +
        `of \`x\`, ${
          ties === "shared" ? "in equal parts to" : "the first of"
        } several; the others get 0.`,
      example: row.exampleGrad,
      operands: ["x", "g"],
    }),
    infer: ([x, g], attributes, refuse) =>
      same([x!, infer([x!], attributes, refuse)], [x!, g!], x!, refuse),
    gradient: (node, h, functions) => [null, atOf(node, h, functions)],
    sample: (random, x) => sampleOf(random, x, (given) => infer([x], given as A, failToDraw)),
  };
  const at: Op<A> = {
    ...face("from winners", {
      summary: `What \`h\` holds where \`${name}\` finds the winners in \`x\`, ` +
        (ties === "shared" ? "and the mean of it over several." : "the first of several."),
      example: row.exampleAt,
      operands: ["x", "h"],
    }),
    infer: ([x, h], attributes, refuse) =>
      same([x!, x!], [x!, h!], infer([x!], attributes, refuse), refuse),
    gradient: (node, g, functions) => [null, gradOf(node, g, functions)],
    sample: (random, x) => sampleOf(random, x, () => x),
  };
  const value: Op<A> = {
    ...row,
    form: {
      name: "selection",
      rounds: false,
      candidates: (node) => among(node, node),
      gives: "value",
    },
    arity: 1,
    attributes: row.attributes as never,
    takes: ["float32"],
    gives: "float32",
    kernel: (node, z, [x]) => bindValue(among(node, node), x!, z),
    reference(node, [x]) {
      const z = new Float64Array(sizeOf(node.shape));
      bindValue(among(node, node), x!, z)();
      return z;
    },
    bound: (node, context) => boundOfValue(among(node, node), context),
    noise: (_, { output }) => new Float64Array(output.length),
    // The mean over the changes of the winners.
    tangent(node, [x], [dx]) {
      const z = new Float64Array(sizeOf(node.shape));
      bindShares(among(node, node), "from winners", [x!, dx!], z, true)();
      return z;
    },
    gradient: (node, g, functions) => [gradOf(node, g, functions)],
    sample,
  };
  return { [name]: value, [`${name}Grad`]: grad, [`${name}At`]: at } as Record<Names<N>, Op<A>>;

  function sampleOf(random: RandomStream, x: Shape, other: (attributes: object) => Shape) {
    const given = sample(random, x);
    return given && { ...given, shapes: [x, other(given.attributes ?? {})] };
  }
}

/** The result, where shapes are as expected. */
function same(
  expected: readonly [Shape, Shape],
  given: readonly [Shape, Shape],
  result: Shape,
  refuse: (facts: string) => never,
): Shape {
  if (sameShape(given[1], expected[1])) return result;
  const [was, wanted] = [given, expected].map((pair) => pair.map(shapeText).join(" and "));
  return refuse(`shapes ${was}, expected ${wanted}`);
}
