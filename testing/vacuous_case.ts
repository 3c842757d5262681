/**
 * A case whose budget says nothing: any honest engine may lose all of 1 − σ.
 *
 * @module
 */
import { type Case, gradientTensors, graphFunctions, tensorsOf } from "../cases/case.ts";
import { sigmoid, variable } from "../core/functions/mod.ts";

/** The derivative of a sigmoid at 30, 9.4e-14, and at -200, where it is 0 in float32. */
export const vacuousCase: Case = {
  id: "vacuous/sigmoid",
  description: "A sigmoid far out",
  parameters: {},
  build(by = graphFunctions) {
    const x = variable([30, -200]);
    const y = sigmoid(x);
    return [
      ...tensorsOf("input", { x }),
      ...tensorsOf("forward", { y }),
      ...gradientTensors(by, { ys: [y], xs: { x } }),
    ];
  },
};
