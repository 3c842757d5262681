import { assert, assertEquals } from "@std/assert";
import type { DoubleDouble } from "./double_double.ts";
import { expDoubleDouble, expFloat64 } from "./exp_float64.ts";
import { exactExp, randomWords } from "../../testing/functions.ts";

/**
 * 20,000 float32 values of magnitude up to 104: half spread evenly, half over all exponents from
 * 2⁻³⁰ on.
 */
function* arguments_(): Generator<number> {
  let index = 0;
  for (const word of randomWords(20000)) {
    const unit = word / 2 ** 31 - 1;
    yield Math.fround(104 * unit * 2 ** (index++ % 2 === 0 ? 0 : -(word % 37)));
  }
}

/** How far a value is from the exact exp, relative to it. */
function relativeError([high, low]: DoubleDouble, x: number): number {
  const { mantissa, exponent } = exactExp(x);
  // Both parts as integers in units of 2^exponent, which is far below their last bits.
  const scaled = (part: number) => BigInt(part * 2 ** (-exponent - 180)) << 180n;
  const difference = scaled(high) + scaled(low) - mantissa;
  return Math.abs(Number(difference)) / Number(mantissa);
}

Deno.test("the float64 value stays within its bound", () => {
  let worst = 0;
  for (const x of arguments_()) {
    worst = Math.max(worst, relativeError([expFloat64(x), 0], x));
  }
  assert(worst < 1.2 * 2 ** -52, `${worst * 2 ** 52} * 2^-52`);
  assert(worst > 0.5 * 2 ** -52, "the measurement sees rounding errors");
});

Deno.test("the double-double value stays within its bound", () => {
  for (const x of arguments_()) {
    const error = relativeError(expDoubleDouble(x), x);
    const bound = Math.abs(x) < Math.LN2 / 128 ? 2 ** -52 * Math.abs(x) ** 3 + 2 ** -100 : 2 ** -75;
    assert(error < bound, `${error * 2 ** 75} * 2^-75 at ${x}`);
  }
});

Deno.test("exp of 0 is exact in both", () => {
  assertEquals(expFloat64(0), 1);
  assertEquals(expDoubleDouble(0), [1, 0]);
});
