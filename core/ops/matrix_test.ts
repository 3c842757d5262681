import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { gradients, matmul, type Node, run, tensor, transpose, variable } from "../../mod.ts";
import { toBits } from "../float32.ts";

const f = Math.fround;
const bits = (node: Node) => Array.from(run([node])[0]!.data, toBits);

const matrix = (rows: number, columns: number) =>
  fc.array(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), {
    minLength: rows * columns,
    maxLength: rows * columns,
  })
    .map((values) => tensor(Float32Array.from(values), [rows, columns]));
const factors = fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 5 }), fc.nat({ max: 4 }))
  .chain(([m, k, n]) => fc.tuple(matrix(m, k), matrix(k, n)));

Deno.test("matmul rounds every product and every sum, in index order from +0", () => {
  fc.assert(fc.property(factors, ([a, b]) => {
    const [m, k] = a.shape as [number, number];
    const n = b.shape[1]!;
    const expected: number[] = [];
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let t = 0; t < k; t++) sum = f(sum + f(a.data[i * k + t]! * b.data[t * n + j]!));
        expected.push(toBits(sum));
      }
    }
    assertEquals(bits(matmul(a, b)), expected);
  }));
});

Deno.test("matmul with a transposed operand equals matmul of the transpose, bit for bit", () => {
  fc.assert(fc.property(factors, ([a, b]) => {
    const expected = bits(matmul(a, b));
    const [at, bt] = [transpose(a), transpose(b)];
    assertEquals(bits(matmul(at, b, { transposeA: true })), expected);
    assertEquals(bits(matmul(a, bt, { transposeB: true })), expected);
    assertEquals(bits(matmul(at, bt, { transposeA: true, transposeB: true })), expected);
  }));
});

Deno.test("the gradients of matmul are the same for every way to transpose its operands", () => {
  const a = variable([[1, 2, 3], [4, 5, 6]]);
  const b = variable([[1, -1], [0.5, 2], [3, -0.25]]);
  const upstream = tensor([[1, 10], [100, 1000]]);
  const expected = gradients(matmul(a, b), [a, b], { gradYs: upstream, unconnected: "zero" }).map(
    bits,
  );
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      const y = matmul(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b, {
        transposeA,
        transposeB,
      });
      assertEquals(
        gradients(y, [a, b], { gradYs: upstream, unconnected: "zero" }).map(bits),
        expected,
      );
    }
  }
});

Deno.test("matmul names shapes that do not fit", () => {
  assertEquals(
    assertThrows(() => matmul([[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 4]]), TypeError).message,
    "Cannot compute matmul: shapes [2,3] and [2,2] do not agree: k of mk,kn is 3 and 2",
  );
  assertThrows(
    () => matmul([1, 2], [[1], [2]]),
    TypeError,
    "shapes [2] and [2,1], expected [m,k] and [k,n]",
  );
  assertThrows(
    () => matmul([[1, 2]], [[1, 2]], { transposeA: true, transposeB: true }),
    TypeError,
    "shapes [1,2] and [1,2] do not agree: k of km,nk is 1 and 2",
  );
});

Deno.test("an empty inner dimension gives zeros", () => {
  const empty = (shape: number[]) => tensor(new Float32Array(0), shape);
  assertEquals(bits(matmul(empty([2, 0]), empty([0, 2]))), [0, 0, 0, 0]);
});
