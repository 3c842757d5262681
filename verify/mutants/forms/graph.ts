/**
 * The graphs on which mutants of an op are tried: one node of it, drawn from its row's sample.
 *
 * @module
 */
import type { DType } from "../../../core/dtype.ts";
import { evaluate } from "../../../core/evaluate.ts";
import { add, mul, square, variable } from "../../../core/functions/mod.ts";
import { type GradientRules, gradientRules, gradientsBy } from "../../../core/gradients.ts";
import { apply, type Node } from "../../../core/graph.ts";
import { type OpName, ops } from "../../../core/ops/table.ts";
import type { RandomStream } from "../../../core/random.ts";
import { type Shape, sizeOf } from "../../../core/shape.ts";
import { Tensor } from "../../../core/tensor.ts";
import { allowances } from "../../allowance.ts";
import { type Enclosure, evaluateFloat64 } from "../../exact.ts";
import { streamOf, takesOf } from "../../random_graph.ts";

/** How many graphs of an op differ in kind; the next ones begin anew. */
export const KINDS = 8;

/**
 * What is judged: the value `y` of the node, its gradients, or the gradients of those of y² + y,
 * which no op makes linear.
 */
export type Judged = "value" | "gradients" | "second gradients";

/** A node of an op whose operands, but for some graphs, were rounded before. */
export class OpGraph {
  /** The node of the op. */
  readonly node: Node;
  /** The variables that float32 operands are made of. */
  readonly xs: readonly Node[];
  /** By what is to be judged: the nodes without a bug. */
  readonly #right = new Map<Judged, readonly Node[]>();
  readonly #values = new Map<Judged, readonly Float32Array[]>();
  readonly #exact = new Map<Judged, readonly Enclosure[]>();
  readonly #upstream: Node;
  /** The gradients of y² + y, and an upstream of each. */
  #first: readonly (readonly [gradient: Node, upstream: Node])[] | undefined;
  readonly #random: RandomStream;

  /** Takes what {@linkcode opGraph} draws. */
  constructor(node: Node, xs: readonly Node[], random: RandomStream) {
    this.node = node;
    this.xs = xs;
    this.#random = random;
    this.#upstream = this.#drawUpstream(node);
  }

  /** Whether a gradient can flow. */
  get isDifferentiable(): boolean {
    return this.node.dtype === "float32" && this.xs.length > 0;
  }

  /** The gradients with a bug in the rule that `rules` have for the op. */
  gradients(judged: Exclude<Judged, "value">, rules: GradientRules): readonly Node[] {
    const [ys, gradYs] = judged === "gradients"
      ? [[this.node], [this.#upstream]]
      : [0, 1].map((i) => this.#firstGradients().map((pair) => pair[i]!)) as [Node[], Node[]];
    return gradientsBy(rules, ys, this.xs, { gradYs, unconnected: "zero" }) as Node[];
  }

  /** The nodes that are judged, without a bug. */
  right(judged: Judged): readonly Node[] {
    return known(
      this.#right,
      judged,
      () => judged === "value" ? [this.node] : this.gradients(judged, gradientRules),
    );
  }

  /** Their values in float32. */
  values(judged: Judged): readonly Float32Array[] {
    return known(this.#values, judged, () => valuesOf(this.right(judged)));
  }

  /** Their exact values, with the budget of any honest engine. */
  exact(judged: Judged): readonly Enclosure[] {
    return known(this.#exact, judged, () => {
      const nodes = this.right(judged);
      const exact = evaluateFloat64(nodes, allowances.any);
      return nodes.map((node) => exact.get(node)!);
    });
  }

  /** The values of the node's operands in float32. */
  operands(): Float64Array[] {
    return valuesOf(this.node.inputs).map((data) => Float64Array.from(data));
  }

  #firstGradients() {
    const { node, xs } = this;
    const gradYs = this.#upstream;
    return this.#first ??= gradientsBy(gradientRules, add(square(node), node), xs, { gradYs })
      .flatMap((gradient) => gradient ? [[gradient, this.#drawUpstream(gradient)]] : []);
  }

  /** An upstream gradient of the node's shape. */
  #drawUpstream({ shape }: Node): Node {
    return rounded(shape, () => Math.fround(2 * this.#random.next() - 1), this.#random);
  }
}

/** What a map has of a key, made first if it has nothing. */
function known<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  if (!map.has(key)) map.set(key, make());
  return map.get(key)!;
}

/** The values of nodes in float32. */
export function valuesOf(nodes: readonly Node[]): Float32Array[] {
  const values = evaluate(nodes);
  return nodes.map((node) => values.get(node)!);
}

/** How values are drawn. */
interface Kind {
  /** float32 values. */
  readonly value: (random: RandomStream) => number;
  /** Whether operands are exact, so that what is equal certainly ties. */
  readonly exact?: true;
  /** The dtype of operands that may be of any. */
  readonly dtype: DType;
}

const between = (low: number, high: number) => (random: RandomStream) =>
  Math.fround(low + (high - low) * random.next());

/** Few values, so that some tie. */
const fewValues = (random: RandomStream) => (random.below(5) - 2) * 0.75;

/**
 * The kinds of graphs: around 0, and where functions are defined that are not so everywhere;
 * whole numbers; ties.
 */
const kinds = (): readonly Kind[] => [
  { value: between(-2, 2), dtype: "float32" },
  { value: between(0.1, 0.9), dtype: "float32" },
  { value: between(1.1, 3), dtype: "float32" },
  { value: fewValues, exact: true, dtype: "float32" },
  { value: between(-2, 2), dtype: "int32" },
  { value: between(-0.9, 0.9), dtype: "float32" },
  { value: between(-2, 2), dtype: "float32" },
  { value: fewValues, exact: true, dtype: "float32" },
];

/** How often a sample may not fit the shape it is drawn around. */
const ATTEMPTS = 1000;

/** Draws a graph of an op; those of one op depend on no other. */
export function opGraph(op: OpName, seed: number): OpGraph {
  const random = streamOf(`mutants of ${op}`, seed);
  const row = ops[op];
  const { value, exact = false, dtype: shared } = kinds()[seed % KINDS]!;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const x = Array.from({ length: random.below(5) }, () => 1 + random.below(4));
    if (row.sample === "source" || sizeOf(x) > 32) continue;
    const sample = row.sample(random, x);
    if (sample === null) continue;
    const xs: Node[] = [];
    // Operands that broadcast may have their shapes in any order.
    const shapes = row.form.name === "elementwise" ? random.shuffled(sample.shapes) : sample.shapes;
    const operands = shapes.map((shape, i) => {
      const taken = takesOf(row, i), below = sample.below?.[i];
      const dtype = taken === "any" || taken === "number" ? shared : taken;
      if (dtype !== "float32") {
        const limit = dtype === "bool" ? 2 : below;
        const whole = () => limit === undefined ? random.below(7) - 3 : random.below(limit);
        return source(shape, whole, dtype);
      }
      const draw = () => value(random);
      const operand = exact ? source(shape, draw) : rounded(shape, draw, random);
      xs.push(exact ? operand : operand.inputs[0]!);
      return operand;
    });
    return new OpGraph(apply(ops, op, operands, { ...sample.attributes }), xs, random);
  }
  throw new RangeError(`Cannot draw a graph of ${op}: no shape fits`);
}

function source(shape: Shape, value: () => number, dtype: DType = "float32"): Node {
  const data = Float32Array.from({ length: sizeOf(shape) }, value);
  return variable(new Tensor(data, shape), { dtype });
}

/** The product of a variable of given values and one near 1: an engine's values of it differ. */
function rounded(shape: Shape, value: () => number, random: RandomStream): Node {
  const nearOne = between(0.9375, 1.0625);
  return mul(source(shape, value), source(shape, () => nearOne(random)));
}
