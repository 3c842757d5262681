"""Prints float32 arrays and scalars with NumPy and writes bits and text, for the tests of core/format.ts.

Usage, from the project's folder: python3 scripts/maintain/numpy_print.py > core/testdata/numpy_print.json
Needs NumPy 1.24.4.
"""
import json

import numpy as np

rng = np.random.default_rng(20180501)
f32 = np.float32
SPECIAL = np.array(
    [0x7FC00000, 0x7F800000, 0xFF800000, 0x80000000, 0, 1, 0x80000001, 0x7F7FFFFF, 0xFF7FFFFF, 0x00800000], np.uint32
).view(f32)


def any_bits(count):
    bits = rng.integers(0, 2**32, count, dtype=np.uint32)
    return np.where((bits & 0x7FFFFFFF) > 0x7F800000, np.uint32(0x7FC00000), bits).view(f32)


def near(centre, count):
    """The float32 values around one value."""
    return np.array([centre], f32).view(np.uint32) + rng.integers(-3, 4, count).astype(np.uint32)


KINDS = [
    lambda n: rng.uniform(-1, 1, n),
    lambda n: rng.uniform(0.5, 900, n),
    lambda n: rng.normal(0, 1, n) * 10.0 ** rng.integers(-12, 12),
    lambda n: np.round(rng.uniform(-10, 10, n), int(rng.integers(0, 9))),
    lambda n: rng.integers(-20, 20, n) / 8,
    lambda n: 10.0 ** rng.uniform(-4.2, 0, n),
    lambda n: 10.0 ** rng.uniform(-6, 9, n) * rng.choice([-1, 1], n),
    lambda n: rng.integers(2**24, 2**27, n),
    lambda n: 2.0 ** rng.integers(-149, 128, n) * rng.choice([-1, 1], n),
    lambda n: 2.0 ** rng.integers(-14, 10, n),
    lambda n: rng.integers(1, 2**12, n) * 2.0**-9,  # exact ties at the last digit printed
    lambda n: rng.choice(SPECIAL, n),
    any_bits,
]
SHAPES = [(), (1,), (4,), (17,), (60,), (2, 3), (3, 1), (1, 12), (5, 7), (2, 2, 3), (3, 1, 8), (2, 1, 2, 3), (2, 2, 2, 2)]


def arrays():
    """Pairs of an array and the print options that differ from the defaults."""
    for shape in SHAPES:
        for kind in KINDS:
            values = np.asarray(kind(int(np.prod(shape, dtype=int))), f32).reshape(shape).copy()
            if rng.random() < 0.2:
                values[rng.random(shape) < 0.2] = rng.choice(SPECIAL[:5])
            yield values, {}
    for shape in [(0,), (0, 3), (3, 0), (2, 0, 1), (0, 0, 0, 0)]:
        yield np.zeros(shape, f32), {}
    for centre in [1e-4, 1e8, 1e-3, 1000, 1, 9.9999999, 2.0**24, 2.0**-96]:
        for _ in range(3):
            yield near(centre, 2).view(f32), {}
            yield np.concatenate([near(centre, 1).view(f32), np.array([1e-3 * centre], f32)]), {}
    for width in [1, 10, 40, 60, 76, 120]:
        for shape in [(9,), (2, 13), (2, 1, 5), ()]:
            yield rng.uniform(-1, 1, shape).astype(f32), {"lineWidth": width}
    for precision in range(0, 11):
        for kind in KINDS[:7] + KINDS[10:11]:
            yield np.asarray(kind(5), f32), {"precision": precision}
    for edge in [1, 2, 4]:
        for shape in [(5,), (9,), (10, 3), (3, 11), (2, 5, 9), (9, 1, 1, 3)]:
            yield rng.uniform(-9, 9, shape).astype(f32), {"threshold": 4, "edgeItems": edge}
    yield rng.uniform(-1, 1, 1000).astype(f32), {}
    for shape in [(1001,), (40, 26), (6, 2, 90), (1, 7, 8, 19)]:
        yield np.round(rng.uniform(-9, 9, shape), 3).astype(f32), {}


NUMPY_NAMES = {"lineWidth": "linewidth", "precision": "precision", "threshold": "threshold", "edgeItems": "edgeitems"}


def print_array(values, options):
    with np.errstate(all="ignore"), np.printoptions(**{NUMPY_NAMES[name]: value for name, value in options.items()}):
        entry = {"shape": list(values.shape), "bits": hex_of(values), "str": str(values), "repr": repr(values)}
    return {**entry, "options": options} if options else entry


def hex_of(values):
    return "".join("%08x" % bits for bits in values.reshape(-1).view(np.uint32))


def scalars():
    powers = np.concatenate([np.arange(1, 255, dtype=np.uint32) << 23, np.uint32(1) << np.arange(23, dtype=np.uint32)])
    bits = [powers, powers[::5] + np.uint32(0x80000001), np.uint32([0x15AE43FD]), SPECIAL.view(np.uint32)]
    bits += [near(centre, 7) for centre in [1e-4, 1e16, 1e15, 1, 1e-38]]
    bits += [any_bits(150).view(np.uint32), np.asarray(rng.uniform(-1, 1, 150), f32).view(np.uint32)]
    return np.concatenate(bits).astype(np.uint32).view(f32)


printed = [print_array(values, options) for values, options in arrays()]
values = scalars()
header = {
    "description": "float32 arrays and scalars and the text that NumPy prints for them",
    "source": "scripts/maintain/numpy_print.py",
    "version": "NumPy " + np.__version__,
    "command": "python3 scripts/maintain/numpy_print.py > core/testdata/numpy_print.json",
    "encoding": "bits: the values' float32 bits in row-major order, 8 hexadecimal digits each",
    "count": {"arrays": len(printed), "scalars": len(values)},
}
lines = [f"  {json.dumps(name)}: {json.dumps(value)}," for name, value in header.items()]
lines += ['  "arrays": [', ",\n".join("    " + json.dumps(entry) for entry in printed), "  ],"]
lines += ['  "scalars": [']
lines += [",\n".join("    " + json.dumps({"bits": hex_of(x.reshape(1)), "str": str(x)}) for x in values), "  ]"]
print("\n".join(["{", *lines, "}"]))
