/**
 * Exact numbers `m · 2^e`, for tests: what float64 and float32 arithmetic should have given.
 *
 * @module
 */
import { fromOrdinal, ordinal, toBits } from "../core/float32.ts";

/** How many bits a quotient keeps, and a product of many factors at most. */
const PRECISION = 400n;

/**
 * A number `m · 2^e`. Sums and products are exact up to 400 bits, far beyond what float64 can tell.
 */
export class Dyadic {
  readonly #m: bigint;
  readonly #e: bigint;

  private constructor(m: bigint, e: bigint) {
    this.#m = m;
    this.#e = e;
  }

  /** The exact value of a finite double. */
  static from(x: number): Dyadic {
    const bits = new BigUint64Array(Float64Array.of(x).buffer)[0]!;
    const biased = bits >> 52n & 0x7ffn;
    const fraction = bits & (1n << 52n) - 1n;
    const m = biased === 0n ? fraction : fraction | 1n << 52n;
    return new Dyadic(x < 0 ? -m : m, (biased === 0n ? 1n : biased) - 1075n);
  }

  /** The sum. */
  plus(other: Dyadic): Dyadic {
    if (this.#e < other.#e) return other.plus(this);
    return Dyadic.#short((this.#m << this.#e - other.#e) + other.#m, other.#e);
  }

  /** The difference. */
  minus(other: Dyadic): Dyadic {
    return this.plus(new Dyadic(-other.#m, other.#e));
  }

  /** The product. */
  times(other: Dyadic): Dyadic {
    return Dyadic.#short(this.#m * other.#m, this.#e + other.#e);
  }

  /** The quotient, cut off below 400 bits. Throws a `RangeError` for a divisor of 0. */
  over(other: Dyadic): Dyadic {
    const shift = PRECISION + bitLength(other.#m);
    return Dyadic.#short((this.#m << shift) / other.#m, this.#e - other.#e - shift);
  }

  /** The absolute value. */
  abs(): Dyadic {
    return this.#m < 0n ? new Dyadic(-this.#m, this.#e) : this;
  }

  /** The value rounded to a double, to within an ULP. */
  toNumber(): number {
    const excess = bitLength(this.#m) - 64n;
    if (excess <= 0n) return scaled(Number(this.#m), this.#e);
    return scaled(Number(this.#m >> excess), this.#e + excess);
  }

  /** The nearest float32 value, ties to even, below 2¹²⁷ in magnitude. */
  toFloat32(): number {
    const near = ordinal(this.toNumber());
    const distance = (x: number) => this.minus(Dyadic.from(x)).abs();
    return [near - 1, near, near + 1].map(fromOrdinal).reduce((best, x) => {
      const closer = distance(x).minus(distance(best)).#m;
      return closer < 0n || (closer === 0n && (toBits(x) & 1) === 0) ? x : best;
    });
  }

  static #short(m: bigint, e: bigint): Dyadic {
    const excess = bitLength(m) - PRECISION;
    return excess > 0n ? new Dyadic(m >> excess, e + excess) : new Dyadic(m, e);
  }
}

function bitLength(m: bigint): bigint {
  return BigInt((m < 0n ? -m : m).toString(16).length * 4);
}

/** x · 2^e, in two steps where 2^e itself is out of range. */
function scaled(x: number, e: bigint): number {
  const half = Number(e / 2n);
  return x * 2 ** half * 2 ** (Number(e) - half);
}
