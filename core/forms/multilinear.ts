/**
 * The multilinear form: sums of operands, of products of two, or copies of elements.
 *
 * @module
 */
import type { AttributesOf } from "../attributes.ts";
import type { Node } from "../graph.ts";
import type { BoundContext, GradientRule, Kinds, Op, OpText, Sample, Takes } from "../op.ts";
import type { RandomStream } from "../random.ts";
import { type Shape, sizeOf } from "../shape.ts";
import { finiteMagnitude, productSpread } from "./errors.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { type Nest, toIndex } from "./places.ts";
import { failToDraw, type Further, sampler } from "./samples.ts";
import { collectTerms, meanNoise, sumNoise } from "./noise.ts";
import { bindSum, type Order } from "./sums.ts";
import { sumFloat64 } from "./sums_float64.ts";
import { forEachTerm } from "./walk.ts";

/** What makes an op multilinear, and which. */
export interface MultilinearRow<K extends Kinds> extends OpText {
  /** The number of operands; if missing, of the names in `operands`, or 1. */
  readonly arity?: number | "any";
  readonly attributes?: K;
  /** What the operands may be; any if the op copies, else float32. */
  readonly takes?: readonly Takes[];
  readonly infer: (
    shapes: readonly Shape[],
    attributes: AttributesOf<K>,
    refuse: (facts: string) => never,
  ) => Shape;
  /**
   * The places that meet, given the shapes of the output and the operands; a list of nests adds up
   * what each says.
   */
  readonly terms: (shapes: readonly Shape[], attributes: AttributesOf<K>) => Nest | readonly Nest[];
  /** The order of the additions; `copy` if missing: nothing is added. */
  readonly order?: Order;
  /** What each sum is divided by; 1 if missing. */
  readonly divisor?: (shapes: readonly Shape[], attributes: AttributesOf<K>) => number;
  /** Whether no change of an operand counts as a change of the output. */
  readonly stops?: boolean;
  /**
   * The same places read from the side of each operand, as nodes of public functions; nothing flows
   * to operands beyond the last given.
   */
  readonly gradient: GradientRule<AttributesOf<K>>;
  /** The rank of the first operand, where it is no other. */
  readonly rank?: number;
  /** Draws the shapes of further operands; as that of the first, if missing. */
  readonly further?: Further<AttributesOf<K>>;
  /** Draws a whole sample, where attributes and shapes can't be drawn one by one. */
  readonly sample?: (random: RandomStream, x: Shape) => Sample | null;
}

/** Makes the complete row of a multilinear op. */
export function multilinear<K extends Kinds = Record<never, never>>(
  row: MultilinearRow<K>,
): Op<AttributesOf<K>> {
  const { arity = row.operands?.length ?? 1, order = "copy", divisor } = row;
  const attributes = row.attributes ?? {} as K;
  const further = row.further ?? ((random, x) => similar(arity, random, x));
  const draw = row.sample ?? sampler(attributes, further);
  const shapesOf = (node: Node) => [node.shape, ...node.inputs.map(({ shape }) => shape)];
  // Of the nodes that were asked for: the judge evaluates a node many times.
  const known = new WeakMap<Node, Terms>();
  const termsOf = (node: Node): Terms => {
    const found = known.get(node);
    if (found !== undefined) return found;
    const shapes = shapesOf(node);
    const nests = [row.terms(shapes, node.attributes as AttributesOf<K>)].flat();
    const layouts = nests.map((nest) => layoutOf(nest, shapes, node.op));
    known.set(node, { node, order, nests, layouts });
    return known.get(node)!;
  };
  const divisorOf = (node: Node) =>
    divisor === undefined ? null : divisor(shapesOf(node), node.attributes as AttributesOf<K>);
  const evaluate = (node: Node, inputs: readonly Float64Array[]) => {
    const sums = new Float64Array(sizeOf(node.shape));
    if (order === "addN") sums.fill(-0); // to which -0 adds up to -0, as without it
    sumFloat64(termsOf(node).layouts, sums, inputs, order === "copy");
    const count = divisorOf(node);
    return count === null ? sums : sums.map((sum) => sum / count);
  };
  return {
    ...row,
    form: {
      name: "multilinear",
      layouts: (node) => termsOf(node).layouts,
      divisor: divisorOf,
      copies: order === "copy",
    },
    arity,
    attributes: attributes as never,
    takes: row.takes ?? [order === "copy" ? "any" : "float32"],
    gives: "same",
    kernel: (node, z, inputs) =>
      bindSum(order, termsOf(node).layouts, z, inputs, divisorOf(node) ?? 1),
    reference: evaluate,
    bound: (node, context) => boundOf(termsOf(node), divisorOf(node), context),
    noise(node, { values, output, allowance }) {
      if (order === "copy") return new Float64Array(output.length);
      const { layouts } = termsOf(node);
      const { starts, terms } = collectTerms(layouts, values, output.length);
      const [roundings, divisor] = [layouts[0]!.factors.length - 1, divisorOf(node)];
      return output.map((y, k) =>
        divisor === null
          ? sumNoise(terms, starts[k]!, starts[k + 1]!, roundings, allowance)
          : meanNoise(terms, starts[k]!, starts[k + 1]!, divisor, y, allowance)
      );
    },
    // The product rule: an operand at a time is replaced by its change.
    tangent(node, values, tangents, output) {
      if (row.stops) return new Float64Array(output.length);
      const factors = termsOf(node).layouts.map((layout) => layout.factors);
      const parts = factors[0]!.map((_, role) => {
        const changed = new Set(factors.map((operands) => operands[role]!));
        return evaluate(node, values.map((value, i) => changed.has(i) ? tangents[i]! : value));
      });
      return parts.reduce((total, part) => total.map((value, k) => value + part[k]!));
    },
    gradient(node, upstream, functions) {
      const given = row.gradient(node, upstream, functions);
      return node.inputs.map((_, i) => given[i] ?? null);
    },
    sample(random, x) {
      if (x.length !== (row.rank ?? x.length)) return null;
      const sample = draw(random, x);
      return sample && withLimits(row, sample);
    },
  };
}

/** Shapes like that of the first operand; two at most, where any number will do. */
function similar(arity: number | "any", random: RandomStream, x: Shape): Shape[] {
  return Array.from({ length: arity === "any" ? random.below(3) : arity - 1 }, () => x);
}

/** A sample with what follows from the places: how large the indices that are read may be. */
function withLimits<K extends Kinds>(row: MultilinearRow<K>, sample: Sample): Sample | null {
  if (!row.takes?.includes("int32")) return sample;
  const attributes = sample.attributes as AttributesOf<K>;
  const shapes = [row.infer(sample.shapes, attributes, failToDraw), ...sample.shapes];
  const below: (number | undefined)[] = shapes.slice(1).map(() => undefined);
  for (const { places, factors } of [row.terms(shapes, attributes)].flat()) {
    places.forEach((place, role) => {
      const shape = shapes[role === 0 ? 0 : 1 + (factors?.[role - 1] ?? role - 1)]!;
      [place].flat().forEach((index, axis) => {
        for (const { operand } of toIndex(index).lookups) {
          below[operand] = Math.min(below[operand] ?? Infinity, shape[axis]!);
        }
      });
    });
  }
  return below.includes(0) ? null : { ...sample, below };
}

/** The terms of the elements of a node. */
interface Terms {
  readonly node: Node;
  readonly order: Order;
  readonly nests: readonly Nest[];
  readonly layouts: readonly Layout[];
}

/** Something of a term, given its factors and where they lie; `b` is `null` if there is but one. */
type OfTerm = (
  a: Float64Array,
  b: Float64Array | null,
  i: number,
  j: number,
  layout: Layout,
) => number;

/** The sum in float64 of `term` over all terms of each element. */
function add(
  { node, order, layouts }: Terms,
  inputs: readonly Float64Array[],
  term: OfTerm,
): Float64Array {
  const sums = new Float64Array(sizeOf(node.shape));
  for (const layout of layouts) {
    const [p, q] = layout.factors;
    const a = inputs[p!]!, b = q === undefined ? null : inputs[q]!;
    forEachTerm(layout, inputs, (k, i, j) => {
      const value = term(a, b, i, j, layout);
      if (order === "copy") sums[k] = value;
      else sums[k]! += value;
    });
  }
  return sums;
}

function boundOf(
  terms: Terms,
  divisor: number | null,
  { values, radii, output, allowance }: BoundContext,
): Float64Array {
  const spreadOf: OfTerm = (a, b, i, j, { factors: [p, q] }) =>
    b === null ? radii[p!]![i]! : productSpread(a[i]!, radii[p!]![i]!, b[j]!, radii[q!]![j]!);
  const spread = add(terms, values, spreadOf);
  markMoved(spread, terms, values, radii);
  if (terms.order === "copy") return spread;
  const size = add(
    terms,
    values,
    (a, b, i, j, layout) =>
      finiteMagnitude(b === null ? a[i]! : a[i]! * b[j]!, spreadOf(a, b, i, j, layout)),
  );
  const counts = add(terms, values, () => 1);
  const roundings = terms.layouts[0]!.factors.length - 1;
  return output.map((value, k) => {
    const count = counts[k]!;
    if (divisor === null) return spread[k]! + allowance.summation(count, roundings, size[k]!);
    if (count === 0) return 0; // NaN for certain
    const radius = spread[k]! / divisor + allowance.mean(count, size[k]!);
    return radius + allowance.rounding(Math.abs(value) + radius);
  });
}

/**
 * Marks what may come from another place, where an index that is read is off: nothing can be said
 * of it.
 */
function markMoved(
  radius: Float64Array,
  { node, nests }: Terms,
  values: readonly Float64Array[],
  radii: readonly Float64Array[],
): void {
  const shapes = [node.shape, ...node.inputs.map(({ shape }) => shape)];
  for (const { extents, places } of nests) {
    places.forEach((place, role) => {
      for (const { operand, place: read } of [place].flat().flatMap((i) => toIndex(i).lookups)) {
        const off = radii[operand]!;
        if (off.every((e) => e === 0)) continue;
        // What is written elsewhere may be written anywhere.
        if (role === 0) radius.fill(Infinity);
        const nest = { extents, places: [places[0]!, read], factors: [operand] };
        forEachTerm(layoutOf(nest, shapes), values, (k, i) => {
          if (off[i] !== 0) radius[k] = Infinity;
        });
      }
    });
  }
}
