import { assert, assertEquals } from "@std/assert";
import { cases, compileCase } from "../cases/mod.ts";
import { tensor } from "../core/tensor.ts";
import { runCommandLine } from "../testing/commands.ts";
import { givenCase } from "../testing/datasets.ts";
import { caseListJson, caseListText } from "./case_list.ts";

Deno.test("cases are listed for people: id, description, parameters, inputs", () => {
  const list = [
    { ...givenCase("a", [["x", "input", tensor([[1, 2]])], ["s", "input", tensor(3)]]) },
    { ...givenCase("b/c", [["y", "forward", tensor(3)]]), parameters: { n: 2, kind: "odd" } },
  ];
  assertEquals(
    caseListText(list),
    `a
  Given values of a
  inputs: x [1,2], s []

b/c
  Given values of b/c
  parameters: n=2, kind=odd

2 cases`,
  );
});

Deno.test("cases are listed for programs, with every value of their inputs", () => {
  const special = [NaN, Infinity, -Infinity, -0, 0.1];
  const c = givenCase("a", [["x", "input", tensor(special)], ["y", "forward", tensor(3)]]);
  assertEquals(JSON.parse(caseListJson([c])), {
    cases: [{
      id: "a",
      description: "Given values of a",
      parameters: {},
      inputs: [{
        name: "x",
        shape: [5],
        values: ["NaN", "Infinity", "-Infinity", "-0", Math.fround(0.1)],
      }],
      outputs: [{ name: "y", role: "forward", shape: [] }],
    }],
  });
});

Deno.test("verify --list lists every case, as JSON too, with the inputs at which it is judged", async () => {
  const table = await runCommandLine(["verify", "--list"]);
  assertEquals([table.code, table.err], [0, ""]);
  for (const { id, description } of cases) assert(table.out.includes(`${id}\n  ${description}\n`));
  assert(table.out.endsWith(`\n${cases.length} cases\n`));
  const json = await runCommandLine(["verify", "--list", "--reporter", "json"]);
  const listed: { id: string; inputs: { values: (number | string)[] }[] }[] =
    JSON.parse(json.out).cases;
  assertEquals(listed.map(({ id }) => id), cases.map(({ id }) => id));
  for (const [i, c] of cases.entries()) {
    const compiled = compileCase(c);
    const values = compiled.run();
    const expected = compiled.inputs.map((input) => [
      ...values[compiled.tensors.indexOf(input)]!.data,
    ]);
    assertEquals(listed[i]!.inputs.map(({ values }) => values.map(Number)), expected);
  }
});

Deno.test("--list honours --case and --cases, in verify and generate, and says what it can't", async () => {
  const generate = await runCommandLine(["generate", "--list", "--case", "graph/stop/op"]);
  const verify = await runCommandLine(["verify", "--list", "--case", "graph/stop/op"]);
  assertEquals([generate.code, generate.out], [0, verify.out]);
  assert(verify.out.startsWith("graph/stop/op\n") && verify.out.endsWith("\n1 case\n"));
  const own = await runCommandLine(["verify", "--list", "--cases", "examples/mine.ts"]);
  assert(own.out.startsWith("mine/regression\n  Gradients of the mean squared error"), own.out);
  for (
    const [args, message] of [
      [["--case", "grph/*"], /^error: Cannot select cases: none matches "grph\/\*"/],
      [
        ["--against", "-"],
        /^error: option --against can't be used with --list: nothing is judged$/,
      ],
      [["--witnesses"], /^error: option --witnesses can't be used with --list: nothing is judged$/],
      [["--reporter", "tap"], /^error: option --list has no tap report, only table and json$/],
      [["--cases", "none.ts"], /^error: Cannot load none\.ts: Module not found/],
    ] as const
  ) {
    const { code, out, err } = await runCommandLine(["verify", "--list", ...args]);
    assertEquals([code, out, message.test(err.trimEnd())], [2, "", true], err);
  }
});
