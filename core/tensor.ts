/**
 * Tensors: a shape and its float32 values in row-major order.
 *
 * @module
 */
import { check, float32Array, type Kind, shown, TENSOR_BRAND, THIS_COPY } from "./check.ts";
import { checkValue, type DType } from "./dtype.ts";
import { formatTensor } from "./format.ts";
import { checkShape, checkSize, LARGEST_RANK, type Shape, shapeText, sizeOf } from "./shape.ts";

/** Numbers nested as deep as a tensor's rank; a bare number is a scalar. */
export type NestedNumbers = number | readonly NestedNumbers[];

/** Truth values nested as deep as a tensor's rank, for nodes of dtype bool. */
export type NestedBooleans = boolean | readonly NestedBooleans[];

/**
 * An n-dimensional array of IEEE 754 binary32 values in row-major order.
 *
 * Make one with {@linkcode tensor}. It prints as NumPy prints a float32 array.
 */
export class Tensor {
  /** The extent along each axis; `[]` for a scalar. */
  readonly shape: Shape;
  /** The values in row-major order; as many as the product of the shape. */
  readonly data: Float32Array;

  /**
   * Wraps `data` without copying it.
   *
   * Throws a `TypeError` when the shape does not hold as many elements as `data` has, or `data` is
   * no `Float32Array`, and a `RangeError` for a shape beyond {@linkcode LARGEST_SIZE} elements or
   * {@linkcode LARGEST_RANK} axes.
   */
  constructor(data: Float32Array, shape: Shape) {
    check("make a tensor", "data", data, float32Array);
    checkShape(shape, "make a tensor");
    if (sizeOf(shape) !== data.length) {
      throw new TypeError(
        `Cannot make a tensor: shape ${shapeText(shape)} does not hold ${data.length} values`,
      );
    }
    this.shape = Object.freeze([...shape]);
    this.data = data;
    Object.freeze(this);
  }

  /** Says which copy of goldengrad made the tensor. */
  get [TENSOR_BRAND](): symbol {
    return THIS_COPY;
  }

  /** The number of elements. */
  get size(): number {
    return this.data.length;
  }

  /** The text that NumPy's `str` gives a float32 array of these values. */
  toString(): string {
    return formatTensor(this);
  }

  /** Shows NumPy's `repr` in `console.log` and the REPL of Deno. */
  [Symbol.for("Deno.customInspect")](): string {
    return formatTensor(this, { style: "repr" });
  }

  /** Shows NumPy's `repr` in `console.log` of Node and Bun. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return formatTensor(this, { style: "repr" });
  }

  /** Shows NumPy's `repr` as the output of a Jupyter cell. */
  [Symbol.for("Jupyter.display")](): { "text/plain": string } {
    return { "text/plain": formatTensor(this, { style: "repr" }) };
  }
}

/** A tensor, made by this copy of goldengrad. */
export const tensorKind: Kind = {
  expected: "a tensor",
  isType: (value) => value instanceof Tensor,
};

/**
 * Makes a tensor from nested arrays, a number, or a `Float32Array` with a shape. The values are
 * copied.
 *
 * Numbers are rounded to float32.
 * `shape` defaults to the nesting of the values, or to one axis for a `Float32Array`; when given it
 * must hold just as many elements. Throws a `TypeError` for ragged or non-numeric input and for
 * holes, and a `RangeError`, before it looks at the values, for more than {@linkcode LARGEST_SIZE}
 * elements or {@linkcode LARGEST_RANK} axes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor } from "./tensor.ts";
 * assertEquals(`${tensor([[1.56, -0.69]])}`, "[[ 1.56 -0.69]]");
 * assertEquals(tensor(new Float32Array(6), [2, 3]).shape.length, 2);
 * ```
 */
export function tensor(values: NestedNumbers | Float32Array, shape?: Shape): Tensor {
  return tensorFrom("make a tensor", values, shape);
}

/** What counts as a number of a tensor. */
interface Accepted {
  readonly booleans?: boolean;
  readonly dtype?: DType;
}

/**
 * {@linkcode tensor} with the action that its errors name, such as `judge "mine", "dW"`. A value
 * that `dtype` does not have is a `RangeError`, before it is rounded; with `booleans`, true and false
 * count as 1 and 0.
 */
export function tensorFrom(
  action: string,
  values: NestedNumbers | NestedBooleans | Float32Array,
  shape?: Shape,
  { booleans = false, dtype = "float32" }: Accepted = {},
): Tensor {
  if (float32Array.isType(values)) {
    const data = values as Float32Array;
    return new Tensor(data.slice(), shape ?? [data.length]);
  }
  const nesting = nestingOf(action, values);
  const data = new Float32Array(sizeOf(nesting));
  flatten(action, values, nesting, data, { booleans, dtype });
  return new Tensor(data, shape ?? nesting);
}

/** The shape that the first elements suggest; {@linkcode flatten} checks that the others agree. */
function nestingOf(action: string, values: unknown): number[] {
  const shape: number[] = [];
  for (let v = values; Array.isArray(v); v = v[0]) {
    if (shape.length === LARGEST_RANK) {
      throw new RangeError(
        `Cannot ${action}: the lists are nested deeper than ${LARGEST_RANK}, the most axes`,
      );
    }
    shape.push(v.length);
    checkSize(shape, action);
  }
  return shape;
}

/** Writes the numbers in row-major order into `data`, and checks that every list has its length. */
function flatten(
  action: string,
  values: unknown,
  shape: Shape,
  data: Float32Array,
  { booleans, dtype }: Required<Accepted>,
): void {
  const path: number[] = [];
  let written = 0;
  const refuse = (expected: string, found: string): never => {
    const where = path.length === 0 ? "" : ` at [${path.join("][")}]`;
    throw new TypeError(`Cannot ${action}: ${expected}${where}, found ${found}`);
  };
  const visit = (value: unknown): void => {
    const depth = path.length;
    if (depth === shape.length) {
      if (typeof value === "number" || (booleans && typeof value === "boolean")) {
        checkValue(action, Number(value), dtype, written);
        return void (data[written++] = Number(value));
      }
      const found = Array.isArray(value) ? "a deeper list" : shown(value);
      return refuse("expected a number", found);
    }
    const extent = shape[depth]!;
    if (!Array.isArray(value)) {
      return refuse("rows are ragged, expected a list", shown(value));
    }
    if (value.length !== extent) {
      return refuse(`rows are ragged, expected ${extent} values`, String(value.length));
    }
    for (let i = 0; i < extent; i++) {
      path.push(i);
      if (!(i in value)) return refuse("expected a value", "a hole");
      visit(value[i]);
      path.pop();
    }
  };
  visit(values);
}
