/**
 * Plans: a graph put in order once, its buffers shared, and run as often as wanted.
 *
 * @module
 */
import { check, type Kind, list, listOf } from "./check.ts";
import { type Node, nodeKind, postorder } from "./graph.ts";
import { rowOf } from "./ops/table.ts";
import { sameShape, shapeText, sizeOf } from "./shape.ts";
import { Tensor, tensorKind } from "./tensor.ts";
import { attributesKey } from "./attributes.ts";
import { checkValues, dropSignsOfZeros, wrongValue } from "./dtype.ts";
import { isFeedable, sourceValue } from "./functions/sources.ts";

/** One tensor per node. */
export type TensorsOf<Y extends readonly Node[]> = { -readonly [K in keyof Y]: Tensor };

/**
 * Computes the values of nodes.
 *
 * `feeds` gives placeholders and variables their values. The tensors are fresh and stay as they
 * are.
 *
 * Throws a `TypeError` for a placeholder that is not fed, a feed of the wrong shape, and a feed of
 * any other node, and a `RangeError` for a fed value that the dtype does not have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mul, placeholder, run, tensor } from "../mod.ts";
 * const x = placeholder([2]);
 * const [y] = run([mul(x, 0.5)], new Map([[x, tensor([3, 5])]]));
 * assertEquals(`${y}`, "[1.5 2.5]");
 * ```
 */
export function run<const Y extends readonly Node[]>(
  nodes: Y,
  feeds: ReadonlyMap<Node, Tensor> = new Map(),
): TensorsOf<Y> {
  check("run", "nodes", nodes, listOf(nodeKind, "nodes"));
  check("run", "feeds", feeds, nodeMap);
  return compile(nodes, [...feeds.keys()]).run([...feeds.values()]);
}

const nodeMap: Kind = {
  expected: "a Map of tensors by node",
  isType: (value) => value instanceof Map,
};

/**
 * A graph ready to run: its steps in order, every buffer allocated, common subexpressions computed
 * once.
 *
 * Made by {@linkcode compile}.
 */
export class Plan<Y extends readonly Node[]> {
  readonly #feeds: readonly Node[];
  readonly #feedBuffers: readonly Float32Array[];
  readonly #steps: readonly (() => void)[];
  readonly #outputs: TensorsOf<Y>;

  /** @internal */
  constructor(
    feeds: readonly Node[],
    feedBuffers: readonly Float32Array[],
    steps: readonly (() => void)[],
    outputs: TensorsOf<Y>,
  ) {
    this.#feeds = feeds;
    this.#feedBuffers = feedBuffers;
    this.#steps = steps;
    this.#outputs = outputs;
  }

  /**
   * Computes the outputs from one tensor per feed, in the order given to {@linkcode compile}.
   *
   * Returns the same tensors each time, valid until the next run. Allocates nothing.
   * Throws a `TypeError` when a feed is missing or has the wrong shape, and a `RangeError` for a
   * value that the dtype of the node does not have.
   */
  run(feeds: readonly Tensor[] = []): TensorsOf<Y> {
    const nodes = this.#feeds, buffers = this.#feedBuffers;
    const steps = this.#steps, outputs = this.#outputs;
    if (!Array.isArray(feeds)) check("run", "feeds", feeds, list);
    if (feeds.length !== nodes.length) {
      throw new TypeError(`Cannot run: passed ${feeds.length} tensors for ${nodes.length} feeds`);
    }
    for (let i = 0; i < feeds.length; i++) {
      checkFeed(nodes[i]!, feeds[i]!);
      copy(buffers[i]!, feeds[i]!.data);
      if (nodes[i]!.dtype !== "float32") dropSignsOfZeros(buffers[i]!);
    }
    for (let i = 0; i < steps.length; i++) steps[i]!();
    for (let i = 0; i < outputs.length; i++) canonicalize(outputs[i]!.data);
    return outputs;
  }
}

/**
 * Makes a {@linkcode Plan} that computes `nodes` from `feeds`, a list of placeholders and
 * variables.
 *
 * A variable that is not among the feeds keeps its value. Throws a `TypeError` for a placeholder
 * that is needed but not among them, and for a feed of any other node.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { compile, placeholder, square, tensor } from "../mod.ts";
 * const x = placeholder([2]);
 * const plan = compile([square(x)], [x]);
 * assertEquals(`${plan.run([tensor([1, 2])])[0]}`, "[1. 4.]");
 * assertEquals(`${plan.run([tensor([3, 4])])[0]}`, "[ 9. 16.]");
 * ```
 */
export function compile<const Y extends readonly Node[]>(
  nodes: Y,
  feeds: readonly Node[] = [],
): Plan<Y> {
  return compileWith((length) => new Float32Array(length), nodes, feeds);
}

/**
 * Gives memory for so many values, all 0: a plan asks for every buffer of its own so, those of
 * feeds, constants and variables among them.
 */
export type Allocate = (length: number) => Float32Array;

/**
 * {@linkcode compile} with buffers from `allocate`, so that they may lie in memory that others
 * reach.
 *
 * @internal
 */
export function compileWith<const Y extends readonly Node[]>(
  allocate: Allocate,
  nodes: Y,
  feeds: readonly Node[] = [],
): Plan<Y> {
  check("compile", "nodes", nodes, listOf(nodeKind, "nodes"));
  checkFeeds(feeds);
  const same = shareSubexpressions(postorder(nodes));
  const outputs = nodes.map((node) => same.get(node)!);
  const order = [...new Set(same.values())];

  const buffers = new Map<Node, Float32Array>(
    feeds.map((feed) => [feed, allocate(sizeOf(feed.shape))]),
  );
  const steps: (() => void)[] = [];
  const pool = new BufferPool(allocate, order, same, outputs);
  for (const node of order) {
    if (node.inputs.length === 0) {
      if (!buffers.has(node)) buffers.set(node, valueOf(node, allocate));
      continue;
    }
    const inputs = node.inputs.map((input) => buffers.get(same.get(input)!)!);
    const output = pool.take(node);
    buffers.set(node, output);
    const { kernel } = rowOf(node);
    if (kernel !== "source") steps.push(kernel(node as never, output, inputs));
    pool.release(node);
  }

  const tensors = new Map<Node, Tensor>();
  for (const node of outputs) {
    if (tensors.has(node)) continue;
    const buffer = buffers.get(node)!;
    // A source's buffer stays the plan's own, so what a caller does to an output reaches neither a
    // constant nor a feed.
    const data = node.inputs.length === 0 ? allocate(buffer.length) : buffer;
    if (data !== buffer) steps.push(() => data.set(buffer));
    tensors.set(node, new Tensor(data, node.shape));
  }
  const results = Object.freeze(outputs.map((node) => tensors.get(node)!));
  return new Plan(
    [...feeds],
    feeds.map((feed) => buffers.get(feed)!),
    steps,
    results as unknown as TensorsOf<Y>,
  );
}

/**
 * Maps every node to the first one in order that computes the same: same op, attributes and inputs.
 *
 * Sources stand for themselves only: a variable may be fed, and two constants of equal values are
 * too seldom to compare all their values for.
 */
function shareSubexpressions(order: readonly Node[]): Map<Node, Node> {
  const same = new Map<Node, Node>();
  const ids = new Map<Node, number>();
  const first = new Map<string, Node>();
  for (const node of order) {
    let shared = node;
    if (node.inputs.length > 0) {
      const inputs = node.inputs.map((input) => ids.get(same.get(input)!));
      const key = `${node.op} ${attributesKey(rowOf(node).attributes, node.attributes)} ${inputs}`;
      shared = first.get(key) ?? node;
      first.set(key, shared);
    }
    same.set(node, shared);
    if (shared === node) ids.set(node, ids.size);
  }
  return same;
}

/**
 * Hands out buffers, and takes one back once the last step that reads it is bound. Outputs keep
 * theirs.
 */
class BufferPool {
  readonly #free = new Map<number, Float32Array[]>();
  readonly #taken = new Map<Node, Float32Array>();
  readonly #lastRead = new Map<Node, Node[]>();
  readonly #allocate: Allocate;

  constructor(
    allocate: Allocate,
    order: readonly Node[],
    same: ReadonlyMap<Node, Node>,
    outputs: readonly Node[],
  ) {
    this.#allocate = allocate;
    const reader = new Map<Node, Node>();
    for (const node of order) for (const input of node.inputs) reader.set(same.get(input)!, node);
    for (const output of outputs) reader.delete(output);
    for (const [node, last] of reader) {
      const list = this.#lastRead.get(last);
      if (list === undefined) this.#lastRead.set(last, [node]);
      else list.push(node);
    }
  }

  /** A buffer for the output of a node. */
  take(node: Node): Float32Array {
    const size = sizeOf(node.shape);
    const buffer = this.#free.get(size)?.pop() ?? this.#allocate(size);
    this.#taken.set(node, buffer);
    return buffer;
  }

  /** Takes back the buffers that `node` was the last to read. */
  release(node: Node): void {
    for (const done of this.#lastRead.get(node) ?? []) {
      const buffer = this.#taken.get(done);
      if (buffer === undefined) continue;
      const list = this.#free.get(buffer.length);
      if (list === undefined) this.#free.set(buffer.length, [buffer]);
      else list.push(buffer);
    }
  }
}

function valueOf(node: Node, allocate: Allocate): Float32Array {
  const value = sourceValue(node);
  if (value === null) {
    const what = node.name === "" ? node.toString() : `placeholder ${node}`;
    throw new TypeError(`Cannot compile: ${what} is not fed`);
  }
  const buffer = allocate(value.size);
  buffer.set(value.data);
  return buffer;
}

function checkFeeds(feeds: readonly Node[]): void {
  check("compile", "feeds", feeds, listOf(nodeKind, "nodes"));
  for (const feed of feeds) {
    if (!isFeedable(feed)) {
      throw new TypeError(`Cannot feed ${feed}: it is neither a placeholder nor a variable`);
    }
  }
  if (new Set(feeds).size !== feeds.length) {
    throw new TypeError("Cannot compile: a node is fed twice");
  }
}

function checkFeed(node: Node, feed: Tensor): void {
  if (!(feed instanceof Tensor)) check("run", `the feed of ${node}`, feed, tensorKind);
  if (!sameShape(feed.shape, node.shape)) {
    throw new TypeError(`Cannot feed ${node}: the tensor has shape ${shapeText(feed.shape)}`);
  }
  // Its message costs an allocation.
  if (node.dtype !== "float32" && wrongValue(feed.data, node.dtype) >= 0) {
    checkValues(`feed ${node}`, feed.data, node.dtype);
  }
}

function copy(to: Float32Array, from: Float32Array): void {
  if (from.length > 64) to.set(from);
  else for (let i = 0, n = from.length; i < n; i++) to[i] = from[i]!;
}

/** Gives every NaN the one bit pattern of the numeric contract, 0x7fc00000. */
function canonicalize(data: Float32Array): void {
  for (let i = 0, n = data.length; i < n; i++) {
    const value = data[i]!;
    if (value !== value) data[i] = NaN;
  }
}
