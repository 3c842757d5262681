/**
 * The cases: parameterized computations whose gradients are verified and exported.
 *
 * @module
 */
import type { Case } from "./case.ts";
import { graphCases } from "./graphs.ts";
import { notebookCases } from "./notebook.ts";
import { didYouMean } from "./suggest.ts";

export {
  type Case,
  type CaseTensor,
  compileCase,
  type CompiledCase,
  type Derivative,
  type Engine,
  type Role,
} from "./case.ts";

/** Every case, in the order in which they are reported and exported. */
export const cases: readonly Case[] = [...notebookCases, ...graphCases];

/**
 * The cases whose id matches a glob: `*` stands for any text, `?` for any character.
 *
 * Throws a `RangeError` that names near ids when none matches.
 *
 * @example
 * ```ts
 * import { selectCases } from "./mod.ts";
 * console.assert(selectCases("notebook/n=2/target=y/upstream=none/*").length === 2);
 * ```
 */
export function selectCases(glob: string): readonly Case[] {
  const source = glob.replace(/[\\^$.|+()[\]{}]/g, "\\$&").replaceAll("*", ".*").replaceAll(
    "?",
    ".",
  );
  const pattern = new RegExp(`^${source}$`);
  const selected = cases.filter(({ id }) => pattern.test(id));
  if (selected.length > 0) return selected;
  throw new RangeError(
    `Cannot select cases: none matches "${glob}"${didYouMean(glob, cases.map(({ id }) => id))}`,
  );
}
