import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  bitsText,
  digitsAt,
  fromBits,
  fromOrdinal,
  ordinal,
  shortestDigits,
  shortestText,
  toBits,
  ulp,
  ulpDistance,
} from "./float32.ts";
import fixture from "./testdata/numpy_print.json" with { type: "json" };

const LARGEST = fromBits(0x7f7fffff);
const SMALLEST = fromBits(1);
const LARGEST_BITS = 0x7f7fffff;

const finite = fc.integer({ min: -LARGEST_BITS, max: LARGEST_BITS }).map(fromOrdinal);
const anyFloat32 = fc.integer({ min: 0, max: 0xffffffff }).map(fromBits);

const POWERS_OF_TWO = [
  ...Array.from({ length: 23 }, (_, i) => fromBits(2 ** i)),
  ...Array.from({ length: 254 }, (_, i) => fromBits((i + 1) * 2 ** 23)),
];

Deno.test("bits and value are each other's inverse, and every NaN has the same bits", () => {
  assertEquals(toBits(1), 0x3f800000);
  assertEquals(toBits(-0), 0x80000000);
  assertEquals(toBits(0.1), 0x3dcccccd);
  assertEquals([NaN, fromBits(0x7f800001), fromBits(0xffffffff)].map(toBits), [
    0x7fc00000,
    0x7fc00000,
    0x7fc00000,
  ]);
  fc.assert(fc.property(anyFloat32, (x) => Object.is(fromBits(toBits(x)), x)));
});

Deno.test("bits are written as eight hexadecimal digits", () => {
  assertEquals([0, -0, 1, -1, NaN, SMALLEST].map(bitsText), [
    "0x00000000",
    "0x80000000",
    "0x3f800000",
    "0xbf800000",
    "0x7fc00000",
    "0x00000001",
  ]);
});

Deno.test("ordinals count the float32 values in order", () => {
  assertEquals([0, -0, SMALLEST, -SMALLEST, 1].map(ordinal), [0, 0, 1, -1, 0x3f800000]);
  assertEquals([LARGEST, Infinity, -Infinity].map(ordinal), [
    LARGEST_BITS,
    0x7f800000,
    -0x7f800000,
  ]);
  assertEquals(ordinal(NaN), NaN);
  fc.assert(fc.property(finite, finite, (a, b) => a < b === ordinal(a) < ordinal(b)));
  fc.assert(fc.property(finite, (a) => fromOrdinal(ordinal(a)) === a));
});

Deno.test("a number that is no ordinal is refused", () => {
  for (const n of [0.5, NaN, 0x7f800001, -0x7f800001]) {
    assertThrows(() => fromOrdinal(n), RangeError, `Cannot read an ordinal: ${n} is not`);
  }
});

Deno.test("ULP distance counts steps, across zero too", () => {
  assertEquals(ulpDistance(1, 1), 0);
  assertEquals(ulpDistance(0, -0), 0);
  assertEquals(ulpDistance(-SMALLEST, SMALLEST), 2);
  assertEquals(ulpDistance(1, fromBits(0x3f7ffffd)), 3);
  assertEquals(ulpDistance(-LARGEST, LARGEST), 2 * LARGEST_BITS);
});

Deno.test("ULP distance of NaN and infinities is 0 or Infinity", () => {
  assertEquals(ulpDistance(NaN, NaN), 0);
  assertEquals(ulpDistance(Infinity, Infinity), 0);
  assertEquals(ulpDistance(-Infinity, -Infinity), 0);
  for (const [a, b] of [[NaN, 1], [NaN, Infinity], [Infinity, LARGEST], [Infinity, -Infinity]]) {
    assertEquals(ulpDistance(a!, b!), Infinity);
    assertEquals(ulpDistance(b!, a!), Infinity);
  }
});

Deno.test("ulp is the step to the next larger magnitude", () => {
  fc.assert(fc.property(
    fc.integer({ min: 0, max: LARGEST_BITS - 1 }).map(fromBits),
    (x) => ulp(x) === fromBits(toBits(x) + 1) - x && ulp(-x) === ulp(x),
  ));
  for (const x of POWERS_OF_TWO) assertEquals(ulp(x), fromBits(toBits(x) + 1) - x);
  assertEquals(ulp(LARGEST), 2 ** 104);
});

Deno.test("ulp of a double is that of its own binade, not of the float32 it rounds to", () => {
  assertEquals(ulp(1 - 2 ** -53), 2 ** -24);
  assertEquals(ulp(2 ** -126 - 2 ** -170), 2 ** -149);
  assertEquals(ulp(2 ** 127 * (2 - 2 ** -52)), 2 ** 104);
  assertEquals([1e300, 1e-300, 5e-324].map(ulp), [2 ** 104, 2 ** -149, 2 ** -149]);
  assertEquals([NaN, Infinity, -Infinity].map(ulp), [NaN, NaN, NaN]);
});

Deno.test("shortest digits are a sign, digits and the power of ten of the first digit", () => {
  assertEquals(shortestDigits(0.1), { negative: false, digits: "1", exponent: -1 });
  assertEquals(shortestDigits(-250), { negative: true, digits: "25", exponent: 2 });
  assertEquals(shortestDigits(-0), { negative: true, digits: "0", exponent: 0 });
  assertEquals(shortestDigits(SMALLEST), { negative: false, digits: "1", exponent: -45 });
  assertEquals(shortestDigits(LARGEST).digits, "34028235");
});

Deno.test("shortest digits refuse what is not finite in float32", () => {
  for (const x of [NaN, Infinity, -Infinity, 1e39]) {
    assertThrows(() => shortestDigits(x), RangeError, `Cannot write in decimal: ${x} is not`);
  }
});

Deno.test("shortest digits are what NumPy prints, for every power of two and hundreds of other values", () => {
  let compared = 0;
  for (const { bits, str } of fixture.scalars) {
    const x = fromBits(parseInt(bits, 16));
    if (!Number.isFinite(x)) continue;
    const { negative, digits, exponent } = shortestDigits(x);
    const text = `${negative ? "-" : ""}${digits}e${exponent - digits.length + 1}`;
    assertEquals(Number(text), Number(str), bits);
    if (POWERS_OF_TWO.includes(x)) compared++;
  }
  assertEquals(compared >= POWERS_OF_TWO.length, true);
});

Deno.test("no shorter decimal reads back, and none of the same length is nearer", () => {
  fc.assert(fc.property(finite.filter((x) => x !== 0), (x) => {
    const { digits, exponent } = shortestDigits(x);
    const place = exponent - digits.length + 1;
    const exact = digitsAt(x, place);
    assertEquals(exact.readsBack, true);
    assertEquals(exact.digits.toString().replace(/0+$/, ""), digits);
    assertEquals(digitsAt(x, place + 1).readsBack, false);
  }));
});

Deno.test("where the nearest decimal does not read back, its neighbour that does is the shortest", () => {
  // 2^-96 is 1.26217744…e-29: seven digits after the point round down to a decimal beyond the
  // narrow lower half.
  assertEquals((2 ** -96).toExponential(7), "1.2621774e-29");
  assertEquals(Math.fround(1.2621774e-29) === 2 ** -96, false);
  assertEquals(shortestText(2 ** -96), "1.2621775e-29");
  assertEquals(digitsAt(2 ** -96, -36), { digits: 12621775n, readsBack: true });
});

Deno.test("a decimal halfway to the neighbour stands for the even significand only", () => {
  // 67108900 lies halfway between two values that are 8 apart; the lower has an even significand.
  assertEquals(digitsAt(67108896, 2), { digits: 671089n, readsBack: true });
  assertEquals(digitsAt(67108904, 2), { digits: 671089n, readsBack: false });
  assertEquals([67108896, 67108904].map(shortestText), ["67108900", "67108904"]);
});

Deno.test("digits at a coarse place round the exact value, ties to even", () => {
  assertEquals([0.5, 1.5, 2.5, 3.5].map((x) => digitsAt(x, 0).digits), [0n, 2n, 2n, 4n]);
  assertEquals(digitsAt(0.1, -10), { digits: 1000000015n, readsBack: true });
  assertEquals(digitsAt(0.3, -2), { digits: 30n, readsBack: true });
  assertEquals(digitsAt(Math.PI, -2), { digits: 314n, readsBack: false });
});

/**
 * The first of toPrecision(1), (2) … that reads back to the same float32: no shorter text exists.
 */
function shortestByTrial(x: number): string {
  for (let digits = 1;; digits++) {
    const text = x.toPrecision(digits);
    if (Math.fround(Number(text)) === x) return String(Number(text));
  }
}

Deno.test("shortest text is laid out as JavaScript lays out numbers", () => {
  const texts: [number, string][] = [
    [0, "0"],
    [-0, "-0"],
    [1, "1"],
    [-0.69, "-0.69"],
    [16777216, "16777216"],
    [123456789, "123456790"],
    [1e-6, "0.000001"],
    [1e-7, "1e-7"],
    [1.25e-10, "1.25e-10"],
    [1e20, "100000000000000000000"],
    [1e21, "1e+21"],
    [-1e22, "-1e+22"],
    [3.4e38, "3.4e+38"],
    [LARGEST, "3.4028235e+38"],
    [SMALLEST, "1e-45"],
    [2 ** -126, "1.1754944e-38"],
    [NaN, "NaN"],
    [Infinity, "Infinity"],
    [-Infinity, "-Infinity"],
    [1e39, "Infinity"],
  ];
  for (const [x, text] of texts) assertEquals(shortestText(x), text);
});

Deno.test("shortest text reads back to the same bits", () => {
  const readsBack = (x: number) => assertEquals(bitsText(Number(shortestText(x))), bitsText(x));
  fc.assert(fc.property(anyFloat32, readsBack), { numRuns: 5000 });
  fc.assert(fc.property(fc.float({ min: -1, max: 1, noNaN: true }), readsBack), { numRuns: 5000 });
  POWERS_OF_TWO.forEach(readsBack);
});

Deno.test("no text by trial is shorter than the shortest text", () => {
  fc.assert(fc.property(finite, (x) => shortestText(x).length <= shortestByTrial(x).length), {
    numRuns: 5000,
  });
});

Deno.test("the one value whose shortest digits go wrong by way of a double has one digit more", () => {
  const x = fromBits(0x15ae43fd);
  assertEquals(shortestDigits(x), { negative: false, digits: "7038531", exponent: -26 });
  assertEquals(bitsText(7.038531e-26), "0x15ae43fe");
  assertEquals(shortestText(x), "7.0385307e-26");
  assertEquals(shortestText(-x), "-7.0385307e-26");
  assertEquals(toBits(Number(shortestText(x))), 0x15ae43fd);
});
