import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { cases, selectCases } from "../cases/mod.ts";
import { placeholder, variable } from "../core/ops/sources.ts";
import { checkCases, loadCases } from "./user_cases.ts";

const node = variable([1, 2]);
const tensors = [{ name: "x", role: "input", node }, { name: "dx", role: "gradient", node }];
const good = { id: "mine", build: () => tensors };

Deno.test("a list and a record of cases pass", () => {
  assertEquals(checkCases([good], "mine.ts"), [good] as unknown);
  assertEquals(checkCases({ a: good, b: { ...good, id: "b" } }, "mine.ts").map(({ id }) => id), [
    "mine",
    "b",
  ]);
  assertEquals(checkCases(cases, "cases"), cases);
});

Deno.test("whatever is wrong with an export is said in one line", () => {
  const built = (build: unknown) => [{ ...good, build: () => build }];
  const withTensor = (tensor: unknown) => built([tensors[0], tensor]);
  const wrong: [unknown, string][] = [
    ["mine", "it exports a string, expected a list of cases"],
    [null, "it exports null, expected a list of cases"],
    [() => [good], "it exports a function, expected a list of cases"],
    [good, "it exports one case, expected a list of cases"],
    [[], "it exports no cases"],
    [{}, "it exports no cases"],
    [[good, 3], "case 2 is a number, expected an object"],
    [{ a: undefined }, 'case "a" is undefined, expected an object'],
    [[[]], "case 1 has no id"],
    [[{ ...good, id: 3 }], "case 1 has no id"],
    [[{ ...good, id: "" }], 'case 1 has the id "", expected one line of text'],
    [[{ ...good, id: "a\nb" }], 'case 1 has the id "a\\nb", expected one line of text'],
    [[good, { ...good }], 'two cases have the id "mine"'],
    [[{ id: "mine" }], 'case "mine" has no function "build"'],
    [[{ ...good, build: [] }], 'case "mine" has no function "build"'],
    [
      [{ ...good, build: () => placeholder([-1]) }],
      `case "mine" can't be built: Cannot make a placeholder: shape[0] is -1, expected a whole number from 0`,
    ],
    [[{
      ...good,
      build: () => {
        throw "no\nway";
      },
    }], `case "mine" can't be built: no`],
    [built(undefined), 'case "mine" builds undefined, expected a list of tensors'],
    [built({}), 'case "mine" builds an object, expected a list of tensors'],
    [built([]), 'case "mine" has no tensors'],
    [withTensor(null), 'case "mine" has null as tensor 2'],
    [withTensor({ role: "gradient", node }), 'case "mine" has no name for tensor 2'],
    [
      withTensor({ name: "a/b", role: "gradient", node }),
      'case "mine" has a tensor named "a/b", expected no blank, slash, comma or quote',
    ],
    [withTensor(tensors[0]), 'case "mine" has two tensors named "x"'],
    [
      withTensor({ name: "dx", role: "grad", node }),
      'case "mine" gives tensor "dx" the role "grad", expected "input", "forward" or "gradient"',
    ],
    [
      withTensor({ name: "dx", role: "gradient" }),
      'case "mine" gives tensor "dx" undefined as its node, expected a node made by mod.ts',
    ],
    [
      withTensor({ name: "dx", role: "gradient", node: [1] }),
      'case "mine" gives tensor "dx" a list as its node, expected a node made by mod.ts',
    ],
    [
      withTensor({ name: "p", role: "input", node: placeholder([2]) }),
      'case "mine" has an input "p" without a value, expected a variable',
    ],
    [
      [{ ...good, undecidable: "dx" }],
      'case "mine" has a string as "undecidable", expected a list of names',
    ],
    [
      [{ ...good, undecidable: ["dy"] }],
      'case "mine" names an undecidable tensor that it lacks: "dy", did you mean "dx"?',
    ],
  ];
  for (const [exported, facts] of wrong) {
    const error = assertThrows(() => checkCases(exported, "./mine.ts"));
    assertEquals(error.message, `Cannot use ./mine.ts: ${facts}`);
  }
});

Deno.test("cases are selected by a glob, and near ids are named when none matches", () => {
  const list = ["a.b", "a+b", "axb"].map((id) => ({ ...good, id })) as unknown as typeof cases;
  const ids = (glob: string) => selectCases(glob, list).map(({ id }) => id);
  assertEquals([ids("a?b"), ids("a.b"), ids("*")], [["a.b", "a+b", "axb"], ["a.b"], [
    "a.b",
    "a+b",
    "axb",
  ]]);
  assertThrows(
    () => ids("a.c"),
    RangeError,
    'Cannot select cases: none matches "a.c", did you mean "a.b"',
  );
});

Deno.test("a module is loaded from a path or a URL, and what fails in it is said in one line", async () => {
  const folder = await Deno.makeTempDir();
  const write = async (name: string, text: string) => {
    await Deno.writeTextFile(`${folder}/${name}`, text);
    return `${folder}/${name}`;
  };
  try {
    const library = `import { constant } from "${new URL("../mod.ts", import.meta.url)}";\n`;
    const build = 'build: () => [{ name: "x", role: "gradient", node: constant(1) }]';
    const named = await write(
      "named # 1.js",
      `${library}export const cases = [{ id: "a", ${build} }];`,
    );
    assertEquals((await loadCases(named)).map(({ id }) => id), ["a"]);
    const url = `file://${await write(
      "default.js",
      `${library}export default { one: { id: "b", ${build} } };`,
    )}`;
    assertEquals((await loadCases(url)).map(({ id }) => id), ["b"]);
    const failures: [string, RegExp][] = [
      [
        await write("other.js", "export const mine = [];"),
        /^Cannot use .*other\.js: it has neither a default export nor one named "cases"$/,
      ],
      [
        await write("throws.js", 'throw new Error("out of\\nluck");'),
        /^Cannot load .*throws\.js: out of$/,
      ],
      [await write("broken.js", "export default [;"), /^Cannot load .*broken\.js: .+/],
      [`${folder}/missing.ts`, /^Cannot load .*missing\.ts: Module not found .*/],
    ];
    for (const [module, message] of failures) {
      const error = await assertRejects(() => loadCases(module), Error);
      assertEquals(
        [message.test(error.message), error.message.includes("\n")],
        [true, false],
        error.message,
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
