/**
 * Broadcasting: operands whose shapes stretch to one, and gradients that are summed back.
 *
 * @module
 */
import type { Node } from "../graph.ts";
import type { Functions } from "../op.ts";
import type { RandomStream } from "../random.ts";
import { broadcastAxes, broadcastShapes, sameShape, type Shape, shapeText } from "../shape.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { over, stretched } from "./places.ts";

/** The shape that all broadcast to. Refuses those that do not. */
export function broadcast(
  shapes: readonly Shape[],
  _: object,
  refuse: (facts: string) => never,
): Shape {
  const [first, ...others] = shapes;
  let shape = first!;
  for (const other of others) {
    const wider = broadcastShapes(shape, other);
    if (wider === null) {
      const list = shapes.map(shapeText);
      return refuse(`shapes ${list.slice(0, -1).join(", ")} and ${list.at(-1)} do not broadcast`);
    }
    shape = wider;
  }
  return shape;
}

/** The layouts of nodes that were asked for: the judge evaluates a node many times. */
const layouts = new WeakMap<Node, Layout>();

/** The layout of a node each of whose elements meets one of every input. */
export function broadcastLayout(node: Node): Layout {
  const known = layouts.get(node);
  if (known !== undefined) return known;
  const shapes = node.inputs.map(({ shape }) => shape);
  const nest = over(node.shape, (...at) => [at, ...shapes.map((shape) => stretched(shape, at))]);
  const layout = layoutOf(nest, [node.shape, ...shapes]);
  layouts.set(node, layout);
  return layout;
}

/** Sums a gradient of a broadcast shape back to an operand's: over every axis that was repeated. */
export function sumTo(gradient: Node, shape: Shape, { reduceSum, reshape }: Functions): Node {
  if (sameShape(gradient.shape, shape)) return gradient;
  return reshape(reduceSum(gradient, { axis: broadcastAxes(shape, gradient.shape) }), shape);
}

/** Draws shapes that broadcast to that of `x`: they lack axes of it or have extent 1. */
export function drawStretching(random: RandomStream, x: Shape, count: number): Shape[] {
  return Array.from({ length: count }, () => {
    const shape = x.map((extent) => random.next() < 0.3 ? 1 : extent);
    return random.next() < 0.3 ? shape.slice(random.below(shape.length + 1)) : shape;
  });
}
