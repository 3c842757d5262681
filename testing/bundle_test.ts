import { assert, assertEquals } from "@std/assert";
import { root, runProgram } from "./commands.ts";

/** What a page that imports the library may have to load, in bytes, before compression. */
const LIMIT = 120_000;

Deno.test("mod.ts, bundled and minified, stays below 120 kB", async () => {
  const args = ["bundle", "--quiet", "--platform=browser", "--minify", "mod.ts"];
  const { code, out, err } = await runProgram(Deno.execPath(), args, { cwd: root });
  assertEquals([code, err], [0, ""]);
  const size = new TextEncoder().encode(out).length;
  console.log(`mod.ts minified: ${size} bytes`);
  assert(size > 20_000 && size < LIMIT, `${size} bytes`);
});
