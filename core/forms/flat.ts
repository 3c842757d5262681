/**
 * What ops share whose result moves in jumps, and is flat between them: rounding to whole numbers,
 * comparisons, logic.
 *
 * @module
 */
import type { Node } from "../graph.ts";

/** They never round, and no gradient flows back. */
export const flat = {
  rounding: "none",
  tangent: () => 0,
  gradient: ({ inputs }: { readonly inputs: readonly Node[] }) => inputs.map(() => null),
} as const;
