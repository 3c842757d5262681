import { assertEquals } from "@std/assert";
import { powerOfTwo } from "./powers.ts";

Deno.test("every normal power of two has its exponent and an empty fraction", () => {
  const view = new DataView(new ArrayBuffer(8));
  for (let n = -1022; n <= 1023; n++) {
    view.setFloat64(0, powerOfTwo(n));
    assertEquals(view.getBigUint64(0), BigInt(n + 1023) << 52n, `2^${n}`);
  }
});
