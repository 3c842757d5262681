/**
 * Sources: nodes without inputs. Their values are given, not computed.
 *
 * @module
 */
import { type AttributeKind, choice, shape, tensor as tensorKind } from "../attributes.ts";
import type { Node } from "../graph.ts";
import { type DType, DTYPES } from "../dtype.ts";
import type { Op } from "../op.ts";
import { type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

const source = {
  form: { name: "source" },
  arity: 0,
  takes: [],
  kernel: "source",
  reference: "source",
  bound: "source",
  tangent: (node: Node) => new Float64Array(sizeOf(node.shape)),
  gradient: () => [],
  sample: "source",
} as const;

/** The dtype of a source. */
const dtype: AttributeKind<DType> = { ...choice(DTYPES, "dtype"), absent: "float32" };

/** A source that owns its value. */
const valued = {
  ...source,
  attributes: { value: tensorKind, dtype },
  gives: (attributes: { readonly dtype: DType }) => attributes.dtype,
  infer: (_: readonly Shape[], { value }: { readonly value: Tensor }) => value.shape,
};

export default {
  constant: {
    ...valued,
    summary: "A node whose value never changes and can't be fed.",
    example: ["constant([[0.1, -0.3], [0.2, 0.1]])", "[[ 0.1 -0.3]\n [ 0.2  0.1]]"],
  },
  variable: {
    ...valued,
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
