"""Writes the constants of core/math: run from the repository's root as

    python3 scripts/maintain/math_tables.py NAME > core/math/NAME_table.ts && deno fmt core/math/NAME_table.ts

with NAME one of exp, log, turn, angle, erf. Needs mpmath. Every number is printed as the shortest decimal that reads
back to the same double.
"""

import sys
import textwrap

import mpmath
from mpmath import mp, mpf

mp.prec = 400


def leading_bits(x, bits):
    """x rounded to the given number of significant bits, so that k * x is exact for small k."""
    exponent = mpmath.floor(mpmath.log(abs(x), 2)) + 1
    scale = mpf(2) ** (bits - exponent)
    return mpmath.nint(x * scale) / scale


def on_grid(x, bits):
    """x rounded to a multiple of 2^-bits."""
    return mpmath.nint(x * mpf(2) ** bits) / mpf(2) ** bits


def text(x):
    return repr(float(x))


def split(x):
    """x as an unevaluated sum of two doubles."""
    high = mpf(float(x))
    return high, mpf(float(x - high))


def wrapped(text):
    """The lines of a comment, 100 columns wide."""
    return textwrap.fill(text, 100, initial_indent=" * ", subsequent_indent=" * ", break_on_hyphens=False)


def comment(text):
    return f"/** {text} */" if len(text) <= 93 else f"/**\n{wrapped(text)}\n */"


def title(subject, imports=""):
    text = f"Constants of {subject}, written by `scripts/maintain/math_tables.py` with mpmath {mpmath.__version__} at {mp.prec} bits."
    print(f"/**\n{wrapped(text)}\n *\n * @module\n */{imports}\n")


def constant(name, value, about):
    print(f"{comment(about)}\nexport const {name}: number = {text(value)};\n")


def rows(name, about, values):
    """A list of tuples of numbers, one tuple a line."""
    values = list(values)
    width = "number, " * (len(values[0]) - 1) + "number"
    print(f"{comment(about)}\nexport const {name}: readonly (readonly [{width}])[] = [")
    for row in values:
        print(f"  [{', '.join(map(text, row))}],")
    print("];\n")


def numbers(name, about, values, per_line):
    """A list of numbers, several a line, which deno fmt would break."""
    values = list(map(text, values))
    print(f"{comment(about)}\n// deno-fmt-ignore\nexport const {name}: readonly number[] = [")
    for at in range(0, len(values), per_line):
        print(f"  {', '.join(values[at : at + per_line])},")
    print("];\n")


def exp_table():
    steps = 64
    step = mpmath.log(2) / steps
    high = leading_bits(step, 39)
    middle = leading_bits(step - high, 39)
    low = mpf(float(step - high - middle))
    assert abs(step - high - middle - low) < mpf(2) ** -139
    title("exp", '\nimport type { DoubleDouble } from "./double_double.ts";')
    constant("STEPS_PER_UNIT", 1 / step, "64 / ln 2, rounded to a double.")
    about = "ln 2 / 64 as a sum of three doubles. The first two have 39 significant bits, so that their products with a whole number below 2^14 are exact; the sum is within 2^-140 of ln 2 / 64."
    print(f"""{comment(about)}
export const STEP_HIGH: number = {text(high)};""")
    print("/** The second part of ln 2 / 64, see {@linkcode STEP_HIGH}. */")
    print(f"export const STEP_MIDDLE: number = {text(middle)};")
    print("/** The third part of ln 2 / 64, see {@linkcode STEP_HIGH}. */")
    print(f"export const STEP_LOW: number = {text(low)};\n")
    print("/** 2^(i/256) for i from 0 to 255, each within 2^-107 of the exact value. */")
    print("export const ROOTS_OF_TWO: readonly DoubleDouble[] = [")
    for i in range(256):
        value = mpf(2) ** (mpf(i) / 256)
        root, rest = split(value)
        assert abs(value - root - rest) < mpf(2) ** -107
        print(f"  [{text(root)}, {text(rest)}],")
    print("];")


def log_table():
    """Bins of 2^-8 (2^-9 below 1), one of them about 1; see log_float64.ts."""
    bits = 0x3F34C000
    first = mpf(0x800000 + bits - 0x3F000000) / 2**24

    def edge(i):
        below = first + mpf(i) / 512
        return below if below <= 1 else 1 + (below - 1) * 2

    table = []
    for i in range(256):
        low, high = edge(i), edge(i + 1)
        inverse = mpf(1) if low < 1 < high else on_grid(2 / (low + high), 13)
        assert max(abs(low * inverse - 1), abs(high * inverse - 1)) < mpf(2) ** -8.9
        binary = -mpmath.log(inverse, 2)
        table.append((inverse, -mpmath.log(inverse), on_grid(binary, 44), binary - on_grid(binary, 44)))
    title("log and pow")
    print(f"/** The bits of {text(first)}, where the first bin begins. */\nexport const FIRST_BIN: number = 0x{bits:08x};\n")
    constant("LN2", mpmath.log(2), "ln 2, rounded to a double.")
    inverse = 1 / mpmath.log(2)
    constant("LOG2_E_HIGH", leading_bits(inverse, 24), "1 / ln 2 to 24 bits, so that its products with numbers of 29 bits are exact.")
    constant("LOG2_E_LOW", inverse - leading_bits(inverse, 24), "1 / ln 2 less {@linkcode LOG2_E_HIGH}, rounded to a double.")
    inverses, logarithms, highs, lows = zip(*table)
    numbers("RECIPROCALS", "c of each bin: a reciprocal of its middle, a multiple of 2^-13.", inverses, 5)
    numbers("LOGARITHMS", "-ln c of each bin.", logarithms, 4)
    numbers("LOG2_HIGH", "-log2 c of each bin, rounded to a multiple of 2^-44.", highs, 4)
    numbers("LOG2_LOW", "What is left of -log2 c, rounded to a double.", lows, 4)


def turn_table():
    step = mpmath.pi / 64
    high = leading_bits(step, 28)
    middle = leading_bits(step - high, 28)
    low = mpf(float(step - high - middle))
    title("sin, cos and tan")
    constant("STEPS_PER_RADIAN", 1 / step, "64 / pi, rounded to a double.")
    constant("STEP_HIGH", high, "pi / 64 to 28 bits, so that its products with whole numbers below 2^25 are exact.")
    constant("STEP_MIDDLE", middle, "The next 28 bits of pi / 64, rounded.")
    constant("STEP_LOW", low, "What is left of pi / 64, rounded to a double.")
    constant("RADIANS_PER_TURN", 2 * mpmath.pi, "2 pi, rounded to a double.")
    turns = 1 / (2 * mpmath.pi)
    chunks = []
    for _ in range(12):
        turns *= 2**24
        chunks.append(int(mpmath.floor(turns)))
        turns -= chunks[-1]
    print("/** 1 / (2 pi) in base 2^24: the digits after the point, cut off after 288 bits. */")
    print(f"export const TURNS_PER_RADIAN: readonly number[] = {chunks};\n")
    sines = []
    for i in range(160):
        # Exact where the sine is 0 or 1.
        value = mpmath.sin(mpmath.pi * i / 64) if i % 32 else mpf([0, 1, 0, -1][i // 32 % 4])
        sines.append(value)
    print("/** sin(pi i / 64) for i from 0 to 159, rounded to doubles: a turn, and a quarter for the cosine. */")
    print("export const SINES: readonly number[] = [")
    for value in sines:
        print(f"  {text(value)},")
    print("];")


def angle_table():
    title("atan, asin, acos and atan2")
    for name, value in (("PI", mpmath.pi), ("HALF_PI", mpmath.pi / 2)):
        high, low = split(value)
        constant(f"{name}_HIGH", high, f"{name.replace('HALF_PI', 'pi / 2').replace('PI', 'pi')}, rounded to a double.")
        constant(f"{name}_LOW", low, "What is left of it, rounded to a double.")
    angles = (part for i in range(33) for part in split(mpmath.atan(mpf(i) / 32)))
    numbers("ARCTANGENTS", "atan(i/32) for i from 0 to 32, each as two doubles whose sum it is.", angles, 2)


def erf_table():
    title("erf and erfc")
    rows(
        "NODES",
        "At c = i/32 for i from 0 to 322: erf(c), erfc(c) and erf'(c) = 2/sqrt(pi) exp(-c^2), each rounded to a double.",
        (
            (mpmath.erf(c), mpmath.erfc(c), 2 / mpmath.sqrt(mpmath.pi) * mpmath.exp(-c * c))
            for c in (mpf(i) / 32 for i in range(323))
        ),
    )


{"exp": exp_table, "log": log_table, "turn": turn_table, "angle": angle_table, "erf": erf_table}[sys.argv[1]]()
