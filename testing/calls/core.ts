/**
 * Valid calls of what `mod.ts` exports, and of what its exports lead to.
 *
 * @module
 */
import * as core from "../../mod.ts";
import { formatTensor } from "../../core/format.ts";
import { computingOps, sampleArguments } from "../op_samples.ts";
import { type Subject, subject } from "./subject.ts";

const { compile, graphToJson, matmul, placeholder, reduceSum, tensor, variable } = core;

const matrix = () => variable([[1, 2], [3, 4]], { name: "w" });
const rows = () => matmul(variable([[1, 2], [3, 4]]), [[0.5], [0.25]]);

/** Nodes that belong together: a placeholder, a variable, and what is computed from both. */
function graph() {
  const x = placeholder([2, 2], { name: "x" });
  const w = matrix();
  const y = core.sigmoid(matmul(x, w));
  return { x, w, y, value: tensor([[1, 2], [3, 4]]) };
}

/** The public function of an op, by its name. */
const functionOf = (name: string) =>
  (core as unknown as Readonly<Record<string, (...args: never[]) => unknown>>)[name]!;

export const coreSubjects: readonly Subject[] = [
  ...computingOps.map((name) =>
    subject(name, functionOf(name), ...[0, 1, 2, 3].map((n) => () => sampleArguments(name, n)))
  ),
  subject("constant", core.constant, () => [[[1, 2], [3, 4]]], () => [tensor(1), { name: "c" }]),
  subject("variable", variable, () => [[1, 2], { name: "v" }], () => [0.5]),
  subject("placeholder", placeholder, () => [[2, 3], { name: "p" }], () => [[]]),
  subject(
    "tensor",
    tensor,
    () => [[[1, 2, 3], [4, 5, 6]]],
    () => [[1, 2, 3, 4], [2, 2]],
    () => [Float32Array.of(1, 2), [2, 1]],
  ),
  subject(
    "Tensor",
    (data: never, shape: never) => new core.Tensor(data, shape),
    () => [Float32Array.of(1, 2, 3, 4), [2, 2]],
  ),
  subject(
    "Node",
    (...args: never[]) => new (core.Node as unknown as new (...args: never[]) => unknown)(...args),
    () => ["add", [variable(1), variable(2)], [], {}, "sum"],
  ),
  subject("run", core.run, () => [[matrix(), reduceSum(matrix())]], () => {
    const { x, y, value } = graph();
    return [[y], new Map([[x, value]])];
  }),
  subject("compile", compile, () => [[matrix()]], () => {
    const { x, w, y } = graph();
    return [[y, y], [x, w]];
  }),
  subject(
    "Plan.run",
    (feeds: never) => {
      const { x, w, y } = graph();
      return compile([y], [x, w]).run(feeds);
    },
    () => [[tensor([[1, 2], [3, 4]]), tensor([[1, 0], [0, 1]])]],
  ),
  subject("gradients", core.gradients, () => {
    const { w, y } = graph();
    return [y, w];
  }, () => {
    const { x, w, y, value } = graph();
    return [[y, w], [x, w], {
      gradYs: [value, null],
      stopGradients: [x],
      unconnected: "zero",
    }];
  }),
  subject("perSampleGradients", core.perSampleGradients, () => {
    const y = rows();
    return [y, [y.inputs[0]], { gradY: tensor([[1], [2]]), stopGradients: y.inputs[1] }];
  }),
  subject("graphToJson", graphToJson, () => [{ y: graph().y, w: matrix() }]),
  subject(
    "graphFromJson",
    core.graphFromJson,
    () => [graphToJson({ y: graph().y })],
    () => [graphToJson({ sum: reduceSum(matrix(), { axis: 1 }), t: core.transpose(matrix()) })],
  ),
  subject("formatTensor", formatTensor, () => [tensor([1, 2])], () => [
    { shape: [2, 2], data: Float32Array.of(1.5, -2, 3, NaN) },
    { style: "repr", precision: 3, threshold: 2, lineWidth: 40, edgeItems: 1 },
  ]),
];
