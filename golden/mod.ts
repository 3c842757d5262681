/**
 * The golden values: what a notebook printed, and which tensors of which cases that is.
 *
 * Importable from a URL with no permission; the values come along as JSON modules.
 *
 * @module
 */
import { checkGolden, type Golden, type ValueBlock } from "./format.ts";
import oneManual from "./notebook/01_calculate_gradient_for_one_sample_manually.json" with {
  type: "json",
};
import oneAuto from "./notebook/02_calculate_gradient_for_one_sample_automatically.json" with {
  type: "json",
};
import twoManual from "./notebook/03_calculate_gradient_for_two_samples_manually.json" with {
  type: "json",
};
import twoAuto from "./notebook/04_calculate_gradient_for_two_samples_automatically.json" with {
  type: "json",
};
import combine from "./notebook/05_combine.json" with { type: "json" };

export { type Bindings, type BlockBinding, parseBindings } from "./bindings.ts";
export { checkBindings, shapesOf } from "./bound_cases.ts";
export { captureNotebook, type GoldenFile, goldenText } from "./capture.ts";
export type { TensorJson, ValueJson } from "../core/attribute_json.ts";
export type { NodeJson } from "../core/graph_json.ts";
export {
  type ContractCall,
  type ContractCase,
  contractCases,
  type ContractError,
} from "./contract.ts";
export {
  type Binding,
  type Block,
  checkGolden,
  countNumbers,
  formatVersion,
  type Golden,
  type GoldenBlock,
  type GoldenEntry,
  goldenHash,
  parseGolden,
  type ShapeBlock,
  type TensorBlock,
  type TextPosition,
  type ValueBlock,
  type VersionBlock,
} from "./format.ts";
export { type Notebook, readNotebook } from "./notebook.ts";
export type { NotebookCell, NotebookSection } from "./section.ts";
export type { BlockKind, ListPlace } from "./output.ts";
export { distanceToPrinted, type PrintedSet, printedSet, type PrintFormat } from "./printed.ts";
export type { SourceLine } from "./source_text.ts";
export { blockText, fillTemplate, listText } from "./template.ts";

/** The golden files of the notebook, in the order of its sections. */
export const goldens: readonly Golden[] = [
  checkGolden(oneManual, "01_calculate_gradient_for_one_sample_manually.json"),
  checkGolden(oneAuto, "02_calculate_gradient_for_one_sample_automatically.json"),
  checkGolden(twoManual, "03_calculate_gradient_for_two_samples_manually.json"),
  checkGolden(twoAuto, "04_calculate_gradient_for_two_samples_automatically.json"),
  checkGolden(combine, "05_combine.json"),
];

/** The printed values of one tensor of a case, and where they were printed. */
export interface GoldenTensor extends Pick<ValueBlock, "shape" | "format" | "numbers"> {
  /** The name of the tensor. */
  readonly tensor: string;
  /** The notebook's file name. */
  readonly source: string;
  /** The heading of the notebook's section. */
  readonly section: string;
  /** The number of the cell in `In [n]`. */
  readonly cell: number;
  /** Which block of the cell's output it is, counted from 1. */
  readonly occurrence: number;
  /** The line of the source file on which the block starts, for a plain-text notebook. */
  readonly line: number;
}

/**
 * The printed values that are bound to a case: one item per printed array or scalar, so a tensor
 * that was printed twice occurs twice. Empty for a case without golden values.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { goldenFor } from "./mod.ts";
 * const [z] = goldenFor("notebook/n=1/target=y/upstream=none/manual");
 * assertEquals(z!.tensor, "z");
 * assertEquals(z!.numbers.join(" "), "4.2 5.7");
 * assertEquals(z!.cell, 7);
 * ```
 */
export function goldenFor(caseId: string, from: readonly Golden[] = goldens): GoldenTensor[] {
  return from.flatMap(({ source, section, entries }) =>
    entries.flatMap(({ cell, line, blocks }) =>
      blocks.flatMap((block) => {
        if (!("numbers" in block) || !block.bound?.cases.includes(caseId)) return [];
        const { shape, format, numbers, occurrence, start, bound: { tensor } } = block;
        const place = { source: source.file, section, cell, occurrence, line: line + start[0] - 1 };
        return [{ tensor, shape, format, numbers, ...place }];
      })
    )
  );
}
