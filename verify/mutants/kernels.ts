/**
 * Bugs in kernels: an op's values are wrong, in most only beyond some rank or size.
 *
 * @module
 */
import type { Node } from "../../core/graph.ts";
import { type Shape, sizeOf } from "../../core/shape.ts";
import { tensor } from "../../core/tensor.ts";
import { type Mutant, wrongKernel } from "./mutant.ts";
import type { Reduced } from "../../core/forms/reduced.ts";
import {
  addN,
  broadcastTo,
  constant,
  matmul,
  mul,
  reduceSum,
  reshape,
  transpose,
} from "../../core/functions/mod.ts";

type Transposes = { transposeA: boolean; transposeB: boolean };

/** A bug in one op, of the nodes for which `shows` holds. */
function kernel(
  name: string,
  op: string,
  shows: (node: Node) => boolean,
  wrong: (node: Node, inputs: readonly Node[]) => Node,
): Mutant {
  return wrongKernel(
    `${op}: ${name}`,
    (node, inputs) => node.op === op && shows(node) ? wrong(node, inputs) : null,
  );
}

/** Ones for the first `count` elements in row-major order, zeros for the others. */
function leading(shape: Shape, count: number): Node {
  return constant(tensor(new Float32Array(sizeOf(shape)).fill(1, 0, count), shape));
}

/** The rank of a node's first input. */
const rank = ({ inputs: [x] }: Node) => x!.shape.length;

/** All mutants of this kind. */
export const kernelMutants: readonly Mutant[] = [
  kernel(
    "operands beyond the 12th left out",
    "addN",
    ({ inputs }) => inputs.length > 12,
    (_, inputs) => addN(inputs.slice(0, 12)),
  ),
  kernel(
    "kernel keeps axes in reverse at rank 5",
    "reduceSum",
    (node) => rank(node) >= 5,
    ({ shape, attributes }, [x]) => {
      const { axes } = attributes as Reduced;
      return reshape(transpose(reduceSum(x!, { axis: axes })), shape);
    },
  ),
  kernel(
    "terms beyond the 128th left out",
    "reduceSum",
    ({ inputs: [x], shape }) => shape.length === 0 && sizeOf(x!.shape) > 128,
    (_, [x]) => reduceSum(mul(x!, leading(x!.shape, 128))),
  ),
  kernel(
    "products beyond the 16th left out",
    "matmul",
    ({ inputs: [a], attributes }) => a!.shape[(attributes as Transposes).transposeA ? 0 : 1]! > 16,
    ({ attributes }, [a, b]) => {
      const { transposeA } = attributes as Transposes;
      const inner = a!.shape[transposeA ? 0 : 1]!;
      const mask = leading([inner], 16);
      const shape = transposeA ? [inner, 1] : [1, inner];
      return matmul(mul(a!, reshape(mask, shape)), b!, attributes as Transposes);
    },
  ),
  kernel(
    "permutation inverted at rank 5",
    "transpose",
    (node) => rank(node) >= 5,
    ({ shape, attributes }, [x]) => {
      const { permutation } = attributes as { permutation: readonly number[] };
      const inverse = permutation.map((_, axis) => permutation.indexOf(axis));
      return reshape(transpose(x!, inverse), shape);
    },
  ),
  kernel(
    "the first place of its first axis repeated at rank 5",
    "broadcastTo",
    ({ shape }) => shape.length >= 5,
    ({ shape }, [x]) => {
      const first = x!.shape.length < shape.length ? 0 : x!.shape[0]!;
      if (first < 2) return broadcastTo(x!, shape);
      const rest = x!.shape.slice(1);
      const head = mul(x!, leading(x!.shape, sizeOf(rest)));
      return broadcastTo(reduceSum(head, { axis: 0, keepDims: true }), shape);
    },
  ),
];
