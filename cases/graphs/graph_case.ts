/**
 * What the small graphs share: making a case of a function on named inputs, and values for them.
 *
 * @module
 */
import type { Node } from "../../core/graph.ts";
import { type NestedNumbers, Tensor } from "../../core/tensor.ts";
import {
  type Case,
  type GradientRequest,
  gradientTensors,
  graphFunctions,
  tensorsOf,
} from "../case.ts";
import { square, variable } from "../../core/functions/mod.ts";

/** What a graph computes from its inputs: named values, and which gradients to take. */
export interface Computation {
  /** Values of role `forward` by name. */
  readonly forward: Readonly<Record<string, Node>>;
  /** Which gradients to take. */
  readonly request: GradientRequest;
}

/** The value of an input, or a function that gives it when the case is built. */
export type InputValue = NestedNumbers | Tensor | (() => Tensor);

/**
 * Makes a case from the values of its inputs, or a function that gives them all when the case is
 * built, and a function that builds on them.
 *
 * Nothing is computed before the case is used.
 */
export function graphCase<I extends Readonly<Record<string, InputValue>>>(
  id: string,
  description: string,
  values: I | (() => I),
  compute: (inputs: { readonly [K in keyof I]: Node }) => Computation,
  signs: readonly string[] = [],
): Case {
  return {
    id,
    description,
    signs,
    get parameters() {
      const [family = "", ...rest] = id.split("/");
      return { family, graph: rest.join("/") };
    },
    build(by = graphFunctions) {
      const inputs = Object.fromEntries(
        Object.entries(typeof values === "function" ? values() : values).map(([name, value]) => [
          name,
          variable(typeof value === "function" ? value() : value, { name }),
        ]),
      ) as { [K in keyof I]: Node };
      const { forward, request } = compute(inputs);
      return [
        ...tensorsOf("input", inputs),
        ...tensorsOf("forward", forward),
        ...gradientTensors(by, request),
      ];
    },
  };
}

/** The square of a product of two matrices, and its gradients with respect to both. */
export function product(a: Node, b: Node, y: Node): Computation {
  const z = square(y);
  return { forward: { y, z }, request: { ys: [z], xs: { a, b } } };
}

/** The square of a reduction, and its gradient with respect to what was reduced. */
export function reduced(x: Node, y: Node): Computation {
  const z = square(y);
  return { forward: { y, z }, request: { ys: [z], xs: { x } } };
}

/** A square matrix. */
export const SQUARE_2: NestedNumbers = [[0.75, -1.5], [0.25, 2]];
/** A larger square matrix. */
export const SQUARE_3: NestedNumbers = [[0.5, -0.25, 1], [0.125, 0.75, -0.5], [-1, 0.375, 0.25]];
/** A matrix of more columns than rows. */
export const WIDE: NestedNumbers = [[0.5, -1, 0.25], [1.5, 0.75, -0.125]];

/** Makes a tensor of multiples of 1/8 from -6 to 6, in no order and none of them 0. */
export function scattered(...shape: readonly number[]): () => Tensor {
  return () => {
    const size = shape.reduce((a, b) => a * b, 1);
    const eighth = (i: number) => (i * 37 + 11) % 96 - 48;
    return new Tensor(Float32Array.from({ length: size }, (_, i) => (eighth(i) || 49) / 8), shape);
  };
}
