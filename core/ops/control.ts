/**
 * Ops that change what is differentiated, not what is computed.
 *
 * @module
 */
import { multilinear } from "../forms/multilinear.ts";
import { over } from "../forms/places.ts";
import { sizeOf } from "../shape.ts";

export default {
  stopGradient: multilinear({
    summary: "The same value, through which no gradient flows back.",
    example: ["gradients(stopGradient(variable(3)), variable(3))", "null"],
    infer: ([x]) => x!,
    terms: ([y]) => over([sizeOf(y!)], (i) => [i, i]),
    order: "copy",
    stops: true,
    gradient: () => [null],
    sample: (_, x) => ({ shapes: [x] }),
  }),
};
