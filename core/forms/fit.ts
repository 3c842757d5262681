/**
 * Shapes that must agree, with each other or with attributes.
 *
 * @module
 */
import { type Shape, shapeText } from "../shape.ts";

/**
 * The extent that each letter stands for, one per axis: `fit([[2, 3], [3, 4]], ["mk", "kn"],
 * refuse)` is `{ m: 2, k: 3, n: 4 }`. Refuses other ranks, and a letter that stands for two extents.
 */
export function fit(
  shapes: readonly Shape[],
  letters: readonly string[],
  refuse: (facts: string) => never,
): Readonly<Record<string, number>> {
  const extents: Record<string, number> = {};
  const given = shapes.map(shapeText).join(" and ");
  shapes.forEach((shape, operand) => {
    const axes = letters[operand]!;
    if (shape.length !== axes.length) {
      const wanted = letters.map((each) => `[${[...each]}]`).join(" and ");
      refuse(`shapes ${given}, expected ${wanted}`);
    }
    [...axes].forEach((letter, axis) => {
      const extent = extents[letter] ??= shape[axis]!;
      if (extent === shape[axis]) return;
      refuse(
        `shapes ${given} do not agree: ${letter} of ${letters.join(",")} is ${extent} and ${
          shape[axis]
        }`,
      );
    });
  });
  return extents;
}

/** The shape that several operands must have in common. Refuses others, and none. */
export function alike(shapes: readonly Shape[], refuse: (facts: string) => never): Shape {
  return alikeBut(null, shapes, refuse);
}

/**
 * The shape of several operands joined along an axis, in which alone they may differ. Refuses
 * others, and none.
 */
export function joined(
  shapes: readonly Shape[],
  axis: number,
  refuse: (facts: string) => never,
): Shape {
  const extent = shapes.reduce((sum, shape) => sum + shape[axis]!, 0);
  return alikeBut(axis, shapes, refuse).with(axis, extent);
}

/** The first of several shapes that may differ in one axis, if any. */
function alikeBut(
  axis: number | null,
  shapes: readonly Shape[],
  refuse: (facts: string) => never,
): Shape {
  const [first] = shapes;
  if (first === undefined) return refuse("there are no operands");
  const other = shapes.find((shape) =>
    shape.length !== first.length || shape.some((each, i) => i !== axis && each !== first[i])
  );
  if (other === undefined) return first;
  const where = axis === null ? "" : ` in another axis than ${axis}`;
  return refuse(`shapes ${shapeText(first)} and ${shapeText(other)} differ${where}`);
}

/**
 * The shape whose extents `extentOf` gives, axis by axis, from the extent of `x` and the item that
 * each of the lists has for it.
 *
 * Refuses lists that have not one item per axis, and axes of which it gives a negative number.
 */
export function byAxis<T extends object>(
  x: Shape,
  lists: { readonly [N in keyof T]: readonly T[N][] },
  refuse: (facts: string) => never,
  extentOf: (extent: number, items: T) => number,
): Shape {
  const entries = Object.entries<readonly unknown[]>(lists);
  const given = entries.map(([name, list]) => `${name} ${JSON.stringify(list)}`).join(" and ");
  if (entries.some(([, { length }]) => length !== x.length)) {
    return refuse(`${given} for shape ${shapeText(x)}, expected one per axis`);
  }
  return x.map((extent, axis) => {
    const items = Object.fromEntries(entries.map(([name, list]) => [name, list[axis]]));
    const found = extentOf(extent, items as T);
    return found >= 0 ? found : refuse(`${given} do not fit axis ${axis} of ${shapeText(x)}`);
  });
}
