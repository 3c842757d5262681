/**
 * Braces in patterns, as a shell writes them out.
 *
 * @module
 */

/** How many texts a pattern may stand for, and how many characters it may have. */
const MOST = 10_000;

/** The choices of one pair of braces: those that are complete, and the texts of the one begun. */
interface Level {
  choices: string[];
  texts: string[];
}

/**
 * Writes out the braces of a pattern in order, as a shell does; braces may be nested.
 *
 * Gives what is wrong instead, in words, for a brace without its partner, a pattern of more than
 * 10,000 characters, and one that stands for more than 10,000 texts.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { expandBraces } from "./braces.ts";
 * assertEquals(expandBraces("a{b,c{1,2}}d"), ["abd", "ac1d", "ac2d"]);
 * ```
 */
export function expandBraces(pattern: string): string[] | string {
  const unbalanced = "has a brace without its partner";
  const tooMany = `stands for more than ${MOST} texts`;
  if (pattern.length > MOST) return `has more than ${MOST} characters`;
  const outer: Level[] = [];
  let level: Level = { choices: [], texts: [""] };
  for (const piece of pattern.match(/[{},]|[^{},]+/g) ?? []) {
    if (piece === "{") {
      outer.push(level);
      level = { choices: [], texts: [""] };
    } else if (piece === "," && outer.length > 0) {
      level = { choices: [...level.choices, ...level.texts], texts: [""] };
    } else {
      let suffixes = [piece];
      if (piece === "}") {
        suffixes = [...level.choices, ...level.texts];
        const begun = outer.pop();
        if (begun === undefined) return unbalanced;
        level = begun;
      }
      if (level.texts.length * suffixes.length > MOST) return tooMany;
      level.texts = level.texts.flatMap((text) => suffixes.map((suffix) => text + suffix));
    }
    if (level.choices.length > MOST) return tooMany;
  }
  return outer.length === 0 ? level.texts : unbalanced;
}
