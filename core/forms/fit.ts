/**
 * Shapes that must agree, each written with one letter per axis.
 *
 * @module
 */
import { type Shape, shapeText } from "../shape.ts";

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
