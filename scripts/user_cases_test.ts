import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { describe, it } from "@std/testing/bdd";
import { cases, selectCases } from "../cases/mod.ts";
import { type Outcome, runCommandLine } from "../testing/commands.ts";
import { folderPerTest } from "../testing/folders.ts";
import { checkCases, loadCases } from "./user_cases.ts";
import { placeholder, variable } from "../core/functions/mod.ts";

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
    [[{ ...good, id: "a\x1b[31m" }], 'case 1 has the id "a\\u001b[31m", expected one line of text'],
    [
      [{ ...good, description: "a\x1b[31m" }],
      'case "mine" has the description "a\\u001b[31m", expected one line of text',
    ],
    [[{ ...good, id: "a\nb" }], 'case 1 has the id "a\\nb", expected one line of text'],
    [[good, { ...good }], 'two cases have the id "mine"'],
    [[{ ...good, description: 3 }], 'case "mine" has a number as description, expected a text'],
    [
      [{ ...good, parameters: { n: {} } }],
      'case "mine" has parameters that are not an object of texts and numbers',
    ],
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
      'case "mine" names a tensor in "undecidable" that it lacks: "dy", did you mean "dx"?',
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

describe("a module of cases", () => {
  const place = folderPerTest();

  it("a module is loaded from a path or a URL, and what fails in it is said in one line", async () => {
    const { folder } = place;
    const write = async (name: string, text: string) => {
      await Deno.writeTextFile(`${folder}/${name}`, text);
      return `${folder}/${name}`;
    };
    const library = `import { constant } from "${new URL("../mod.ts", import.meta.url)}";\n`;
    const build = 'build: () => [{ name: "x", role: "gradient", node: constant(1) }]';
    const named = await write(
      "named # 1.js",
      `${library}export const cases = [{ id: "a", ${build} }];`,
    );
    assertEquals((await loadCases(named, 60)).map(({ id }) => id), ["a"]);
    const url = `file://${await write(
      "default.js",
      `${library}export default { one: { id: "b", ${build} } };`,
    )}`;
    assertEquals((await loadCases(url, 60)).map(({ id }) => id), ["b"]);
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
      const error = await assertRejects(() => loadCases(module, 60), Error);
      assertEquals(
        [message.test(error.message), error.message.includes("\n")],
        [true, false],
        error.message,
      );
    }
  });

  const library =
    `import { gradients, gradientTensors, square, tensorsOf, variable } from "${new URL(
      "../mod.ts",
      import.meta.url,
    )}";
  const mine = (id, extra = () => {}) => ({
    id,
    build(engine = { gradients }) {
      extra();
      const x = variable([1, 2]);
      const y = square(x);
      return [...tensorsOf("input", { x }), ...gradientTensors(engine, { ys: [y], xs: { x } })];
    },
  });
  `;

  /** Judges the cases of a module of the given text; what follows them is a second's patience. */
  async function judge(text: string, ...args: string[]): Promise<Outcome> {
    const { folder } = place;
    await Deno.writeTextFile(`${folder}/mine.js`, library + text);
    const { code, out, err } = await runCommandLine(
      ["verify", "--cases", `${folder}/mine.js`, ...args],
    );
    return { code, out, err: err.replaceAll(`${folder}/`, "") };
  }

  it("that does not return is named, and the command ends with exit code 2", async () => {
    for (
      const [text, what] of [
        ["await new Promise(() => {});", "it"],
        ["while (true) {}", "it"],
        ['export default [mine("a"), mine("b", () => { while (true) {} })]', 'building case "b"'],
      ] as const
    ) {
      assertEquals(await judge(text, "--timeout", "2"), {
        code: 2,
        out: "",
        err: `error: Cannot load mine.js: ${what} did not return within 2 s\n`,
      });
    }
  });

  it("that would end the process is named, and the command ends with exit code 2", async () => {
    const calls = [
      ["Deno.exit(0)", "Deno.exit"],
      ['(await import("node:process")).default.exit(0)', "Deno.exit"],
      ["close()", "close"],
    ] as const;
    for (const [call, name] of calls) {
      assertEquals(await judge(`${call}; export default [mine("a")];`), {
        code: 2,
        out: "",
        err: `error: Cannot load mine.js: it called ${name} and did not return\n`,
      });
    }
    assertEquals(await judge('export default [mine("a", () => Deno.exit(0))];'), {
      code: 2,
      out: "",
      err:
        'error: Cannot use mine.js: case "a" can\'t be built: it called Deno.exit and did not return\n',
    });
    // Not on trial, but when it is judged.
    const later =
      'let n = 0; export default [mine("a", () => { if (!globalThis.WorkerGlobalScope && n++ > 0) Deno.exit(0); })];';
    assertEquals(await judge(later), {
      code: 2,
      out: "",
      err: 'error: Cannot build case "a" of mine.js: it called Deno.exit and did not return\n',
    });
  });

  it("that throws what is no error, late or when it is read is named in one line", async () => {
    for (
      const [text, message] of [
        ["throw null;", "Cannot load mine.js: null"],
        ['throw "a\\nb";', "Cannot load mine.js: a"],
        ["throw Symbol(3);", "Cannot load mine.js: Symbol(3)"],
        ["throw Object.create(null);", "Cannot load mine.js: it threw something without a text"],
        ["throw new RangeError();", "Cannot load mine.js: RangeError"],
        [
          'Promise.reject(new Error("unseen")); export default [mine("a")];',
          "Cannot use mine.js: unseen",
        ],
        [
          'setTimeout(() => { throw "late"; }, 0); export default [mine("a")];',
          "Cannot use mine.js: late",
        ],
        [
          'export default [{ get id() { throw new Error("no id"); } }];',
          "Cannot use mine.js: what it exports can't be read: no id",
        ],
        [
          "export default new Proxy({}, { ownKeys() { throw 7; } });",
          "Cannot use mine.js: what it exports can't be read: 7",
        ],
        [
          'export default [mine("a", () => { throw { toString() { throw 1; } }; })];',
          `Cannot use mine.js: case "a" can't be built: it threw something without a text`,
        ],
        [
          'const f = () => f(); export default [mine("a", f)];',
          `Cannot use mine.js: case "a" can't be built: Maximum call stack size exceeded`,
        ],
      ] as const
    ) {
      assertEquals(await judge(text), { code: 2, out: "", err: `error: ${message}\n` });
    }
  });

  it("that prints leaves the report whole: what it prints is on standard error, once", async () => {
    const text = `console.log("loaded"); console.table([1]); export default [
      mine("a", () => console.info("built")),
    ];`;
    const { code, out, err } = await judge(text, "--reporter", "json");
    assertEquals(code, 0, err);
    assertEquals(JSON.parse(out).summary.cases, 1);
    assertEquals(err.split("\n")[0], "loaded");
    assertEquals(err.match(/loaded/g)!.length, 1);
    assert(err.includes("built"));
  });

  it("may take as long as --timeout says", async () => {
    const slow = "await new Promise((resolve) => setTimeout(resolve, 1500));";
    const text = `${slow} export default [mine("a")];`;
    assertEquals((await judge(text)).code, 0);
    assertEquals((await judge(text, "--timeout", "1")).code, 2);
    for (
      const [args, message] of [
        [["--timeout", "0"], 'option --timeout must be an integer from 1 to 86400, not "0"'],
        [["--timeout", "1.5"], 'option --timeout must be an integer from 1 to 86400, not "1.5"'],
      ] as const
    ) {
      assertEquals((await judge(text, ...args)).err, `error: ${message}\n`);
    }
    const alone = await runCommandLine(["verify", "--timeout", "3"]);
    assertEquals([alone.code, alone.err], [2, "error: option --timeout needs --cases\n"]);
  });
});
