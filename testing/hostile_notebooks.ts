/**
 * A campaign over long and deep notebooks and JSON files, on which a reader whose work grows with
 * the square of the length, or whose stack with the depth, does not come to an end.
 *
 * @module
 */
import { captureNotebook, parseBindings, parseGolden } from "../golden/mod.ts";
import { campaign, type Try } from "./campaign.ts";

const million = 1_000_000;
const output = "In [1]:\nx\n\n";
const versions = "In [1]:\nprint(tf.__version__)\n\n";

/** Plain-text exports. */
const texts: Record<string, string> = {
  "20,000 brackets": output + "[".repeat(20_000),
  "a million brackets and a word": output + "[".repeat(million) + "x",
  "a million brackets and a number": output + "[".repeat(million) + "1",
  "arrays within arrays": output + "array([".repeat(million / 10),
  "a line of spaces": output + " ".repeat(million) + "x",
  "a heading of spaces": `# ${" ".repeat(million)}\n${output}[1.]\n`,
  "a heading of hashes": `# a ${"#".repeat(million)}x\n${output}[1.]\n`,
  "backslashes in an open string": `In [1]:\nx = '${"\\".repeat(million)}\n\n[1. 2`,
  "escaped quotes in an open string": `In [1]:\nx = "${'\\"'.repeat(million / 2)}\n\n[1. 2`,
  "paragraphs that could be labels": `In [1]:\nx\n\n${"a:\n\n".repeat(50_000)}f(`,
  "paragraphs of code": `In [1]:\nx\n\n${"a = 5\n\n".repeat(50_000)}f()`,
  "paragraphs with versions": `In [1]:\nx\n\n${"tf.__version__:\n\n".repeat(20_000)}f()`,
  "a version of many parts": `${versions}${"1.".repeat(million / 2)}1(`,
  "a version of many digits": `${versions}1.${"1".repeat(million)}(`,
  "a scalar of many digits": `${output}1.${"1".repeat(million)}\n`,
  "a list of one long number": `${output}[1.${"1".repeat(million)}\n`,
  "an array of one long number": `${output}[1.${"1".repeat(million)}]\n`,
  "a long number with exponent": `${output}[1.${"1".repeat(million)}e+00]\n`,
  "a list of many scalars": `${output}[${Array(130_000).fill("nan").join(", ")}]\n`,
  "an array of many lines": `${output}[${"nan\n ".repeat(100_000)}]\n`,
  "an array with blank lines that fails": `${output}[${"[[nan]]\n\n ".repeat(30_000)}x]\n`,
  "a shape of many extents": `${output}(${"1, ".repeat(300_000)}1)\n`,
  "a tensor of many extents": `${output}<tf.Tensor 'a' shape=(${
    "1, ".repeat(300_000)
  }1) dtype=float32>\n`,
  "many marks": "In [1]:\n".repeat(100_000),
  "many headings": `In [1]:\nx = 1\n\n${"# a\n\n".repeat(100_000)}`,
};

const cell = (outputs: unknown, source: unknown = "x") =>
  JSON.stringify({
    nbformat: 4,
    cells: [{ cell_type: "code", execution_count: 1, source, outputs }],
  });
const stream = (text: unknown) => ({ output_type: "stream", name: "stdout", text });

/** Files of nbformat 4. */
const ipynbs: Record<string, string> = {
  "200,000 brackets": `{"nbformat": 4, "cells": ${"[".repeat(200_000)}`,
  "200,000 brackets and their partners": `{"nbformat": 4, "x": ${"[".repeat(200_000)}${
    "]".repeat(200_000)
  }}`,
  "200,000 objects": '{"a":'.repeat(200_000),
  "a picture of 20 MB": cell([{
    output_type: "display_data",
    data: { "image/png": "A".repeat(20 * million), "text/plain": "[1.]" },
  }]),
  "a text of escapes": cell([{
    output_type: "display_data",
    data: { "text/html": '\\"\n'.repeat(million), "text/plain": "[1.]" },
  }]),
  "a stream of many pieces": cell([stream("a:\n"), stream(Array(200_000).fill("[nan]\n"))]),
  "a line of many pieces": cell([stream(Array(200_000).fill("a"))]),
  "an import behind blank lines": cell(
    [stream("1.2\n[1.]")],
    `${"\n".repeat(million)}tf.__version__`,
  ),
};

const bindings = (cases: string) =>
  `{"format": "goldengrad-bindings", "formatVersion": 2, "source": "a", "bindings": [
    {"position": 1, "cell": 1, "occurrence": 1, "tensor": "x", "cases": ["${cases}"]}]}`;

const encoder = new TextEncoder();
const capture = async (text: string, file: string) =>
  await captureNotebook(encoder.encode(text), file, { warn: () => {} });

/** Every input by name, with what reads it. */
const inputs: [name: string, read: () => unknown][] = [
  ...Object.entries(texts).map(([name, text]): [string, () => unknown] => [
    `notebook text: ${name}`,
    () => capture(text, "a.txt"),
  ]),
  ...Object.entries(ipynbs).map(([name, text]): [string, () => unknown] => [
    `.ipynb: ${name}`,
    () => capture(text, "a.ipynb"),
  ]),
  ["golden JSON: deep", () => parseGolden(`{"x": ${"[".repeat(million)}`, "a.json")],
  [
    "golden JSON: deep and closed",
    () => parseGolden(`{"x": ${"[".repeat(million)}${"]".repeat(million)}}`, "a.json"),
  ],
  ["bindings: deep", () => parseBindings("[".repeat(million), "a.json")],
  ["bindings: 2^60 cases", () => parseBindings(bindings("{a,b}".repeat(60)), "a.json")],
  ["bindings: 500,000 braces", () => parseBindings(bindings("{".repeat(500_000)), "a.json")],
  ["bindings: 500,000 pairs", () => parseBindings(bindings("{a}".repeat(500_000)), "a.json")],
];

async function attempt(_seed: number, i: number): Promise<Try> {
  const [name, read] = inputs[i]!;
  try {
    await read();
    return { counts: ["result"] };
  } catch (error) {
    const { name: kind, message } = error as Error;
    return kind === "SyntaxError" && /^Cannot read a\.\w+:\d+.{1,200}$/.test(message)
      ? { counts: ["refused"] }
      : { counts: [], failure: `${name}: ${kind}: ${JSON.stringify(message.slice(0, 300))}` };
  }
}

/** How many inputs there are. */
export const INPUTS = inputs.length;

if (import.meta.main) await campaign(attempt);
