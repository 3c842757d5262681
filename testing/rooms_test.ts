import { assert, assertEquals } from "@std/assert";

const root = new URL("../", import.meta.url);

/** The rooms that each room may import from, beside itself. `mod.ts` is the public door. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  core: [],
  cases: ["core"],
  "mod.ts": ["core", "cases"],
  golden: ["core", "cases"],
  dataset: ["core", "cases"],
  verify: ["core", "cases", "golden", "dataset"],
  report: ["core", "cases", "golden", "verify"],
  scripts: ["core", "cases", "mod.ts", "golden", "dataset", "verify", "report"],
};

/** The modules of a room, without its tests. */
async function* modules(folder: URL): AsyncGenerator<URL> {
  if (!folder.href.endsWith("/")) return void (yield folder);
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const url = new URL(isDirectory ? `${name}/` : name, folder);
    if (isDirectory) yield* modules(url);
    else if (name.endsWith(".ts") && !name.endsWith("_test.ts")) yield url;
  }
}

/** A statement, which begins a line as `deno fmt` writes it, or a call; texts of programs are none. */
const IMPORT =
  /^(?:import|export|\})(?:[^`"\n]*\bfrom)?\s*"(\.[^"]*)"|\bimport\s*\(\s*"(\.[^"]*)"/gm;

Deno.test("imports point one way, and only tests import from testing/", async () => {
  const upward: string[] = [];
  let imports = 0;
  for (const [room, others] of Object.entries(rooms)) {
    for await (const url of modules(new URL(room.includes(".") ? room : `${room}/`, root))) {
      const code = (await Deno.readTextFile(url)).replace(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, "");
      for (const [, stated, called] of code.matchAll(IMPORT)) {
        const specifier = stated ?? called!;
        const target = new URL(specifier, url).href.slice(root.href.length).split("/")[0]!;
        imports++;
        // The version stands in deno.json.
        if (![room, ...others, "deno.json"].includes(target)) {
          upward.push(`${url.href.slice(root.href.length)} imports ${specifier}`);
        }
      }
    }
  }
  assertEquals(upward, []);
  assert(imports > 300, `${imports}`);
});
