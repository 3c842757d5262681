/**
 * Blocks: the three innermost loops of a layout, for kernels that write them out.
 *
 * @module
 */
import type { Layout } from "./layout.ts";
import { advance, bindStretches, innerStrides, type Operands } from "./walk.ts";

/** How far a round of each of the three loops moves, the innermost last. */
type Steps = readonly [number, number, number];

/** What a kernel knows of its block before it runs; the innermost loop's rounds come with each. */
export interface Block {
  /** The rounds of the two loops around the innermost one; 1 where there is none. */
  readonly rounds: readonly [number, number];
  /** In the output, then in up to three factors. */
  readonly steps: readonly [Steps, Steps, Steps, Steps];
  /** What a kernel is called with in the first block: for its parameters' defaults. */
  readonly first: readonly [rounds: number, k: number, i: number, j: number, l: number];
}

/** A kernel that computes the first block where it is called without arguments. */
export type BlockVisit = (
  rounds?: number,
  k?: number,
  i?: number,
  j?: number,
  l?: number,
) => void;

/** The block of a layout. */
export function blockOf(layout: Layout): Block {
  const { extents, strides, starts, checked } = layout;
  const [k = 0, i = 0, j = 0, l = 0] = starts;
  const inner = innerStrides(layout);
  const stepsOf = (role: number): Steps => {
    const steps = strides[role] ?? [];
    const [outer, middle] = checked.length > 0 ? [0, 0] : [steps.at(-3) ?? 0, steps.at(-2) ?? 0];
    return [outer, middle, inner[role]!];
  };
  return {
    rounds: checked.length > 0 ? [1, 1] : [extents.at(-3) ?? 1, extents.at(-2) ?? 1],
    steps: [stepsOf(0), stepsOf(1), stepsOf(2), stepsOf(3)],
    first: [extents.at(-1) ?? 1, k, i, j, l],
  };
}

/**
 * Binds a walk that calls `visit` for every block, with the rounds of its innermost loop and its
 * first position in each role. Loops further out count like an odometer. Where there is one block, as
 * nearly always, the kernel itself is the walk: a call in between would be felt in small tensors.
 */
export function bindBlocks(layout: Layout, operands: Operands, visit: BlockVisit): () => void {
  const { extents, starts, checked } = layout;
  if (checked.length > 0) return bindStretches(layout, operands, visit);
  if (extents.includes(0)) return () => {};
  if (extents.length <= 3) return visit;
  const rounds = extents.at(-1)!;
  const at = new Int32Array(extents.length - 3);
  const position = new Float64Array(4);
  return () => {
    position.set(starts);
    do {
      visit(rounds, position[0]!, position[1]!, position[2]!, position[3]!);
    } while (advance(layout, at, position));
  };
}
