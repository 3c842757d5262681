/**
 * A perceptron of one hidden layer, with inputs drawn by seed.
 *
 * @module
 */
import { add, matmul, reduceMean, square, sub, variable } from "../core/functions/mod.ts";
import { gradients } from "../core/gradients.ts";
import type { Node } from "../core/graph.ts";
import { RandomStream } from "../core/random.ts";
import { sizeOf } from "../core/shape.ts";
import { Tensor } from "../core/tensor.ts";

/** The nodes of a perceptron. */
export interface Perceptron {
  readonly loss: Node;
  /** By name: the features, weights and biases. */
  readonly inputs: Readonly<Record<"x" | "W1" | "b1" | "W2" | "b2", Node>>;
  /** The gradients of the loss with respect to these, in their order. */
  readonly gradients: readonly Node[];
}

/** Options of {@linkcode perceptron}. */
export interface PerceptronOptions {
  readonly activation: (x: Node) => Node;
  /** Draws a value; uniform between -1 and 1 if missing. */
  readonly draw?: (random: RandomStream) => number;
  /** How many rows, features, hidden units and outputs there are. */
  readonly sizes?: readonly [rows: number, features: number, hidden: number, outputs: number];
}

/** Builds a perceptron and its mean squared error. */
export function perceptron(seed: number, options: PerceptronOptions): Perceptron {
  const { activation, draw = (random) => 2 * random.next() - 1, sizes = [32, 64, 128, 10] } =
    options;
  const [rows, features, hidden, outputs] = sizes;
  const random = new RandomStream(seed);
  const drawn = (...shape: number[]) =>
    variable(new Tensor(Float32Array.from({ length: sizeOf(shape) }, () => draw(random)), shape));
  const inputs = {
    x: drawn(rows, features),
    W1: drawn(features, hidden),
    b1: drawn(hidden),
    W2: drawn(hidden, outputs),
    b2: drawn(outputs),
  };
  const layer = (x: Node, W: Node, b: Node) => activation(add(matmul(x, W), b));
  const { x, W1, b1, W2, b2 } = inputs;
  const y = layer(layer(x, W1, b1), W2, b2);
  const loss = reduceMean(square(sub(y, drawn(rows, outputs))));
  return { loss, inputs, gradients: gradients(loss, Object.values(inputs)) as Node[] };
}
