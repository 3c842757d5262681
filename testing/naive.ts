/**
 * Graphs evaluated the naive way, to test the engine and the judge against: nested loops over
 * explicit index tuples, for any kind of scalar.
 *
 * Nothing here is shared with what it tests: no strides, no offsets, no broadcasting helper, no
 * order of summation.
 *
 * @module
 */
import type { Node } from "../core/graph.ts";

/** Arithmetic on some kind of number: float32, float64, with a derivative, with an error bound. */
export interface Scalars<T> {
  readonly unary: Readonly<Record<"neg" | "square" | "exp" | "sigmoid", (x: T) => T>>;
  readonly binary: Readonly<Record<"add" | "sub" | "mul" | "div", (a: T, b: T) => T>>;
  /** What `stopGradient` makes of an element. */
  stop(x: T): T;
  /** The sum of the operands of `addN`, in order. */
  addN(terms: readonly T[]): T;
  /** The sum of the terms of a reduction, in row-major order of the reduced axes. */
  sum(terms: readonly T[]): T;
  mean(terms: readonly T[]): T;
  /** The sum of products of a row and a column. */
  dot(row: readonly T[], column: readonly T[]): T;
}

type Index = readonly number[];

/** A tensor as a function of index tuples. */
interface Field<T> {
  readonly shape: Index;
  at(index: Index): T;
}

/** Every index tuple of a shape, the last axis fastest. */
export function indicesOf(shape: Index): number[][] {
  let tuples: number[][] = [[]];
  for (const extent of shape) {
    const longer: number[][] = [];
    for (const tuple of tuples) for (let i = 0; i < extent; i++) longer.push([...tuple, i]);
    tuples = longer;
  }
  return tuples;
}

/** The place of an index tuple in row-major order. */
function placeOf(index: Index, shape: Index): number {
  let place = 0;
  for (let axis = 0; axis < shape.length; axis++) place = place * shape[axis]! + index[axis]!;
  return place;
}

/**
 * Evaluates nodes and all that they depend on.
 *
 * `source` gives the elements of a source, `given` those of any node that is not to be computed.
 */
export function evaluateNaively<T>(
  nodes: readonly Node[],
  scalars: Scalars<T>,
  source: (node: Node) => ArrayLike<T>,
  given: (node: Node) => ArrayLike<T> | undefined = () => undefined,
): (node: Node) => T[] {
  const known = new Map<Node, T[]>();
  const fieldOf = (node: Node): Field<T> => {
    const elements = known.get(node)!;
    return { shape: node.shape, at: (index) => elements[placeOf(index, node.shape)]! };
  };
  // Depth first, without recursion: gradients make long chains.
  const todo = [...nodes];
  while (todo.length > 0) {
    const node = todo.at(-1)!;
    const own = given(node) ?? (node.inputs.length === 0 ? source(node) : undefined);
    const missing = own !== undefined ? [] : node.inputs.filter((input) => !known.has(input));
    if (missing.length > 0) todo.push(...missing);
    else {
      todo.pop();
      if (known.has(node)) continue;
      if (own !== undefined) {
        known.set(node, Array.from(own));
        continue;
      }
      const element = elementOf(node, node.inputs.map(fieldOf), scalars);
      known.set(node, indicesOf(node.shape).map(element));
    }
  }
  return (node) => known.get(node)!;
}

/** What gives an element of a node from those of its inputs, by the definition of its op. */
function elementOf<T>(
  node: Node,
  inputs: readonly Field<T>[],
  scalars: Scalars<T>,
): (index: Index) => T {
  const [x, y] = inputs as [Field<T>, Field<T>];
  const attributes = node.attributes as Readonly<Record<string, unknown>>;
  switch (node.op) {
    case "neg":
    case "square":
    case "exp":
    case "sigmoid":
      return (index) => scalars.unary[node.op as "neg"](x.at(index));
    case "add":
    case "sub":
    case "mul":
    case "div":
      return (index) => scalars.binary[node.op as "add"](stretched(x, index), stretched(y, index));
    case "stopGradient":
      return (index) => scalars.stop(x.at(index));
    case "addN":
      return (index) => scalars.addN(inputs.map((input) => input.at(index)));
    case "broadcastTo":
      return (index) => stretched(x, index);
    case "reshape": {
      const order = indicesOf(x.shape);
      return (index) => x.at(order[placeOf(index, node.shape)]!);
    }
    case "transpose": {
      const permutation = attributes.permutation as Index;
      return (index) => {
        const from = new Array<number>(index.length);
        for (let i = 0; i < index.length; i++) from[permutation[i]!] = index[i]!;
        return x.at(from);
      };
    }
    case "reduceSum":
    case "reduceMean": {
      const axes = attributes.axes as Index;
      const all = indicesOf(axes.map((axis) => x.shape[axis]!));
      return (index) => {
        const terms = all.map((at) => x.at(expanded(index, at, axes, x.shape.length, attributes)));
        return node.op === "reduceSum" ? scalars.sum(terms) : scalars.mean(terms);
      };
    }
    case "matmul": {
      const { transposeA, transposeB } = attributes;
      const inner = x.shape[transposeA ? 0 : 1]!;
      return ([i, j]) => {
        const row: T[] = [], column: T[] = [];
        for (let t = 0; t < inner; t++) {
          row.push(x.at(transposeA ? [t, i!] : [i!, t]));
          column.push(y.at(transposeB ? [j!, t] : [t, j!]));
        }
        return scalars.dot(row, column);
      };
    }
    default:
      throw new TypeError(`Cannot evaluate: there is no naive definition of ${node.op}`);
  }
}

/** The element that a broadcast tensor has at an index of the larger shape. */
function stretched<T>(x: Field<T>, index: Index): T {
  const own: number[] = [];
  for (let axis = 0; axis < x.shape.length; axis++) {
    const at = index[index.length - x.shape.length + axis]!;
    own.push(x.shape[axis] === 1 ? 0 : at);
  }
  return x.at(own);
}

/** The index of a term of a reduction: `index` of the result, `at` of the reduced axes. */
function expanded(
  index: Index,
  at: Index,
  axes: Index,
  rank: number,
  { keepDims }: Readonly<Record<string, unknown>>,
): number[] {
  const full: number[] = [];
  let next = 0;
  for (let axis = 0; axis < rank; axis++) {
    const reduced = axes.indexOf(axis);
    if (reduced >= 0) full.push(at[reduced]!);
    else full.push(keepDims ? index[axis]! : index[next++]!);
  }
  return full;
}
