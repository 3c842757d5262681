import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  abs,
  ceil,
  floor,
  gradients,
  mul,
  type Node,
  placeholder,
  round,
  run,
  sign,
  square,
  tensor,
  variable,
} from "../../mod.ts";
import { boundAt, checkBound, checkKernel } from "../../testing/elementwise.ts";
import type { DType } from "../dtype.ts";

const text = (node: Node | null) => node === null ? "null" : `${run([node])[0]}`;
const FLOAT: readonly DType[] = ["float32"];

/** The part of |x| below the point. */
const fraction = (x: number) => Math.abs(x) % 1;

/** Away from 0 where `up` says so of the part that is cut off; the sign of zero is kept. */
const rounded = (x: number, up: (x: number) => boolean) => {
  if (!Number.isFinite(x)) return x;
  const size = Math.abs(x) - fraction(x) + (up(x) ? 1 : 0);
  return x < 0 || Object.is(x, -0) ? -size : size;
};

const table = {
  abs: { op: abs, definition: (x: number) => x < 0 || Object.is(x, -0) ? -x : x },
  sign: { op: sign, definition: (x: number) => x > 0 ? 1 : x < 0 ? -1 : x + 0 },
  floor: { op: floor, definition: (x: number) => rounded(x, (x) => x < 0 && fraction(x) > 0) },
  ceil: { op: ceil, definition: (x: number) => rounded(x, (x) => x > 0 && fraction(x) > 0) },
  round: {
    op: round,
    definition: (x: number) =>
      rounded(x, (x) => fraction(x) > 0.5 || (fraction(x) === 0.5 && Math.abs(x) % 2 > 1)),
  },
};

for (const [name, { op, definition }] of Object.entries(table)) {
  Deno.test(`${name} agrees with its definition, element by element`, () => {
    checkKernel(op as (...x: Node[]) => Node, definition as (...x: number[]) => number, FLOAT);
  });

  Deno.test(`the bound of ${name} holds at 20,000 boxes`, () => {
    const node = op(placeholder([1]));
    const counts = checkBound(node, definition as (x: number) => number, FLOAT);
    assert(counts.certain > 2000 && counts.bounded > 2000, JSON.stringify(counts));
    assert(counts.undecidable < 1000, JSON.stringify(counts));
  });
}

Deno.test("abs and sign take int32, and keep it", () => {
  const x = variable([-3, 0, 7], { dtype: "int32" });
  assertEquals([text(abs(x)), text(sign(x))], ["[3. 0. 7.]", "[-1.  0.  1.]"]);
  assertEquals(abs(x).dtype, "int32");
});

Deno.test("round takes the even one of two, whatever the sign", () => {
  const halves = tensor([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 4194304.5, 4194305.5]);
  const values = Array.from(run([round(halves)])[0].data);
  assertEquals(values, [-2, -2, -0, 0, 2, 2, 4194304, 4194306]);
});

Deno.test("the derivative of abs at 0 is 0, and NaN at NaN", () => {
  const x = variable([-2, -0, 0, 3, NaN]);
  assertEquals(gradients(abs(x), x).map(text), ["[-1.  0.  0.  1. nan]"]);
});

Deno.test("abs has derivatives of any order away from 0", () => {
  const x = variable(-2);
  let y = abs(mul(square(x), x));
  const values = [1, 2, 3].map(() => {
    [y] = gradients(y, x, { unconnected: "zero" });
    return text(y);
  });
  assertEquals(values, ["-12.0", "12.0", "-6.0"]);
});

Deno.test("sign sends zeros back, even of an infinite upstream; floor, ceil and round nothing", () => {
  const x = variable([-2, 0, 3]);
  const gradYs = tensor([Infinity, 1, NaN]);
  assertEquals(gradients(sign(x), x, { gradYs }).map(text), ["[0. 0. 0.]"]);
  for (const op of [floor, ceil, round]) {
    assertEquals(gradients(op(x), x), [null]);
    assertEquals(gradients(mul(op(x), x), x).map(text), [text(op(x))]);
  }
});

Deno.test("a whole number's own place is a jump of floor and ceil, a half's of round", () => {
  const counts = (name: "floor" | "round", x: number) => {
    const bound = (e: number) => boundAt({ floor, round }[name](placeholder([1])), [[x, e]]);
    return [bound(2 ** -60), bound(0.25), bound(0.5), bound(1.5)];
  };
  assertEquals(counts("floor", 3), [1, 1, 1, 2]);
  assertEquals(counts("floor", 3.375), [0, 0, 1, 2]);
  assertEquals(counts("round", 2.5), [1, 1, 1, 2]);
  assertEquals(counts("round", 3), [0, 0, 1, 2]);
});

Deno.test("int32 and bool are refused where only float32 is taken", () => {
  const index = variable([1], { dtype: "int32" });
  const bool = variable([true], { dtype: "bool" });
  for (const op of [floor, ceil, round]) {
    const error = assertThrows(() => op(index), TypeError);
    assertEquals(error.message, `Cannot compute ${op.name}: operand 0 is int32, expected float32`);
  }
  const error = assertThrows(() => abs(bool), TypeError);
  assertEquals(
    error.message,
    "Cannot compute abs: operand 0 is bool, expected float32 or int32",
  );
});
