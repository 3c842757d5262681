/**
 * Graphs evaluated the naive way, to test the engine and the judge against: nested loops over
 * explicit index tuples, for any kind of scalar.
 *
 * A new multilinear or selection op needs a definition in `naive/`.
 *
 * @module
 */
import type { Node } from "../core/graph.ts";
import {
  type Definition,
  type Field,
  type Index,
  indicesOf,
  placeOf,
  type Scalars,
} from "./naive/definition.ts";
import { elementwise } from "./naive/elementwise.ts";
import { multilinear } from "./naive/multilinear.ts";
import { selection } from "./naive/selection.ts";

export { indicesOf, type Scalars } from "./naive/definition.ts";

/** The naive definition of every op that has one. */
export const definitions: Readonly<Record<string, Definition>> = {
  ...elementwise,
  ...multilinear,
  ...selection,
};

/**
 * Evaluates nodes and all that they depend on.
 *
 * `source` gives the elements of a source, `given` those of any node that is not to be computed.
 */
export function evaluateNaively<T>(
  nodes: readonly Node[],
  scalars: Scalars<T>,
  source: (node: Node) => ArrayLike<T>,
  given: (node: Node) => ArrayLike<T> | undefined = () => undefined,
): (node: Node) => T[] {
  const known = new Map<Node, T[]>();
  const fieldOf = (node: Node): Field<T> => {
    const elements = known.get(node)!;
    return { shape: node.shape, at: (index) => elements[placeOf(index, node.shape)]! };
  };
  // Depth first, without recursion: gradients make long chains.
  const todo = [...nodes];
  while (todo.length > 0) {
    const node = todo.at(-1)!;
    const own = given(node) ?? (node.inputs.length === 0 ? source(node) : undefined);
    const missing = own !== undefined ? [] : node.inputs.filter((input) => !known.has(input));
    if (missing.length > 0) todo.push(...missing);
    else {
      todo.pop();
      if (known.has(node)) continue;
      if (own !== undefined) {
        known.set(node, Array.from(own));
        continue;
      }
      const element = elementOf(node, node.inputs.map(fieldOf), scalars);
      known.set(node, indicesOf(node.shape).map(element));
    }
  }
  return (node) => known.get(node)!;
}

/** What gives an element of a node from those of its inputs, by the definition of its op. */
function elementOf<T>(
  { op, shape, attributes }: Node,
  inputs: readonly Field<T>[],
  scalars: Scalars<T>,
): (index: Index) => T {
  const definition = definitions[op];
  if (definition === undefined) {
    throw new TypeError(`Cannot evaluate: there is no naive definition of ${op}`);
  }
  return definition({ op, shape, inputs, attributes: attributes as never, scalars });
}
