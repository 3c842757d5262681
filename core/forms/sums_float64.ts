/**
 * Sums in float64, for the judge, in plain loops: a call per term would cost several times as much.
 *
 * @module
 */
import { bindBlocks, blockOf, type BlockVisit } from "./blocks.ts";
import type { Layout } from "./layout.ts";

/** Adds all terms to `z`, or writes them there if they are copies, so that -0 is kept. */
export function sumFloat64(
  layouts: readonly Layout[],
  z: Float64Array,
  inputs: readonly Float64Array[],
  copies: boolean,
): void {
  for (const layout of layouts) {
    const [a, b] = layout.factors.map((operand) => inputs[operand]!);
    const visit = b === undefined ? single(layout, z, a!, copies) : products(layout, z, a!, b);
    bindBlocks(layout, inputs, visit)();
  }
}

function single(layout: Layout, z: Float64Array, x: Float64Array, copies: boolean): BlockVisit {
  const { rounds: [n0, n1], steps: [[k0, k1, k2], [i0, i1, i2]], first } = blockOf(layout);
  const [rounds, to0, from0] = first;
  return (n2 = rounds, k = to0, i = from0) => {
    for (let p = 0; p < n0; p++) {
      for (let q = 0; q < n1; q++) {
        let to = k + p * k0 + q * k1, from = i + p * i0 + q * i1;
        if (copies) { for (let t = 0; t < n2; t++, to += k2, from += i2) z[to] = x[from]!; }
        else for (let t = 0; t < n2; t++, to += k2, from += i2) z[to]! += x[from]!;
      }
    }
  };
}

/** Four sums at a time, each in its own order: one alone would wait for every addition to end. */
function products(layout: Layout, z: Float64Array, a: Float64Array, b: Float64Array): BlockVisit {
  const { rounds: [n0, n1], steps, first: [rounds, to0, left0, right0] } = blockOf(layout);
  const [[k0, k1, k2], [i0, i1, i2], [j0, j1, j2]] = steps;
  const fours = k2 === 0 && k1 !== 0 ? n1 - n1 % 4 : 0;
  return (n2 = rounds, k = to0, i = left0, j = right0) => {
    for (let p = 0; p < n0; p++) {
      for (let q = 0; q < fours; q += 4) {
        const to = k + p * k0 + q * k1;
        let left = i + p * i0 + q * i1, right = j + p * j0 + q * j1;
        let s = z[to]!, t = z[to + k1]!, u = z[to + 2 * k1]!, v = z[to + 3 * k1]!;
        for (let n = 0; n < n2; n++, left = left + i2 | 0, right = right + j2 | 0) {
          s += a[left]! * b[right]!;
          t += a[left + i1]! * b[right + j1]!;
          u += a[left + 2 * i1]! * b[right + 2 * j1]!;
          v += a[left + 3 * i1]! * b[right + 3 * j1]!;
        }
        z[to] = s;
        z[to + k1] = t;
        z[to + 2 * k1] = u;
        z[to + 3 * k1] = v;
      }
      for (let q = fours; q < n1; q++) {
        let to = k + p * k0 + q * k1, left = i + p * i0 + q * i1, right = j + p * j0 + q * j1;
        for (let t = 0; t < n2; t++, to += k2, left += i2, right += j2) {
          z[to]! += a[left]! * b[right]!;
        }
      }
    }
  };
}
