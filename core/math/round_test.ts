import { assertEquals } from "@std/assert";
import { inputs, inputsOfBothSigns, roundToFloat32 } from "./round.ts";

const TIE = 1 + 2 ** -24;

Deno.test("away from midpoints the exceptions are not asked", () => {
  assertEquals(roundToFloat32(1.3, 7, new Set([7])), Math.fround(1.3));
  assertEquals(roundToFloat32(-0, 7, new Set([7])), -0);
  assertEquals(roundToFloat32(Infinity, 7, new Set([7])), Infinity);
  assertEquals(roundToFloat32(NaN, 7, new Set([7])), NaN);
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
      assertEquals(roundToFloat32(sign * y, 7, new Set()), sign * nearest);
      assertEquals(roundToFloat32(sign * y, 7, new Set([7])), sign * other);
    }
  }
});

Deno.test("exceptions are given by their bits", () => {
  assertEquals([...inputs(0x3f800000, 0xc0000000)], [1, -2]);
  assertEquals([...inputsOfBothSigns(0x3f800000)], [1, -1]);
});
