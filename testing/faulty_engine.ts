/**
 * A float32 engine with a fault in its products of matrices, written in plain loops: it shares no
 * code with the judge.
 *
 * @module
 */
import { sourceValue } from "../core/functions/sources.ts";
import { type Node, postorder } from "../core/graph.ts";
import { rowOf } from "../core/ops/table.ts";
import { sizeOf } from "../core/shape.ts";

/** What the engine does wrong, and in how many lanes it adds up. */
export interface Fault {
  /** To how many bits the factors are rounded, of float32's 24. */
  readonly bits?: number;
  /** Whether the last term of each sum is left out. */
  readonly drop?: true;
  /** Whether products and sums are cut towards zero. */
  readonly truncate?: true;
  /** Whether the second factor is read as it is where it should be transposed, if it is square. */
  readonly untransposed?: true;
  /** A variable that is not added. */
  readonly unbiased?: string;
  /** How many partial sums there are, or that the terms are added up in blocks or in halves. */
  readonly order?: 1 | 8 | 16 | "blocks" | "pairwise";
}

const SCRATCH = new Float32Array(1);
const bitsOf = new Uint32Array(SCRATCH.buffer);

/** Rounds half away from zero, in the bits. */
function narrowed(x: number, bits: number): number {
  SCRATCH[0] = x;
  const lost = 24 - bits;
  bitsOf[0] = ((bitsOf[0]! + (1 << (lost - 1))) >>> lost) << lost;
  return SCRATCH[0];
}

function cut(x: number): number {
  SCRATCH[0] = x;
  if (Math.abs(SCRATCH[0]) > Math.abs(x)) bitsOf[0]!--;
  return SCRATCH[0];
}

/** Computes all nodes that the given ones depend on. */
export function faultyValues(nodes: readonly Node[], fault: Fault): Map<Node, Float32Array> {
  const values = new Map<Node, Float32Array>();
  for (const node of postorder(nodes)) {
    const inputs = node.inputs.map((input) => values.get(input)!);
    const { kernel } = rowOf(node);
    if (kernel === "source") values.set(node, sourceValue(node)!.data);
    else if (node.op === "matmul") values.set(node, product(node, inputs, fault));
    else {
      const output = new Float32Array(sizeOf(node.shape));
      const missing = (i: number) => node.op === "add" && node.inputs[i]!.name === fault.unbiased;
      kernel(
        node as never,
        output,
        inputs.map((input, i) => missing(i) ? input.map(() => 0) : input),
      )();
      values.set(node, output);
    }
  }
  return values;
}

function product(node: Node, [a, b]: readonly Float32Array[], fault: Fault): Float32Array {
  const { transposeA, transposeB: transposes } = node.attributes as Record<string, boolean>;
  const [rows, columns] = node.inputs[1]!.shape;
  const transposeB = transposes && !(fault.untransposed && rows === columns);
  const [m, n] = node.shape as [number, number];
  const k = a!.length / m - (fault.drop ? 1 : 0);
  const inner = a!.length / m;
  const round = fault.truncate ? cut : Math.fround;
  const read = (x: number) => fault.bits === undefined ? x : narrowed(x, fault.bits);
  const output = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const term = (t: number) =>
        round(
          read(a![transposeA ? t * m + i : i * inner + t]!) *
            read(b![transposeB ? j * inner + t : t * n + j]!),
        );
      output[i * n + j] = sum(term, k, round, fault.order ?? 1);
    }
  }
  return output;
}

function sum(
  term: (t: number) => number,
  k: number,
  round: (x: number) => number,
  order: NonNullable<Fault["order"]>,
): number {
  const from = (start: number, end: number, step: number) => {
    let total = 0;
    for (let t = start; t < end; t += step) total = round(total + term(t));
    return total;
  };
  const halves = (start: number, end: number): number => {
    if (end - start < 2) return start < end ? term(start) : 0;
    const middle = (start + end) >> 1;
    return round(halves(start, middle) + halves(middle, end));
  };
  if (order === "pairwise") return halves(0, k);
  let total = 0;
  if (order === "blocks") {
    for (let t = 0; t < k; t += 32) total = round(total + from(t, Math.min(k, t + 32), 1));
  } else {
    for (let lane = 0; lane < order; lane++) total = round(total + from(lane, k, order));
  }
  return total;
}
