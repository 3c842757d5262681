import { assert, assertEquals } from "@std/assert";
import { functions } from "../core/math/functions.ts";
import { runCommandLine } from "../testing/commands.ts";
import { pairAt, PAIRS } from "./maintain/math_pairs.ts";

async function exhaust(...args: string[]): Promise<{ code: number; text: string }> {
  const { code, out, err } = await runCommandLine(["exhaust", ...args], { env: { PATH: "" } });
  return { code, text: out + err };
}

Deno.test("the help of exhaust names every option", async () => {
  const { code, text } = await exhaust("--help");
  assertEquals(code, 0);
  for (const part of ["--function NAME", "--stride N", "libmpfr-dev"]) assert(text.includes(part));
});

Deno.test("a wrong argument is one line and exit code 2", async () => {
  const unknown = await exhaust("--function", "sinn");
  assertEquals(unknown.code, 2);
  assert(unknown.text.includes('not "sinn", did you mean "sin"'), unknown.text);
  for (const name of Object.keys(functions)) assert(unknown.text.includes(`"${name}"`));
  const zero = await exhaust("--stride", "0");
  assertEquals(zero, {
    code: 2,
    text: 'error: option --stride must be from 1 to 2^32 - 1, not "0"\n',
  });
});

Deno.test("a machine without the compiler is told so", async () => {
  const { code, text } = await exhaust("--function", "exp", "--stride", "1000003");
  assertEquals(code, 2);
  assertEquals(text, "error: Cannot build the witness: gcc is not installed\n");
});

Deno.test("pairs are float32 values of all the kinds that are listed", () => {
  const pair = new Float64Array(2);
  let subnormal = 0;
  for (let index = 0; index < PAIRS; index += 104_729) {
    pairAt(index, pair);
    const [x, y] = [pair[0]!, pair[1]!];
    assertEquals([Math.fround(x), Math.fround(y)], [x, y]);
    const kind = index & 7;
    if (kind === 2 || kind === 3) assert(x >= 2 ** -8 && x < 2 ** 8 && Math.abs(y) < 2 ** 5);
    if (kind === 4 || kind === 5) assert(Number.isInteger(128 * x) && Number.isInteger(8 * y));
    if (kind === 6) assert(Math.abs(x - 1) < 2 ** -7 && Math.abs(y) >= 2 ** 10);
    if (kind === 7 && Math.abs(x) < 2 ** -126) subnormal++;
  }
  assert(subnormal > 50);
});
