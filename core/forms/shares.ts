/**
 * Shares: what becomes of the winners of a selection. Their value is read, a gradient is handed to
 * them, or other values are read where they are; several share evenly.
 *
 * @module
 */
import type { BoundContext, NoiseContext } from "../op.ts";
import { finiteMagnitude } from "./errors.ts";
import { sumNoise } from "./noise.ts";
import { bindPairs, type Candidates, reachOf, winnersOf } from "./winners.ts";

type Values = Float32Array | Float64Array;

/** Whether values come from the elements and go to the candidates, or the other way. */
export type Direction = "to winners" | "from winners";

/** Binds the kernel of a selection: the value of the first winner, or the worst of all of none. */
export function bindValue(of: Candidates, x: Values, z: Values): () => void {
  const { find, first } = winnersOf(of, x);
  const none = of.best === "largest" ? -Infinity : Infinity;
  return () => {
    find();
    for (let k = 0; k < z.length; k++) z[k] = first[k]! < 0 ? none : x[first[k]!]!;
  };
}

/**
 * Binds the sum of shares: from +0, in the order of the loops, (1/n)·v for each of n winners, every
 * step rounded as `z` is: the order of TensorFlow (math_grad.py, _MinOrMaxGrad).
 *
 * `isChange` says that `v` are changes: where nothing changes, nothing is shared, not even NaN.
 */
export function bindShares(
  of: Candidates,
  direction: Direction,
  [x, v]: readonly [Values, Values],
  z: Values,
  isChange = false,
): () => void {
  const { find, shareOf } = winnersOf(of, x);
  const round = z instanceof Float32Array ? Math.fround : (value: number) => value;
  const toWinners = direction === "to winners";
  const hand = bindPairs(of.layout, (k, i) => {
    const share = shareOf(k, i), value = v[toWinners ? k : i]!;
    if (share === 0 || (isChange && value === 0)) return;
    const to = toWinners ? i : k;
    z[to] = z[to]! + round(round(share) * value);
  });
  return () => {
    z.fill(0);
    find();
    hand();
  };
}

/** How far the best value may be off. */
export function boundOfValue(
  of: Candidates,
  { values, radii, output }: BoundContext,
): Float64Array {
  const { known, least, most } = reachOf(of, values[0]!, radii[0]!);
  const sign = of.best === "largest" ? 1 : -1;
  return output.map((value, k) => {
    if (known[k] === "unknown") return Infinity;
    if (known[k] === "nan" || least[k] === most[k]) return 0;
    return Math.max(sign * value - least[k]!, most[k]! - sign * value);
  });
}

/**
 * How far a sum of shares may be off. Where the winners are certain, as far as what is shared, and
 * for the roundings of the shares and of their sum; where not, any in reach may have all or
 * nothing.
 */
export function boundOfShares(
  of: Candidates,
  direction: Direction,
  { values: [x, v], radii: [e, ev], output, allowance }: BoundContext,
): Float64Array {
  const { known, mayWin } = reachOf(of, x!, e!);
  const { find, shareOf } = winnersOf(of, x!);
  const toWinners = direction === "to winners";
  const spread = new Float64Array(output.length), size = spread.slice();
  const terms = new Int32Array(output.length), shared = new Int8Array(output.length);
  find();
  bindPairs(of.layout, (k, i) => {
    const [to, from] = toWinners ? [i, k] : [k, i];
    const share = shareOf(k, i), value = v![from]!, off = ev![from]!;
    const magnitude = finiteMagnitude(value, off);
    if (known[k] === "unknown") spread[to] = Infinity;
    else if (known[k] !== "open") {
      if (share === 0 || share !== share) return; // NaN for certain
      spread[to]! += share * off;
      size[to]! += share * magnitude;
      terms[to]!++;
      if (share !== 1) shared[to] = 1;
    } else if (mayWin(k, i)) {
      // A share s' in place of s moves a part of a gradient by (s' − s)·v; a mean lies among what
      // it is of.
      const most = toWinners
        ? Math.max(share, 1 - share) * Math.abs(value)
        : Math.abs(value - output[k]!);
      if (toWinners) spread[to]! += most + off;
      else spread[to] = Math.max(spread[to]!, most + off);
      size[to] = toWinners ? size[to]! + magnitude : Math.max(size[to]!, magnitude);
      terms[to]!++;
      shared[to] = 1;
    }
  })();
  return spread.map((radius, at) => {
    if (terms[at]! <= 1 && !shared[at]) return radius;
    return radius + allowance.summation(terms[at]!, shared[at] ? 2 : 0, size[at]!);
  });
}

/**
 * The noise of a sum of shares. What goes whole to one winner is copied; a share is the product with
 * a rounded quotient, which is exact where the count is a power of two.
 */
export function noiseOfShares(
  of: Candidates,
  direction: Direction,
  { values: [x, v], output, allowance }: NoiseContext,
): Float64Array {
  const { find, shareOf } = winnersOf(of, x!);
  const toWinners = direction === "to winners";
  const terms = Array.from(output, (): number[] => []);
  const roundings = new Int8Array(output.length), shared = roundings.slice();
  find();
  bindPairs(of.layout, (k, i) => {
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
