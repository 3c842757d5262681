// A gradient of a multilinear op is the same linear map read from the other side: its matrix,
// transposed. Both are found by probing with unit vectors, in float64.

import { assert, assertEquals } from "@std/assert";
import {
  broadcastTo,
  concat,
  constant,
  gather,
  gradients,
  matmul,
  type Node,
  pad,
  placeholder,
  reduceMax,
  reduceMaxAt,
  reduceMaxGrad,
  reduceMean,
  reduceSum,
  scatterAdd,
  slice,
  stack,
  variable,
} from "../mod.ts";
import { postorder } from "../core/graph.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import { sourceValue } from "../core/functions/sources.ts";
import { sizeOf } from "../core/shape.ts";
import type { Tensor } from "../core/tensor.ts";
import { forOpGraphs, opGraphs } from "../testing/op_graphs.ts";
import { allowances } from "./allowance.ts";
import { evaluateFloat64 } from "./exact.ts";

type Feeds = ReadonlyMap<Node, ArrayLike<number>>;

/** The matrix of the map from `x` to `y`, column by column, where other nodes are as `feeds` says. */
function matrixOf(y: Node, x: Node, feeds: Feeds): number[][] {
  const length = sizeOf(x.shape);
  const valueAt = (fed: Float64Array) =>
    evaluateFloat64([y], allowances.own, new Map([...feeds, [x, fed]])).get(y)!.values;
  const origin = valueAt(new Float64Array(length));
  return Array.from({ length }, (_, e) => {
    const column = valueAt(new Float64Array(length).fill(1, e, e + 1));
    return Array.from(column, (value, k) => value - origin[k]!);
  });
}

function transposed(columns: readonly number[][], length: number): number[][] {
  return Array.from({ length }, (_, k) => columns.map((column) => column[k]!));
}

/** Whether a node is linear in its input of the given number. */
function isLinearIn({ op, inputs }: Node, i: number): boolean {
  return inputs[i]!.dtype === "float32" && (ops[op as OpName].form.name === "multilinear" || i > 0);
}

const linear = Object.keys(opGraphs).filter((op) => {
  const { form } = ops[op as OpName];
  return form.name === "multilinear" || (form.name === "selection" && form.rounds);
});

/** The most elements of a tensor that is probed. */
const PROBED = 60;

for (const op of linear) {
  Deno.test(`the gradients of ${op} are its transposed maps, bit for bit`, () => {
    let compared = 0;
    forOpGraphs(op, ({ y, inputs }, draw) => {
      if (sizeOf(y.shape) > PROBED) return;
      const u = placeholder(y.shape);
      // Whole numbers, so that float64 rounds nothing.
      const whole = ({ data }: Tensor) => data.map((value) => Math.round(4 * value));
      const floats = inputs.filter(({ dtype }) => dtype === "float32");
      const feeds = new Map(floats.map((x) => [x, whole(sourceValue(x)!)]));
      const probed = [...inputs.keys()].filter((i) => isLinearIn(y, i));
      for (const i of draw.shuffled(probed).slice(0, 3)) {
        const x = inputs[i]!;
        if (sizeOf(x.shape) > PROBED) continue;
        const [gradient] = gradients(y, [x], { gradYs: u });
        if (op === "stopGradient") assertEquals(gradient, null);
        else {
          assertEquals(gradient!.shape, x.shape);
          const forward = matrixOf(y, x, feeds), backward = matrixOf(gradient!, u, feeds);
          assertEquals(transposed(backward, sizeOf(x.shape)), forward, `${op} ${x.shape}`);
        }
        if (sizeOf(x.shape) > 1 && sizeOf(y.shape) > 1) compared++;
      }
    }, 100);
    assert(compared >= 15, `${compared} compared`);
  });
}

/** The ops of a gradient that are not in the graph it is the gradient of. */
function opsOf(y: Node, x: Node): string[] {
  const [gradient] = gradients(y, [x]);
  const known = new Set(postorder([y]));
  return postorder([gradient!]).filter((node) => !known.has(node) && node.inputs.length > 0)
    .map(({ op }) => op);
}

Deno.test("gradient graphs read as people expect", () => {
  const x = variable([[1, 2, 3], [4, 5, 6]]);
  const row = variable([[1, 2, 3]]);
  const indices = constant([1, 0, 1], { dtype: "int32" });
  const g = variable([5]), h = variable([[3, 4, 5]]);
  const expected: [Node, Node, string[]][] = [
    [reduceSum(x, { axis: 0, keepDims: true }), x, ["reshape", "broadcastTo"]],
    [broadcastTo(row, [2, 3]), row, ["reduceSum", "reshape"]],
    [gather(x, indices), x, ["scatterAdd"]],
    [scatterAdd(x, [0, 0], [4, 3]), x, ["gather"]],
    [slice(x, [0, 1], [2, 2]), x, ["pad"]],
    [pad(x, [[1, 0], [0, 2]]), x, ["slice"]],
    [matmul(x, row, { transposeB: true }), x, ["matmul"]],
    [matmul(x, row, { transposeB: true }), row, ["matmul"]],
    [concat([x, row]), row, ["slice"]],
    [stack([x, [[0, 0, 0], [0, 0, 0]]]), x, ["gather"]],
    [reduceMean(x, { axis: 1 }), x, ["div", "reshape", "broadcastTo"]],
    [reduceMax(x, { axis: 1 }), x, ["reduceMaxGrad"]],
    [reduceMaxGrad(row, g, { axis: 1 }), g, ["reduceMaxAt"]],
    [reduceMaxAt(row, h, { axis: 1 }), h, ["reduceMaxGrad"]],
  ];
  for (const [y, node, names] of expected) assertEquals(opsOf(y, node), names, `${y}`);
  assertEquals(gradients(reduceMaxAt(row, h, { axis: 1 }), row), [null]);
});
