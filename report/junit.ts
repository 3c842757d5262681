/**
 * The report for CI systems: JUnit XML, a test suite per case and instance and a test case per
 * tensor and witness.
 *
 * @module
 */
import type { BlockSource } from "../golden/mod.ts";
import { describe } from "../verify/describe.ts";
import type { CaseVerdict, TensorVerdict } from "../verify/case_verdict.ts";
import type { ReportOptions } from "./reporter.ts";
import { reproduction, resultName, summaryOf } from "./summary.ts";

/** Writes verdicts as JUnit XML. */
export function junitReport(results: readonly CaseVerdict[], options: ReportOptions): string {
  const all = results.flatMap(({ tensors }) => tensors);
  const suites = results.flatMap((result) => {
    const name = escape(resultName(result));
    const again = escape(reproduction(result.id, options));
    return [
      `  <testsuite name="${name}" ${counts(result.tensors)}>`,
      ...result.tensors.flatMap((t) => testCase(name, again, t)),
      "  </testsuite>",
    ];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="goldengrad, ${summaryOf(results).cases} cases" ${counts(all)}>`,
    ...suites,
    "</testsuites>",
  ].join("\n");
}

function testCase(className: string, again: string, t: TensorVerdict): string[] {
  const { witness, source } = t;
  const name = escape(`${t.tensor} ${witness}${source === null ? "" : ` ${blockName(source)}`}`);
  const open = `    <testcase classname="${className}" name="${name}"`;
  if (t.right) return [`${open}/>`];
  return [
    `${open}>`,
    `      <failure type="${t.verdict}" message="${escape(describe(t))}">${again}</failure>`,
    "    </testcase>",
  ];
}

/** A printed block as the name of a test has it: no two have the same, of whatever notebooks. */
function blockName({ file, sha256, position, cell, occurrence }: BlockSource): string {
  return `${file}@${sha256.slice(0, 12)} position ${position} cell ${cell} block ${occurrence}`;
}

function counts(tensors: readonly TensorVerdict[]): string {
  return `tests="${tensors.length}" failures="${tensors.filter(({ right }) => !right).length}"`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Text as XML 1.0 has it; characters that XML can't hold become U+FFFD. */
function escape(text: string): string {
  return text.toWellFormed()
    // deno-lint-ignore no-control-regex
    .replace(/[\0-\x1f\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"]/g, (character) => entities[character]!);
}
