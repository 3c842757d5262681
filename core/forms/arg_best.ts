/**
 * The selection form where the place of the winner is wanted, not its value.
 *
 * @module
 */
import type { AttributesOf } from "../attributes.ts";
import type { Node } from "../graph.ts";
import type { Op, OpText } from "../op.ts";
import { shapeText, sizeOf } from "../shape.ts";
import { axis } from "../shape_attributes.ts";
import { layoutOf } from "./layout.ts";
import { over } from "./places.ts";
import { sampler } from "./samples.ts";
import { bindPairs, type Candidates, type Choice, reachOf, winnersOf } from "./winners.ts";

const attributes = { axis: axis(0) };
type Attributes = AttributesOf<typeof attributes>;

/** The most elements along an axis: an int32 value lies within ±2²⁴. */
const LARGEST_EXTENT = 2 ** 24;

/** Makes the complete row of an op that gives the index of the best element along an axis. */
export function argBest(row: OpText & Pick<Choice, "best">): Op<Attributes> {
  const { best, ...text } = row;
  const amongOf = (node: Node<Attributes>): Candidates => {
    const [x] = node.inputs;
    const nest = over(x!.shape, (...at) => [at.toSpliced(node.attributes.axis, 1), at]);
    const layout = layoutOf(nest, [node.shape, x!.shape], node.op);
    return { layout, size: sizeOf(node.shape), best, ties: "first" };
  };
  /** The index along the axis of a position in memory. */
  const indexer = ({ inputs: [x], attributes: { axis } }: Node<Attributes>) => {
    const stride = sizeOf(x!.shape.slice(axis + 1)), extent = x!.shape[axis]!;
    return (i: number) => Math.floor(i / stride) % extent;
  };
  const bind = (node: Node<Attributes>, x: Float32Array | Float64Array, z: typeof x) => {
    const { find, first } = winnersOf(amongOf(node), x);
    const indexOf = indexer(node);
    return () => {
      find();
      for (let k = 0; k < z.length; k++) z[k] = indexOf(first[k]!);
    };
  };
  return {
    ...text,
    form: {
      name: "selection",
      rounds: false,
      candidates: (node) => amongOf(node as Node<Attributes>),
      gives: "index",
    },
    arity: 1,
    attributes,
    takes: ["number"],
    gives: "int32",
    infer([x], { axis }, refuse) {
      const extent = x![axis]!;
      if (extent === 0) return refuse(`axis ${axis} of shape ${shapeText(x!)} is empty`);
      if (extent <= LARGEST_EXTENT) return x!.toSpliced(axis, 1);
      return refuse(`axis ${axis} has ${extent} elements, more than an int32 value counts`);
    },
    kernel: (node, z, [x]) => bind(node, x!, z),
    reference(node, [x]) {
      const z = new Float64Array(sizeOf(node.shape));
      bind(node, x!, z)();
      return z;
    },
    // As far as the index of any element that may win.
    bound(node, { values: [x], radii: [e], output }) {
      const among = amongOf(node), indexOf = indexer(node);
      const { known, mayWin } = reachOf(among, x!, e!);
      const radius = new Float64Array(output.length);
      bindPairs(among.layout, (k, i) => {
        const isIn = known[k] === "unknown" || (known[k] === "open" && mayWin(k, i));
        if (isIn) radius[k] = Math.max(radius[k]!, Math.abs(indexOf(i) - output[k]!));
      })();
      return radius;
    },
    noise: (_, { output }) => new Float64Array(output.length),
    tangent: (node) => new Float64Array(sizeOf(node.shape)),
    gradient: () => [null],
    sample: sampler(attributes, (_, x) => x.includes(0) ? null : []),
  };
}
