/**
 * Damages texts and JSON values at random, as broken disks, cut transfers and hasty editors do.
 *
 * @module
 */
import { philox4x32 } from "../core/random.ts";

/** Random numbers that depend on a seed and the number of a try alone. */
export class Draws {
  readonly #seed: number;
  readonly #i: number;
  readonly #words = new Uint32Array(4);
  #next = 0;

  constructor(seed: number, i: number) {
    this.#seed = seed;
    this.#i = i;
  }

  /** A whole number from 0 to `end - 1`. */
  below(end: number): number {
    philox4x32(this.#words, this.#next++, this.#i, 0, 0, this.#seed, 0);
    return Math.floor(this.#words[0]! / 2 ** 32 * end);
  }

  /** One of some. */
  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }
}

/** What is put into a text, or in place of a number. */
const inserts = [
  ...["[", "]", "{", "}", "(", ")", ",", ":", '"', "'", "\\", "#", "<", "\0", "\n", "\n\n", "\r"],
  ..." \t;%-+e.".split(""),
  ...["In [1]:", "In [99999999999999999999]:", "In []:", "array(", "dtype=float64", "...", "nan"],
  ...["<tf.Tensor 'a:0' shape=(99999999999999999999,) dtype=float32>", "(1,)", "tf.__version__"],
  ...["\u2028", "\ufeff", "é", "𝟙", "\ud800", "null", "true", "{}", "[]", "__proto__"],
];
const numbers = ["0", "-1", "1e999", "-1e-999", "99999999999999999999", "1.5", "1e5", "0.1", "00"];
const brackets = ["[", "{", "(", '{"a":', "[[1", '["'];

/** A text with one to three damages. */
export function damagedText(text: string, draws: Draws): string {
  for (let left = 1 + draws.below(3); left > 0; left--) text = damageOnce(text, draws);
  return text;
}

function damageOnce(text: string, draws: Draws): string {
  const at = draws.below(text.length + 1);
  const end = Math.min(text.length, at + 1 + draws.below(draws.of([2, 12, 80])));
  const [before, part, after] = [text.slice(0, at), text.slice(at, end), text.slice(end)];
  switch (draws.below(10)) {
    case 0: // a bit flipped
      return before + String.fromCharCode(part.charCodeAt(0) ^ (1 << draws.below(8))) +
        part.slice(1) + after;
    case 1:
      return before + after;
    case 2:
      return before + part + part + after;
    case 3:
      return before;
    case 4:
      return part + after;
    case 5:
      return before + draws.of(inserts) + part + after;
    case 6: { // nested, seldom too deep for a stack
      const depth = draws.of([2, 33, 40, 600, draws.below(200) === 0 ? 20_000 : 5]);
      return before + draws.of(brackets).repeat(depth) + part + after;
    }
    case 7: { // another number for the next one
      const rest = part + after;
      return before + rest.replace(/-?\d+(?:\.\d*)?/, () => draws.of(numbers));
    }
    case 8: // two parts change places
      return before + after.slice(0, 20) + part + after.slice(20);
    default:
      return before + draws.of([" ", "\n", "1", "a: ", "\\"]).repeat(draws.of([3, 50])) + part +
        after;
  }
}

/** A copy of a JSON value with one to three of its parts removed, renamed, doubled or replaced. */
export function damagedValue(value: unknown, draws: Draws): unknown {
  const root = { value: structuredClone(value) };
  for (let left = 1 + draws.below(3); left > 0; left--) {
    const places: [Record<string, unknown>, string][] = [];
    collect(root, places);
    if (places.length > 0) damagePart(...draws.of(places), draws);
  }
  return root.value;
}

function collect(parent: object, places: [Record<string, unknown>, string][]): void {
  for (const [key, value] of Object.entries(parent)) {
    places.push([parent as Record<string, unknown>, key]);
    if (typeof value === "object" && value !== null) collect(value, places);
  }
}

function damagePart(parent: Record<string, unknown>, key: string, draws: Draws): void {
  const value = parent[key];
  switch (draws.below(6)) {
    case 0:
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
      break;
    case 1:
      if (Array.isArray(parent)) parent.push(value);
      else parent[draws.of(["__proto__x", "x", "kind", "shape", "numbers", "toString"])] = value;
      break;
    case 2:
      parent[key] = draws.of<unknown>([null, true, 0, -1, 1.5, 2 ** 53, "", "x", [], {}, [[]]]);
      break;
    case 3:
      parent[key] = typeof value === "number" ? value + draws.of([1, -1, 0.5, 1e300]) : [value];
      break;
    case 4:
      parent[key] = typeof value === "string"
        ? damageOnce(value, draws)
        : structuredClone(draws.of(Object.values(parent)));
      break;
    default:
      parent[key] = nested(draws.of([3, 40, 300]));
  }
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}
