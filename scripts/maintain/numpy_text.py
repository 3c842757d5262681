"""Prints float32 values with NumPy and writes text and bits, for the tests of the reader of NumPy's text.

Usage, from the project's folder: python3 scripts/maintain/numpy_text.py > golden/testdata/numpy_text.json
Needs NumPy 1.14 to 1.24.
"""
import json
import sys

import numpy as np

rng = np.random.default_rng(1)
f32 = np.float32


def arrays():
    for shape in [(1,), (5,), (40,), (2, 3), (3, 1), (1, 9), (4, 17), (2, 2, 3), (3, 1, 2, 2), (1, 1, 1, 1, 2)]:
        yield rng.uniform(-1, 1, shape)
        yield rng.uniform(1, 900, shape)
        yield rng.normal(0, 1, shape) * 10.0 ** rng.integers(-30, 30, shape)
        yield np.round(rng.uniform(-50, 50, shape))
        mixed = rng.uniform(0.5, 1, shape)
        mixed.flat[0] = rng.choice([np.nan, np.inf, -np.inf, -0.0])
        yield mixed
    for n in range(30):  # any bits at all
        yield rng.integers(0, 2**32, 3, dtype=np.uint32).view(f32)
    yield from ([np.nan, np.inf, -np.inf, 0.0, -0.0], [1e-4], [np.nextafter(f32(1e-4), f32(1))], [1e8], [99999992.0])
    yield from ([1e-10, 1.25e-10, 0, np.nan], [[3.4028235e38, 1e-45]], [1e-45, -0.0])
    yield from (np.zeros(0), np.zeros((0, 3)), np.zeros((2, 0, 1)), np.array(1.5), np.array(1e-5), np.array(-np.inf))


def case(kind, values, text):
    flat = np.asarray(values, f32)
    bits = ["%08x" % b for b in flat.reshape(-1).view(np.uint32)]
    return {"kind": kind, "shape": list(flat.shape), "bits": bits, "text": text.split("\n")}


cases = []
for values in arrays():
    array = np.asarray(values, f32)
    cases.append(case("repr", array, repr(array)))
    if array.size > 0 and array.ndim > 0:
        cases.append(case("str", array, str(array)))
bits = [rng.integers(0, 2**32, 60, dtype=np.uint32).view(f32), rng.uniform(-1, 1, 30).astype(f32)]
for value in np.concatenate([*bits, f32([0, -0.0, 1, 1e16, 9.999e15, 1e-4, 1e-5, np.nan, np.inf, -np.inf])]):
    cases.append(case("scalar", value, str(value)))

header = {
    "source": "scripts/maintain/numpy_text.py",
    "program": "NumPy " + np.__version__,
    "command": "python3 scripts/maintain/numpy_text.py > golden/testdata/numpy_text.json",
    "count": len(cases),
}
rows = ",\n".join("    " + json.dumps(c, separators=(",", ":")) for c in cases)
sys.stdout.write(json.dumps(header, indent=2)[:-2] + ',\n  "cases": [\n' + rows + "\n  ]\n}\n")
