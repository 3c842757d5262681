import { assert, assertEquals } from "@std/assert";
import { families } from "../core/ops/table.ts";

/** The most lines of a row, as `deno fmt` writes it. */
const MOST = 15;

/** Families that are no rows of forms: sources have values, which are given. */
const withoutRows = ["sources"];

const textOf = (family: string) =>
  Deno.readTextFile(new URL(`../core/ops/${family}.ts`, import.meta.url));

/**
 * How many lines each row in a file has, by its op; one that makes several ops, such as an op and
 * its faces, by the text that their names begin with.
 */
function rowLengths(text: string): Record<string, number> {
  const lengths: Record<string, number> = {};
  let open: string | null = null;
  for (const line of text.split("\n")) {
    open ??= /^ {2}(?:\.{3}\w+\(")?(\w+)(?:: \w+\(|", )\{$/.exec(line)?.[1] ?? null;
    if (open === null) continue;
    lengths[open] = (lengths[open] ?? 0) + 1;
    if (line === "  })," || line === "  }) as Op,") open = null;
  }
  return lengths;
}

Deno.test("a row has at most 15 lines", async () => {
  const found: Record<string, number> = {};
  for (const [family, rows] of Object.entries(families)) {
    if (withoutRows.includes(family)) continue;
    const lengths = rowLengths(await textOf(family));
    const names = Object.keys(lengths);
    const unknown = Object.keys(rows).filter((op) => !names.some((name) => op.startsWith(name)));
    assertEquals(unknown, [], family);
    Object.assign(found, lengths);
  }
  const long = Object.entries(found).filter(([, length]) => length > MOST);
  assertEquals(Object.fromEntries(long), {});
});

Deno.test("a family file has rows, and nothing beside them but what several share", async () => {
  for (const family of Object.keys(families)) {
    if (withoutRows.includes(family)) continue;
    const text = await textOf(family);
    const [, ...declared] = text.split(/^(?=(?:const|let|function|class|type|interface)\b)/m);
    for (const declaration of declared) {
      const name = /^const (\w+) = (?!\(|function|\w+ =>)/.exec(declaration)?.[1];
      assert(name !== undefined, `${family} has ${declaration.split("\n")[0]}`);
      const uses = text.match(new RegExp(`\\b${name}\\b`, "g"))!.length - 1;
      assert(uses >= 2, `${family}: ${name} is used by one row`);
    }
  }
});
