/**
 * Random smooth graphs with poles and steep places nearby: where finite differences go wrong.
 *
 * @module
 */
import { type Case, gradientTensors, tensorsOf } from "../cases/mod.ts";
import { engine } from "../cases/case.ts";
import type { Node } from "../core/graph.ts";
import { exp, sigmoid } from "../core/ops/activation.ts";
import { add, div, mul, neg, square, sub } from "../core/ops/arithmetic.ts";
import { variable } from "../core/ops/sources.ts";
import type { RandomStream } from "../verify/random_graph.ts";

/** A size from 10^least to 10^most, log-uniform, of either sign. */
function size(random: RandomStream, least: number, most: number): number {
  const sign = random.next() < 0.5 ? -1 : 1;
  return sign * 10 ** (least + (most - least) * random.next());
}

/** What a family makes of x, given some value of x's own. */
type Family = (x: Node, at: number, random: RandomStream) => Node;

const power = (x: Node, k: number): Node => k === 1 ? x : mul(power(x, k - 1), x);

/** c₀ + c₁·x + …, where each term is of a size of its own. */
function polynomial(x: Node, at: number, random: RandomStream): Node {
  const degree = 1 + random.below(3);
  return Array.from({ length: degree }, (_, k) => k + 1).reduce<Node>(
    (sum, k) => add(sum, mul(power(x, k), size(random, -2, 2) / Math.abs(at) ** k)),
    mul(sub(x, x), 0),
  );
}

/** A point at a distance from `at` of 10⁻⁶ to 10 times its size. */
const near = (at: number, random: RandomStream) => at * (1 + size(random, -6, 1));

/** The families by name; each has something to go wrong within a step that is too long. */
export const smoothFamilies: Readonly<Record<string, Family>> = {
  "1/x^k": (x, _, random) => div(size(random, -3, 3), power(x, 1 + random.below(4))),
  "1/x²": (x, _, random) => div(size(random, -3, 3), square(x)),
  "1/(x − a)": (x, at, random) => div(size(random, -3, 3), sub(x, near(at, random))),
  "1/(x − a)²": (x, at, random) => div(1, square(sub(x, near(at, random)))),
  "1/((x − a)² + b²)": (x, at, random) =>
    div(1, add(square(sub(x, near(at, random))), (at * size(random, -6, 1)) ** 2)),
  "exp(a/x)": (x, at, random) => exp(div(at * size(random, -2, 1), x)),
  "quotient of polynomials": (x, at, random) =>
    div(polynomial(x, at, random), polynomial(x, at, random)),
  "steep sigmoid": (x, at, random) =>
    sigmoid(mul(sub(x, near(at, random)), size(random, 0, 6) / Math.abs(at))),
  "steep sigmoid on a swamp": (x, at, random) =>
    add(size(random, 0, 8), sigmoid(mul(sub(x, near(at, random)), size(random, 0, 6) / at))),
  "chained quotients": (x, at, random) => {
    const inner = div(size(random, -2, 2), sub(x, near(at, random)));
    return div(1, add(inner, div(size(random, -2, 2), add(inner, size(random, -1, 1)))));
  },
  "narrow bell": (x, at, random) =>
    exp(neg(square(div(sub(x, near(at, random)), at * size(random, -5, 0))))),
  "swamped quotient": (x, at, random) => {
    const swamp = size(random, 4, 12) * Math.abs(at);
    return div(1, sub(add(x, swamp), swamp));
  },
  "square of a quotient": (x, at, random) =>
    square(div(x, sub(square(x), square(near(at, random))))),
};

/** A case of a family on `n` elements of x from 10⁻⁶ to 10⁶ and one more factor for each. */
export function smoothCase(family: string, random: RandomStream, n: number): Case {
  const values = Array.from({ length: n }, () => Math.fround(size(random, -6, 6)));
  const x = variable(values, { name: "x" });
  const y = smoothFamilies[family]!(x, values[0]!, random);
  return {
    id: `smooth/${family}`,
    description: family,
    parameters: {},
    build: (by = engine) => [
      ...tensorsOf("input", { x }),
      ...gradientTensors(by, { ys: [y], xs: { x } }),
    ],
  };
}
