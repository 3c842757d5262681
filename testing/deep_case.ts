/**
 * A network of sigmoid layers of one width: what a judge must cope with beyond small graphs.
 *
 * @module
 */
import { type Case, gradientTensors, graphFunctions, tensorsOf } from "../cases/case.ts";
import { matmul, reduceMean, sigmoid, variable } from "../core/functions/mod.ts";
import type { Node } from "../core/graph.ts";
import { RandomStream } from "../core/random.ts";
import { Tensor } from "../core/tensor.ts";

/** The mean of the last of several layers, differentiated with respect to all weights. */
export function deepCase(
  { layers, width, batch }: {
    readonly layers: number;
    readonly width: number;
    readonly batch: number;
  },
): Case {
  return {
    id: `deep/layers=${layers}/width=${width}/batch=${batch}`,
    description: `${layers} sigmoid layers of ${width}`,
    parameters: { layers, width, batch },
    build(by = graphFunctions) {
      const random = new RandomStream(1);
      const drawn = (rows: number, columns: number) =>
        variable(
          new Tensor(
            Float32Array.from({ length: rows * columns }, () => 2 * random.next() - 1),
            [rows, columns],
          ),
        );
      const x = drawn(batch, width);
      const weights: Record<string, Node> = {};
      let h: Node = x;
      for (let layer = 1; layer <= layers; layer++) {
        const w = weights[`W${layer}`] = drawn(width, width);
        h = sigmoid(matmul(h, w));
      }
      const y = reduceMean(h);
      return [
        ...tensorsOf("input", { x, ...weights }),
        ...tensorsOf("forward", { y }),
        ...gradientTensors(by, { ys: [y], xs: weights }),
      ];
    },
  };
}
