/**
 * Samples: what ops can be tried on, drawn around a first operand.
 *
 * @module
 */
import type { AttributesOf } from "../attributes.ts";
import type { Kinds, Sample } from "../op.ts";
import type { RandomStream } from "../random.ts";
import type { Shape } from "../shape.ts";

/**
 * Draws the shapes of the operands after the first, of shape `x`, given the attributes; `null`
 * where that does not fit.
 */
export type Further<A> = (
  random: RandomStream,
  x: Shape,
  attributes: A,
) => readonly Shape[] | null;

/** Draws samples: attributes by their kinds, then shapes of further operands. */
export function sampler<K extends Kinds>(
  kinds: K,
  further: Further<AttributesOf<K>>,
): (random: RandomStream, x: Shape) => Sample | null {
  return (random, x) => {
    const attributes = drawAttributes(kinds, random, x);
    const shapes = attributes && further(random, x, attributes);
    return shapes && { shapes: [x, ...shapes], attributes };
  };
}

function drawAttributes<K extends Kinds>(
  kinds: K,
  random: RandomStream,
  x: Shape,
): AttributesOf<K> | null {
  const drawn: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(kinds)) {
    if (kind.draw === undefined) {
      throw new TypeError(`Cannot draw a sample: neither kind nor row of "${name}" says how`);
    }
    drawn[name] = kind.draw(random, x, drawn);
    if (drawn[name] === null) return null;
  }
  return drawn as AttributesOf<K>;
}

/** What refuses shapes and attributes that were drawn: they should have fit. */
export function failToDraw(facts: string): never {
  throw new TypeError(`Cannot draw a sample: ${facts}`);
}
