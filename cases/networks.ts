/**
 * Networks of real size: where rounding errors add up, and a judge has to tell them from mistakes.
 *
 * They are judged as every case is. Since they are large, datasets and the kill matrix leave them
 * out unless they are named.
 *
 * @module
 */
import { add, matmul, reduceMean, sigmoid, square, sub } from "../core/functions/mod.ts";
import { philox4x32 } from "../core/random.ts";
import { type Shape, sizeOf } from "../core/shape.ts";
import { Tensor } from "../core/tensor.ts";
import type { Case } from "./case.ts";
import { graphCase } from "./graphs/graph_case.ts";

/** How the inputs of a product lie: in [-1, 1), in [0, 1], or so that the terms nearly cancel. */
type Kind = "uniform" | "positive" | "cancelling";

/**
 * Tensors of the given shapes by name, uniform in [-1, 1): element i of tensor t is from the first
 * word of the block whose counter is (i, t, 0, 0) and whose key is (seed, 0).
 */
function drawn<S extends Readonly<Record<string, Shape>>>(seed: number, shapes: S) {
  const words = new Uint32Array(4);
  const entries = Object.entries(shapes).map(([name, shape], t) => {
    const data = new Float32Array(sizeOf(shape)).map((_, i) =>
      (philox4x32(words, i, t, 0, 0, seed, 0)[0]! >>> 8) * 2 ** -23 - 1
    );
    return [name, new Tensor(data, shape)];
  });
  return Object.fromEntries(entries) as { [K in keyof S]: Tensor };
}

/** Two dense layers with biases. */
function perceptron(loss: "mse" | "mean", seed: number): Case {
  return graphCase(
    `network/perceptron/loss=${loss}`,
    "A perceptron 64-128-10 with biases on 32 samples",
    () =>
      drawn(seed, {
        x: [32, 64],
        W1: [64, 128],
        b1: [128],
        W2: [128, 10],
        b2: [10],
        ...(loss === "mse" ? { t: [32, 10] } : {}),
      }),
    ({ x, t, ...xs }) => {
      const h = sigmoid(add(matmul(x, xs.W1), xs.b1));
      const y = sigmoid(add(matmul(h, xs.W2), xs.b2));
      const z = reduceMean(t === undefined ? y : square(sub(y, t)));
      return { forward: { y, z }, request: { ys: [z], xs } };
    },
  );
}

/** Sigmoid layers of one width. */
function deep(layers: number, width: number, batch: number, seed: number): Case {
  return graphCase(
    `network/deep/layers=${layers}`,
    `${layers} sigmoid layers of width ${width} on ${batch} samples`,
    () => {
      const shapes: Record<string, Shape> = { x: [batch, width] };
      for (let i = 1; i <= layers; i++) shapes[`W${i}`] = [width, width];
      return drawn(seed, shapes);
    },
    ({ x, ...xs }) => {
      const y = Object.values(xs).reduce((h, W) => sigmoid(matmul(h, W)), x!);
      const z = reduceMean(y);
      return { forward: { y, z }, request: { ys: [z], xs } };
    },
  );
}

/** A linear layer whose weights' gradient is a product of two inputs, 32×K×32. */
function product(K: number, kind: Kind, seed: number): Case {
  return graphCase(
    `network/product/K=${K}/${kind}`,
    `A linear layer on ${K} samples, of which its weights' gradient is a ${kind} sum`,
    () => {
      const inputs = drawn(seed, { x: [K, 32], W: [32, 32], u: [K, 32] });
      const [x, u] = [inputs.x.data, inputs.u.data];
      x.forEach((_, i) => {
        if (kind === "positive") [x[i], u[i]] = [Math.abs(x[i]!), Math.abs(u[i]!)];
        // Every second sample takes back what the one before it gives, but for 1 part in 512.
        if (kind === "cancelling" && i & 32) {
          [x[i], u[i]] = [-x[i - 32]!, u[i - 32]! * (1 + u[i]! / 512)];
        }
      });
      return inputs;
    },
    ({ x, W, u }) => ({ forward: {}, request: { ys: [matmul(x, W)], xs: { W }, gradYs: [u] } }),
    kind === "cancelling" ? [] : ["dW"],
  );
}

/** The networks; ids begin with `network/`. */
export const networkCases: readonly Case[] = [
  perceptron("mse", 1),
  perceptron("mean", 2),
  deep(4, 64, 4, 3),
  deep(12, 32, 8, 4),
  product(512, "uniform", 5),
  product(512, "positive", 6),
  product(512, "cancelling", 7),
  product(1024, "uniform", 8),
  product(1024, "positive", 9),
  product(1024, "cancelling", 10),
  product(4096, "uniform", 11),
  product(4096, "positive", 12),
  product(4096, "cancelling", 13),
];
