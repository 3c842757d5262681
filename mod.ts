/**
 * goldengrad: a deterministic float32 autodiff engine with the cases it is verified on.
 *
 * Symbolic graphs as in TensorFlow 1, the same bits on every machine. No I/O, no permission, no
 * dependency.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { gradients, matmul, placeholder, run, sigmoid, tensor, variable } from "./mod.ts";
 *
 * const x = placeholder([1, 3], { name: "x" });
 * const wA = variable([[0.2, 0.3], [0.1, 0.2], [0.4, 0.5]], { name: "W_A" });
 * const y = sigmoid(matmul(matmul(x, wA), [[0.1, -0.3], [0.2, 0.1]]));
 * const [dWA] = gradients(y, [wA], { unconnected: "zero" });
 *
 * const [yv, g] = run([y, dWA], new Map([[x, tensor([[3, 4, 8]])]]));
 * assertEquals(`${yv}`, "[[0.8263534  0.33403307]]");
 * assert(`${g}`.startsWith("[[-0.15716144  0.15283258]"));
 * ```
 *
 * @module
 */
export { type NestedBooleans, type NestedNumbers, Tensor, tensor } from "./core/tensor.ts";
export type { Shape } from "./core/shape.ts";
export { type Attributes, Node } from "./core/graph.ts";
export type { DType } from "./core/dtype.ts";
export * from "./core/functions/mod.ts";
export {
  gradients,
  type GradientsOf,
  type GradientsOptions,
  type GradY,
  type Nodes,
} from "./core/gradients.ts";
export { compile, type Plan, run, type TensorsOf } from "./core/plan.ts";
export { perSampleGradients, type PerSampleOptions } from "./core/per_sample.ts";
export {
  GRAPH_FORMAT_VERSION,
  graphFromJson,
  type GraphJson,
  graphToJson,
  type NodeJson,
  type NodeJson1,
} from "./core/graph_json.ts";
export * from "./cases/mod.ts";
