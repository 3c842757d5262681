/**
 * Sources: nodes without inputs. Their values are given, not computed.
 *
 * @module
 */
import { checkOptions, oneOf, text } from "../check.ts";
import { dropSignsOfZeros, type DType, DTYPES } from "../dtype.ts";
import { apply, Node } from "../graph.ts";
import rows from "../ops/sources.ts";
import { checkShape, type Shape, sizeOf } from "../shape.ts";
import { type NestedBooleans, type NestedNumbers, Tensor, tensorFrom } from "../tensor.ts";

/** Whatever an op accepts as an input: a node, or a value that becomes a constant. */
export type Operand = Node | Value;

/** Values of a source: true and false are for dtype bool alone. */
export type Value = Tensor | NestedNumbers | NestedBooleans;

/** Options of a source. */
export interface SourceOptions {
  /** A name for people, which prints and exports show. */
  name?: string;
  /**
   * What the values are: `float32` by default; `int32`, whole numbers within ±2²⁴; `bool`, 0 or 1.
   */
  dtype?: DType;
}

/**
 * A node whose value never changes and can't be fed.
 *
 * `value` is copied and rounded to float32. Throws a `TypeError` for ragged or non-numeric values,
 * and a `RangeError` for one that its dtype does not have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { constant, run } from "../../mod.ts";
 * const [value] = run([constant([[0.1, -0.3], [0.2, 0.1]])]);
 * assertEquals(`${value}`, "[[ 0.1 -0.3]\n [ 0.2  0.1]]");
 * ```
 */
export function constant(value: Value, options: SourceOptions = {}): Node {
  return withValue("constant", value, options);
}

/**
 * A node that has a value and may be fed another one of the same shape.
 *
 * `value` is copied and rounded to float32. Throws a `TypeError` for ragged or non-numeric values,
 * and a `RangeError` for one that its dtype does not have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, square, tensor, variable } from "../../mod.ts";
 * const w = variable([1, 2], { name: "w" });
 * const y = square(w);
 * assertEquals(`${run([y])[0]}`, "[1. 4.]");
 * assertEquals(`${run([y], new Map([[w, tensor([3, 4])]]))[0]}`, "[ 9. 16.]");
 * ```
 */
export function variable(value: Value, options: SourceOptions = {}): Node {
  return withValue("variable", value, options);
}

/**
 * A node that must be fed a tensor of the given shape.
 *
 * Throws a `TypeError` for what is no list of extents, and a `RangeError` for an extent that is
 * negative or not whole and for more elements than a tensor can have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { neg, placeholder, run, tensor } from "../../mod.ts";
 * const x = placeholder([2], { name: "x" });
 * assertEquals(`${run([neg(x)], new Map([[x, tensor([1, -2])]]))[0]}`, "[-1.  2.]");
 * ```
 */
export function placeholder(shape: Shape, options: SourceOptions = {}): Node {
  checkShape(shape, "make a placeholder");
  checkOptions("make a placeholder", options, optionKinds());
  const { dtype = "float32" } = options;
  return apply(
    rows,
    "placeholder",
    [],
    { shape: shape.map((extent) => extent + 0), dtype },
    options.name,
  );
}

/** Turns an operand into a node: numbers, nested arrays and tensors become constants. */
export function toNode(operand: Operand, dtype: DType = "float32"): Node {
  return operand instanceof Node ? operand : constant(operand, { dtype });
}

/** Ones of a shape, the upstream gradient that a missing `gradYs` stands for. */
export function ones(shape: Shape): Node {
  return constant(filled(shape, 1));
}

/** Zeros of a shape. */
export function zeros(shape: Shape): Node {
  return constant(filled(shape, 0));
}

/** The source's own value: `null` for a placeholder, and for a node that is no source. */
export function sourceValue(node: Node): Tensor | null {
  return node.op === "constant" || node.op === "variable"
    ? (node.attributes as { readonly value: Tensor }).value
    : null;
}

/** Whether a node may be fed: it is a placeholder or a variable. */
export function isFeedable(node: Node): boolean {
  return node.op === "placeholder" || node.op === "variable";
}

function filled(shape: Shape, value: number): Tensor {
  return new Tensor(new Float32Array(sizeOf(shape)).fill(value), shape);
}

/** What the options of a source may be. */
const optionKinds = () => ({ name: text, dtype: oneOf(DTYPES) });

function withValue(
  op: "constant" | "variable",
  value: Value,
  options: SourceOptions,
): Node {
  checkOptions(`make a ${op}`, options, optionKinds());
  const { dtype = "float32" } = options;
  const own = value instanceof Tensor
    ? new Tensor(value.data.slice(), value.shape)
    : tensorFrom(`make a ${op}`, value, undefined, { booleans: dtype === "bool", dtype });
  if (dtype !== "float32") dropSignsOfZeros(own.data);
  return apply(rows, op, [], { value: own, dtype }, options.name);
}
