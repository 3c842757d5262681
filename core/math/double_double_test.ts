import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { fromBits } from "../float32.ts";
import {
  add,
  divide,
  type DoubleDouble,
  fastTwoSum,
  multiply,
  toFloat32,
  twoProduct,
  twoSum,
} from "./double_double.ts";

/** Fixed point with 1200 fractional bits: exact for every double that the generators below make. */
const SCALE = 1200n;
const fixed = (x: number): bigint => BigInt(x * 2 ** 600) << (SCALE - 600n);
const value = ([high, low]: DoubleDouble): bigint => fixed(high) + fixed(low);
const size = (x: bigint): bigint => x < 0n ? -x : x;

/** Doubles with full significands, from 2⁻⁴⁰ to 2⁴⁰ in magnitude, and 0. */
const doubles: fc.Arbitrary<number> = fc.oneof(
  fc.constant(0),
  fc.tuple(
    fc.double({ min: 1, max: 2, noNaN: true }),
    fc.integer({ min: -40, max: 39 }),
    fc.boolean(),
  )
    .map(([significand, exponent, negative]) => (negative ? -1 : 1) * significand * 2 ** exponent),
);
const doubleDoubles: fc.Arbitrary<DoubleDouble> = fc
  .tuple(doubles, fc.double({ min: -1, max: 1, noNaN: true }))
  .map(([high, part]) => twoSum(high, Math.fround(part) * Math.abs(high) * 2 ** -54));

Deno.test("sums and products of two doubles are exact", () => {
  fc.assert(fc.property(doubles, doubles, (a, b) => {
    assertEquals(value(twoSum(a, b)), fixed(a) + fixed(b));
    assertEquals(value(twoProduct(a, b)), fixed(a) * fixed(b) >> SCALE);
    const [large, small] = Math.abs(a) >= Math.abs(b) ? [a, b] : [b, a];
    assertEquals(fastTwoSum(large, small), twoSum(a, b));
    assertEquals(twoSum(a, b)[0], a + b);
    assertEquals(twoProduct(a, b)[0], a * b);
  }));
});

Deno.test("sums, products and quotients of double-doubles stay within their bounds", () => {
  /** Whether `found` differs from numerator/denominator by at most `units` times 2⁻¹⁰⁶ of it. */
  const near = (found: DoubleDouble, numerator: bigint, denominator: bigint, units: bigint) => {
    const difference = size(value(found) * denominator - (numerator << SCALE));
    return difference << 106n <= units * size(numerator << SCALE);
  };
  const one = 1n << SCALE;
  fc.assert(fc.property(doubleDoubles, doubleDoubles, (a, b) => {
    assert(near(add(a, b), value(a) + value(b), one, 4n));
    assert(near(multiply(a, b), value(a) * value(b), one * one, 7n));
    if (b[0] !== 0) assert(near(divide(a, b), value(a), value(b), 16n));
  }));
});

Deno.test("a sum of double-doubles whose high parts cancel keeps all bits", () => {
  fc.assert(fc.property(doubleDoubles, doubles, (a, low) => {
    const b = twoSum(-a[0], low * 2 ** -100);
    if (b[0] === -a[0]) assertEquals(value(add(a, b)), value(a) + value(b));
  }));
});

Deno.test("a double-double is rounded once to float32", () => {
  const tie = 1 + 2 ** -24;
  assertEquals(toFloat32([tie, 0]), 1);
  assertEquals(toFloat32([tie, 2 ** -100]), 1 + 2 ** -23);
  assertEquals(toFloat32([tie, -(2 ** -100)]), 1);
  const oddTie = 1 + 3 * 2 ** -24;
  assertEquals(toFloat32([oddTie, 0]), 1 + 2 ** -22);
  assertEquals(toFloat32([oddTie, -(2 ** -100)]), 1 + 2 ** -23);
  assertEquals(toFloat32([-oddTie, 2 ** -100]), -1 - 2 ** -23);
  assertEquals(toFloat32([1 - 2 ** -25, -(2 ** -100)]), 1 - 2 ** -24);
  assertEquals(toFloat32([1 - 2 ** -25, 0]), 1);
  assertEquals(toFloat32([tie + 2 ** -52, -(2 ** -106)]), 1 + 2 ** -23);
});

Deno.test("a double-double on a subnormal midpoint is rounded once", () => {
  assertEquals(toFloat32([2 ** -150, 0]), 0);
  assertEquals(toFloat32([2 ** -150, 2 ** -210]), 2 ** -149);
  assertEquals(toFloat32([2 ** -150, -(2 ** -210)]), 0);
  assertEquals(toFloat32([3 * 2 ** -150, -(2 ** -210)]), 2 ** -149);
  assertEquals(toFloat32([2 ** -151, 2 ** -210]), 0);
});

Deno.test("a midpoint goes to the neighbour on the side of the low part", () => {
  const bits = fc.integer({ min: 0, max: 0x7f7ffffe });
  fc.assert(fc.property(bits, (below) => {
    const [lower, upper] = [fromBits(below), fromBits(below + 1)];
    const middle = (lower + upper) / 2;
    assertEquals(toFloat32([middle, middle * 2 ** -60]), upper);
    assertEquals(toFloat32([middle, -middle * 2 ** -60]), lower);
    assertEquals(toFloat32([-middle, middle * 2 ** -60]), -lower);
    assertEquals(toFloat32([middle, 0]), Math.fround(middle));
  }));
});
