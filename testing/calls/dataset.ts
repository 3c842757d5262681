/**
 * Valid calls of what `dataset/mod.ts` exports.
 *
 * @module
 */
import { compileCase } from "../../cases/mod.ts";
import * as dataset from "../../dataset/mod.ts";
import { memoryFolder } from "../datasets.ts";
import { smallCase } from "./cases.ts";
import { type Subject, subject } from "./subject.ts";

const { exportCase, fileName, longTable, TextBuffer, wideTable, writeDataset } = dataset;

const compiled = () => compileCase(smallCase());

/** A buffer that holds something. */
function buffer(): dataset.TextBuffer {
  const held = new TextBuffer();
  held.text("abcdef");
  return held;
}

/** A folder that is full after a few writes, since a damaged count can be of any size. */
const smallDisk = () => Object.assign(memoryFolder(), { failAt: 20 });

export const datasetSubjects: readonly Subject[] = [
  subject(
    "exportCase",
    (...args: never[]) => (exportCase as (...args: never[]) => Iterator<unknown>)(...args).next(),
    () => {
      const c = compiled();
      return [c, [longTable(c), wideTable(c)]];
    },
    () => {
      const c = compiled();
      return [c, [wideTable(c)], {
        rows: { seed: 1, first: 2, count: 3 },
        header: false,
        chunkBytes: 64,
      }];
    },
  ),
  subject("fileName", fileName, () => ["notebook/n=2", "long"], () => ["a", "wide"]),
  subject("longTable", longTable, () => [compiled()]),
  subject("wideTable", wideTable, () => [compiled()]),
  subject("TextBuffer", () => new TextBuffer(), () => []),
  subject("TextBuffer.text", (text: never) => buffer().text(text), () => ["x,y"], () => ["π"]),
  subject("TextBuffer.code", (code: never) => buffer().code(code), () => [10]),
  subject("TextBuffer.bits", (x: never) => buffer().bits(x), () => [0.5]),
  subject("TextBuffer.repeat", (start: never, n: never) => buffer().repeat(start, n), () => [1, 4]),
  {
    ...subject("writeDataset", writeDataset, () => [smallDisk(), [smallCase()]], () => [
      smallDisk(),
      [smallCase()],
      {
        layouts: ["wide"],
        rows: { seed: 1, first: 0, count: 2 },
        signal: new AbortController().signal,
        onProgress: () => {},
      },
    ]),
    outcome: /: No space left on device$/,
  },
];
