// Other forms of tensors and graphs at high ranks: nested arrays, printed text, JSON.

import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { addN, type Node, run, tensor, variable } from "../mod.ts";
import { indicesOf } from "../testing/naive.ts";
import { Draw, opGraphs } from "../testing/op_graphs.ts";
import { fromBits, toBits } from "./float32.ts";
import { formatTensor } from "./format.ts";
import { postorder } from "./graph.ts";
import { graphFromJson, graphToJson } from "./graph_json.ts";
import type { NestedNumbers } from "./tensor.ts";

/** Nested arrays of a shape; `leaf` gives the element at an index tuple. */
function nested(
  shape: readonly number[],
  leaf: (index: number[]) => number,
  at: number[] = [],
): NestedNumbers {
  if (at.length === shape.length) return leaf(at);
  return Array.from({ length: shape[at.length]! }, (_, i) => nested(shape, leaf, [...at, i]));
}

const shapes = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 7 });
const options = { numRuns: 150, seed: 5 };

Deno.test("nested arrays of any rank are read in row-major order, and ragged at any depth refused", () => {
  fc.assert(
    fc.property(shapes, fc.nat(), (shape, place) => {
      let count = 0;
      const given = nested(shape, () => count++);
      const { data, shape: found } = tensor(given);
      assertEquals([found, Array.from(data)], [shape, Array.from({ length: count }, (_, i) => i)]);
      if (shape.length === 0) return;
      // One array too long by one, anywhere but on the path of first elements.
      const depth = place % shape.length;
      const ragged = structuredClone(given) as NestedNumbers[];
      let list: NestedNumbers[] = ragged;
      for (let axis = 0; axis < depth; axis++) list = list.at(-1) as NestedNumbers[];
      if (shape.slice(0, depth).every((extent) => extent === 1)) return;
      list.push(list[0]!);
      assertThrows(() => tensor(ragged), TypeError, "rows are ragged");
    }),
    options,
  );
});

/** How NumPy prints whole numbers of one digit: as many line breaks as brackets close. */
function printed(
  shape: readonly number[],
  edge: number | null,
  leaf: (index: number[]) => number,
): string {
  const block = (at: number[]): string => {
    if (at.length === shape.length) return `${leaf(at)}.`;
    const extent = shape[at.length]!;
    const parts: string[] = [];
    for (let i = 0; i < extent; i++) {
      if (edge === null || extent <= 2 * edge || i < edge || i >= extent - edge) {
        parts.push(block([...at, i]));
      } else if (i === edge) parts.push("...");
    }
    const inner = shape.length - at.length - 1;
    const separator = inner === 0 ? " " : "\n".repeat(inner) + " ".repeat(at.length + 1);
    return `[${parts.join(separator)}]`;
  };
  return block([]);
}

Deno.test("tensors of any rank print in NumPy's brackets and lines, whole and summarized", () => {
  const extents = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(extents, fc.integer({ min: 1, max: 2 }), (shape, edgeItems) => {
      const leaf = (index: number[]) =>
        index.reduce((sum, i, axis) => sum + i * (axis + 2), 0) % 10;
      const data = Float32Array.from(indicesOf(shape), leaf);
      const t = { shape, data };
      assertEquals(formatTensor(t, { threshold: Infinity }), printed(shape, null, leaf));
      assertEquals(formatTensor(t, { threshold: 0, edgeItems }), printed(shape, edgeItems, leaf));
    }),
    options,
  );
});

Deno.test("the width of printed elements is that of all that are shown, in any place", () => {
  const shape = [2, 2, 2, 2, 2];
  for (const [place, index] of indicesOf(shape).entries()) {
    const data = new Float32Array(32);
    data[place] = -12.5;
    const text = formatTensor({ shape, data });
    const cells = text.match(/[\d.-]+ */g)!.length;
    assertEquals([cells, text.includes("-12.5")], [32, true], `${index}`);
    assertEquals(
      text.length,
      formatTensor({ shape, data: data.map((v) => v === 0 ? -10.5 : v) }).length,
    );
  }
});

Deno.test("every op is written as JSON and read back with all its axes, inputs and bits", () => {
  const many = (draw: Draw) => {
    const inputs = Array.from({ length: 70 }, () => draw.input([2]));
    return { y: addN(inputs), inputs };
  };
  for (const make of [...Object.values(opGraphs), many]) {
    for (let seed = 0; seed < 40; seed++) {
      const { y } = make(new Draw(seed));
      const json = JSON.parse(JSON.stringify(graphToJson({ y })));
      const { y: read } = graphFromJson(json) as { y: Node };
      const [was, is] = [postorder([y]), postorder([read])];
      assertEquals(is.length, was.length);
      is.forEach((node, i) => {
        assertEquals([node.op, node.shape], [was[i]!.op, was[i]!.shape]);
        if (node.inputs.length === 0) return;
        const inputs = (n: Node, order: Node[]) => n.inputs.map((input) => order.indexOf(input));
        assertEquals(inputs(node, is), inputs(was[i]!, was));
        assertEquals(node.attributes, was[i]!.attributes);
        // The JSON itself says so, not only what reads it.
        assertEquals(json.nodes[i].attributes, { ...was[i]!.attributes });
      });
      const bits = (node: Node) => Array.from(run([node])[0].data, toBits);
      assertEquals(bits(read), bits(y));
    }
  }
});

Deno.test("tensors of a thousand values of any bits keep them in JSON", () => {
  const draw = new Draw(12);
  const value = draw.tensorOf([10, 100], () => fromBits(draw.below(2 ** 32)));
  const read = graphFromJson(JSON.parse(JSON.stringify(graphToJson({ y: variable(value) }))));
  assertEquals(Array.from(run([read.y!])[0].data, toBits), Array.from(value.data, toBits));
});
