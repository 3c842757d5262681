/**
 * Shapes that must agree, each written with one letter per axis.
 *
 * @module
 */
import { sameShape, type Shape, shapeText } from "../shape.ts";

/**
 * The extent that each letter stands for: `fit([[2, 3], [3, 4]], ["mk", "kn"], refuse)` is
 * `{ m: 2, k: 3, n: 4 }`. Refuses other ranks, and a letter that stands for two extents.
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

/**
 * The first of several shapes that must be one, but for the extent along `except`. Refuses others,
 * and none.
 */
export function alike(
  shapes: readonly Shape[],
  refuse: (facts: string) => never,
  except?: number,
): Shape {
  const [first] = shapes;
  if (first === undefined) return refuse("there are no operands");
  const rest = (shape: Shape) => except === undefined ? shape : shape.with(except, 0);
  const other = shapes.find((shape) =>
    shape.length !== first.length || !sameShape(rest(shape), rest(first))
  );
  if (other === undefined) return first;
  const where = except === undefined ? "" : ` in another axis than ${except}`;
  return refuse(`shapes ${shapeText(first)} and ${shapeText(other)} differ${where}`);
}

/** The sum of the extents of several shapes along an axis. */
export function extentAlong(shapes: readonly Shape[], axis: number): number {
  return shapes.reduce((sum, shape) => sum + shape[axis]!, 0);
}
