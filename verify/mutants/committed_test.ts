import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Case } from "../../cases/mod.ts";
import { cases, selectCases } from "../../cases/mod.ts";
import committed from "./kill_matrix.json" with { type: "json" };
import { committedMatrix, faultsOf, matrixText, parseMatrix, toMatrix } from "./committed.ts";
import { killMatrix, type MutantReport, mutants, type Trial } from "./matrix.ts";

/** Reports of a few mutants on a few cases. */
function reportsOn(glob: string, extra: readonly Case[] = []): MutantReport[] {
  return killMatrix([...selectCases(glob), ...extra], mutants.slice(0, 12));
}

const report = (name: string, trials: MutantReport["trials"]): MutantReport => {
  const [first] = [...trials].filter(([, { outcome }]) => outcome === "killed");
  const strongest = first === undefined ? null : { id: first[0], share: first[1].share };
  return { name, kind: "rule", trials, strongest };
};

Deno.test("the committed matrix is written as it was read, byte for byte", async () => {
  const file = await Deno.readTextFile(new URL("kill_matrix.json", import.meta.url));
  assertEquals(matrixText(committedMatrix()), file);
});

Deno.test("the committed matrix names mutants and cases that exist, and every mutant shows", () => {
  const ids = new Set(cases.map(({ id }) => id));
  const matrix = committedMatrix();
  assertEquals([...matrix.keys()].sort(), mutants.map(({ name }) => name).sort());
  for (const [name, { kind, entries }] of matrix) {
    assertEquals(kind, mutants.find((mutant) => mutant.name === name)!.kind);
    assert(entries.size > 0, name);
    assertEquals([...entries.keys()].filter((id) => !ids.has(id)), []);
  }
});

Deno.test("an added case adds its own lines and changes no other, wherever its id stands", () => {
  const [model] = selectCases("graph/bias/weights=3x2");
  const before = matrixText(toMatrix(reportsOn("graph/a*"))).split("\n");
  for (const id of ["a/first", "graph/axes=4/middle", "zz/last"]) {
    const added = matrixText(toMatrix(reportsOn("graph/a*", [{ ...model!, id }]))).split("\n");
    const own = added.filter((line) => line.includes(`"${id}"`));
    assert(own.length > 5);
    assertEquals(added.filter((line) => !line.includes(`"${id}"`)), before);
  }
});

Deno.test("an added mutant adds its own lines and changes no other", () => {
  const reports = reportsOn("graph/a*");
  const before = matrixText(toMatrix(reports)).split("\n");
  const added = { ...reports[0]!, name: "neg: added" };
  const after = matrixText(toMatrix([...reports, added])).split("\n");
  const start = after.findIndex((line) => line.includes(added.name));
  const end = after.indexOf("    },", start);
  assertEquals([...after.slice(0, start), ...after.slice(end + 1)], before);
});

Deno.test("a matrix that is weaker, differs, or lost a mutant or a case is a fault", () => {
  const killed = (share: number): Trial => ({ outcome: "killed", share });
  const none: Trial = { outcome: "equivalent", share: 0 };
  const known = toMatrix([
    report("one", new Map([["a/1", killed(20)], ["a/2", none], ["a/3", killed(30)]])),
    report("two", new Map([["a/1", killed(40)]])),
  ]);
  const found = [report("one", new Map([["a/1", killed(9)], ["a/2", killed(3)]]))];
  assertEquals(faultsOf(found, { complete: true }, known), [
    '"one" exceeds its budget 10 times on no case',
    '"one" on a/1: committed 20, now 9',
    '"one" on a/2: committed equivalent, now 3',
    '"one" on a/3: committed 30, and the case is gone',
    '"two" is gone',
  ]);
  assertEquals(faultsOf(found, { complete: false }, known), [
    '"one" on a/1: committed 20, now 9',
    '"one" on a/2: committed equivalent, now 3',
  ]);
  assertEquals(
    faultsOf([report("new", new Map([["a/1", killed(20)]]))], { complete: false }, known),
    [
      '"new" is not in the committed matrix',
    ],
  );
});

Deno.test("what threw and what is below resolution is written as such, what is equivalent not", () => {
  const trials = new Map(
    [
      ["a/b", { outcome: "threw", share: Infinity }],
      ["a/a", { outcome: "below", share: 0.5 }],
      ["a/c", { outcome: "equivalent", share: 0 }],
      ["a/d", { outcome: "killed", share: Infinity }],
      ["a/e", { outcome: "killed", share: 1234 }],
    ] as const,
  );
  const text = matrixText(toMatrix([report("one", trials)]));
  assertEquals(JSON.parse(text).mutants, {
    one: { "a/a": "below", "a/b": "threw", "a/d": "infinite", "a/e": "1.2e+3", kind: "rule" },
  });
  assertEquals(matrixText(parseMatrix(JSON.parse(text))), text);
});

Deno.test("a damaged matrix is refused with the place that is wrong", () => {
  const base = { format: "goldengrad-kill-matrix", formatVersion: 1, about: "" };
  const mutant = (entries: object) => ({ ...base, mutants: { m: entries } });
  const damaged: [unknown, string][] = [
    [null, "it is not an object"],
    [[], "it is not an object"],
    [{}, 'its format is not "goldengrad-kill-matrix"'],
    [{ ...committed, formatVersion: 2 }, "its formatVersion is not 1"],
    [{ ...base, mutants: [] }, "its mutants are not an object"],
    [
      { ...base, mutants: { b: { kind: "rule" }, a: { kind: "rule" } } },
      'the mutants are not in order at "a"',
    ],
    [mutant([]), 'mutant "m" is not an object'],
    [mutant({ "a/b": "2" }), 'mutant "m" has the kind undefined'],
    [mutant({ "a/b": "2", kind: "rules" }), 'mutant "m" has the kind "rules"'],
    [
      mutant({ "a/c": "2", "a/b": "2", kind: "rule" }),
      'the cases of mutant "m" are not in order at "a/b"',
    ],
    [mutant({ ab: "2", kind: "rule" }), 'mutant "m" has the key "ab", no case id'],
    ...["killed", "0.5", "2.60", "NaN", "-3", "1e3", "Infinity", "", 2, null].map((
      entry,
    ): [unknown, string] => [
      mutant({ "a/b": entry, kind: "rule" }),
      `mutant "m" on a/b is ${JSON.stringify(entry)}`,
    ]),
  ];
  for (const [json, facts] of damaged) {
    const error = assertThrows(() => parseMatrix(json), SyntaxError);
    assertEquals(error.message, `Cannot read the kill matrix: ${facts}`);
  }
});
