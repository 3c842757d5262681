/**
 * Control: what is differentiated, and what dtype values have.
 *
 * @module
 */
import { choice } from "../attributes.ts";
import { DTYPES, valueAs } from "../dtype.ts";
import { unary } from "../forms/elementwise.ts";
import { castSpread } from "../forms/errors.ts";
import { multilinear } from "../forms/multilinear.ts";
import { over } from "../forms/places.ts";
import { sizeOf } from "../shape.ts";

export default {
  stopGradient: multilinear({
    summary: "The same value, through which no gradient flows back.",
    example: ["gradients(stopGradient(variable(3)), variable(3))", "null"],
    infer: ([x]) => x!,
    terms: ([y]) => over([sizeOf(y!)], (i) => [i, i]),
    stops: true,
    gradient: () => [null],
  }),
  cast: unary({
    summary: "The same values as another dtype.",
    details: "int32 is the whole part of a value, a `RangeError` if it is NaN or beyond " +
      "±2²⁴; bool is whether a value is not 0. Only from float32 to float32 flows a gradient.",
    example: ['cast([-1.5, 0, 2.5], "int32")', "[-1.  0.  2.]"],
    // Drawn are the dtypes that have every value.
    attributes: { dtype: choice(DTYPES, "the dtype of the result", ["float32", "bool"]) },
    takes: ["any"],
    gives: ({ dtype }) => dtype,
    exact: (x, { dtype }) => valueAs(x, dtype),
    spread: (x, e, y, { dtype }) => castSpread(x, e, y, dtype),
    rounding: "none",
    tangent: (_, dx, _y, { dtype }) => dtype === "float32" ? dx : 0,
    gradient: ({ inputs: [x], dtype }, g) => [x!.dtype === dtype ? g : null],
  }),
};
