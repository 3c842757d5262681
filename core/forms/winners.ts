/**
 * Winners: which candidates are chosen, and which may be where values are off.
 *
 * @module
 */
import type { Layout } from "./layout.ts";
import { bindStretches, innerStrides } from "./walk.ts";

/** What makes a candidate win. */
export interface Choice {
  /** Which value is best; NaN is better than any. */
  readonly best: "largest" | "smallest";
  /** Whether several best candidates share what there is, or the first takes all. */
  readonly ties: "shared" | "first";
}

/** Where the candidates of each element of an output lie: role 0 is the output, 1 the operand. */
export interface Candidates extends Choice {
  readonly layout: Layout;
  /** The number of elements of the output. */
  readonly size: number;
}

/** The winners among the candidates of each element, once found. */
export interface Winners {
  /** Finds them among the values there are now. */
  find(): void;
  /** By element: the position of the first winner, -1 where there are no candidates. */
  readonly first: Int32Array;
  /**
   * The share of the candidate at position `i` of element `k`, 0 for those that do not win. Where
   * one is NaN and ties share, none wins and each has the share NaN: TensorFlow's 0/0.
   */
  shareOf(k: number, i: number): number;
}

/** Prepares to find winners among `x`, whose values may change. */
export function winnersOf(
  { layout, size, best, ties }: Candidates,
  x: Float32Array | Float64Array,
): Winners {
  const sign = best === "largest" ? 1 : -1;
  const values = new Float64Array(size);
  const first = new Int32Array(size), count = new Int32Array(size);
  const compare = bindPairs(layout, (k, i) => {
    const value = sign * x[i]!, known = values[k]!;
    const isBetter = value > known || (value !== value && known === known);
    if (isBetter || first[k]! < 0) {
      values[k] = value;
      first[k] = i;
      count[k] = 1;
    } else if (value === known) count[k]!++;
  });
  return {
    first,
    find() {
      first.fill(-1);
      compare();
    },
    shareOf(k, i) {
      if (ties === "first") return i === first[k] ? 1 : 0;
      if (values[k] !== values[k]) return NaN;
      return sign * x[i]! === values[k] ? 1 / count[k]! : 0;
    },
  };
}

/** Binds a walk over all pairs of an element and a candidate of it. */
export function bindPairs(layout: Layout, visit: (k: number, i: number) => void): () => void {
  const [dk, di] = innerStrides(layout);
  return bindStretches(layout, [], (rounds, k, i) => {
    for (let t = 0; t < rounds; t++, k += dk, i += di) visit(k, i);
  });
}

/** Which candidates may win, given how far each is off. */
export interface Reach {
  /**
   * By element: what is known of its winners. `nan`: a candidate is NaN for certain; `unknown`: one
   * may be anything; `certain`: they are those of the exact values; `open`: it may be any in reach.
   */
  readonly known: readonly ("nan" | "unknown" | "certain" | "open")[];
  /** By element: the interval in which the best value lies, the smallest being best negated. */
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** Whether the candidate at position `i` of element `k` may be the best. */
  mayWin(k: number, i: number): boolean;
}

/** Finds out which of the candidates `x`, off by up to `e`, may win. */
export function reachOf(
  { layout, size, best, ties }: Candidates,
  x: Float64Array,
  e: Float64Array,
): Reach {
  const sign = best === "largest" ? 1 : -1;
  const known = new Array<Reach["known"][number]>(size).fill("certain");
  const least = new Float64Array(size).fill(-Infinity), most = least.slice();
  bindPairs(layout, (k, i) => {
    const isNaN = Number.isNaN(x[i]) && e[i] === 0;
    if (isNaN || !(e[i]! < Infinity)) {
      // Which of several that may be NaN is the first is not known, only that the best is NaN.
      const prevails = ties === "shared" ? "nan" : "unknown";
      if (known[k] !== prevails) known[k] = isNaN ? "nan" : "unknown";
    } else {
      least[k] = Math.max(least[k]!, sign * x[i]! - e[i]!);
      most[k] = Math.max(most[k]!, sign * x[i]! + e[i]!);
    }
  })();
  const mayWin = (k: number, i: number) => !(sign * x[i]! + e[i]! < least[k]!);
  // Of several in reach it is only certain who wins if all are exact.
  const count = new Int32Array(size), off = new Int32Array(size);
  bindPairs(layout, (k, i) => {
    if (!mayWin(k, i)) return;
    count[k]!++;
    if (e[i] !== 0) off[k] = 1;
    if (count[k]! > 1 && off[k] && known[k] === "certain") known[k] = "open";
  })();
  return { known, least, most, mayWin };
}
