/**
 * Elementwise ops against their definition as functions of numbers: kernels at broadcasts of any
 * rank, and bounds at random boxes. Nothing of the form is used: no layout, no strides.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import type { DType } from "../core/dtype.ts";
import { toBits } from "../core/float32.ts";
import { type Node, variable } from "../mod.ts";
import type { Op } from "../core/op.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import { run } from "../core/plan.ts";
import { allowances } from "../verify/allowance.ts";
import { indicesOf } from "./naive.ts";
import { Draw } from "./op_graphs.ts";

/** A function of as many numbers as the op has operands. */
export type Definition = (...x: number[]) => number;

/** Values where functions have kinks, jumps and poles. */
const ODD: readonly number[] = [
  0,
  -0,
  0.5,
  -0.5,
  1,
  -1,
  1.5,
  -2.5,
  2 ** -149,
  -(2 ** -126),
  2 ** 23 + 0.5,
  2 ** 24 + 2,
  -(2 ** 127),
  Infinity,
  -Infinity,
  NaN,
];

function valueOf(draw: Draw, dtype: DType): number {
  if (dtype === "bool") return draw.below(2);
  if (dtype === "int32") return draw.below(7) - 3;
  const kind = draw.next();
  if (kind < 0.4) return ODD[draw.below(ODD.length)]!;
  return kind < 0.7 ? (draw.below(25) - 12) / 4 : Math.fround(8 * draw.next() - 4);
}

/** Compares the values of an op with its definition, bit by bit, on operands of random shapes. */
export function checkKernel(
  op: (...x: Node[]) => Node,
  definition: Definition,
  dtypes: readonly DType[],
): void {
  for (let seed = 0; seed < 150; seed++) {
    const draw = new Draw(seed);
    const shape = draw.shape(400);
    const full = draw.below(dtypes.length);
    const operands = dtypes.map((dtype, which) => {
      const own = shape.map((extent) => which !== full && draw.next() < 0.4 ? 1 : extent);
      const cut = which !== full && draw.next() < 0.4 ? draw.below(own.length + 1) : 0;
      return variable(draw.tensorOf(own.slice(cut), () => valueOf(draw, dtype)), { dtype });
    });
    const node = op(...operands);
    assertEquals(node.shape, shape);
    const values = operands.map((operand) => run([operand])[0].data);
    const expected = indicesOf(shape).map((index) =>
      definition(...operands.map((operand, which) => {
        let place = 0;
        operand.shape.forEach((extent, axis) => {
          const at = index[axis + index.length - operand.shape.length]!;
          place = place * extent + (extent === 1 ? 0 : at);
        });
        return values[which]![place]!;
      }))
    );
    assertEquals(
      Array.from(run([node])[0].data, toBits),
      Array.from(Float32Array.from(expected), toBits),
      `seed ${seed}: ${node.op} of ${operands}`,
    );
  }
}

/** The bound of a node, given its operands' values and how far each is off. */
export function boundAt(node: Node, boxes: readonly (readonly [number, number])[]): number {
  const { bound, reference } = ops[node.op as OpName] as Op;
  assert(bound !== "source" && reference !== "source");
  const values = boxes.map(([value]) => Float64Array.of(value));
  const radii = boxes.map(([, radius]) => Float64Array.of(radius));
  const output = reference(node as never, values);
  const context = { values, radii, output, allowance: allowances.own };
  return (bound(node as never, context) as Float64Array)[0]!;
}

/** How many of the boxes of {@linkcode checkBound} had a radius of 0, a finite one, and none. */
export interface BoundCounts {
  certain: number;
  bounded: number;
  undecidable: number;
}

/** A value and how far it may be off. */
function boxOf(draw: Draw, dtype: DType, near: number): readonly [number, number] {
  if (dtype === "bool") return [draw.below(2), draw.next() < 0.5 ? 0 : 1];
  const steps = [0, 0, 2 ** -30, 2 ** -20, 0.25, 0.5, 1, 1e-20];
  const step = () => steps[draw.below(steps.length)]! * (draw.next() < 0.5 ? -1 : 1);
  // Often a tie with another operand, or nearly.
  const value = draw.next() < 0.6 ? near + step() : valueOf(draw, dtype);
  if (draw.next() < 0.02) return [value, Infinity];
  if (!Number.isFinite(value)) return [value, 0];
  return [value, draw.next() < 0.2 ? 2 * draw.next() : Math.abs(step())];
}

/** A value within a box: often at its ends. */
function pointIn(draw: Draw, [value, radius]: readonly [number, number], dtype: DType): number {
  if (dtype === "bool") return radius === 0 ? value : draw.below(2);
  if (radius === Infinity) return valueOf(draw, dtype);
  const points = [value, value - radius, value + radius, value + (2 * draw.next() - 1) * radius];
  const point = points[draw.below(4)]!;
  return Math.abs(point - value) <= radius ? point : value;
}

/**
 * Checks on 20,000 random boxes that the result of no point within leaves the bound of an op, and
 * that NaN and infinities within a finite bound are so for certain.
 */
export function checkBound(
  node: Node,
  definition: Definition,
  dtypes: readonly DType[],
): BoundCounts {
  const { reference } = ops[node.op as OpName] as Op;
  assert(reference !== "source");
  const counts = { certain: 0, bounded: 0, undecidable: 0 };
  const draw = new Draw(11);
  for (let box = 0; box < 20_000; box++) {
    const near = (draw.below(13) - 6) / 2;
    const boxes = dtypes.map((dtype) => boxOf(draw, dtype, near));
    const [exact] = reference(node as never, boxes.map(([value]) => Float64Array.of(value)));
    const radius = boundAt(node, boxes);
    if (!(radius < Infinity)) {
      counts.undecidable++;
      continue;
    }
    counts[radius === 0 ? "certain" : "bounded"]++;
    assert(radius >= 0);
    for (let t = 0; t < 4; t++) {
      const point = boxes.map((each, i) => pointIn(draw, each, dtypes[i]!));
      const result = definition(...point);
      const fits = Number.isFinite(exact)
        ? Math.abs(result - exact!) <= radius
        : Object.is(result, exact);
      assert(
        fits,
        `${node.op} of ${JSON.stringify(boxes)} is ${exact} ± ${radius}, ${point}: ${result}`,
      );
    }
  }
  return counts;
}
