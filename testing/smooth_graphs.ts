/**
 * Random smooth graphs with poles and steep places nearby: where finite differences go wrong.
 *
 * @module
 */
import { type Case, gradientTensors, tensorsOf } from "../cases/mod.ts";
import { graphFunctions } from "../cases/case.ts";
import type { Node } from "../core/graph.ts";
import { RandomStream } from "../core/random.ts";
import {
  add,
  constant,
  div,
  exp,
  mul,
  neg,
  sigmoid,
  square,
  sub,
  variable,
} from "../core/functions/mod.ts";

/** A size from 10^least to 10^most, log-uniform, of either sign. */
function size(random: RandomStream, least: number, most: number): number {
  const sign = random.next() < 0.5 ? -1 : 1;
  return sign * 10 ** (least + (most - least) * random.next());
}

/** What a family makes of x; `draw` makes a constant for every element from its value there. */
type Family = (x: Node, draw: Draw, random: RandomStream) => Node;
type Draw = (constant: (at: number) => number) => number[];

const power = (x: Node, k: number): Node => k === 1 ? x : mul(power(x, k - 1), x);

/** Families by name; each has something that goes wrong within a step that is too long. */
function familiesOf(random: RandomStream): Readonly<Record<string, Family>> {
  const sized = (least: number, most: number) => size(random, least, most);
  /** A point at a distance from `at` of 10⁻⁶ to 10 times its size. */
  const near = (at: number) => at * (1 + sized(-6, 1));
  /** c₀ + c₁·x + …, with terms of about the same size. */
  const polynomial = (x: Node, draw: Draw) =>
    [1, 2, 3].slice(0, 1 + random.below(3)).reduce<Node>(
      (sum, k) => add(sum, mul(power(x, k), draw((at) => sized(-2, 2) / at ** k))),
      constant(draw(() => sized(-2, 2))),
    );
  return {
    "1/x^k": (x, draw) => div(draw(() => sized(-3, 3)), power(x, 1 + random.below(4))),
    "1/x²": (x, draw) => div(draw(() => sized(-3, 3)), square(x)),
    "1/(x − a)": (x, draw) => div(draw(() => sized(-3, 3)), sub(x, draw(near))),
    "1/(x − a)²": (x, draw) => div(1, square(sub(x, draw(near)))),
    "1/((x − a)² + b²)": (x, draw) =>
      div(1, add(square(sub(x, draw(near))), draw((at) => (at * sized(-6, 1)) ** 2))),
    "exp(a/x)": (x, draw) => exp(div(draw((at) => at * sized(-2, 1)), x)),
    "quotient of polynomials": (x, draw) => div(polynomial(x, draw), polynomial(x, draw)),
    "steep sigmoid": (x, draw) => sigmoid(mul(sub(x, draw(near)), draw((at) => sized(0, 6) / at))),
    "steep sigmoid on a swamp": (x, draw) =>
      add(
        draw(() => sized(0, 8)),
        sigmoid(mul(sub(x, draw(near)), draw((at) => sized(0, 6) / at))),
      ),
    "chained quotients": (x, draw) => {
      const inner = div(draw(() => sized(-2, 2)), sub(x, draw(near)));
      return div(
        1,
        add(inner, div(draw(() => sized(-2, 2)), add(inner, draw(() => sized(-1, 1))))),
      );
    },
    "narrow bell": (x, draw) =>
      exp(neg(square(div(sub(x, draw(near)), draw((at) => at * sized(-5, 0)))))),
    "swamped quotient": (x, draw) => {
      const swamp = constant(draw((at) => at * sized(4, 12)));
      return div(1, sub(add(x, swamp), swamp));
    },
    "square of a quotient": (x, draw) =>
      square(div(x, sub(square(x), draw((at) => near(at) ** 2)))),
  };
}

/** The names of the families. */
export const smoothFamilies: readonly string[] = Object.keys(familiesOf(new RandomStream(0)));

/** A case of a family: `n` elements of x from 10⁻⁶ to 10⁶, each with constants of its own. */
export function smoothCase(family: string, random: RandomStream, n: number): Case {
  const values = Array.from({ length: n }, () => Math.fround(size(random, -6, 6)));
  const x = variable(values, { name: "x" });
  const y = familiesOf(random)[family]!(x, (make) => values.map(make), random);
  return {
    id: `smooth/${family}`,
    description: family,
    parameters: {},
    build: (by = graphFunctions) => [
      ...tensorsOf("input", { x }),
      ...gradientTensors(by, { ys: [y], xs: { x } }),
    ],
  };
}
