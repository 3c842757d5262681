import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { describe, it } from "@std/testing/bdd";
import { unary } from "../core/forms/elementwise.ts";
import { flag } from "../core/attributes.ts";
import { multilinear } from "../core/forms/multilinear.ts";
import type { OpRows } from "../core/op.ts";
import { runCommandLine } from "../testing/commands.ts";
import { commandParts, copyProject, folderPerTest } from "../testing/folders.ts";
import { functionModules } from "./op_functions.ts";
import { withOpTable } from "./op_table.ts";
import { checkNames, staleFiles } from "./ops.ts";

Deno.test("what follows from the rows is written: `deno task ops` changes nothing", async () => {
  const { stale, right } = await staleFiles();
  assertEquals(stale.map(({ path }) => path), []);
  assert(right >= 8, `${right}`);
});

Deno.test("an op with two rows is refused by its name", () => {
  assertThrows(
    () => checkNames({ first: { exp: {}, log: {} }, second: { exp: {} } }),
    TypeError,
    'Cannot write ops: "exp" has a row in first and in second',
  );
});

/** Rows that say all that a row can say. */
const rows: OpRows = {
  isPositive: unary({
    summary: "Whether every element is above 0.",
    details: "`NaN` is not. " + "This goes on for longer than a line. ".repeat(3).trimEnd(),
    example: [`isPositive([${Array(40).fill("-1.5").join(", ")}])`, "[0.]\n".repeat(20).trimEnd()],
    takes: ["number"],
    gives: "bool",
    exact: (x) => x > 0 ? 1 : 0,
    spread: () => Infinity,
    tangent: () => 0,
    gradient: "none",
  }),
  pile: multilinear({
    summary: "Piles up a | b.",
    example: ["gradients(pile([variable(1)]), variable(1))", "null"],
    arity: "any",
    takes: ["float32", "int32"],
    attributes: {
      tall: flag("it is tall"),
      width: {
        ...flag("it is wide"),
        parameter: { type: "number", positional: true, text: "how wide" },
      },
    } as never,
    infer: ([x]) => x!,
    terms: () => [],
    order: "index",
    gradient: () => [],
    sample: () => null,
  }) as OpRows[string],
};

Deno.test("a public function has the row's sentences, parameters, errors and an example that fits its line", async () => {
  const { "some.ts": module, "mod.ts": mod } = await functionModules({
    sources: { variable: rows.pile!, constant: rows.pile! },
    some: rows,
  });
  assertStringIncludes(
    mod!,
    [
      'export * from "./some.ts";',
      'export type { Operand, SourceOptions, Value } from "./sources.ts";',
      'export { constant, variable } from "./sources.ts";',
      "",
    ].join("\n"),
  );
  assertEquals(module!.split("\n").filter((line) => line.length > 100), []);
  const unwrapped = module!.replaceAll("\n * ", " ");
  for (
    const text of [
      "Takes float32 or int32. The result is bool. Throws a `TypeError` for other dtypes.",
      " * The first operand is float32, others are int32. Throws a `TypeError` for other dtypes.",
      " * import { isPositive, run } from",
      'export function isPositive(x: Operand): Node {\n  return call("isPositive", [x]);',
      " * - `width`: how wide.\n * - `tall`: whether it is tall; false by default.\n",
      " * const [gradient] = gradients(pile([variable(1)]), variable(1));\n * assertEquals(gradient, null);",
      "export function pile(\n  operands: readonly Operand[],\n  width: number,\n  options: { tall?: boolean } = {},\n): Node {",
      'return call("pile", operands, { width }, options);',
    ]
  ) assertStringIncludes(text.startsWith("Takes ") ? unwrapped : module!, text);
});

Deno.test("the table of ops stands between its comments, and nothing else changes", async () => {
  const [begin, end] = ["<!-- written by deno task ops -->", "<!-- end of what it wrote -->"];
  const text = await withOpTable(`# A\n\n${begin}\n\nold\n\n${end}\n\nAfter.\n`, rows);
  assert(text.startsWith(`# A\n\n${begin}\n\n| op `) && text.endsWith(`|\n\n${end}\n\nAfter.\n`));
  for (
    const cells of [
      [
        "`isPositive(x)`",
        "Whether every element is above 0.",
        "elementwise",
        "number → bool",
        "no",
      ],
      [
        "`pile(operands, width, { tall })`",
        "Piles up a \\| b.",
        "multilinear",
        "float32, int32",
        "yes",
      ],
    ]
  ) {
    assert(
      text.split("\n").some((line) =>
        line.split(/ +\| +|^\| +| +\|$/).slice(1, -1).join() === cells.join()
      ),
      cells.join(),
    );
  }
  for (const wrong of ["", `${begin}`, `${end}\n\n${begin}`, `${begin}${end}${begin}${end}`]) {
    await assertRejects(() => withOpTable(wrong, rows), Error, "Cannot write the table of ops: ");
  }
});

describe("in a copy of the project", () => {
  const place = folderPerTest();

  it("`ops --check` names what is stale and gives 1, `ops` mends it", async () => {
    const { folder } = place;
    await copyProject([...commandParts, "README.md"], folder);
    const run = (...args: string[]) => runCommandLine(["ops", ...args], { cwd: folder });
    const path = `${folder}/core/functions/arithmetic.ts`;
    const right = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, right.replace("rounded once", "rounded twice"));
    await Deno.writeTextFile(`${folder}/core/functions/gone.ts`, right);
    const check = await run("--check");
    assertEquals([check.code, check.err], [1, ""]);
    assertStringIncludes(check.out, "core/functions/arithmetic.ts is not what the rows say\n");
    assertStringIncludes(check.out, "core/functions/gone.ts follows from no row\n");
    const write = await run();
    assertEquals([write.code, write.err], [0, ""]);
    assertStringIncludes(write.out, "Wrote core/functions/arithmetic.ts\n");
    assertStringIncludes(write.out, "Removed core/functions/gone.ts\n");
    assertEquals(await Deno.readTextFile(path), right);
    assertEquals((await run("--check")).code, 0);
  });
});
