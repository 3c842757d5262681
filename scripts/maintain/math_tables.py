"""Writes core/math/exp_table.ts: run from the repository's root as

    python3 scripts/maintain/math_tables.py > core/math/exp_table.ts && deno fmt core/math/exp_table.ts

Needs mpmath. Every number is printed as the shortest decimal that reads back to the same double.
"""

import mpmath
from mpmath import mp, mpf

mp.prec = 400
N = 64


def leading_bits(x, bits):
    """x rounded to the given number of significant bits, so that k * x is exact for small k."""
    exponent = mpmath.floor(mpmath.log(abs(x), 2)) + 1
    scale = mpf(2) ** (bits - exponent)
    return mpmath.nint(x * scale) / scale


def text(x):
    return repr(float(x))


def split(x):
    """x as an unevaluated sum of two doubles."""
    high = mpf(float(x))
    return high, mpf(float(x - high))


step = mpmath.log(2) / N
high = leading_bits(step, 39)
middle = leading_bits(step - high, 39)
low = mpf(float(step - high - middle))

print(f"""/**
 * Constants of exp, written by `scripts/maintain/math_tables.py` with mpmath {mpmath.__version__} at {mp.prec} bits.
 *
 * @module
 */
import type {{ DoubleDouble }} from "./double_double.ts";

/** 64 / ln 2, rounded to a double. */
export const STEPS_PER_UNIT: number = {text(1 / step)};

/**
 * ln 2 / 64 as a sum of three doubles. The first two have 39 significant bits, so that their products with a whole
 * number below 2^14 are exact; the sum is within 2^-140 of ln 2 / 64.
 */
export const STEP_HIGH: number = {text(high)};
/** The second part of ln 2 / 64, see {{@linkcode STEP_HIGH}}. */
export const STEP_MIDDLE: number = {text(middle)};
/** The third part of ln 2 / 64, see {{@linkcode STEP_HIGH}}. */
export const STEP_LOW: number = {text(low)};

/** 2^(i/64) for i from 0 to 63, each within 2^-107 of the exact value. */
export const ROOTS_OF_TWO: readonly DoubleDouble[] = [""")
assert abs(step - high - middle - low) < mpf(2) ** -139
for i in range(N):
    value = mpf(2) ** (mpf(i) / N)
    root, rest = split(value)
    assert abs(value - root - rest) < mpf(2) ** -107
    print(f"  [{text(root)}, {text(rest)}],")
print("];")
