/**
 * What erf and erfc read from a table.
 *
 * `scripts/maintain/math_tables.py` writes it into `../testdata/math_tables.json`, with which a
 * test compares this.
 *
 * @module
 */
import {
  arctangent,
  divide,
  exponential,
  multiply,
  ONE,
  squareRoot,
  toDouble,
} from "./fixed_point.ts";

/** The number of nodes i/32, up to 322/32. */
export const NODES: number = 323;

/** erf(c), erfc(c) and erf'(c) at one node c. */
export type ErfNode = readonly [erf: number, erfc: number, slope: number];

/**
 * Computes erf(c), erfc(c) and erf'(c) = 2/√π exp(−c²) at c = i/32 for i from 0 to 322, each
 * rounded to a double.
 *
 * From node to node erf' is multiplied with exp(−(2i + 1)/1024), and that with exp(−2/1024). erf is
 * the sum of the integrals of erf' from each odd node to its neighbours. It begins with 4/π by
 * Machin's formula, π/4 = 4·atan(1/5) − atan(1/239).
 *
 * In units of `fixed_point.ts` erf' is within 2¹², since the errors of the factors, below 4i, count
 * as much as erf' where they are made; erf is within 2¹⁶, and erfc and erf' are at least 2¹⁰⁵.
 */
export function nodes(): ErfNode[] {
  const integrals = integrator();
  let erf = 0n;
  let slope = squareRoot(divide(ONE, 4n * arctangent(1n, 5n) - arctangent(1n, 239n)));
  let ratio = exponential(-1n, 1024n);
  const ratioOfRatios = multiply(ratio, ratio);
  const advance = () => {
    slope = multiply(slope, ratio);
    ratio = multiply(ratio, ratioOfRatios);
  };
  const node = (): ErfNode => [toDouble(erf), toDouble(ONE - erf), toDouble(slope)];
  const result = [node()];
  for (let i = 1; i < NODES; i += 2) {
    advance();
    const [even, odd] = integrals(slope, BigInt(-i));
    erf += even - odd;
    result.push(node());
    advance();
    erf += even + odd;
    result.push(node());
  }
  return result;
}

/**
 * A function that gives the integral of erf' from c = i/32 to c + h, h = ±1/32, from erf'(c) and −i
 * by Taylor's series: what changes sign with h, and what does not.
 *
 * It is h·(T₀ + T₁/2 + T₂/3 + ...), where T₀ = erf'(c) and, since erf''(x) = −2x·erf'(x),
 * (n + 1)·Tₙ₊₁ = −2h·(c·Tₙ + h·Tₙ₋₁): for h = 1/32 that is −(i·Tₙ + Tₙ₋₁)/512. With even n the terms
 * change sign with h. At most 44 terms until they are less than a unit, each off by less than 2.
 */
function integrator(): (slope: bigint, minusI: bigint) => [even: bigint, odd: bigint] {
  // Made once: that halves the time.
  const numbers = Array.from({ length: 50 }, (_, n) => BigInt(n));
  const divisors = numbers.map((n) => 512n * n);
  return (slope, minusI) => {
    let even = 0n;
    let odd = 0n;
    let n = 1;
    for (let before = 0n, term = slope; term !== 0n || before !== 0n;) {
      even += term / numbers[n]!;
      before = (minusI * term - before) / divisors[n++]!;
      odd += before / numbers[n]!;
      term = (minusI * before - term) / divisors[n++]!;
    }
    return [even / 32n, odd / 32n];
  };
}
