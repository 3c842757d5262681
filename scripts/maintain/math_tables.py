"""Writes core/testdata/math_tables.json, what core/math/*_table.ts have to hold or compute: run from
the repository's root as

    python3 scripts/maintain/math_tables.py > core/testdata/math_tables.json

Needs mpmath. Every number is printed as the shortest decimal that reads back to the same double. A new constant of a
table is decided here and copied from the file; tables are computed by the library itself, in arithmetic of its own.
"""

import json

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


def split(x):
    """x as an unevaluated sum of two doubles."""
    high = mpf(float(x))
    return high, mpf(float(x - high))


def exp_table():
    step = mpmath.log(2) / 64
    high = leading_bits(step, 39)
    middle = leading_bits(step - high, 39)
    low = mpf(float(step - high - middle))
    assert abs(step - high - middle - low) < mpf(2) ** -139
    roots = []
    for i in range(256):
        value = mpf(2) ** (mpf(i) / 256)
        roots.append(split(value))
        assert abs(value - sum(roots[-1])) < mpf(2) ** -107
    return {
        "STEPS_PER_UNIT": 1 / step,
        "STEP_HIGH": high,
        "STEP_MIDDLE": middle,
        "STEP_LOW": low,
        "rootsOfTwo": roots,
    }


def log_table():
    """Bins of 2^-8 (2^-9 below 1), one of them about 1; see log_float64.ts."""
    bits = 0x3F34C000
    first = mpf(0x800000 + bits - 0x3F000000) / 2**24

    def edge(i):
        below = first + mpf(i) / 512
        return below if below <= 1 else 1 + (below - 1) * 2

    reciprocals, logarithms, binary_logarithms = [], [], []
    for i in range(256):
        low, high = edge(i), edge(i + 1)
        inverse = mpf(1) if low < 1 < high else on_grid(2 / (low + high), 13)
        assert max(abs(low * inverse - 1), abs(high * inverse - 1)) < mpf(2) ** -8.9
        binary = -mpmath.log(inverse, 2)
        reciprocals.append(inverse)
        logarithms.append(-mpmath.log(inverse))
        binary_logarithms.append((on_grid(binary, 44), binary - on_grid(binary, 44)))
    inverse = 1 / mpmath.log(2)
    return {
        "FIRST_BIN": bits,
        "LN2": mpmath.log(2),
        "LOG2_E_HIGH": leading_bits(inverse, 24),
        "LOG2_E_LOW": inverse - leading_bits(inverse, 24),
        "reciprocals": reciprocals,
        "logarithms": logarithms,
        "binaryLogarithms": binary_logarithms,
    }


def turn_table():
    step = mpmath.pi / 64
    high = leading_bits(step, 28)
    middle = leading_bits(step - high, 28)
    turns = 1 / (2 * mpmath.pi)
    digits = []
    for _ in range(12):
        turns *= 2**24
        digits.append(int(mpmath.floor(turns)))
        turns -= digits[-1]
    return {
        "STEPS_PER_RADIAN": 1 / step,
        "STEP_HIGH": high,
        "STEP_MIDDLE": middle,
        "STEP_LOW": step - high - middle,
        "RADIANS_PER_TURN": 2 * mpmath.pi,
        "TURNS_PER_RADIAN": digits,
        # Exact where the sine is 0 or 1.
        "sines": [mpmath.sin(mpmath.pi * i / 64) if i % 32 else [0, 1, 0, -1][i // 32 % 4] for i in range(160)],
    }


def angle_table():
    return {
        "PI_HIGH": split(mpmath.pi)[0],
        "PI_LOW": split(mpmath.pi)[1],
        "HALF_PI_HIGH": split(mpmath.pi / 2)[0],
        "HALF_PI_LOW": split(mpmath.pi / 2)[1],
        "arctangents": [split(mpmath.atan(mpf(i) / 32)) for i in range(33)],
    }


def erf_table():
    nodes = [mpf(i) / 32 for i in range(323)]
    return {"nodes": [(mpmath.erf(c), mpmath.erfc(c), 2 / mpmath.sqrt(mpmath.pi) * mpmath.exp(-c * c)) for c in nodes]}


def doubles(value):
    """The numbers in it rounded to doubles."""
    if isinstance(value, (list, tuple)):
        return list(map(doubles, value))
    return value if isinstance(value, int) else float(value)


def line(name, value):
    """A constant, or a table with a line for each entry."""
    if not isinstance(value, list):
        return f"    {json.dumps(name)}: {json.dumps(value)}"
    entries = ",\n".join(f"      {json.dumps(entry)}" for entry in value)
    return f"    {json.dumps(name)}: [\n{entries}\n    ]"


tables = {"exp": exp_table, "log": log_table, "turn": turn_table, "angle": angle_table, "erf": erf_table}
texts = []
for subject, table in tables.items():
    lines = ",\n".join(line(name, doubles(value)) for name, value in table().items())
    texts.append(f"  {json.dumps(subject)}: {{\n{lines}\n  }}")
about = f"Written by scripts/maintain/math_tables.py with mpmath {mpmath.__version__} at {mp.prec} bits"
print(f"{{\n  \"about\": {json.dumps(about)},\n" + ",\n".join(texts) + "\n}")
