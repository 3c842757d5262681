import { assert, assertEquals, assertMatch } from "@std/assert";
import { type Case, selectCases } from "../cases/mod.ts";
import type { CaseVerdict, TensorVerdict } from "../verify/case_verdict.ts";
import { judge, judgeOwn } from "../verify/judge.ts";
import { githubAnnotations } from "./github.ts";
import { mergeInstances } from "./merge.ts";
import { type ReporterName, reporters } from "./mod.ts";
import { summaryOf } from "./summary.ts";
import { mul, sub, variable } from "../core/functions/mod.ts";
import { strictly } from "../verify/case_verdict.ts";
import { vacuousCase } from "../testing/vacuous_case.ts";

/**
 * A case of one's own with all that is awkward: its name, a NaN, an undecidable element, a scalar,
 * no elements.
 */
const awkward: Case = {
  id: `odd/<a & "b">, 100 % #1: it's`,
  description: "Awkward",
  parameters: {},
  undecidable: ["large"],
  build() {
    const x = variable([1, 2 ** 64 - 2 ** 40]);
    return [
      { name: "x", role: "input", node: x },
      { name: "large", role: "forward", node: mul(x, 2 ** 64) },
      { name: "doubtful", role: "gradient", node: mul(x, 2 ** 64) },
      { name: "none", role: "gradient", node: variable(Infinity) },
      { name: "nan", role: "gradient", node: sub(variable(NaN), 1) },
      { name: "empty", role: "gradient", node: mul(variable([[], []]), 2) },
    ];
  },
};

/** A case that is right, one that fails against its golden values, and instances that fail. */
function fixedResults(): CaseVerdict[] {
  const right = judge("notebook/n=1/target=y/upstream=none/auto", { z: [[4.2, 5.7]] });
  const wrong = judge("notebook/n=2/target=y_mean/upstream=none/auto", {
    y_mean: 0.56,
    dlogits: [[0.035873372, NaN], [0.05719607, 0.06145552]],
    dz: [[-0.013096787, 0.012736049], [0, -0]],
  });
  const large = 2 ** 128 - 2 ** 104;
  const values = {
    large: [2 ** 64, large],
    doubtful: [2 ** 64, large],
    none: 5,
    nan: NaN,
    empty: [[], []],
  };
  const odd = judge(awkward.id, values, { cases: [awkward] });
  const instances = [3, 4, 5].map((instance) => ({
    ...judge(awkward.id, { none: instance === 4 ? -Infinity : Infinity }, {
      cases: [awkward],
      inputs: { x: [instance, 1] },
    }),
    instance,
  }));
  return [right, wrong, odd, ...instances];
}

const command = "deno task verify --against 'mine.csv'";

for (const name of Object.keys(reporters) as ReporterName[]) {
  Deno.test(`the ${name} report of a fixed result`, async (t) => {
    const results = name === "json" ? fixedResults().slice(2, 3) : fixedResults();
    await t.assertSnapshot(reporters[name](results, { command }));
  });
}

Deno.test("the GitHub annotations of a fixed result", async (t) => {
  await t.assertSnapshot(githubAnnotations(fixedResults(), { command }));
});

Deno.test("blocks of two notebooks, or of two cells with one number, are told apart", () => {
  const result = judge("notebook/n=1/target=y/upstream=none/auto", { z: [[4.2, 5.7]] });
  const golden = result.tensors.find(({ witness }) => witness === "golden")!;
  const source = golden.source!;
  const others: TensorVerdict[] = [
    { ...golden, source: { ...source, sha256: "f".repeat(64) }, right: false, verdict: "fail" },
    { ...golden, source: { ...source, position: source.position + 1 } },
  ];
  const results: CaseVerdict[] = [{ ...result, tensors: [golden, ...others] }];
  for (const once of [results, [...results, { ...results[0]!, instance: 1 }]]) {
    const [merged] = mergeInstances(once);
    assertEquals(
      merged!.tensors.map(({ source, right }) => [source, right]),
      [golden, ...others].map(({ source, right }) => [source, right]),
    );
    assertEquals(summaryOf(once).captured, 6);
  }
  const names = [...reporters.junit(results, {}).matchAll(/ name="(z [^"]*)"/g)];
  assertEquals(new Set(names.map(([, name]) => name)).size, 3);
});

Deno.test("the table is coloured on request only, and otherwise the same", () => {
  const plain = reporters.table(fixedResults(), {});
  const colored = reporters.table(fixedResults(), { color: true });
  // deno-lint-ignore no-control-regex
  const codes = /\x1b\[\d*m/g;
  assert(!codes.test(plain));
  assert(colored.match(codes)!.length > 10);
  assertEquals(colored.replaceAll(codes, ""), plain);
});

Deno.test("the columns of the table are aligned", () => {
  const [heading, ...lines] = reporters.table(fixedResults(), {}).split("\n");
  const rows = lines.filter((line) => /^[ !?] (?!to repro)\S.*expected/.test(line));
  assertEquals(rows.length, 12);
  for (const row of rows) {
    for (const column of ["witness", "verdict", "worst element"]) {
      assertMatch(row.slice(heading!.indexOf(column) - 1), /^ \S/, row);
    }
    for (const column of ["ULP", "budget", "share"]) {
      const end = heading!.indexOf(column) + column.length;
      assertMatch(row.slice(end - 1, end + 1), /^\S $/, row);
    }
  }
});

Deno.test("the JSON report is JSON, with numbers that JSON lacks as strings", () => {
  const report = JSON.parse(reporters.json(fixedResults(), { command }));
  assertEquals(report.summary, {
    cases: 3,
    failed: 2,
    notChecked: 0,
    instances: 6,
    comparisons: report.summary.comparisons,
    unchecked: 0,
    missing: 0,
    captured: report.summary.captured,
    printed: report.summary.printed,
  });
  assertEquals(report.cases.map((c: CaseVerdict) => c.instance), [
    undefined,
    undefined,
    undefined,
    3,
    4,
    5,
  ]);
  const worst = report.cases[4].tensors[0].worst;
  assertEquals([worst.value, worst.expected, worst.distance, worst.share], [
    "-Infinity",
    "Infinity",
    "Infinity",
    "Infinity",
  ]);
});

Deno.test("what was not checked is shown in every report, apart from right and wrong", () => {
  const given = { dx: [1e-7, 0] };
  const result = judge(vacuousCase.id, given, { cases: [vacuousCase] });
  const text = /dx\[0\] is 1e-7, expected 9\.\d+e-14 \((float64|forward)\): unchecked, .* ULP/;
  const table = reporters.table([result], {});
  assertMatch(table, /\n\? dx +float64 +unchecked .*\n\? dx +forward +unchecked .*\n/);
  assertMatch(table, /\n0 of 1 cases right, 1 not checked, 4 comparisons, 2 unchecked$/);
  assert(!table.includes("to reproduce"));
  const { summary, cases } = JSON.parse(reporters.json([result], {}));
  assertEquals([summary.failed, summary.notChecked, summary.unchecked], [0, 1, 2]);
  assertEquals(
    [cases[0].outcome, ...cases[0].tensors.map((t: { outcome: string }) => t.outcome)],
    ["not checked", "not checked", "not checked"],
  );
  const elements = parseXml(reporters.junit([result], {}));
  const skipped = elements.filter(({ name }) => name === "skipped");
  assertEquals([skipped.length, elements[0]!.attributes.skipped], [2, "2"]);
  assertMatch(skipped[0]!.attributes.message!, text);
  const tap = reporters.tap([result], {});
  assertMatch(tap, /\nok 1 - vacuous\/sigmoid \(unchecked\)\n {2}---\n {2}not checked:\n {4}- "dx/);
  assertMatch(tap, text);
  const [warning, ...more] = githubAnnotations([result], {});
  assertEquals(more, []);
  assert(warning!.startsWith("::warning title=vacuous/sigmoid dx::"));
  assertMatch(warning!, text);

  const strict = [strictly(result)];
  assertMatch(
    reporters.table(strict, {}),
    /\n! dx .*\n! dx .*\n {2}to reproduce.*\n\n0 of 1 .* right, 4/,
  );
  assertMatch(reporters.tap(strict, {}), /\nnot ok 1 .*\n {2}---\n {2}wrong:\n/);
  assertEquals(reporters.junit(strict, {}).match(/<failure type="unchecked"/g)!.length, 2);
  assert(githubAnnotations(strict, {})[0]!.startsWith("::error "));
  assertEquals(summaryOf([...strict, { ...result, instance: 1 }]).notChecked, 0);
});

Deno.test("a missing tensor is told in every report, with the instances that lack it", () => {
  const id = "notebook/n=1/target=y/upstream=none/auto";
  const whole = judge(id, { z: [[4.2, 5.7]] });
  const lacking = { ...whole, right: false, verdict: "fail", missing: ["dz", "dW_A"] } as const;
  const results = [whole, lacking, { ...lacking, missing: ["dz"] }].map((result, instance) => ({
    ...result,
    instance,
  }));
  const table = reporters.table(results, {});
  assertMatch(
    table,
    /\n! dz is missing in 2 of them, first in instance 1\n! dW_A is missing in 1 /,
  );
  assertMatch(table, /, 3 required tensors missing$/);
  assertMatch(reporters.table([lacking], {}), /\n! dz is missing\n! dW_A is missing\n/);
  assertEquals(summaryOf(results).missing, 3);
  assertEquals(reporters.tap(results, {}).match(/- "d\w+ is missing"/g)!.length, 3);
  const elements = parseXml(reporters.junit(results, {}));
  const failures = elements.filter(({ name }) => name === "failure");
  assertEquals(failures.map(({ attributes }) => attributes.type), [
    "missing",
    "missing",
    "missing",
  ]);
  assertEquals(elements[0]!.attributes.failures, "3");
  assertEquals(
    githubAnnotations(results, {}).map((line) => line.replace(/; to reproduce.*/, "")),
    [
      `::error title=${id} dz::instance 1, dz is missing`,
      `::error title=${id} dW_A::instance 1, dW_A is missing`,
    ],
  );
});

Deno.test("the TAP report has a plan for its points, one per case and instance", () => {
  const lines = reporters.tap(fixedResults(), { command }).split("\n");
  assertEquals(lines.slice(0, 2), ["TAP version 14", "1..6"]);
  const points = lines.filter((line) => /^(not )?ok /.test(line));
  assertEquals(points.map((line) => line.match(/^(?:not )?ok (\d+) - /)![1]), [
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
  ]);
  assertEquals(points.map((line) => line.startsWith("ok")), [
    true,
    false,
    false,
    true,
    false,
    true,
  ]);
  assert(points.slice(2).every((line) => line.includes("\\#1")));
  assertEquals(lines.filter((line) => line === "  ---").length, 3);
  assertEquals(lines.filter((line) => line === "  ...").length, 3);
});

Deno.test("the JUnit report is well-formed, and its counts agree with its elements", () => {
  const xml = reporters.junit(fixedResults(), { command });
  const elements = parseXml(xml);
  const of = (name: string) => elements.filter((element) => element.name === name);
  const [suites] = of("testsuites");
  assertEquals(Number(suites!.attributes.tests), of("testcase").length);
  assertEquals(Number(suites!.attributes.failures), of("failure").length);
  assertEquals(of("testsuite").length, 6);
  assertEquals(of("testsuite")[2]!.attributes.name, awkward.id);
  assertEquals(of("testsuite")[3]!.attributes.name, `${awkward.id} instance 3`);
  for (const suite of of("testsuite")) {
    const inside = of("testcase").filter(({ attributes }) =>
      attributes.classname === suite.attributes.name
    );
    assertEquals(Number(suite.attributes.tests), inside.length);
    assertEquals(new Set(inside.map(({ attributes }) => attributes.name)).size, inside.length);
  }
  assert(of("failure").some(({ attributes }) => attributes.message!.includes("doubtful[1]")));
});

Deno.test("names that XML can't hold become legible, not broken", () => {
  const id = "a\0b\x1b\ud800\uffff\n<c>";
  const result: CaseVerdict = { ...fixedResults()[0]!, id };
  const elements = parseXml(reporters.junit([result], {}));
  assertEquals(elements[1]!.attributes.name, "a\ufffdb\ufffd\ufffd\ufffd\ufffd<c>");
});

Deno.test("an annotation is one line whatever the names, and none is written when all is right", () => {
  const lines = githubAnnotations(fixedResults(), { command });
  assert(lines.every((line) => /^::error title=[^:,\r\n]*::[^\r\n]+$/.test(line)));
  assertEquals(lines.length, new Set(lines).size);
  assertEquals(
    githubAnnotations(selectCases("notebook/*").slice(0, 2).map((c) => judgeOwn(c)), {}),
    [],
  );
  const odd: CaseVerdict = { ...fixedResults()[1]!, id: "50%\r\na:b,c" };
  assertMatch(githubAnnotations([odd], {})[0]!, /^::error title=50%25%0D%0Aa%3Ab%2Cc \w+::/);
});

Deno.test("the command that reproduces a case is quoted for a shell", () => {
  const table = reporters.table(fixedResults(), { command });
  assert(table.includes(`to reproduce: ${command} --case 'odd/<a & "b">, 100 % #1: it'\\''s'`));
});

/** An element of an XML document. */
interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Reads XML strictly enough to see what is not well-formed: nesting, quoting, entities, characters.
 * Without comments or CDATA.
 */
function parseXml(xml: string): Element[] {
  // deno-lint-ignore no-control-regex
  assert(!/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(xml) && xml.isWellFormed());
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  assert(body !== xml);
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  const text = (raw: string) => {
    assert(!/[<>]|&(?!(?:amp|lt|gt|quot);)/.test(raw), raw);
    return raw.replace(/&(\w+);/g, (_, name) => entities[name]!);
  };
  const elements: Element[] = [];
  const open: string[] = [];
  let end = 0;
  for (const tag of body.matchAll(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g)) {
    const [all, closing, name, attributes, empty] = tag;
    const between = text(body.slice(end, tag.index));
    assert(open.length > 0 || between.trim() === "");
    end = tag.index + all.length;
    if (closing !== "") {
      assertEquals(open.pop(), name);
      continue;
    }
    const pairs = [...attributes!.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key, value]) =>
      [key!, text(value!)] as const
    );
    assertEquals(new Set(pairs.map(([key]) => key)).size, pairs.length);
    elements.push({ name: name!, attributes: Object.fromEntries(pairs) });
    if (empty === "") open.push(name!);
  }
  assertEquals([open.length, body.slice(end).trim()], [0, ""]);
  return elements;
}

Deno.test("all 114 numbers of the notebook are reproduced to the last printed digit", () => {
  const { captured, printed } = summaryOf(selectCases("notebook/*").map(judgeOwn));
  assertEquals({ captured, printed }, { captured: 114, printed: 114 });
});
