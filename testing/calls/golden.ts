/**
 * Valid calls of what `golden/mod.ts` exports.
 *
 * @module
 */
import { cases } from "../../cases/mod.ts";
import * as golden from "../../golden/mod.ts";
import { type Subject, subject } from "./subject.ts";

const notebook = "In [7]:\nimport numpy as np\nx\n\narray([[1.5, -2. ]], dtype=float32)\n";

const bindings = JSON.stringify({
  format: "goldengrad-bindings",
  formatVersion: 2,
  source: "mine.txt",
  bindings: [{ position: 1, cell: 7, occurrence: 1, tensor: "z", cases: ["notebook/{a,b}"] }],
});

const bytes = () => new TextEncoder().encode(notebook);
const parsed = () => golden.parseBindings(bindings, "bindings.json");

/** The subjects; a golden file is captured first for those that take one. */
export async function goldenSubjects(): Promise<readonly Subject[]> {
  const [file] = await golden.captureNotebook(bytes(), "mine.txt", { bindings: parsed() });
  const value = file!.golden;
  const entry = value.entries[0]!;
  const block = entry.blocks[0]!;
  return [
    subject("parseBindings", golden.parseBindings, () => [bindings, "bindings.json"]),
    subject("checkBindings", golden.checkBindings, () => [[value], () => [1, 2]]),
    subject("shapesOf", golden.shapesOf, () => [cases.slice(0, 2)]),
    subject(
      "captureNotebook",
      golden.captureNotebook,
      () => [bytes(), "mine.txt"],
      () => [bytes(), "mine.txt", { bindings: parsed() }],
    ),
    subject("goldenText", golden.goldenText, () => [value]),
    subject("checkGolden", golden.checkGolden, () => [value, "mine.json"]),
    subject("countNumbers", golden.countNumbers, () => [value.entries]),
    subject("goldenHash", golden.goldenHash, () => [value]),
    subject("parseGolden", golden.parseGolden, () => [golden.goldenText(value), "mine.json"]),
    subject("goldens", golden.goldens, () => []),
    subject("blockKey", golden.blockKey, () => [
      { file: "mine.txt", sha256: value.source.sha256, position: 1, cell: 7, occurrence: 1 },
    ]),
    subject("goldenFor", golden.goldenFor, () => [cases[0]!.id], () => ["notebook/a", [value]]),
    subject("readNotebook", golden.readNotebook, () => [notebook, "mine.txt"]),
    subject("printedSet", golden.printedSet, () => ["1.5", "array"], () => ["1.e-10", "scalar"]),
    subject("distanceToPrinted", golden.distanceToPrinted, () => [1.5, "1.25", "scalar"]),
    subject("blockText", golden.blockText, () => [entry, block]),
    subject("fillTemplate", golden.fillTemplate, () => [entry, () => "[1.]"]),
    subject("listText", golden.listText, () => ["1.", block]),
  ];
}
