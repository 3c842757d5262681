/**
 * Suggestions for a misspelt word: the names nearest to it.
 *
 * @module
 */

/** The longest word, and the longest candidate, for which near ones are looked for. */
const LONGEST_WORD = 256;

/**
 * The candidates nearest to `word`, nearest first, at most three; empty when none is near.
 *
 * Near means an edit distance of at most a third of the longer of the two, or containing the word.
 * A `*` in the word stands for any text and a `?` for any character, so that a glob finds the names
 * that it nearly matches. A word of more than {@linkcode LONGEST_WORD} characters is near nothing:
 * the distance takes time in proportion to the product of both lengths.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { nearest } from "./suggest.ts";
 * assertEquals(String(nearest("row", ["rows", "seed"])), "rows");
 * const near = nearest("notebook/n=3/*", ["notebook/n=2/manual", "other"]);
 * assertEquals(String(near), "notebook/n=2/manual");
 * ```
 */
export function nearest(word: string, candidates: Iterable<string>): string[] {
  if (word.length > LONGEST_WORD) return [];
  const near: { candidate: string; distance: number }[] = [];
  for (const candidate of candidates) {
    if (candidate.length > LONGEST_WORD) continue;
    const distance = word !== "" && candidate.includes(word) ? 0.5 : editDistance(word, candidate);
    if (distance <= Math.max(1, Math.max(word.length, candidate.length) / 3)) {
      near.push({ candidate, distance });
    }
  }
  return near.sort((a, b) => a.distance - b.distance).slice(0, 3).map(({ candidate }) => candidate);
}

/**
 * Writes the nearest candidate as the end of an error message, `, did you mean "rows"?`, or nothing
 * when none is near.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { didYouMean } from "./suggest.ts";
 * assertEquals(didYouMean("row", ["rows", "seed"]), ', did you mean "rows"?');
 * ```
 */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates);
  return near.length === 0
    ? ""
    : `, did you mean ${near.map((name) => JSON.stringify(name)).join(" or ")}?`;
}

/**
 * Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours,
 * one each; a `*` in `word` matches any text and a `?` any character at no cost.
 */
function editDistance(word: string, candidate: string): number {
  let before: number[] = [];
  let above = Array.from({ length: candidate.length + 1 }, (_, j) => j);
  for (let i = 1; i <= word.length; i++) {
    const letter = word[i - 1]!;
    const row = [above[0]! + (letter === "*" ? 0 : 1)];
    for (let j = 1; j <= candidate.length; j++) {
      if (letter === "*") {
        row.push(Math.min(above[j]!, row[j - 1]!));
        continue;
      }
      const same = letter === candidate[j - 1] || letter === "?";
      let distance = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && letter === candidate[j - 2] && word[i - 2] === candidate[j - 1]) {
        distance = Math.min(distance, before[j - 2]! + 1);
      }
      row.push(distance);
    }
    before = above;
    above = row;
  }
  return above[candidate.length]!;
}
