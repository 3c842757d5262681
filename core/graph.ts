/**
 * The symbolic graph: immutable nodes.
 *
 * A node is made by the public function of its op (`add`, `matmul`, …). Its shape is inferred and
 * checked there and then, so an error points at the caller. Identity is meaning: two equal nodes
 * are two nodes.
 *
 * @module
 */
import { type Kind, NODE_BRAND, THIS_COPY } from "./check.ts";
import type { DType } from "./dtype.ts";
import type { Op, OpRows } from "./op.ts";
import { checkSize, type Shape, shapeText } from "./shape.ts";

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
  /** What its values are; only float32 has gradients. */
  readonly dtype: DType;
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
    dtype: DType,
    attributes: A,
    name: string,
  ) {
    if (maker !== MAKER) {
      throw new TypeError("Cannot make a node: use the function of its op, such as add");
    }
    this.op = op;
    this.inputs = Object.freeze([...inputs]);
    this.shape = Object.freeze([...shape]);
    this.dtype = dtype;
    this.attributes = Object.freeze(attributes);
    this.name = name;
    Object.freeze(this);
  }

  /** Says which copy of goldengrad made the node. */
  get [NODE_BRAND](): symbol {
    return THIS_COPY;
  }

  /** The op or name, the dtype if not float32, and the shape: `matmul [2,2]`, `"mask" bool [3]`. */
  toString(): string {
    const what = this.name === "" ? this.op : JSON.stringify(this.name);
    const dtype = this.dtype === "float32" ? "" : `${this.dtype} `;
    return `${what} ${dtype}${shapeText(this.shape)}`;
  }
}

/** What the constructor of {@linkcode Node} asks for. */
const MAKER = Symbol("maker of nodes");

/** A node, made by this copy of goldengrad. */
export const nodeKind: Kind = { expected: "a node", isType: (value) => value instanceof Node };

/**
 * Makes a node of the op named `op` in `rows`. The public function of every op ends here.
 *
 * Throws a `TypeError` for operands whose shapes or dtypes do not fit, and a `RangeError` for a node
 * that would have more elements than a tensor can.
 */
export function apply<A extends Attributes>(
  rows: OpRows,
  op: string,
  inputs: readonly Node[],
  attributes: A,
  name = "",
): Node<A> {
  const row = rows[op]!;
  const refuse = (facts: string): never => {
    throw new TypeError(`Cannot compute ${op}: ${facts}`);
  };
  const dtype = dtypeOf(row, inputs, attributes, refuse);
  const shape = row.infer(inputs.map((input) => input.shape), attributes as never, refuse);
  checkSize(shape, `compute ${op}`);
  return new Node(MAKER, op, inputs, shape, dtype, attributes, name);
}

/** The dtype of an op's output, once those of its inputs are found to fit. */
function dtypeOf(
  { takes, gives }: Op,
  inputs: readonly Node[],
  attributes: Attributes,
  refuse: (facts: string) => never,
): DType {
  let shared: DType | undefined;
  inputs.forEach(({ dtype }, i) => {
    const taken = takes[Math.min(i, takes.length - 1)]!;
    const generic = taken === "any" || taken === "number";
    const fits = generic ? taken === "any" || dtype !== "bool" : dtype === taken;
    if (!fits) {
      refuse(
        `operand ${i} is ${dtype}, expected ${taken === "number" ? "float32 or int32" : taken}`,
      );
    }
    if (generic && dtype !== (shared ??= dtype)) refuse(`operands are ${shared} and ${dtype}`);
  });
  if (typeof gives === "function") return gives(attributes as never);
  return gives === "same" ? shared ?? "float32" : gives;
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
