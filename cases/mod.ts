/**
 * The cases: parameterized computations whose gradients are verified and exported.
 *
 * @module
 */
import { check, listOf, shown, text } from "../core/check.ts";
import { type Case, caseKind } from "./case.ts";
import { matchesGlob } from "./glob.ts";
import { graphCases } from "./graphs.ts";
import { networkCases } from "./networks.ts";
import { notebookCases } from "./notebook.ts";
import { didYouMean } from "./suggest.ts";

export {
  type Case,
  type CaseTensor,
  compileCase,
  type CompiledCase,
  type Derivative,
  type GradientRequest,
  gradientTensors,
  type GraphFunctions,
  type Role,
  tensorsOf,
} from "./case.ts";

/** The small cases: what is exported, and what bugs are tried on, unless others are named. */
export const smallCases: readonly Case[] = Object.freeze([...notebookCases, ...graphCases]);

/** Every case, in the order in which they are reported: the small ones, then the networks. */
export const cases: readonly Case[] = Object.freeze([...smallCases, ...networkCases]);

/**
 * The cases, of all or of those given, whose id matches a glob: `*` stands for any text, `?` for
 * any character.
 *
 * Throws a `RangeError` that names near ids when none matches.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { selectCases } from "./mod.ts";
 * assertEquals(selectCases("notebook/n=2/target=y/upstream=none/*").length, 2);
 * ```
 */
export function selectCases(glob: string, from: readonly Case[] = cases): readonly Case[] {
  check("select cases", "glob", glob, text);
  check("select cases", "from", from, listOf(caseKind, "cases"));
  const selected = from.filter(({ id }) => matchesGlob(glob, id));
  if (selected.length > 0) return selected;
  const near = didYouMean(glob, from.map(({ id }) => id));
  throw new RangeError(`Cannot select cases: none matches ${shown(glob)}${near}`);
}
