/**
 * Bugs in the inputs: the right program on wrong data. `x` holds one sample per row.
 *
 * @module
 */
import { Tensor } from "../../core/tensor.ts";
import { type Mutant, wrongInputs } from "./mutant.ts";

/** Changes the rows of a batch: row i of the result is the row that `from` names, or zeros. */
function rows(name: string, from: (i: number, n: number) => number | null): Mutant {
  return wrongInputs(name, (input, value) => {
    const [n = 0] = value.shape;
    if (input.name !== "x" || n < 2) return value;
    const length = value.size / n;
    const data = new Float32Array(value.size);
    for (let i = 0; i < n; i++) {
      const row = from(i, n);
      if (row !== null) data.set(value.data.subarray(row * length, (row + 1) * length), i * length);
    }
    return new Tensor(data, value.shape);
  });
}

/** Rounds to IEEE 754 binary16's 11 significant bits, for values in its normal range. */
function toHalf(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(x))) - 10);
  return Math.round(x / unit) * unit;
}

/** All mutants of this kind. */
export const inputMutants: readonly Mutant[] = [
  rows("only the first sample", (i) => i === 0 ? 0 : null),
  rows("only the last sample", (i, n) => i === n - 1 ? i : null),
  rows("first two samples swapped", (i) => i < 2 ? 1 - i : i),
  wrongInputs(
    "inputs rounded to half",
    (_, value) => new Tensor(value.data.map(toHalf), value.shape),
  ),
];
