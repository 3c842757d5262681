/**
 * Sizes of noise: how far an honest engine's own rounding in an op typically takes each element.
 *
 * They follow from the form of an op alone, so every op has them.
 *
 * @module
 */
import { broadcastLayout } from "../core/forms/broadcast.ts";
import { forEachTerm } from "../core/forms/walk.ts";
import { bindPairs, winnersOf } from "../core/forms/winners.ts";
import type { Node } from "../core/graph.ts";
import type { BoundContext, Form } from "../core/op.ts";
import { rowOf } from "../core/ops/table.ts";
import { collectTerms, isPlain, meanNoise, sumNoise } from "./noise_sums.ts";

/** What noise is made of: values in float64. */
export type NoiseContext = Omit<BoundContext, "radii">;

/**
 * The size of the rounding noise of a node by element: the largest size of a random error; 0 where
 * the op computes exactly. `null` for a source.
 */
export function noiseSizes(node: Node, context: NoiseContext): Float64Array | null {
  const { form } = rowOf(node);
  switch (form.name) {
    case "source":
      return null;
    case "elementwise":
      return ofFunction(form.rounding, node, context);
    case "multilinear":
      return ofSum(form, node, context);
    case "selection":
      if (form.gives === "value" || form.gives === "index") {
        return new Float64Array(context.output.length);
      }
      return ofShares(form, node, context);
  }
}

type FormNamed<N extends Form["name"]> = Extract<Form, { readonly name: N }>;

function ofFunction(
  rounding: FormNamed<"elementwise">["rounding"],
  node: Node,
  context: NoiseContext,
): Float64Array {
  const { output, allowance } = context;
  switch (rounding) {
    case "none":
      return new Float64Array(output.length);
    case "function":
      return output.map((y) => allowance.elementary(Math.abs(y)));
    case "division":
      return output.map((y) => y === 0 ? 0 : allowance.division(Math.abs(y)));
    case "operation":
      return ofOperation(node, context);
  }
}

/**
 * One rounding; none of what is a value of float32 already, if the operands are, or if it comes of
 * a zero.
 */
function ofOperation(node: Node, { values, output, allowance }: NoiseContext): Float64Array {
  const noise = output.map((y) => allowance.rounding(Math.abs(y)));
  const [a, b, c] = values;
  const isFloat32 = (x: number | undefined) => x === undefined || Math.fround(x) === x;
  forEachTerm(broadcastLayout(node), values, (k, i, j, l) => {
    if (!isPlain(output[k]!)) return;
    const x = a![i]!, y = b?.[j], z = c?.[l];
    const hasZero = x === 0 || y === 0 || z === 0;
    if (hasZero || (isFloat32(x) && isFloat32(y) && isFloat32(z))) noise[k] = 0;
  });
  return noise;
}

function ofSum(
  form: FormNamed<"multilinear">,
  node: Node,
  { values, output, allowance }: NoiseContext,
): Float64Array {
  if (form.copies) return new Float64Array(output.length);
  const layouts = form.layouts(node), divisor = form.divisor(node);
  const { starts, terms } = collectTerms(layouts, values, output.length);
  const roundings = layouts[0]!.factors.length - 1;
  return output.map((y, k) =>
    divisor === null
      ? sumNoise(terms, starts[k]!, starts[k + 1]!, roundings, allowance)
      : meanNoise(terms, starts[k]!, starts[k + 1]!, divisor, y, allowance)
  );
}

/**
 * A sum of shares. What goes whole to one winner is copied; a share is the product with a rounded
 * quotient, which is exact where the count is a power of two.
 */
function ofShares(
  form: FormNamed<"selection">,
  node: Node,
  { values: [x, v], output, allowance }: NoiseContext,
): Float64Array {
  const candidates = form.candidates(node);
  const { find, shareOf } = winnersOf(candidates, x!);
  const toWinners = form.gives === "to winners";
  const terms = Array.from(output, (): number[] => []);
  const roundings = new Int8Array(output.length), shared = roundings.slice();
  find();
  bindPairs(candidates.layout, (k, i) => {
    const share = shareOf(k, i);
    if (share === 0) return;
    const to = toWinners ? i : k;
    terms[to]!.push(share * v![toWinners ? k : i]!);
    if (share !== 1) shared[to] = 1;
    if (Math.log2(share) % 1 !== 0) roundings[to] = 2;
  })();
  return output.map((_, at) => {
    const list = terms[at]!;
    if (list.length <= 1 && !shared[at]) return 0;
    return sumNoise(Float64Array.from(list), 0, list.length, roundings[at]!, allowance);
  });
}
