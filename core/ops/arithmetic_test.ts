import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  add,
  div,
  gradients,
  mul,
  neg,
  type Node,
  placeholder,
  run,
  square,
  squaredDifference,
  sub,
  tensor,
  variable,
} from "../../mod.ts";
import { boundAt, checkBound, checkKernel } from "../../testing/elementwise.ts";
import { toBits, ulp } from "../float32.ts";
import { broadcastShapes, type Shape, sizeOf } from "../shape.ts";

const f = Math.fround;
const bits = (node: Node) => Array.from(run([node])[0]!.data, toBits);
const scalar = (node: Node) => run([node])[0]!.data[0]!;

const operations = {
  add: { op: add, exact: (a: number, b: number) => f(a + b) },
  sub: { op: sub, exact: (a: number, b: number) => f(a - b) },
  mul: { op: mul, exact: (a: number, b: number) => f(a * b) },
  div: { op: div, exact: (a: number, b: number) => f(a / b) },
};

/**
 * Element `index` of a tensor of shape `shape` broadcast to `to`, by the definition: walk the axes
 * from the last.
 */
function naive(data: Float32Array, shape: Shape, to: Shape, index: number): number {
  let offset = 0;
  let stride = 1;
  let rest = index;
  for (let axis = 1; axis <= to.length; axis++) {
    const extent = to[to.length - axis]!;
    const at = rest % extent;
    rest = Math.floor(rest / extent);
    const own = shape[shape.length - axis];
    if (own === undefined) continue;
    offset += (own === 1 ? 0 : at) * stride;
    stride *= own;
  }
  return data[offset]!;
}

/** Two shapes that broadcast, and values for both. */
const operands = fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 2 })), { maxLength: 4 }).chain(
  (axes) => {
    const a = axes.map(([extent, one]) => one === 0 ? 1 : extent);
    const b = axes.map(([extent, one]) => one === 1 ? 1 : extent);
    return fc.tuple(fc.nat({ max: a.length }), fc.nat({ max: b.length })).chain(
      ([dropA, dropB]) => {
        const [p, q] = dropA < dropB ? [a, b.slice(dropB)] : [a.slice(dropA), b];
        const values = (shape: Shape) =>
          fc.array(fc.float({ noNaN: false }), {
            minLength: sizeOf(shape),
            maxLength: sizeOf(shape),
          })
            .map((v) => tensor(Float32Array.from(v), shape));
        return fc.tuple(values(p), values(q));
      },
    );
  },
);

for (const [name, { op, exact }] of Object.entries(operations)) {
  Deno.test(`${name} broadcasts as the naive definition says and rounds once`, () => {
    fc.assert(
      fc.property(operands, ([a, b]) => {
        const shape = broadcastShapes(a.shape, b.shape);
        if (shape === null) {
          assertThrows(() => op(a, b), TypeError, "do not broadcast");
          return;
        }
        const node = op(a, b);
        assertEquals(node.shape, shape);
        const expected = Array.from(
          { length: sizeOf(shape) },
          (_, i) =>
            toBits(exact(naive(a.data, a.shape, shape, i), naive(b.data, b.shape, shape, i))),
        );
        assertEquals(bits(node), expected);
      }),
      { numRuns: 500 },
    );
  });

  Deno.test(`${name} names the shapes that do not broadcast`, () => {
    const error = assertThrows(() => op([1, 2], [1, 2, 3]), TypeError);
    assertEquals(error.message, `Cannot compute ${name}: shapes [2] and [3] do not broadcast`);
  });
}

Deno.test("sums and products are rounded to float32 at once", () => {
  assertEquals(scalar(add(1, 2 ** -24)), 1);
  assertEquals(scalar(add(1, 3 * 2 ** -25)), 1 + 2 ** -23);
  assertEquals(scalar(mul(1 + 2 ** -23, 1 + 2 ** -23)), f(1 + 2 ** -22));
  assertEquals(scalar(sub(mul(3e38, 10), mul(3e38, 10))), NaN);
});

Deno.test("signed zeros and infinities are kept", () => {
  assertEquals(bits(neg([0, -0, Infinity])), [0x80000000, 0, 0xff800000]);
  assertEquals(bits(add([-0, -0], [-0, 0])), [0x80000000, 0]);
  assertEquals(bits(mul([-0, 0], [5, -5])), [0x80000000, 0x80000000]);
  assertEquals(bits(div([1, -1], [-0, 0])), [0xff800000, 0xff800000]);
});

Deno.test("subnormal results are kept, not flushed", () => {
  assertEquals(scalar(mul(2 ** -100, 2 ** -49)), 2 ** -149);
  assertEquals(scalar(square(2 ** -75)), 0);
  assertEquals(scalar(div(2 ** -126, 2)), 2 ** -127);
});

Deno.test("squaredDifference agrees with its definition, element by element", () => {
  const definition = (a: number, b: number) => (a - b) ** 2;
  checkKernel((a, b) => squaredDifference(a!, b!), definition as never, ["float32", "float32"]);
});

Deno.test("the bound of squaredDifference holds at 20,000 boxes", () => {
  const node = squaredDifference(placeholder([1]), placeholder([1]));
  const definition = (a: number, b: number) => (a - b) ** 2;
  const { bounded } = checkBound(node, definition as never, ["float32", "float32"]);
  assertEquals(bounded > 10_000, true);
  // Infinite and NaN for certain, though one operand is off.
  assertEquals(boundAt(node, [[Infinity, 0], [1, 0.5]]), 0);
  assertEquals(boundAt(node, [[NaN, 0], [1, 0.5]]), 0);
  assertEquals(boundAt(node, [[3, 0.25], [1, 0.25]]), 0.5 * 4.5 + ulp(6.25) / 2 * (1 + 2 ** -26));
});

Deno.test("squaredDifference has the gradients of the square of a difference, to the third order", () => {
  const [a, b] = [variable([5, 1]), variable(2)];
  const y = squaredDifference(a, b);
  const [da, db] = gradients(y, [a, b], { unconnected: "zero" });
  assertEquals(run([da, db]).join(), "[ 6. -2.],-4.0");
  const second = gradients(da, [a, b], { unconnected: "zero" });
  assertEquals(run(second).join(), "[2. 2.],-4.0");
  assertEquals(gradients(second[0], a), [null]);
});
