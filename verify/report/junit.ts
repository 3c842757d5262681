/**
 * The report for CI systems: JUnit XML, a test suite per case and a test case per tensor and witness.
 *
 * @module
 */
import { type CaseVerdict, describe, type TensorVerdict } from "../judge.ts";
import { reproduction, summaryOf } from "./summary.ts";

/** Writes verdicts as JUnit XML. */
export function junitReport(results: readonly CaseVerdict[]): string {
  const all = results.flatMap(({ tensors }) => tensors);
  const suites = results.flatMap(({ id, tensors }) => [
    `  <testsuite name="${escape(id)}" ${counts(tensors)}>`,
    ...tensors.flatMap((t) => testCase(id, t)),
    "  </testsuite>",
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="goldengrad, ${summaryOf(results).cases} cases" ${counts(all)}>`,
    ...suites,
    "</testsuites>",
  ].join("\n");
}

function testCase(id: string, t: TensorVerdict): string[] {
  const name = t.source === null
    ? `${t.tensor} ${t.witness}`
    : `${t.tensor} ${t.witness} cell ${t.source.cell}`;
  const open = `    <testcase classname="${escape(id)}" name="${escape(name)}"`;
  if (t.right) return [`${open}/>`];
  return [
    `${open}>`,
    `      <failure type="${t.verdict}" message="${escape(describe(t))}">${
      escape(reproduction(id))
    }</failure>`,
    "    </testcase>",
  ];
}

function counts(tensors: readonly TensorVerdict[]): string {
  return `tests="${tensors.length}" failures="${tensors.filter(({ right }) => !right).length}"`;
}

function escape(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (character) => entities[character]!);
}
