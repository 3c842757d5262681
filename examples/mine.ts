// A case of one's own: deno task verify --cases ./examples/mine.ts
import {
  add,
  type Case,
  gradients,
  gradientTensors,
  matmul,
  reduceMean,
  square,
  sub,
  tensorsOf,
  variable,
} from "../mod.ts";

/** Linear regression on two samples: the gradients of the mean squared error. */
const regression: Case = {
  id: "mine/regression",
  description: "Gradients of the mean squared error of a linear model",
  parameters: { samples: 2, features: 3 },
  build(engine = { gradients }) {
    const x = variable([[3, 4, 8], [1, 2, 3]]);
    const w = variable([[0.5], [-0.25], [0.1]]);
    const b = variable([0.7]);
    const target = variable([[1], [2.5]]);

    const y = add(matmul(x, w), b);
    const loss = reduceMean(square(sub(y, target)));
    return [
      ...tensorsOf("input", { x, w, b, target }),
      ...tensorsOf("forward", { loss }),
      ...gradientTensors(engine, { ys: [loss], xs: { w, b } }), // dw and db
    ];
  },
};

export default [regression];
