/**
 * Tensors as NumPy 1.21 to 1.24 prints them: `str` and `repr` of a float32 array.
 *
 * NumPy 1.14 to 1.20 prints the same but for two corners: without exponents, elements from 2²⁴ on
 * end in zeros in place of their exact last digits; with exponents, a power of two whose shortest
 * digits are not the nearest prints the nearest.
 *
 * @module
 */
import { anything, checkOptions, checkParts, float32Array, type Kind, oneOf } from "./check.ts";
import { elementExponentText, elementText, formatScalar, specialText } from "./format_number.ts";
import { checkShape, shapeText, sizeOf, stridesOf } from "./shape.ts";

export { elementExponentText, elementText, formatScalar } from "./format_number.ts";

/** How {@linkcode formatTensor} prints; the defaults are NumPy's. */
export interface FormatOptions {
  /**
   * `str` as NumPy's `print` shows an array, `repr` as its interactive prompt does. Default `str`.
   */
  style?: "str" | "repr";
  /** The most fractional digits of an element. Default 8. */
  precision?: number;
  /** Arrays of more elements are summarized with `...`. Default 1000. */
  threshold?: number;
  /** The most characters of a line. Default 75. */
  lineWidth?: number;
  /** How many elements a summary shows at each end of an axis; at least 1. Default 3. */
  edgeItems?: number;
}

/**
 * Prints a float32 tensor as NumPy prints the array of the same values, character for character.
 *
 * Throws a `TypeError` when the shape does not hold as many elements as `data` has, and a
 * `RangeError` for a numeric option that is neither `Infinity` nor an integer from 0 (`edgeItems`:
 * from 1).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatTensor } from "./format.ts";
 * const t = { shape: [2, 2], data: Float32Array.of(1.56, -0.69, 3, 0.5) };
 * assertEquals(formatTensor(t), "[[ 1.56 -0.69]\n [ 3.    0.5 ]]");
 * const empty = { shape: [0], data: new Float32Array() };
 * assertEquals(formatTensor(empty, { style: "repr" }), "array([], dtype=float32)");
 * ```
 */
export function formatTensor(
  t: { readonly shape: readonly number[]; readonly data: Float32Array },
  options: FormatOptions = {},
): string {
  checkParts("print a tensor", "it", t, { shape: anything, data: float32Array });
  const { shape, data } = t;
  checkShape(shape, "print a tensor");
  checkOptions("print a tensor", options, optionKinds);
  const { style = "str", precision = 8, threshold = 1000, lineWidth = 75, edgeItems = 3 } = options;
  if (sizeOf(shape) !== data.length) {
    throw new TypeError(
      `Cannot print a tensor: shape ${shapeText(shape)} does not hold ${data.length} values`,
    );
  }
  if (style === "str") {
    if (shape.length === 0) return formatScalar(data[0]!);
    return layOut(t, { precision, threshold, lineWidth, edgeItems, indent: " ", separator: " " });
  }
  const opening = "array(";
  const body = layOut(t, {
    precision,
    threshold,
    lineWidth: lineWidth - 1, // Room for the comma before the dtype.
    edgeItems,
    indent: " ".repeat(opening.length + 1),
    separator: ", ",
  });
  const shapeNote = data.length === 0 && shape.length > 1 ? `, shape=(${shape.join(", ")})` : "";
  const text = `${opening}${body}${shapeNote},`;
  const dtype = "dtype=float32)";
  const lastLine = text.length - (text.lastIndexOf("\n") + 1);
  const fits = lastLine + 1 + dtype.length <= lineWidth;
  return text + (fits ? " " : "\n" + " ".repeat(opening.length)) + dtype;
}

/** A whole number from `least`, or `Infinity`. */
function countFrom(least: number): Kind {
  return {
    expected: `a whole number from ${least}, or Infinity`,
    isType: (value) => typeof value === "number",
    inRange: (value: number) => value === Infinity || (Number.isInteger(value) && value >= least),
  };
}

const optionKinds = {
  style: oneOf(["str", "repr"]),
  precision: countFrom(0),
  threshold: countFrom(0),
  lineWidth: countFrom(0),
  edgeItems: countFrom(1),
};

interface Layout {
  precision: number;
  threshold: number;
  lineWidth: number;
  edgeItems: number;
  /** What every line but the first begins with. */
  indent: string;
  separator: string;
}

/** The brackets and what is in them. */
function layOut(
  t: { readonly shape: readonly number[]; readonly data: Float32Array },
  layout: Layout,
): string {
  const { shape, data } = t;
  const { separator, edgeItems } = layout;
  if (data.length === 0) return "[]";
  const summarized = data.length > layout.threshold;
  const shown = shape.map((extent) => shownIndices(extent, summarized ? edgeItems : Infinity));
  const strides = stridesOf(shape);
  const cell = cellFormatter(shownValues(data, shown, strides), layout.precision);

  const block = (axis: number, offset: number, indent: string, width: number): string => {
    if (axis === shape.length) return cell(data[offset]!);
    const parts = shown[axis]!.map((i) =>
      i === GAP ? "..." : block(axis + 1, offset + i * strides[axis]!, indent + " ", width - 1)
    );
    const axesLeft = shape.length - axis;
    if (axesLeft === 1) return `[${wrap(parts, separator, indent, width - 1)}]`;
    return `[${parts.join(separator.trimEnd() + "\n".repeat(axesLeft - 1) + indent)}]`;
  };
  return block(0, 0, layout.indent, layout.lineWidth);
}

/** Stands among the indices of an axis for those that a summary leaves out. */
const GAP = -1;

function shownIndices(extent: number, edgeItems: number): number[] {
  if (extent <= 2 * edgeItems) return Array.from({ length: extent }, (_, i) => i);
  const head = Array.from({ length: edgeItems }, (_, i) => i);
  return [...head, GAP, ...head.map((i) => extent - edgeItems + i)];
}

function shownValues(data: Float32Array, shown: number[][], strides: number[]): number[] {
  let offsets = [0];
  shown.forEach((indices, axis) => {
    const steps = indices.filter((i) => i !== GAP).map((i) => i * strides[axis]!);
    offsets = offsets.flatMap((offset) => steps.map((step) => offset + step));
  });
  return offsets.map((offset) => data[offset]!);
}

/**
 * Joins the cells of a row and breaks it before a cell that would cross `width`; an only cell of a
 * line may cross it.
 */
function wrap(cells: string[], separator: string, indent: string, width: number): string {
  let done = "";
  let line = indent;
  cells.forEach((cell, i) => {
    if (line.length + cell.length > width && line.length > indent.length) {
      done += line.trimEnd() + "\n";
      line = indent;
    }
    line += i < cells.length - 1 ? cell + separator : cell;
  });
  return (done + line).slice(indent.length);
}

/** The function that prints each of `values` at their common width. */
function cellFormatter(values: readonly number[], precision: number): (x: number) => string {
  const finite = values.filter(Number.isFinite);
  const exponent = wantsExponent(finite);
  const parts = finite.map((x) =>
    (exponent ? elementExponentText(x, precision) : elementText(x, precision)).split(/[.e]/)
  );
  const fraction = parts.reduce((longest, [, digits]) => Math.max(longest, digits!.length), 0);
  // What follows the whole part and its point. Exponents of float32 values have two digits.
  const tail = exponent ? fraction + "e+00".length : fraction;
  const special = finite.length === values.length ? 0 : values.includes(-Infinity) ? 4 : 3;
  const whole = parts.reduce(
    (longest, [digits]) => Math.max(longest, digits!.length),
    Math.max(0, special - tail - 1),
  );
  const width = whole + 1 + tail;
  return (x) => {
    if (!Number.isFinite(x)) return specialText(x).padStart(width);
    if (exponent) return elementExponentText(x, fraction, fraction).padStart(width);
    const text = elementText(x, precision);
    const gap = fraction - (text.length - 1 - text.indexOf("."));
    return (text + " ".repeat(gap)).padStart(width);
  };
}

/**
 * NumPy's choice of exponents for all elements: very large, very small or far apart. Zeros do not
 * count.
 */
function wantsExponent(finite: readonly number[]): boolean {
  let max = 0;
  let min = Infinity;
  for (const x of finite) {
    if (x === 0) continue;
    max = Math.max(max, Math.abs(x));
    min = Math.min(min, Math.abs(x));
  }
  // The limits are doubles, so the float32 nearest to 0.0001 is below its limit; the quotient is
  // rounded to float32.
  return max >= 1e8 || min < 0.0001 || Math.fround(max / min) > 1000;
}
