/**
 * The golden files that come along, and what they say about a case.
 *
 * @module
 */
import { check, text } from "../core/check.ts";
import { Checker, faultOfArgument } from "./checker.ts";
import type { Golden, ValueBlock } from "./format.ts";
import { checkGolden, checkGoldensArgument } from "./golden_check.ts";
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

let checked: readonly Golden[] | undefined;

/**
 * The golden files of the notebook, in the order of its sections.
 *
 * They are checked at the first call; a damaged one throws a `SyntaxError` that names it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { goldens } from "./mod.ts";
 * assertEquals(goldens().map(({ numbers }) => numbers), [16, 17, 36, 27, 18]);
 * ```
 */
export function goldens(): readonly Golden[] {
  return checked ??= [
    checkGolden(oneManual, "01_calculate_gradient_for_one_sample_manually.json"),
    checkGolden(oneAuto, "02_calculate_gradient_for_one_sample_automatically.json"),
    checkGolden(twoManual, "03_calculate_gradient_for_two_samples_manually.json"),
    checkGolden(twoAuto, "04_calculate_gradient_for_two_samples_automatically.json"),
    checkGolden(combine, "05_combine.json"),
  ];
}

/** Where a printed block stands: its key, and what is shown to people. */
export interface BlockSource {
  /** The SHA-256 of the notebook's bytes. */
  readonly sha256: string;
  /** Which code cell of the notebook it is, counted from 1. */
  readonly position: number;
  /** Which block of the cell's output it is, counted from 1. */
  readonly occurrence: number;
  /** The notebook's file name, for people. */
  readonly file: string;
  /** The number of the cell in `In [n]`, for people: a notebook may have it twice. */
  readonly cell: number;
}

/**
 * What tells a printed block from all others, of whatever notebook: two sources have the same key
 * only if they are the same block.
 */
export function blockKey(source: Pick<BlockSource, "sha256" | "position" | "occurrence">): string {
  const parts = new Checker(source, faultOfArgument("make a key"), ["source"]);
  const sha256 = parts.key("sha256").text();
  const position = parts.key("position").whole(1);
  const occurrence = parts.key("occurrence").whole(1);
  return `${sha256}/${position}/${occurrence}`;
}

/** The printed values of one tensor of a case, and where they were printed. */
export interface GoldenTensor extends Pick<ValueBlock, "shape" | "format" | "numbers"> {
  /** The name of the tensor. */
  readonly tensor: string;
  /** The block that was printed. */
  readonly source: BlockSource;
  /** The heading of the notebook's section. */
  readonly section: string;
  /** The line of the source file on which the block starts, for a plain-text notebook. */
  readonly line: number;
}

/**
 * The printed values that are bound to a case: one item per printed array or scalar, so a tensor
 * that was printed twice occurs twice. Empty for a case without golden values.
 *
 * `from` are the goldens to look in, those of {@linkcode goldens} by default.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { goldenFor } from "./mod.ts";
 * const [z] = goldenFor("notebook/n=1/target=y/upstream=none/manual");
 * assertEquals(z!.tensor, "z");
 * assertEquals(z!.numbers.join(" "), "4.2 5.7");
 * assertEquals(z!.source.cell, 7);
 * ```
 */
export function goldenFor(caseId: string, from?: readonly Golden[]): GoldenTensor[] {
  check("find golden values", "caseId", caseId, text);
  if (from !== undefined) checkGoldensArgument("find golden values", "from", from);
  return (from ?? goldens()).flatMap(({ source, section, entries }) =>
    entries.flatMap(({ position, cell, line, blocks }) =>
      blocks.flatMap((block) => {
        if (!("numbers" in block) || !block.binding?.cases.includes(caseId)) return [];
        const { shape, format, numbers, occurrence, start, binding: { tensor } } = block;
        const place = { ...source, position, cell, occurrence };
        return [{
          tensor,
          shape,
          format,
          numbers,
          source: place,
          section,
          line: line + start[0] - 1,
        }];
      })
    )
  );
}
