import { assertEquals } from "@std/assert";
import { roundToFloat32 } from "./round.ts";

const TIE = 1 + 2 ** -24;
/** The bits of 7. */
const SEVEN = 0x40e00000;

Deno.test("away from midpoints the exceptions are not asked", () => {
  assertEquals(roundToFloat32(1.3, 7, [SEVEN]), Math.fround(1.3));
  assertEquals(roundToFloat32(-0, 7, [SEVEN]), -0);
  assertEquals(roundToFloat32(Infinity, 7, [SEVEN]), Infinity);
  assertEquals(roundToFloat32(NaN, 7, [SEVEN]), NaN);
});

Deno.test("next to a midpoint an exception takes the other neighbour", () => {
  for (const sign of [1, -1]) {
    for (
      const [y, nearest, other] of [
        [TIE + 2 ** -52, 1 + 2 ** -23, 1],
        [TIE - 2 ** -52, 1, 1 + 2 ** -23],
        [TIE, 1, 1 + 2 ** -23],
      ] as const
    ) {
      assertEquals(roundToFloat32(sign * y, 7, []), sign * nearest);
      assertEquals(roundToFloat32(sign * y, 7, [SEVEN]), sign * other);
    }
  }
});
