/**
 * The four operations of arithmetic: a call per element would cost several times as much as they do.
 *
 * @module
 */
import { bindBlocks, blockOf } from "./blocks.ts";
import type { Layout } from "./layout.ts";

type Values = Float32Array | Float64Array;

/** An operation, by its sign. */
export type Operation = "+" | "-" | "*" | "/";

/** The operations in float64. */
export const operations: Readonly<Record<Operation, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
};

/** Binds an operation; storing into a `Float32Array` rounds it once. */
export function bindOperation(
  operation: Operation,
  layout: Layout,
  z: Values,
  a: Values,
  b: Values,
): () => void {
  const isOneLoop = [a, b].every(({ length }) => length === z.length || length === 1);
  if (isOneLoop) return bindLoop(operation, z, a, b);
  const { rounds: [n0, n1], steps, first: [rounds, to0, left0, right0] } = blockOf(layout);
  const [[k0, k1, k2], [i0, i1, i2], [j0, j1, j2]] = steps;
  const sign = "+-*/".indexOf(operation);
  return bindBlocks(
    layout,
    [],
    (n2 = rounds, k = to0, i = left0, j = right0) => {
      for (let p = 0; p < n0; p++) {
        for (let q = 0; q < n1; q++) {
          let to = k + p * k0 + q * k1, left = i + p * i0 + q * i1, right = j + p * j0 + q * j1;
          for (let t = 0; t < n2; t++, to += k2, left += i2, right += j2) {
            const x = a[left]!, y = b[right]!;
            z[to] = sign === 0 ? x + y : sign === 1 ? x - y : sign === 2 ? x * y : x / y;
          }
        }
      }
    },
  );
}

/** The same where each operand has as many elements as the output, or one. */
function bindLoop(
  operation: Operation,
  z: Values,
  a: Values,
  b: Values,
): () => void {
  const n = z.length;
  const di = a.length === 1 ? 0 : 1, dj = b.length === 1 ? 0 : 1;
  switch (operation) {
    case "+":
      return () => {
        for (let k = 0, i = 0, j = 0; k < n; k++, i += di, j += dj) z[k] = a[i]! + b[j]!;
      };
    case "-":
      return () => {
        for (let k = 0, i = 0, j = 0; k < n; k++, i += di, j += dj) z[k] = a[i]! - b[j]!;
      };
    case "*":
      return () => {
        for (let k = 0, i = 0, j = 0; k < n; k++, i += di, j += dj) z[k] = a[i]! * b[j]!;
      };
    case "/":
      return () => {
        for (let k = 0, i = 0, j = 0; k < n; k++, i += di, j += dj) z[k] = a[i]! / b[j]!;
      };
  }
}
