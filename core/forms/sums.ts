/**
 * Sums in float32: every order in which the numeric contract adds, and their kernels.
 *
 * @module
 */
import { bindBlocks, blockOf, type BlockVisit } from "./blocks.ts";
import type { Layout } from "./layout.ts";
import { bindStretches, innerStrides } from "./walk.ts";

/**
 * In which order the terms of an element are added up:
 *
 * - `copy`: there is one term, or none, which gives 0; nothing is rounded, and -0 is kept;
 * - `index`: from +0, in the order of the loops, each product rounded and each addition;
 * - `pairwise`: from +0, {@linkcode pairwiseSum} of the terms in the order of the loops;
 * - `addN`: from the first term, in the order of TensorFlow's AddN.
 */
export type Order = "copy" | "index" | "pairwise" | "addN";

/** Binds the kernel of a sum to its buffers: `z` is the sum of all terms over `divisor`. */
export function bindSum(
  order: Order,
  layouts: readonly Layout[],
  z: Float32Array,
  inputs: readonly Float32Array[],
  divisor: number,
): () => void {
  if (order === "addN") return () => addInGroups(z, inputs);
  const walks = layouts.map((layout) => {
    const [a, b] = layout.factors.map((operand) => inputs[operand]!) as [
      Float32Array,
      Float32Array?,
    ];
    if (order === "pairwise") return bindPairwise(layout, z, a, divisor);
    const visit = order === "copy"
      ? copy(layout, z, a)
      : b === undefined
      ? add(layout, z, a)
      : addProducts(layout, z, a, b);
    return bindBlocks(layout, inputs, visit);
  });
  const [first] = layouts;
  const overwrites = order !== "index" || endsInOneStretch(first!);
  if (walks.length === 1 && first!.direct && first!.terms > 0 && overwrites) return walks[0]!;
  return () => {
    z.fill(order === "pairwise" ? 0 / divisor : 0);
    for (const walk of walks) walk();
  };
}

/** Whether one stretch holds all terms of an element, so that its sum needs no memory in between. */
function endsInOneStretch({ direct, outer, extents }: Layout): boolean {
  return direct && outer === extents.length - 1;
}

function copy(layout: Layout, z: Float32Array, x: Float32Array): BlockVisit {
  const { rounds: [n0, n1], steps: [[k0, k1, k2], [i0, i1, i2]], first } = blockOf(layout);
  const [rounds, to0, from0] = first;
  if (n0 === 1 && n1 === 1 && k2 === 1 && i2 === 1 && z.length > 64) {
    return (n2 = rounds, k = to0, i = from0) => z.set(x.subarray(i, i + n2), k);
  }
  return (n2 = rounds, k = to0, i = from0) => {
    for (let p = 0; p < n0; p++) {
      for (let q = 0; q < n1; q++) {
        let to = k + p * k0 + q * k1, from = i + p * i0 + q * i1;
        for (let t = 0; t < n2; t++, to += k2, from += i2) z[to] = x[from]!;
      }
    }
  };
}

function add(layout: Layout, z: Float32Array, x: Float32Array): BlockVisit {
  const { rounds: [n0, n1], steps: [[k0, k1, k2], [i0, i1, i2]], first } = blockOf(layout);
  const [rounds, to0, from0] = first;
  const whole = endsInOneStretch(layout);
  return (n2 = rounds, k = to0, i = from0) => {
    for (let p = 0; p < n0; p++) {
      for (let q = 0; q < n1; q++) {
        let to = k + p * k0 + q * k1, from = i + p * i0 + q * i1;
        if (whole) z[to] = 0;
        for (let t = 0; t < n2; t++, to += k2, from += i2) z[to]! += x[from]!;
      }
    }
  };
}

/** Sums products; never fused: a product is rounded, then added. */
function addProducts(
  layout: Layout,
  z: Float32Array,
  a: Float32Array,
  b: Float32Array,
): BlockVisit {
  const f = Math.fround;
  const { rounds: [n0, n1], steps, first: [rounds, to0, left0, right0] } = blockOf(layout);
  const [[k0, k1, k2], [i0, i1, i2], [j0, j1, j2]] = steps;
  const whole = endsInOneStretch(layout);
  if (k2 !== 0) {
    return (n2 = rounds, k = to0, i = left0, j = right0) => {
      for (let p = 0; p < n0; p++) {
        for (let q = 0; q < n1; q++) {
          let to = k + p * k0 + q * k1, left = i + p * i0 + q * i1, right = j + p * j0 + q * j1;
          for (let t = 0; t < n2; t++, to += k2, left += i2, right += j2) {
            z[to]! += f(a[left]! * b[right]!);
          }
        }
      }
    };
  }
  // Positions are int32: saying so (| 0) saves a tenth of the time.
  return (n2 = rounds, k = to0, i = left0, j = right0) => {
    for (let p = 0; p < n0; p++, k = k + k0 | 0, i = i + i0 | 0, j = j + j0 | 0) {
      for (let q = 0; q < n1; q++) {
        let sum = whole ? 0 : z[k + q * k1]!;
        for (let t = 0, left = i + q * i1, right = j + q * j1; t < n2; t++) {
          sum = f(sum + f(a[left]! * b[right]!));
          left = left + i2 | 0;
          right = right + j2 | 0;
        }
        z[k + q * k1] = sum;
      }
    }
  };
}

/** Binds a pairwise sum over the inner loops; dividing by 1 is exact. */
function bindPairwise(
  layout: Layout,
  z: Float32Array,
  x: Float32Array,
  divisor: number,
): () => void {
  if (!layout.direct) throw new TypeError("Cannot sum in pairs: the loops meet an element twice");
  const { outer } = layout;
  const part = (from: number, to: number, starts: readonly number[]): Layout => ({
    ...layout,
    extents: layout.extents.slice(from, to),
    strides: layout.strides.map((list) => list.slice(from, to)),
    starts,
  });
  const [sums, inner] = [part(0, outer, layout.starts), part(outer, layout.extents.length, [0, 0])];
  const terms = new Float32Array(layout.terms);
  const rounded = Math.fround(divisor);
  const [dk, di] = innerStrides(sums);
  const [, step] = innerStrides(inner);
  let base = 0, next = 0;
  const collect = bindStretches(inner, [], (rounds, _, i) => {
    for (let t = 0, p = base + i; t < rounds; t++, p += step) terms[next++] = x[p]!;
  });
  return bindStretches(sums, [], (rounds, k, i) => {
    for (let t = 0; t < rounds; t++, k += dk, i += di) {
      base = i;
      next = 0;
      collect();
      z[k] = pairwiseSum(terms, 0, terms.length) / rounded;
    }
  });
}

/**
 * Adds up tensors of one size. The order of TensorFlow's AddN kernel (aggregate_ops.cc) where it
 * reuses no input's buffer: up to nine terms left to right; of more, the first 2 to 9, so that
 * whole groups of eight remain, each of which is added up on its own and put on top.
 */
function addInGroups(z: Float32Array, inputs: readonly Float32Array[]): void {
  const [n, count] = [z.length, inputs.length];
  const head = count < 10 ? count : 2 + (count - 2) % 8;
  const f = Math.fround;
  for (let i = 0; i < n; i++) {
    let sum = inputs[0]![i]!;
    for (let k = 1; k < head; k++) sum = f(sum + inputs[k]![i]!);
    for (let k = head; k < count; k += 8) {
      let group = inputs[k]![i]!;
      for (let j = 1; j < 8; j++) group = f(group + inputs[k + j]![i]!);
      sum = f(sum + group);
    }
    z[i] = sum;
  }
}

/**
 * Sums `n` float32 terms in the one order of the numeric contract, rounding every addition.
 *
 * From +0, left to right below 8 terms; up to 128 in eight interleaved sums that are then added in
 * pairs; above that in two halves, the first a multiple of 8 long. It is the order in which NumPy
 * adds along a contiguous axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pairwiseSum } from "./sums.ts";
 * assertEquals(pairwiseSum(Float32Array.of(1, 2, 3), 0, 3), 6);
 * ```
 */
export function pairwiseSum(terms: Float32Array, start: number, n: number): number {
  const f = Math.fround;
  if (n < 8) {
    let sum = 0;
    for (let i = start; i < start + n; i++) sum = f(sum + terms[i]!);
    return sum;
  }
  if (n > 128) {
    const half = (n >> 1) & ~7;
    return f(pairwiseSum(terms, start, half) + pairwiseSum(terms, start + half, n - half));
  }
  let a = 0, b = 0, c = 0, d = 0, p = 0, q = 0, r = 0, s = 0;
  const blocks = start + (n & ~7);
  for (let i = start; i < blocks; i += 8) {
    a = f(a + terms[i]!);
    b = f(b + terms[i + 1]!);
    c = f(c + terms[i + 2]!);
    d = f(d + terms[i + 3]!);
    p = f(p + terms[i + 4]!);
    q = f(q + terms[i + 5]!);
    r = f(r + terms[i + 6]!);
    s = f(s + terms[i + 7]!);
  }
  let sum = f(f(f(a + b) + f(c + d)) + f(f(p + q) + f(r + s)));
  for (let i = blocks; i < start + n; i++) sum = f(sum + terms[i]!);
  return sum;
}
