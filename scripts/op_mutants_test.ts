import { assertEquals } from "@std/assert";
import { runCommandLine } from "../testing/commands.ts";
import type { OpMutantReport } from "../verify/mutants/forms.ts";
import { formTable, opList, opSummary } from "./op_mutants.ts";

const report = (
  op: "mul" | "div" | "matmul",
  outcome: OpMutantReport["outcome"],
  share: number,
  reason = "",
): OpMutantReport => ({
  op,
  form: op === "matmul" ? "multilinear" : "elementwise",
  name: `${op}: bug ${share}`,
  outcome,
  share,
  reason,
});

const reports = [
  report("mul", "killed", 12),
  report("mul", "equal", 0, "the operands commute"),
  report("div", "survived", 2.5),
  report("matmul", "killed", 1e7),
  report("matmul", "equal", 0.5, "it is linear"),
  report("matmul", "equal", 0.25, "it is linear"),
];

Deno.test("the bugs of ops are counted by form and outcome, and by why they can't show", () => {
  assertEquals(formTable(reports).split("\n"), [
    "form               ops      bugs    killed     equal  survived",
    "elementwise          2         3         1         1         1",
    "multilinear          1         3         1         2         0",
    "equal: it is linear (2)",
    "equal: the operands commute (1)",
  ]);
  assertEquals(opSummary(reports), "2 of 3 bugs caught on graphs of 3 ops");
  assertEquals(opList(reports.slice(0, 2), ["a fault"]).split("\n"), [
    "killed          12  mul: bug 12",
    "equal               mul: bug 0  (the operands commute)",
    "",
    "a fault",
    "1 of 1 bugs caught on graphs of 1 op",
  ]);
});

Deno.test("`mutants --op` shows the bugs of one op, as a table or JSON", async () => {
  const table = await runCommandLine(["mutants", "--op", "floor"]);
  assertEquals([table.code, table.out.split("\n").at(-2)], [
    0,
    "5 of 5 bugs caught on graphs of 1 op",
  ]);
  const { code, out } = await runCommandLine(["mutants", "--op", "mul", "--reporter", "json"]);
  const { mutants, ops, faults } = JSON.parse(out);
  assertEquals([code, mutants, faults], [0, [], []]);
  assertEquals(Object.keys(ops[0]), ["op", "form", "name", "outcome", "share", "reason"]);
});

Deno.test("`mutants --op` refuses what is no op, and cases", async () => {
  for (
    const [args, message] of [
      [["--op", "placeholder"], 'there are no bugs of op "placeholder"'],
      [["--op", "reshap"], 'there are no bugs of op "reshap", did you mean "reshape"?'],
      [["--op", "exp", "--update"], "option --op tries no cases, leave out --case and --update"],
      [
        ["--op", "exp", "--case", "a*"],
        "option --op tries no cases, leave out --case and --update",
      ],
    ] as const
  ) {
    const { code, out, err } = await runCommandLine(["mutants", ...args]);
    assertEquals([code, out, err], [2, "", `error: ${message}\n`]);
  }
});
