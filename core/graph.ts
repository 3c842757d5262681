/**
 * The symbolic graph: immutable nodes, and what a row of the table of ops must say.
 *
 * A node is made by the public function of its op (`add`, `matmul`, …). Its shape is inferred and
 * checked there and then, so an error points at the caller. Identity is meaning: two equal nodes
 * are two nodes.
 *
 * @module
 */
import { type Kind, NODE_BRAND, THIS_COPY } from "./check.ts";
import { checkSize, type Shape, shapeText } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** What an op needs beside its inputs, such as `{ transposeA: true }`. */
export type Attributes = object;

/**
 * One value in a symbolic graph: an op applied to other nodes.
 *
 * Nodes are frozen. `inputs` can be followed to the sources, so a graph can be printed or exported.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { add, placeholder } from "../mod.ts";
 * const x = placeholder([2, 3], { name: "x" });
 * const y = add(x, 1);
 * assertEquals(y.op, "add");
 * assertEquals(y.inputs[0], x);
 * assertEquals(`${y}`, "add [2,3]");
 * ```
 */
export class Node<A extends Attributes = Attributes> {
  /** The op's name, a key of the table of ops. */
  readonly op: string;
  /** The nodes this one is computed from, in order. */
  readonly inputs: readonly Node[];
  /** The shape of its value. */
  readonly shape: Shape;
  /** What the op needs beside its inputs. */
  readonly attributes: Readonly<A>;
  /** A name for people; empty unless one was given. */
  readonly name: string;

  /**
   * @internal Nodes are made by the functions of their ops, which check what they are given;
   * `maker` is known to {@linkcode apply} alone.
   */
  constructor(
    maker: symbol,
    op: string,
    inputs: readonly Node[],
    shape: Shape,
    attributes: A,
    name: string,
  ) {
    if (maker !== MAKER) {
      throw new TypeError("Cannot make a node: use the function of its op, such as add");
    }
    this.op = op;
    this.inputs = Object.freeze([...inputs]);
    this.shape = Object.freeze([...shape]);
    this.attributes = Object.freeze(attributes);
    this.name = name;
    Object.freeze(this);
  }

  /** Says which copy of goldengrad made the node. */
  get [NODE_BRAND](): symbol {
    return THIS_COPY;
  }

  /** The op or name and the shape: `matmul [2,2]`, `"W_A" [3,2]`. */
  toString(): string {
    return `${this.name === "" ? this.op : JSON.stringify(this.name)} ${shapeText(this.shape)}`;
  }
}

/** What the constructor of {@linkcode Node} asks for. */
const MAKER = Symbol("maker of nodes");

/** A node, made by this copy of goldengrad. */
export const nodeKind: Kind = { expected: "a node", isType: (value) => value instanceof Node };

/**
 * The gradient rule of an op, its vector-Jacobian product.
 *
 * Maps a node and the gradient of the target with respect to it (the upstream gradient) to the
 * gradients with respect to its inputs, as nodes of the inputs' shapes. `null` says that nothing
 * flows to that input.
 */
export type GradientRule<A extends Attributes = never> = (
  node: Node<A>,
  upstream: Node,
) => readonly (Node | null)[];

/**
 * What a float32 engine may do and still be honest: the error of its steps, given the largest size
 * of the exact result.
 */
export interface Allowance {
  /** Of reading a given value. */
  source(value: number): number;
  /** Of one rounded operation. */
  rounding(magnitude: number): number;
  /** Of one division, whose exact result is at most `magnitude`. */
  division(magnitude: number): number;
  /** Of one elementary function such as `exp`. */
  elementary(magnitude: number): number;
  /**
   * Of a sum of `terms` terms whose magnitudes add up to `magnitude`, each term the result of
   * `roundings` roundings.
   */
  summation(terms: number, roundings: number, magnitude: number): number;
  /**
   * Of a mean of `terms` terms whose magnitudes add up to `magnitude`, before the mean itself is
   * rounded.
   */
  mean(terms: number, magnitude: number): number;
}

/**
 * What an op's `bound` is given: exact values, and the radii within which the engine's values lie
 * around them.
 */
export interface BoundContext {
  /** The exact values of the inputs, in float64. */
  readonly values: readonly Float64Array[];
  /** The radius around each of them; `Infinity` where nothing can be said. */
  readonly radii: readonly Float64Array[];
  /** The exact values of the output. */
  readonly output: Float64Array;
  /** What the judged engine may do. */
  readonly allowance: Allowance;
}

/**
 * What an attribute can be, by the name of its kind. `core/attribute_json.ts` checks and writes
 * each kind.
 */
export interface AttributeTypes {
  /** Axes of the first input, ascending. */
  axes: readonly number[];
  boolean: boolean;
  /** Any double. */
  number: number;
  /** Whole numbers that `infer` checks. */
  integers: readonly number[];
  shape: Shape;
  tensor: Tensor;
}

/** The name of a kind of attribute. */
export type AttributeKind = keyof AttributeTypes;

/**
 * The kind of every attribute in `A`: one that is missing, or of another type, does not compile.
 */
export type AttributeKinds<A> = [A] extends [never] ? Readonly<Record<string, AttributeKind>>
  : { readonly [K in keyof A]-?: KindOf<A[K]> };

type KindOf<T> = { [K in AttributeKind]: AttributeTypes[K] extends T ? K : never }[AttributeKind];

/**
 * One row of the table of ops: all that the core and the judge know of an op.
 *
 * `A` is the type of the op's attributes.
 */
export interface Op<A extends Attributes = never> {
  /** How many inputs the op takes. */
  arity: number | "any";
  /**
   * What each attribute is, so that a graph can be read from outside; `{}` for an op that has none.
   */
  attributes: AttributeKinds<A>;
  /**
   * Checks the inputs' shapes and gives the output's; throws a `TypeError` that names the shapes.
   */
  infer(shapes: readonly Shape[], attributes: A): Shape;
  /**
   * Binds the float32 kernel to its buffers; the result computes `output` from `inputs`. Sources
   * have none.
   */
  kernel:
    | ((node: Node<A>, output: Float32Array, inputs: readonly Float32Array[]) => () => void)
    | "source";
  /** The same in float64, for the judge. */
  reference: ((node: Node<A>, inputs: readonly Float64Array[]) => Float64Array) | "source";
  /** The radius of the output's error from those of the inputs; see `verify/README.md`. */
  bound: ((node: Node<A>, context: BoundContext) => Float64Array) | "source";
  /**
   * The gradient rule, or `"none"` for an op that has no gradient and must not be differentiated.
   */
  gradient: GradientRule<A> | "none";
}

/** Rows by op name: what each family file of `core/ops/` exports as its default. */
export type OpRows = Readonly<Record<string, Op>>;

/**
 * Makes a node of the op named `op` in `rows`. The public function of every op ends here.
 *
 * Throws a `RangeError` for a node that would have more elements than a tensor can.
 */
export function apply<R extends OpRows, A extends Attributes>(
  rows: R,
  op: keyof R & string,
  inputs: readonly Node[],
  attributes: A,
  name = "",
): Node<A> {
  const shape = rows[op]!.infer(inputs.map((input) => input.shape), attributes as never);
  checkSize(shape, `compute "${op}"`);
  return new Node(MAKER, op, inputs, shape, attributes, name);
}

/**
 * All nodes that the given ones depend on, themselves included, each once and after its inputs.
 *
 * @internal
 */
export function postorder(roots: readonly Node[]): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  const stack: { node: Node; next: number }[] = [];
  const enter = (node: Node) => {
    if (seen.has(node)) return;
    seen.add(node);
    stack.push({ node, next: 0 });
  };
  for (const root of roots) {
    enter(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      if (top.next < top.node.inputs.length) enter(top.node.inputs[top.next++]!);
      else order.push(stack.pop()!.node);
    }
  }
  return order;
}
