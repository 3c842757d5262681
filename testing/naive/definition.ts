/**
 * What a naive definition of an op is: an element of its output, by plain loops over index tuples,
 * for any kind of scalar.
 *
 * Nothing here is shared with what it tests: no strides, no offsets, no broadcasting helper, no
 * order of summation.
 *
 * @module
 */

/** Arithmetic on some kind of number: float32, float64, with a derivative, with an error bound. */
export interface Scalars<T> {
  readonly unary: Readonly<Record<"neg" | "square" | "exp" | "sigmoid", (x: T) => T>>;
  readonly binary: Readonly<Record<"add" | "sub" | "mul" | "div", (a: T, b: T) => T>>;
  /** A number that does not depend on anything. */
  number(value: number): T;
  /** What a number is, for indices and comparisons. */
  value(x: T): number;
  /** What `stopGradient` makes of an element. */
  stop(x: T): T;
  /** The sum of the operands of `addN`, in order. */
  addN(terms: readonly T[]): T;
  /** The sum of the terms of a reduction, in row-major order of the reduced axes. */
  sum(terms: readonly T[]): T;
  mean(terms: readonly T[]): T;
  /** The sum of products of a row and a column. */
  dot(row: readonly T[], column: readonly T[]): T;
  /** The sum from +0, from left to right. */
  inOrder(terms: readonly T[]): T;
  /** Of selections; missing where their uncertain winners can't be told. */
  readonly ties?: {
    /** The best element, given all that are: one or more. */
    best(winners: readonly T[]): T;
    /** What falls to a winner of which there are 1/part: part · x. */
    share(part: number, x: T): T;
  };
}

/** The index of an element along every axis. */
export type Index = readonly number[];

/** A tensor as a function of index tuples. */
export interface Field<T> {
  readonly shape: Index;
  at(index: Index): T;
}

/** A node to be defined. */
export interface Defined<T> {
  readonly op: string;
  readonly shape: Index;
  readonly inputs: readonly Field<T>[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly scalars: Scalars<T>;
}

/** The definition of an op: what gives an element from those of the inputs. */
export type Definition = <T>(node: Defined<T>) => (index: Index) => T;

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
export function placeOf(index: Index, shape: Index): number {
  let place = 0;
  for (let axis = 0; axis < shape.length; axis++) place = place * shape[axis]! + index[axis]!;
  return place;
}

/** The element that a broadcast tensor has at an index of the larger shape. */
export function stretched<T>(x: Field<T>, index: Index): T {
  const own: number[] = [];
  for (let axis = 0; axis < x.shape.length; axis++) {
    const at = index[index.length - x.shape.length + axis]!;
    own.push(x.shape[axis] === 1 ? 0 : at);
  }
  return x.at(own);
}

/** The indices of the terms of a reduction, given the index of the result. */
export function termsOf(
  index: Index,
  shape: Index,
  attributes: Readonly<Record<string, unknown>>,
): number[][] {
  const { axes, keepDims } = attributes as { axes: Index; keepDims: boolean };
  return indicesOf(axes.map((axis) => shape[axis]!)).map((at) => {
    const full: number[] = [];
    let next = 0;
    for (let axis = 0; axis < shape.length; axis++) {
      const reduced = axes.indexOf(axis);
      if (reduced >= 0) full.push(at[reduced]!);
      else full.push(keepDims ? index[axis]! : index[next++]!);
    }
    return full;
  });
}
