/**
 * The elementwise form: a function of one to three numbers, applied to tensors that broadcast.
 *
 * @module
 */
import type { AttributesOf } from "../attributes.ts";
import type { DType } from "../dtype.ts";
import type { Node } from "../graph.ts";
import type {
  Allowance,
  GradientRule,
  Kinds,
  Op,
  OpText,
  Rounding,
  Scalars,
  Takes,
} from "../op.ts";
import { sizeOf } from "../shape.ts";
import { broadcast, broadcastLayout, drawStretching, sumTo } from "./broadcast.ts";
import { isPlain } from "./noise.ts";
import { bindOperation, type Operation, operations } from "./operations.ts";
import { sampler } from "./samples.ts";
import { bindStretches, forEachTerm, innerStrides } from "./walk.ts";

/** The attributes of an op that has none. */
type NoKinds = Record<never, never>;

/** What elementwise rows say, whatever the number of their operands. */
interface Common<K extends Kinds> extends OpText {
  /**
   * How an honest engine may round: as one operation where not said otherwise, as a division where
   * `exact` is one, as a function where there is `float32`.
   */
  readonly rounding?: Rounding;
  /** What the operands may be; float32 if missing. */
  readonly takes?: readonly Takes[];
  /** What comes out; float32 if missing. */
  readonly gives?: DType | "same" | ((attributes: AttributesOf<K>) => DType);
  /**
   * The gradients with respect to the operands, of the output's shape: the form sums them back.
   * `"none"` for an op that must not be differentiated.
   */
  readonly gradient: GradientRule<AttributesOf<K>> | "none";
}

/** What makes an op of one operand the op. */
export interface UnaryRow<K extends Kinds> extends Common<K> {
  readonly attributes?: K;
  /** In float64. */
  readonly exact: (x: number, attributes: AttributesOf<K>) => number;
  /** The nearest float32 value; `exact` rounded, if missing. */
  readonly float32?: (x: number, attributes: AttributesOf<K>) => number;
  /** How far the exact result `y` may move when the operand is off by up to `e`, which is not 0. */
  readonly spread: (x: number, e: number, y: number, attributes: AttributesOf<K>) => number;
  /** The change of `y` with a change of the operand. */
  readonly tangent: (x: number, dx: number, y: number, attributes: AttributesOf<K>) => number;
}

/** What makes an op of two operands the op. */
export interface BinaryRow extends Common<NoKinds> {
  /** In float64; one of the four operations has a kernel of its own, which calls no function. */
  readonly exact: Operation | ((a: number, b: number) => number);
  readonly float32?: (a: number, b: number) => number;
  readonly spread: (a: number, ea: number, b: number, eb: number, y: number) => number;
  readonly tangent: (a: number, da: number, b: number, db: number, y: number) => number;
}

/** What makes an op of three operands the op. */
export interface TernaryRow extends Common<NoKinds> {
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
export function unary<K extends Kinds = NoKinds>(row: UnaryRow<K>): Op<AttributesOf<K>> {
  const { exact, float32, spread, tangent, attributes } = row;
  return elementwise<K>(row, {
    arity: 1,
    exact: withAttributes(exact, attributes),
    float32: float32 && withAttributes(float32, attributes),
    spread: (x, e, y, a) => e[0] === Infinity ? Infinity : spread(x[0]!, e[0]!, y, a),
    tangent: (x, d, y, a) => tangent(x[0]!, d[0]!, y, a),
  });
}

/** A function of the operand alone, given those attributes that a node has, if the op has any. */
function withAttributes<A>(
  f: (x: number, attributes: A) => number,
  attributes: Kinds | undefined,
): (node: Node) => Scalar {
  return (node) => attributes === undefined ? f as Scalar : (x) => f(x!, node.attributes as A);
}

/** Makes the complete row of an op of two operands, which broadcast. */
export function binary(row: BinaryRow): Op {
  const { exact, float32, spread, tangent } = row;
  const isOperation = typeof exact === "string";
  const f = (isOperation ? operations[exact] : exact) as Scalar;
  return elementwise(row, {
    arity: 2,
    exact: () => f,
    operation: isOperation ? exact : undefined,
    float32: float32 && (() => float32 as Scalar),
    spread: (x, e, y) => spread(x[0]!, e[0]!, x[1]!, e[1]!, y),
    tangent: (x, d, y) => tangent(x[0]!, d[0]!, x[1]!, d[1]!, y),
  });
}

/** Makes the complete row of an op of three operands, which broadcast. */
export function ternary(row: TernaryRow): Op {
  const { exact, float32, spread, tangent } = row;
  return elementwise(row, {
    arity: 3,
    exact: () => exact as Scalar,
    float32: float32 && (() => float32 as Scalar),
    spread: (x, e, y) => spread(x[0]!, e[0]!, x[1]!, e[1]!, x[2]!, e[2]!, y),
    tangent: (x, d, y) => tangent(x[0]!, d[0]!, x[1]!, d[1]!, x[2]!, d[2]!, y),
  });
}

type Scalar = (...x: number[]) => number;

/** A function of the values of the operands, of as many errors or changes, and of the result. */
type Around<A> = (x: Float64Array, each: Float64Array, y: number, attributes: A) => number;

/** What rows say of their operands one by one, for any number of them. */
interface OfOperands<A> {
  readonly arity: 1 | 2 | 3;
  readonly exact: (node: Node) => Scalar;
  readonly float32?: ((node: Node) => Scalar) | undefined;
  readonly operation?: Operation | undefined;
  readonly spread: Around<A>;
  readonly tangent: Around<A>;
}

function elementwise<K extends Kinds = NoKinds>(
  row: Common<K> & { readonly attributes?: K },
  { arity, exact, float32, operation, spread, tangent }: OfOperands<AttributesOf<K>>,
): Op<AttributesOf<K>> {
  const { gradient, rounding = roundingOf(operation, float32 !== undefined) } = row;
  const attributes = row.attributes ?? {} as K;
  const scalars = (node: Node): Scalars => {
    const f = exact(node);
    return { exact: f, float32: float32?.(node) ?? ((...x) => Math.fround(f(...x))) };
  };
  return {
    ...row,
    form: { name: "elementwise", scalars, rounding },
    arity,
    attributes: attributes as never,
    takes: row.takes ?? ["float32"],
    gives: row.gives ?? "float32",
    infer: broadcast,
    kernel: (node, z, inputs) =>
      operation !== undefined
        ? bindOperation(operation, broadcastLayout(node as Node), z, inputs[0]!, inputs[1]!)
        : bind((float32 ?? exact)(node as Node), node as Node, z, inputs),
    reference(node, inputs) {
      const z = new Float64Array(sizeOf(node.shape));
      if (operation === undefined) bind(exact(node as Node), node as Node, z, inputs)();
      else bindOperation(operation, broadcastLayout(node as Node), z, inputs[0]!, inputs[1]!)();
      return z;
    },
    bound(node, { values, radii, output, allowance }) {
      const round = rounding === "operation"
        ? "rounding"
        : rounding === "function"
        ? "elementary"
        : rounding;
      return around<AttributesOf<K>>(node as Node, values, radii, output, (x, e, y, attributes) => {
        const moved = e.some((each) => each !== 0) ? spread(x, e, y, attributes) : 0;
        return round === "none" ? moved : moved + allowance[round](Math.abs(y) + moved);
      });
    },
    noise(node, { values, output, allowance }) {
      switch (rounding) {
        case "none":
          return new Float64Array(output.length);
        case "function":
          return output.map((y) => allowance.elementary(Math.abs(y)));
        case "division":
          return output.map((y) => y === 0 ? 0 : allowance.division(Math.abs(y)));
        case "operation":
          return noiseOfOperation(node as Node, values, output, allowance);
      }
    },
    tangent: (node, values, tangents, output) =>
      around<AttributesOf<K>>(
        node,
        values,
        tangents,
        output,
        (x, d, y, a) => d.some((each) => each !== 0) ? tangent(x, d, y, a) : 0,
      ),
    gradient: gradient === "none"
      ? gradient
      : (node, upstream, functions) =>
        gradient(node, upstream, functions).map((each, i) =>
          each && sumTo(each, (node as Node).inputs[i]!.shape, functions)
        ),
    sample: sampler(attributes, (random, x) => drawStretching(random, x, arity - 1)),
  };
}

/** How an honest engine may round, where a row does not say. */
function roundingOf(operation: Operation | undefined, isFunction: boolean): Rounding {
  return operation === "/" ? "division" : isFunction ? "function" : "operation";
}

/**
 * One rounding; none of what is a value of float32 already, if the operands are, or if it comes of
 * a zero.
 */
function noiseOfOperation(
  node: Node,
  values: readonly Float64Array[],
  output: Float64Array,
  allowance: Allowance,
): Float64Array {
  const noise = output.map((y) => allowance.rounding(Math.abs(y)));
  const [a, b, c] = values;
  const isFloat32 = (x: number | undefined) => x === undefined || Math.fround(x) === x;
  forEachTerm(broadcastLayout(node), values, (k, i, j, l) => {
    if (!isPlain(output[k]!)) return;
    const x = a![i]!, y = b?.[j], z = c?.[l];
    const hasZero = x === 0 || y === 0 || z === 0;
    if (hasZero || (isFloat32(x) && isFloat32(y) && isFloat32(z))) noise[k] = 0;
  });
  return noise;
}

/** Storing into a `Float32Array` rounds to nearest even, once. */
function bind(
  f: Scalar,
  node: Node,
  z: Float32Array | Float64Array,
  [a, b, c]: readonly (Float32Array | Float64Array)[],
): () => void {
  const layout = broadcastLayout(node);
  const [dk, di, dj, dl] = innerStrides(layout);
  if (c !== undefined) {
    return bindStretches(layout, [], (rounds, k, i, j, l) => {
      for (let t = 0; t < rounds; t++, k += dk, i += di, j += dj, l += dl) {
        z[k] = f(a![i]!, b![j]!, c[l]!);
      }
    });
  }
  if (b !== undefined) {
    return bindStretches(layout, [], (rounds, k, i, j) => {
      for (let t = 0; t < rounds; t++, k += dk, i += di, j += dj) z[k] = f(a![i]!, b[j]!);
    });
  }
  return () => {
    for (let k = 0, n = z.length; k < n; k++) z[k] = f(a![k]!);
  };
}

/** Evaluates a function at every element, given what belongs to each operand beside its value. */
function around<A>(
  node: Node,
  values: readonly Float64Array[],
  beside: readonly Float64Array[],
  output: Float64Array,
  f: Around<A>,
): Float64Array {
  const result = new Float64Array(output.length);
  const [x, d] = [new Float64Array(values.length), new Float64Array(values.length)];
  forEachTerm(broadcastLayout(node), values, (k, ...at) => {
    for (let n = 0; n < values.length; n++) {
      x[n] = values[n]![at[n]!]!;
      d[n] = beside[n]![at[n]!]!;
    }
    result[k] = f(x, d, output[k]!, node.attributes as A);
  });
  return result;
}
