/**
 * Globs: `*` stands for any text, `?` for any one character, anything else for itself.
 *
 * @module
 */

/**
 * Whether a glob matches the whole of a text.
 *
 * Only the last `*` before a mismatch is ever tried again, one character later: what the earlier
 * ones stand for need not change, since a later `*` can take up any text. So a text of n characters
 * and a glob whose longest piece between stars has m take at most n · (m + 1) steps, and one more
 * for each star: linear in the text, and never exponential.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { matchesGlob } from "./glob.ts";
 * assert(matchesGlob("notebook/*\/n=?", "notebook/any/thing/n=2"));
 * assert(!matchesGlob("notebook", "notebook/n=2"));
 * ```
 */
export function matchesGlob(glob: string, text: string): boolean {
  let star = -1; // the last star met
  let taken = 0; // where the text goes on after what that star stands for
  let g = 0;
  for (let t = 0; t < text.length;) {
    if (glob[g] === "*") {
      star = g++;
      taken = t;
    } else if (g < glob.length && (glob[g] === "?" || glob[g] === text[t])) {
      g++;
      t++;
    } else if (star >= 0) {
      g = star + 1;
      t = ++taken;
    } else return false;
  }
  while (glob[g] === "*") g++;
  return g === glob.length;
}
