/**
 * The report for CI systems: JUnit XML, a test suite per case and instance and a test case per
 * tensor and witness. What was not checked is a test case that was skipped.
 *
 * @module
 */
import type { BlockSource } from "../golden/mod.ts";
import { describe, describeMissing } from "../verify/describe.ts";
import type { CaseVerdict, TensorVerdict } from "../verify/case_verdict.ts";
import { outcomeOf } from "../verify/verdict.ts";
import { checkReport } from "./check.ts";
import type { ReportOptions } from "./reporter.ts";
import { reproduction, resultName, summaryOf } from "./summary.ts";

/** Writes verdicts as JUnit XML. */
export function junitReport(results: readonly CaseVerdict[], options: ReportOptions): string {
  checkReport(results, options);
  const suites = results.flatMap((result) => {
    const name = escape(resultName(result));
    const again = escape(reproduction(result.id, options));
    return [
      `  <testsuite name="${name}" ${counts([result])}>`,
      ...result.tensors.flatMap((t) => testCase(name, again, t)),
      ...(result.missing ?? []).flatMap((tensor) => missingCase(name, again, tensor)),
      "  </testsuite>",
    ];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="goldengrad, ${summaryOf(results).cases} cases" ${counts(results)}>`,
    ...suites,
    "</testsuites>",
  ].join("\n");
}

function testCase(className: string, again: string, t: TensorVerdict): string[] {
  const { witness, source } = t;
  const name = escape(`${t.tensor} ${witness}${source === null ? "" : ` ${blockName(source)}`}`);
  const open = `    <testcase classname="${className}" name="${name}"`;
  const outcome = outcomeOf(t);
  if (outcome === "right") return [`${open}/>`];
  if (outcome === "not checked") {
    return [`${open}>`, `      <skipped message="${escape(describe(t))}"/>`, "    </testcase>"];
  }
  return failed(open, t.verdict, describe(t), again);
}

function missingCase(className: string, again: string, tensor: string): string[] {
  const open = `    <testcase classname="${className}" name="${escape(tensor)}"`;
  return failed(open, "missing", describeMissing(tensor), again);
}

function failed(open: string, type: string, message: string, again: string): string[] {
  const failure = `<failure type="${type}" message="${escape(message)}">${again}</failure>`;
  return [`${open}>`, `      ${failure}`, "    </testcase>"];
}

/** A printed block as the name of a test has it: no two have the same, of whatever notebooks. */
function blockName({ file, sha256, position, cell, occurrence }: BlockSource): string {
  return `${file}@${sha256.slice(0, 12)} position ${position} cell ${cell} block ${occurrence}`;
}

function counts(results: readonly CaseVerdict[]): string {
  const missing = results.reduce((count, { missing = [] }) => count + missing.length, 0);
  const tensors = results.flatMap(({ tensors }) => tensors);
  const wrong = tensors.filter(({ right }) => !right);
  const skipped = tensors.filter((t) => outcomeOf(t) === "not checked").length;
  return `tests="${tensors.length + missing}" failures="${
    wrong.length + missing
  }" skipped="${skipped}"`;
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
