/**
 * The elementwise form: a function of one to three numbers, applied to tensors that broadcast.
 *
 * @module
 */
import type { DType } from "../dtype.ts";
import type { Node } from "../graph.ts";
import type { Functions, GradientRule, Op, OpText, Rounding, Takes } from "../op.ts";
import type { RandomStream } from "../random.ts";
import {
  broadcastAxes,
  broadcastShapes,
  sameShape,
  type Shape,
  shapeText,
  sizeOf,
} from "../shape.ts";
import { bindBlocks, type Block, blockOf } from "./blocks.ts";
import {
  bindStretches,
  forEachTerm,
  innerStrides,
  type Layout,
  layoutOf,
  type Visit,
} from "./layout.ts";
import { over, stretched } from "./places.ts";

/** What elementwise rows say, whatever the number of their operands. */
interface Common extends OpText {
  /**
   * How an honest engine may round: as one operation where not said otherwise, as a function where
   * there is `float32`.
   */
  readonly rounding?: Rounding;
  /** What the operands may be; float32 if missing. */
  readonly takes?: readonly Takes[];
  /** What comes out; float32 if missing. */
  readonly gives?: DType | "same";
  /**
   * The gradients with respect to the operands, of the output's shape: the form sums them back.
   * `"none"` for an op that must not be differentiated.
   */
  readonly gradient: GradientRule<Record<never, never>> | "none";
}

/** What makes an op of one operand the op. */
export interface UnaryRow extends Common {
  /** In float64. */
  readonly exact: (x: number) => number;
  /** The nearest float32 value; `exact` rounded, if missing. */
  readonly float32?: (x: number) => number;
  /** How far the exact result `y` may move when the operand is off by up to `e`, which is not 0. */
  readonly spread: (x: number, e: number, y: number) => number;
  /** The change of `y` with a change of the operand. */
  readonly tangent: (x: number, dx: number, y: number) => number;
}

/** The four operations of arithmetic, by their signs. */
export type Operation = "+" | "-" | "*" | "/";

/** What makes an op of two operands the op. */
export interface BinaryRow extends Common {
  /** In float64; one of the four operations has a kernel of its own, which calls no function. */
  readonly exact: Operation | ((a: number, b: number) => number);
  readonly float32?: (a: number, b: number) => number;
  readonly spread: (a: number, ea: number, b: number, eb: number, y: number) => number;
  readonly tangent: (a: number, da: number, b: number, db: number, y: number) => number;
}

/** What makes an op of three operands the op. */
export interface TernaryRow extends Common {
  readonly exact: (a: number, b: number, c: number) => number;
  readonly float32?: (a: number, b: number, c: number) => number;
  readonly spread: (
    a: number,
    ea: number,
    b: number,
    eb: number,
    c: number,
    ec: number,
    y: number,
  ) => number;
  readonly tangent: (
    a: number,
    da: number,
    b: number,
    db: number,
    c: number,
    dc: number,
    y: number,
  ) => number;
}

/** Makes the complete row of an op of one operand. */
export function unary(row: UnaryRow): Op {
  const { spread, tangent } = row;
  return elementwise(
    row,
    1,
    (x, e, y) => e[0] === Infinity ? Infinity : spread(x[0]!, e[0]!, y),
    (x, d, y) => tangent(x[0]!, d[0]!, y),
  );
}

/** Makes the complete row of an op of two operands, which broadcast. */
export function binary(row: BinaryRow): Op {
  const { spread, tangent } = row;
  return elementwise(
    row,
    2,
    (x, e, y) => spread(x[0]!, e[0]!, x[1]!, e[1]!, y),
    (x, d, y) => tangent(x[0]!, d[0]!, x[1]!, d[1]!, y),
  );
}

/** Makes the complete row of an op of three operands, which broadcast. */
export function ternary(row: TernaryRow): Op {
  const { spread, tangent } = row;
  return elementwise(
    row,
    3,
    (x, e, y) => spread(x[0]!, e[0]!, x[1]!, e[1]!, x[2]!, e[2]!, y),
    (x, d, y) => tangent(x[0]!, d[0]!, x[1]!, d[1]!, x[2]!, d[2]!, y),
  );
}

type Scalar = (...x: number[]) => number;
/** A function of the values of the operands, of as many errors or changes, and of the result. */
type Around = (x: Float64Array, each: Float64Array, y: number) => number;

function elementwise(
  row: UnaryRow | BinaryRow | TernaryRow,
  arity: 1 | 2 | 3,
  spread: Around,
  tangent: Around,
): Op {
  const exact = (typeof row.exact === "string" ? OPERATIONS[row.exact] : row.exact) as Scalar;
  const { rounding = row.float32 === undefined ? "operation" : "function" } = row;
  const float32 = (row.float32 ?? ((...x: number[]) => Math.fround(exact(...x)))) as Scalar;
  const { gradient } = row;
  return {
    ...row,
    form: { name: "elementwise", exact, float32, rounding },
    arity,
    attributes: {},
    takes: row.takes ?? ["float32"],
    gives: row.gives ?? "float32",
    infer: broadcast,
    kernel: (node, z, inputs) =>
      bind((row.float32 ?? row.exact) as Operation | Scalar, node, z, inputs),
    reference(node, inputs) {
      const z = new Float64Array(sizeOf(node.shape));
      const [a, b, c] = inputs;
      forEachTerm(layoutFor(node), inputs, (k, i, j, l) => z[k] = exact(a![i]!, b?.[j]!, c?.[l]!));
      return z;
    },
    bound(node, { values, radii, output, allowance }) {
      const round = rounding === "operation"
        ? "rounding"
        : rounding === "function"
        ? "elementary"
        : rounding;
      return around(node, values, radii, output, (x, e, y) => {
        const moved = e.some((each) => each !== 0) ? spread(x, e, y) : 0;
        return round === "none" ? moved : moved + allowance[round](Math.abs(y) + moved);
      });
    },
    tangent: (node, values, tangents, output) =>
      around(
        node,
        values,
        tangents,
        output,
        (x, d, y) => d.some((each) => each !== 0) ? tangent(x, d, y) : 0,
      ),
    gradient: gradient === "none"
      ? gradient
      : (node, upstream, functions) =>
        gradient(node, upstream, functions).map((each, i) =>
          each && sumTo(each, (node as Node).inputs[i]!.shape, functions)
        ),
    sample: (random, x) => ({ shapes: sampleShapes(random, x, arity) }),
  };
}

function layoutFor(node: Node): Layout {
  const shapes = node.inputs.map(({ shape }) => shape);
  const nest = over(node.shape, (...at) => [at, ...shapes.map((shape) => stretched(shape, at))]);
  return layoutOf(nest, [node.shape, ...shapes]);
}

function broadcast(shapes: readonly Shape[], _: object, refuse: (facts: string) => never): Shape {
  const [first, ...others] = shapes;
  let shape = first!;
  for (const other of others) {
    const wider = broadcastShapes(shape, other);
    if (wider === null) {
      const list = shapes.map(shapeText);
      return refuse(`shapes ${list.slice(0, -1).join(", ")} and ${list.at(-1)} do not broadcast`);
    }
    shape = wider;
  }
  return shape;
}

/** Binds a kernel; storing into a `Float32Array` rounds to nearest even, once. */
function bind(
  f: Operation | Scalar,
  node: Node,
  z: Float32Array,
  inputs: readonly Float32Array[],
): () => void {
  const layout = layoutFor(node);
  const [a, b, c] = inputs as [Float32Array, Float32Array, Float32Array];
  if (typeof f === "string") return bindBlocks(layout, [], operate(f, blockOf(layout), z, a, b));
  if (inputs.length === 1) {
    return bindBlocks(layout, [], (rounds) => {
      for (let k = 0; k < rounds; k++) z[k] = f(a[k]!);
    });
  }
  const [dk, di, dj, dl] = innerStrides(layout);
  if (inputs.length === 2) {
    return bindStretches(layout, [], (rounds, k, i, j) => {
      for (let t = 0; t < rounds; t++, k += dk, i += di, j += dj) z[k] = f(a[i]!, b[j]!);
    });
  }
  return bindStretches(layout, [], (rounds, k, i, j, l) => {
    for (let t = 0; t < rounds; t++, k += dk, i += di, j += dj, l += dl) {
      z[k] = f(a[i]!, b[j]!, c[l]!);
    }
  });
}

/** An operation over a block: a call per element would cost several times as much. */
function operate(
  operation: Operation,
  block: Block,
  z: Float32Array,
  a: Float32Array,
  b: Float32Array,
): Visit {
  const { rounds: [n0, n1], steps: [[k0, k1, k2], [i0, i1, i2], [j0, j1, j2]] } = block;
  const sign = "+-*/".indexOf(operation);
  return (n2, k, i, j) => {
    for (let p = 0; p < n0; p++) {
      for (let q = 0; q < n1; q++) {
        let to = k + p * k0 + q * k1, left = i + p * i0 + q * i1, right = j + p * j0 + q * j1;
        for (let t = 0; t < n2; t++, to += k2, left += i2, right += j2) {
          const x = a[left]!, y = b[right]!;
          z[to] = sign === 0 ? x + y : sign === 1 ? x - y : sign === 2 ? x * y : x / y;
        }
      }
    }
  };
}

const OPERATIONS: Readonly<Record<Operation, Scalar>> = {
  "+": (a, b) => a! + b!,
  "-": (a, b) => a! - b!,
  "*": (a, b) => a! * b!,
  "/": (a, b) => a! / b!,
};

/** Evaluates a function at every element, given what belongs to each operand beside its value. */
function around(
  node: Node,
  values: readonly Float64Array[],
  beside: readonly Float64Array[],
  output: Float64Array,
  f: Around,
): Float64Array {
  const result = new Float64Array(output.length);
  const [x, d] = [new Float64Array(values.length), new Float64Array(values.length)];
  forEachTerm(layoutFor(node), values, (k, ...at) => {
    for (let n = 0; n < values.length; n++) {
      x[n] = values[n]![at[n]!]!;
      d[n] = beside[n]![at[n]!]!;
    }
    result[k] = f(x, d, output[k]!);
  });
  return result;
}

/** Sums a gradient of a broadcast shape back to an operand's: over every axis that was repeated. */
export function sumTo(gradient: Node, shape: Shape, { reduceSum, reshape }: Functions): Node {
  if (sameShape(gradient.shape, shape)) return gradient;
  return reshape(reduceSum(gradient, { axis: broadcastAxes(shape, gradient.shape) }), shape);
}

/** Shapes that broadcast: the first is `x`, the others lack axes of it or have extent 1. */
function sampleShapes(random: RandomStream, x: Shape, arity: number): Shape[] {
  return Array.from({ length: arity }, (_, operand) => {
    if (operand === 0) return x;
    const shape = x.map((extent) => random.next() < 0.3 ? 1 : extent);
    return random.next() < 0.3 ? shape.slice(random.below(shape.length + 1)) : shape;
  });
}
