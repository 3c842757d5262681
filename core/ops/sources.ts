/**
 * Sources: nodes without inputs. Their values are given, not computed.
 *
 * @module
 */
import { dtype, tensor as tensorKind } from "../attributes.ts";
import { checkValues, type DType } from "../dtype.ts";
import type { Node } from "../graph.ts";
import type { Op } from "../op.ts";
import { type Shape, sizeOf } from "../shape.ts";
import { shape } from "../shape_attributes.ts";
import type { Tensor } from "../tensor.ts";

const source = {
  form: { name: "source" },
  arity: 0,
  takes: [],
  kernel: "source",
  reference: "source",
  bound: "source",
  noise: "source",
  tangent: (node: Node) => new Float64Array(sizeOf(node.shape)),
  gradient: () => [],
  sample: "source",
} as const;

/** A source that owns its value, as `what`: `a constant`. */
const valued = (what: string) => ({
  ...source,
  attributes: { value: tensorKind, dtype },
  gives: (attributes: { readonly dtype: DType }) => attributes.dtype,
  infer(_: readonly Shape[], { value, dtype }: { readonly value: Tensor; readonly dtype: DType }) {
    checkValues(`make ${what}`, value.data, dtype);
    return value.shape;
  },
});

export default {
  constant: {
    ...valued("a constant"),
    summary: "A node whose value never changes and can't be fed.",
    example: ["constant([[0.1, -0.3], [0.2, 0.1]])", "[[ 0.1 -0.3]\n [ 0.2  0.1]]"],
  },
  variable: {
    ...valued("a variable"),
    summary: "A node that has a value and may be fed another one of the same shape.",
    example: ["variable([1, 2])", "[1. 2.]"],
  },
  placeholder: {
    ...source,
    attributes: { shape, dtype },
    gives: (attributes: { readonly dtype: DType }) => attributes.dtype,
    infer: (_: readonly Shape[], attributes: { readonly shape: Shape }) => attributes.shape,
    summary: "A node that must be fed a tensor of the given shape.",
    example: ["placeholder([2]).shape", "2"],
  },
} satisfies Record<string, Op<never>>;
