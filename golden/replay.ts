/**
 * Replay: the notebook's cells computed again and printed as the notebook printed them.
 *
 * @module
 */
import { compileCase, selectCases } from "../cases/mod.ts";
import { formatScalar, formatTensor } from "../core/format.ts";
import type { Tensor } from "../core/tensor.ts";
import type { Golden, GoldenBlock, GoldenEntry } from "./format.ts";
import { blockText, fillTemplate, listText } from "./template.ts";

/** A cell's output computed again, beside what was captured. */
export interface ReplayedCell {
  readonly cell: number;
  /** The line of the source file on which the captured output starts. */
  readonly line: number;
  /** The output with every value computed: its numbers, brackets and line breaks. */
  readonly computed: readonly string[];
  readonly captured: readonly string[];
}

/**
 * Computes what the cells of a notebook section printed.
 *
 * Labels and spacing come from the captured text; so do lines that show no value, such as
 * `<tf.Tensor …>`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { goldens } from "./mod.ts";
 * import { replay } from "./replay.ts";
 * const [first] = replay(goldens()[0]!);
 * assertEquals(first!.computed.join(), "array([[4.2, 5.7]], dtype=float32)");
 * ```
 */
export function replay(golden: Golden): ReplayedCell[] {
  const values = new Map<string, ReadonlyMap<string, Tensor>>();
  return golden.entries.map((entry) => ({
    cell: entry.cell,
    line: entry.line,
    computed: fillTemplate(entry, (block) => listText(textOf(entry, block, values), block)),
    captured: entry.text,
  }));
}

function textOf(
  entry: GoldenEntry,
  block: GoldenBlock,
  values: Map<string, ReadonlyMap<string, Tensor>>,
): string {
  if (!("binding" in block) || block.binding === undefined) return blockText(entry, block);
  const { cases: [id], tensor: name, index = [] } = block.binding;
  const computed = valuesOf(id!, values).get(name)!;
  if (block.kind === "scalar") return formatScalar(computed.data[0]!);
  if (block.kind === "array") return formatTensor(computed, { style: block.style });
  const shape = computed.shape.slice(index.length);
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

function valuesOf(
  id: string,
  known: Map<string, ReadonlyMap<string, Tensor>>,
): ReadonlyMap<string, Tensor> {
  const found = known.get(id);
  if (found !== undefined) return found;
  const compiled = compileCase(selectCases(id)[0]!);
  const outputs = compiled.run();
  const values = new Map(compiled.tensors.map(({ name }, i) => [name, outputs[i]!]));
  known.set(id, values);
  return values;
}
