import { assertEquals } from "@std/assert";
import { fillPowers, powerOfTwo } from "./powers.ts";

Deno.test("every normal power of two has its exponent and an empty fraction", () => {
  const view = new DataView(new ArrayBuffer(8));
  for (let n = -1022; n <= 1023; n++) {
    view.setFloat64(0, powerOfTwo(n));
    assertEquals(view.getBigUint64(0), BigInt(n + 1023) << 52n, `2^${n}`);
  }
});

Deno.test("a filled table has 2^e at e modulo its length", () => {
  for (const length of [2, 512, 1024]) {
    const table = new Float64Array(length);
    fillPowers(table);
    for (let e = -length / 2; e < length / 2; e++) {
      assertEquals(table[(e + length) % length], powerOfTwo(e), `2^${e} of ${length}`);
    }
  }
});
