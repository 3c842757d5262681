/**
 * Damage to the arguments of a valid call, as a hurried user or a hostile one would do it.
 *
 * @module
 */
import { tensor, variable } from "../mod.ts";

/** One damage: three numbers that choose the place, the way and what is put there. */
export interface Damage {
  readonly place: number;
  readonly way: number;
  readonly choice: number;
}

/** A place in the arguments: an element of a list, a property, a key or value of a map. */
interface Place {
  readonly path: string;
  readonly container: unknown[] | Record<string, unknown> | Map<unknown, unknown>;
  readonly key: unknown;
}

/** What stands where something else should; made anew each time. */
const junk: Readonly<Record<string, () => unknown>> = {
  null: () => null,
  undefined: () => undefined,
  NaN: () => NaN,
  "-1": () => -1,
  "1.5": () => 1.5,
  "2 ** 40": () => 2 ** 40,
  "-0": () => -0,
  true: () => true,
  "an empty text": () => "",
  "a text": () => "x",
  "a text of two lines": () => "a\nb: c",
  "a long text": () => "*".repeat(5000),
  "a lone surrogate": () => "\ud800",
  "an empty list": () => [],
  "a list with a hole": () => [, 1], // deno-lint-ignore-line no-sparse-arrays
  "a giant list of holes": () => new Array(2 ** 32 - 1),
  "a list of giant extents": () => [65536, 32768],
  "a list of strange things": () => [null, undefined, 2n, Symbol("s")],
  "a circular list": () => {
    const list: unknown[] = [];
    list[0] = list;
    return list;
  },
  "a list nested 3,000 deep": () => {
    let list: unknown = 1;
    for (let depth = 0; depth < 3000; depth++) list = [list];
    return list;
  },
  "an empty object": () => ({}),
  "a circular object": () => {
    const object: Record<string, unknown> = {};
    object.self = object;
    return object;
  },
  "an object without prototype": () => Object.create(null),
  "a list-like object": () => ({ length: 2, 0: 1, 1: 2 }),
  "a boxed number": () => Object(3),
  "a function": () => () => {},
  "a symbol": () => Symbol("s"),
  "a bigint": () => 7n,
  "a map": () => new Map([[1, 2]]),
  "a set": () => new Set([1]),
  "a date": () => new Date(0),
  "a promise": () => Promise.resolve(1),
  "a Float64Array": () => Float64Array.of(1, 2),
  "a Float32Array": () => Float32Array.of(1, 2),
  "a proxy of a list": () => new Proxy([1, 2], {}),
  "a node": () => variable([1, 2]),
  "a tensor": () => tensor([1, 2]),
  "a node of another copy": () => ({ [Symbol.for("goldengrad.node")]: Symbol("another copy") }),
};
const junkNames = Object.keys(junk);

/** A way to damage a place; `null` where it does not apply. */
type Way = (place: Place, value: unknown, choice: number) => string | null;

const replaceByJunk: Way = (place, _, choice) => {
  const name = junkNames[choice % junkNames.length]!;
  put(place, junk[name]!());
  return `${name} at ${place.path}`;
};

const ways: readonly Way[] = [
  replaceByJunk,
  replaceByJunk,
  replaceByJunk,
  ({ container, key, path }) => {
    if (container instanceof Map) container.delete(key);
    else delete container[key as never];
    return `nothing at ${path}`;
  },
  ({ container, key, path }, value) => {
    if (!Array.isArray(container)) return null;
    container.splice(key as number, 1, value, value);
    return `${path} twice`;
  },
  ({ container, key, path }) => {
    if (!Array.isArray(container)) return null;
    container.splice(key as number, 1);
    return `${path} left out`;
  },
  ({ container, key, path }, value) => {
    if (Array.isArray(container) || container instanceof Map) return null;
    delete container[key as string];
    const [first = "", second = ""] = key as string;
    container[second + first + (key as string).slice(2)] = value;
    return `${path} misspelt`;
  },
  ({ container, path }, _, choice) => {
    if (Array.isArray(container) || container instanceof Map) return null;
    const name = junkNames[choice % junkNames.length]!;
    container.unknown = junk[name]!();
    return `${name} as unknown beside ${path}`;
  },
  (place, value) => {
    put(place, [value]);
    return `${place.path} in a list`;
  },
  (place, value) => {
    if (!Array.isArray(value)) return null;
    put(place, value[0]);
    return `the first element at ${place.path}`;
  },
  (place, value, choice) => {
    const texts = typeof value === "string" &&
      [`${value}x`, value.slice(1), value.toUpperCase(), `${value}\n`, ` ${value}`];
    const numbers = typeof value === "number" && [-value, value + 0.5, value + 1, value * 2 ** 40];
    const near = texts || numbers;
    if (!near) return null;
    put(place, near[choice % near.length]);
    return `${JSON.stringify(near[choice % near.length])} at ${place.path}`;
  },
  (place, value) => {
    if (!isContainer(value) || value instanceof Map) return null;
    put(place, new Proxy(value, {}));
    return `a proxy at ${place.path}`;
  },
];

/** Damages a copy of the arguments; says what it did. */
export function damaged(
  args: readonly unknown[],
  damages: readonly Damage[],
): { args: unknown[]; done: string[] } {
  const copy = copied(args) as unknown[];
  const done: string[] = [];
  for (const { place, way, choice } of damages) {
    const places = placesIn(copy);
    if (places.length === 0) break;
    const chosen = places[place % places.length]!;
    const value = chosen.container instanceof Map
      ? chosen.container.get(chosen.key)
      : chosen.container[chosen.key as never];
    done.push(
      ways[way % ways.length]!(chosen, value, choice) ?? replaceByJunk(chosen, value, choice)!,
    );
  }
  return { args: copy, done };
}

function put({ container, key }: Place, value: unknown): void {
  if (container instanceof Map) container.set(key, value);
  else container[key as never] = value as never;
}

/** Whether a value is a list, a map or an object as `{ … }` makes it. */
function isContainer(value: unknown): value is Place["container"] {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) || value instanceof Map ||
    Object.getPrototypeOf(value) === Object.prototype;
}

/** A copy of lists, maps and plain objects; all else is shared. */
function copied(value: unknown): unknown {
  if (!isContainer(value)) return value;
  if (Array.isArray(value)) return value.map(copied);
  if (value instanceof Map) return new Map(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copied(item)]));
}

/** All places, from the outside in, but not inside of what has been damaged into a circle. */
function placesIn(args: unknown[]): Place[] {
  const places: Place[] = [];
  const seen = new Set<unknown>();
  const look = (container: Place["container"], path: string, depth: number) => {
    if (seen.has(container) || depth > 8) return;
    seen.add(container);
    const keys = container instanceof Map ? [...container.keys()] : Object.keys(container);
    for (const key of keys) {
      const place = Array.isArray(container) ? Number(key) : key;
      const at = container instanceof Map ? `${path} of a map` : `${path}[${String(key)}]`;
      places.push({ path: at, container, key: place });
      const value = container instanceof Map ? container.get(key) : container[key as never];
      if (isContainer(value)) look(value, at, depth + 1);
    }
  };
  look(args, "", 0);
  return places;
}
