/**
 * Tensors: a shape and its float32 values in row-major order.
 *
 * @module
 */
import { formatTensor } from "./format.ts";
import { checkShape, type Shape, shapeText, sizeOf } from "./shape.ts";

/** Numbers nested as deep as a tensor's rank; a bare number is a scalar. */
export type NestedNumbers = number | readonly NestedNumbers[];

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
   * Throws a `TypeError` when the shape does not hold as many elements as `data` has.
   */
  constructor(data: Float32Array, shape: Shape) {
    checkShape(shape);
    if (sizeOf(shape) !== data.length) {
      throw new TypeError(
        `Cannot make a tensor: shape ${shapeText(shape)} does not hold ${data.length} values`,
      );
    }
    this.shape = Object.freeze([...shape]);
    this.data = data;
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

/**
 * Makes a tensor from nested arrays, a number, or a `Float32Array` with a shape. The values are
 * copied.
 *
 * Numbers are rounded to float32.
 * `shape` defaults to the nesting of the values, or to one axis for a `Float32Array`; when given it
 * must hold just as many elements. Throws a `TypeError` for ragged or non-numeric input.
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
  if (values instanceof Float32Array) return new Tensor(values.slice(), shape ?? [values.length]);
  const nesting = nestingOf(values);
  const flat: number[] = [];
  flatten(values, nesting, 0, [], flat);
  return new Tensor(Float32Array.from(flat), shape ?? nesting);
}

/** The shape that the first elements suggest; {@linkcode flatten} checks that the others agree. */
function nestingOf(values: unknown): number[] {
  const shape: number[] = [];
  for (let v = values; Array.isArray(v); v = v[0]) shape.push(v.length);
  return shape;
}

function flatten(
  values: unknown,
  shape: Shape,
  depth: number,
  path: number[],
  flat: number[],
): void {
  const where = path.length === 0 ? "" : ` at [${path.join("][")}]`;
  if (depth === shape.length) {
    if (typeof values === "number") return void flat.push(values);
    const found = Array.isArray(values)
      ? "a deeper array"
      : values === null
      ? "null"
      : typeof values;
    throw new TypeError(`Cannot make a tensor: expected a number${where}, found ${found}`);
  }
  if (!Array.isArray(values)) {
    throw new TypeError(
      `Cannot make a tensor: rows are ragged, expected an array${where}, found ${typeof values}`,
    );
  }
  if (values.length !== shape[depth]) {
    throw new TypeError(
      `Cannot make a tensor: rows are ragged, expected ${
        shape[depth]
      } values${where}, found ${values.length}`,
    );
  }
  values.forEach((value, i) => flatten(value, shape, depth + 1, [...path, i], flat));
}
