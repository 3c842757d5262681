/**
 * Sums in float64, and the sizes of their terms: loops written out, since the judge evaluates a
 * graph many times and a call per term would cost several times as much as the term.
 *
 * @module
 */
import { bindBlocks, blockOf } from "./blocks.ts";
import { finiteMagnitude, productSpread } from "./errors.ts";
import type { Layout } from "./layout.ts";
import type { Operands } from "./walk.ts";

/** The factors of the terms: one operand, or two that are multiplied. */
export type Factors = readonly [a: Float64Array, b: Float64Array | null];

/** Copies elements; -0 is kept. */
export function copyFloat64(
  layout: Layout,
  operands: Operands,
  z: Float64Array,
  x: Float64Array,
): void {
  const { rounds: [n0, n1], steps: [[k0, k1, k2], [i0, i1, i2]], first } = blockOf(layout);
  const [rounds, to0, from0] = first;
  bindBlocks(layout, operands, (n2 = rounds, k = to0, i = from0) => {
    for (let p = 0; p < n0; p++) {
      for (let q = 0; q < n1; q++) {
        let to = k + p * k0 + q * k1, from = i + p * i0 + q * i1;
        for (let t = 0; t < n2; t++, to += k2, from += i2) z[to] = x[from]!;
      }
    }
  })();
}

/** Adds up terms, in the order of the loops. */
export function addFloat64(
  layout: Layout,
  operands: Operands,
  z: Float64Array,
  [a, b]: Factors,
): void {
  const { rounds: [n0, n1], steps, first: [rounds, to0, left0, right0] } = blockOf(layout);
  const [[k0, k1, k2], [i0, i1, i2], [j0, j1, j2]] = steps;
  bindBlocks(layout, operands, (n2 = rounds, k = to0, i = left0, j = right0) => {
    for (let p = 0; p < n0; p++) {
      for (let q = 0; q < n1; q++) {
        let to = k + p * k0 + q * k1, left = i + p * i0 + q * i1, right = j + p * j0 + q * j1;
        if (b === null) { for (let t = 0; t < n2; t++, to += k2, left += i2) z[to]! += a[left]!; }
        else if (k2 !== 0) {
          for (let t = 0; t < n2; t++, to += k2, left += i2, right += j2) {
            z[to]! += a[left]! * b[right]!;
          }
        } else {
          let sum = z[to]!;
          // Positions are int32: saying so (| 0) saves a third of the time.
          for (let t = 0; t < n2; t++, left = left + i2 | 0, right = right + j2 | 0) {
            sum += a[left]! * b[right]!;
          }
          z[to] = sum;
        }
      }
    }
  })();
}

/** What the bound of a sum is made of, by element of the output. */
export interface Sizes {
  /** How far the sum moves with its operands. */
  readonly spread: Float64Array;
  /** What the sizes of its terms add up to. */
  readonly size: Float64Array;
  /** How many terms it has. */
  readonly count: Float64Array;
}

/** Adds up what the bound of a sum is made of. */
export function addSizes(
  layout: Layout,
  operands: Operands,
  { spread, size, count }: Sizes,
  [a, b]: Factors,
  [ea, eb]: Factors,
): void {
  const { rounds: [n0, n1], steps, first: [rounds, to0, left0, right0] } = blockOf(layout);
  const [[k0, k1, k2], [i0, i1, i2], [j0, j1, j2]] = steps;
  const isExact = isZero(ea) && (eb === null || isZero(eb));
  bindBlocks(layout, operands, (n2 = rounds, k = to0, i = left0, j = right0) => {
    for (let p = 0; p < n0; p++) {
      for (let q = 0; q < n1; q++) {
        let to = k + p * k0 + q * k1, left = i + p * i0 + q * i1, right = j + p * j0 + q * j1;
        if (b === null || k2 !== 0) {
          for (let t = 0; t < n2; t++, to += k2, left += i2, right += j2) {
            const x = a[left]!, y = b === null ? 1 : b[right]!, e = ea[left]!;
            const moved = b === null ? e : productSpread(x, e, y, eb![right]!);
            spread[to]! += moved;
            size[to]! += finiteMagnitude(b === null ? x : x * y, moved);
            count[to]!++;
          }
          continue;
        }
        let sum = size[to]!;
        if (isExact) {
          for (let t = 0; t < n2; t++, left = left + i2 | 0, right = right + j2 | 0) {
            sum += finiteMagnitude(a[left]! * b[right]!, 0);
          }
        } else {
          let off = spread[to]!;
          for (let t = 0; t < n2; t++, left = left + i2 | 0, right = right + j2 | 0) {
            const x = a[left]!, y = b[right]!;
            const moved = productSpread(x, ea[left]!, y, eb![right]!);
            off += moved;
            sum += finiteMagnitude(x * y, moved);
          }
          spread[to] = off;
        }
        size[to] = sum;
        count[to]! += n2;
      }
    }
  })();
}

function isZero(radii: Float64Array): boolean {
  for (let i = 0; i < radii.length; i++) if (radii[i] !== 0) return false;
  return true;
}
