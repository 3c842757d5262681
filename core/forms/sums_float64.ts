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

function products(layout: Layout, z: Float64Array, a: Float64Array, b: Float64Array): BlockVisit {
  const { rounds: [n0, n1], steps, first: [rounds, to0, left0, right0] } = blockOf(layout);
  const [[k0, k1, k2], [i0, i1, i2], [j0, j1, j2]] = steps;
  return (n2 = rounds, k = to0, i = left0, j = right0) => {
    for (let p = 0; p < n0; p++) {
      for (let q = 0; q < n1; q++) {
        let to = k + p * k0 + q * k1, left = i + p * i0 + q * i1, right = j + p * j0 + q * j1;
        if (k2 === 0) {
          let sum = z[to]!;
          for (let t = 0; t < n2; t++, left += i2, right += j2) sum += a[left]! * b[right]!;
          z[to] = sum;
        } else {
          for (let t = 0; t < n2; t++, to += k2, left += i2, right += j2) {
            z[to]! += a[left]! * b[right]!;
          }
        }
      }
    }
  };
}
