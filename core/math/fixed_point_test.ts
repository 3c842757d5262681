import { assert, assertEquals } from "@std/assert";
import {
  arctangent,
  exponential,
  logarithm,
  multiply,
  ONE,
  squareRoot,
  toDouble,
  toDoubleDouble,
  toGrid,
} from "./fixed_point.ts";
import { powerOfTwo } from "./powers.ts";

/** A number in fixed point, from decimal digits after the point and the whole part before it. */
function fromDigits(whole: bigint, digits: string): bigint {
  return whole * ONE + BigInt(digits) * ONE / 10n ** BigInt(digits.length);
}

function assertNear(found: bigint, expected: bigint, units: bigint): void {
  const off = found > expected ? found - expected : expected - found;
  assert(off <= units, `off by ${off} units of ${units}`);
}

// 80 digits: 2⁻²⁶⁵. OEIS A000796, A002162, A001113, A002193.
const PI = fromDigits(
  3n,
  "14159265358979323846264338327950288419716939937510582097494459230781640628620899",
);
const LN2 = fromDigits(
  0n,
  "69314718055994530941723212145817656807550013436025525412068000949339362196969471",
);
const E = fromDigits(
  2n,
  "71828182845904523536028747135266249775724709369995957496696762772407663035354759",
);
const ROOT = fromDigits(
  1n,
  "41421356237309504880168872420969807856967187537694807317667973799073247846210703",
);

Deno.test("known constants have their digits", () => {
  assertNear(16n * arctangent(1n, 5n) - 4n * arctangent(1n, 239n), PI, 1n << 13n);
  assertNear(4n * (arctangent(1n, 2n) + arctangent(1n, 3n)), PI, 1n << 12n);
  assertNear(-4n * (arctangent(-1n, 2n) + arctangent(-1n, 3n)), PI, 1n << 12n);
  assertNear(logarithm(2n, 1n), LN2, 1n << 9n);
  assertNear(-logarithm(1n, 2n), LN2, 1n << 9n);
  assertNear(exponential(1n, 1n), E, 1n << 7n);
  assertNear(multiply(exponential(-1n, 1n), E), ONE, 1n << 9n);
  assertNear(squareRoot(2n * ONE), ROOT, 1n);
  assertEquals([logarithm(7n, 7n), arctangent(0n, 7n), exponential(0n, 7n)], [0n, 0n, ONE]);
});

Deno.test("the square root is the largest that is not too large", () => {
  for (const a of [1n, 2n, ONE / 3n, ONE, ONE + 1n, 2n * ONE - 1n, 3n * ONE, 4n * ONE]) {
    const root = squareRoot(a);
    assert(root ** 2n <= a * ONE && a * ONE < (root + 1n) ** 2n, `${a}`);
  }
});

Deno.test("numbers are rounded to the nearest double, ties to even", () => {
  assertEquals([0n, ONE, -3n * ONE / 4n].map(toDouble), [0, 1, -0.75]);
  const tie = ONE >> 53n;
  assertEquals(
    [tie, 3n * tie, tie + 1n, -tie, -tie - 1n].map((x) => toDouble(x + (x < 0n ? -ONE : ONE))),
    [
      1,
      1 + 2 ** -51,
      1 + 2 ** -52,
      -1,
      -1 - 2 ** -52,
    ],
  );
});

Deno.test("a number is the sum of its two doubles, or of a multiple and a double", () => {
  assertEquals(toDoubleDouble(0n), [0, 0]);
  assertEquals(toDoubleDouble(ONE + (ONE >> 60n)), [1, 2 ** -60]);
  assertEquals(toDoubleDouble(-ONE / 32n - (ONE >> 100n)), [-(2 ** -5), -(2 ** -100)]);
  assertEquals(toDoubleDouble((ONE >> 48n) + 1n), [powerOfTwo(-48), powerOfTwo(-256)]);
  assertEquals(toGrid(ONE / 2n + (ONE >> 46n), 44), [0.5, 2 ** -46]);
  assertEquals(toGrid(ONE / 2n - (ONE >> 46n), 44), [0.5, -(2 ** -46)]);
  assertEquals(toGrid(-ONE / 2n + (ONE >> 46n), 44), [-0.5, 2 ** -46]);
  assertEquals(toGrid(0n, 44), [0, 0]);
});
