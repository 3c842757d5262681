/**
 * Arithmetic: operations that IEEE 754 rounds once, with NumPy's broadcasting.
 *
 * @module
 */
import { apply, type Node } from "../graph.ts";
import { decides, productSpread } from "./bounds.ts";
import { binary, unary } from "./elementwise.ts";
import { type Operand, toNode } from "./sources.ts";

const rows = {
  add: binary({
    action: "add",
    loop(z, k, n, a, i, p, b, j, q) {
      for (; n > 0; n--, k++, i += p, j += q) z[k] = a[i]! + b[j]!;
    },
    exact: (a, b) => a + b,
    spread: (_a, ea, _b, eb) => ea + eb,
    gradient: (_, g) => [g, g],
  }),
  sub: binary({
    action: "subtract",
    loop(z, k, n, a, i, p, b, j, q) {
      for (; n > 0; n--, k++, i += p, j += q) z[k] = a[i]! - b[j]!;
    },
    exact: (a, b) => a - b,
    spread: (_a, ea, _b, eb) => ea + eb,
    gradient: (_, g) => [g, neg(g)],
  }),
  mul: binary({
    action: "multiply",
    loop(z, k, n, a, i, p, b, j, q) {
      for (; n > 0; n--, k++, i += p, j += q) z[k] = a[i]! * b[j]!;
    },
    exact: (a, b) => a * b,
    spread: productSpread,
    gradient: ({ inputs: [a, b] }, g) => [mul(g, b!), mul(g, a!)],
  }),
  div: binary({
    action: "divide",
    loop(z, k, n, a, i, p, b, j, q) {
      for (; n > 0; n--, k++, i += p, j += q) z[k] = a[i]! / b[j]!;
    },
    exact: (a, b) => a / b,
    // (a ± ea)/(b ± eb) − a/b = (±ea ∓ eb·a/b)/(b ± eb); nothing can be said where the divisor
    // reaches 0.
    spread(a, ea, b, eb) {
      if (ea === 0 && eb === 0) return 0;
      if (decides(a, ea, b, eb) || decides(b, eb, a, ea)) return 0;
      if (b === 0 && eb === 0 && Math.abs(a) > ea) return 0; // infinite for certain
      const nearest = Math.abs(b) - eb;
      return nearest > 0 ? (ea + eb * Math.abs(a / b)) / nearest : Infinity;
    },
    rounding: "division",
    // ∂(a/b)/∂b = (−a/b)/b, divided twice as TensorFlow does (math_grad.py, _RealDivGrad).
    gradient: ({ inputs: [a, b] }, g) => [div(g, b!), mul(g, div(div(neg(a!), b!), b!))],
  }),
  neg: unary({
    loop(z, x, n) {
      for (let i = 0; i < n; i++) z[i] = -x[i]!;
    },
    exact: (x) => -x,
    spread: (_, e) => e,
    rounding: "none",
    gradient: (_, g) => neg(g),
  }),
  square: unary({
    loop(z, x, n) {
      for (let i = 0; i < n; i++) z[i] = x[i]! * x[i]!;
    },
    exact: (x) => x * x,
    spread: (x, e) => e === 0 ? 0 : e * (2 * Math.abs(x) + e),
    rounding: "operation",
    // g·(x·2), in the order TensorFlow multiplies (math_grad.py, _SquareGrad); the doubling is
    // exact.
    gradient: ({ inputs: [x] }, g) => mul(g, mul(x!, 2)),
  }),
};
export default rows;

/**
 * Adds two tensors element by element: `a + b`, rounded once.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { add, run } from "../../mod.ts";
 * assertEquals(`${run([add([[1], [2]], [10, 20])])[0]}`, "[[11. 21.]\n [12. 22.]]");
 * ```
 */
export function add(a: Operand, b: Operand): Node {
  return apply(rows, "add", [toNode(a), toNode(b)], {});
}

/**
 * Subtracts two tensors element by element: `a - b`, rounded once.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, sub } from "../../mod.ts";
 * assertEquals(`${run([sub(1, [0.25, 2])])[0]}`, "[ 0.75 -1.  ]");
 * ```
 */
export function sub(a: Operand, b: Operand): Node {
  return apply(rows, "sub", [toNode(a), toNode(b)], {});
}

/**
 * Multiplies two tensors element by element: `a * b`, rounded once.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mul, run } from "../../mod.ts";
 * assertEquals(`${run([mul([1, 2, 3], 2)])[0]}`, "[2. 4. 6.]");
 * ```
 */
export function mul(a: Operand, b: Operand): Node {
  return apply(rows, "mul", [toNode(a), toNode(b)], {});
}

/**
 * Divides two tensors element by element: `a / b`, rounded once. Division by zero gives infinities
 * and NaN.
 *
 * Shapes broadcast as in NumPy; a `TypeError` names shapes that do not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { div, run } from "../../mod.ts";
 * assertEquals(`${run([div([1, -1, 0], 0)])[0]}`, "[ inf -inf  nan]");
 * ```
 */
export function div(a: Operand, b: Operand): Node {
  return apply(rows, "div", [toNode(a), toNode(b)], {});
}

/**
 * Negates every element: `-x`, exact.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { neg, run } from "../../mod.ts";
 * assertEquals(`${run([neg([1, -2])])[0]}`, "[-1.  2.]");
 * ```
 */
export function neg(x: Operand): Node {
  return apply(rows, "neg", [toNode(x)], {});
}

/**
 * Squares every element: `x * x`, rounded once.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { run, square } from "../../mod.ts";
 * assertEquals(`${run([square([1, -3])])[0]}`, "[1. 9.]");
 * ```
 */
export function square(x: Operand): Node {
  return apply(rows, "square", [toNode(x)], {});
}
