/**
 * The golden values: what a notebook printed, and which tensors of which cases that is.
 *
 * Importable from a URL with no permission; the values come along as JSON modules.
 *
 * @module
 */
export { type Bindings, type BlockBinding, parseBindings } from "./bindings.ts";
export { checkBindings, shapesOf } from "./bound_cases.ts";
export { captureNotebook, type CaptureOptions, type GoldenFile, goldenText } from "./capture.ts";
export type { TensorJson, ValueJson } from "../core/json.ts";
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
  FORMAT_VERSION,
  type Golden,
  type GoldenBlock,
  type GoldenEntry,
  type ShapeBlock,
  type TensorBlock,
  type TextPosition,
  type ValueBlock,
  type VersionBlock,
} from "./format.ts";
export { checkGolden, countNumbers, goldenHash, parseGolden } from "./golden_check.ts";
export { blockKey, type BlockSource, goldenFor, goldens, type GoldenTensor } from "./goldens.ts";
export { type Notebook, readNotebook } from "./notebook.ts";
export type { NotebookCell, NotebookSection } from "./section.ts";
export type { BlockKind, ListPlace } from "./output.ts";
export { distanceToPrinted, type PrintedSet, printedSet, type PrintFormat } from "./printed.ts";
export type { SourceLine } from "./source_text.ts";
export { blockText, fillTemplate, listText } from "./template.ts";
