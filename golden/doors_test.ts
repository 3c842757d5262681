import { assertEquals, assertRejects } from "@std/assert";
import { cases } from "../cases/mod.ts";
import { runContractCase } from "./contract.ts";
import * as golden from "./mod.ts";

// deno-lint-ignore no-explicit-any
type Loose = any;

const g = golden as Loose;
const [first] = golden.goldens();
const entry = first!.entries[0]!;
const block = entry.blocks[0]!;
const bytes = new TextEncoder().encode("In [1]:\nx\n\n[1.]\n");
const bound = { position: 1, cell: 1, occurrence: 1, tensor: "x", cases: ["c"] };
const given = (...bindings: unknown[]) => ({ bindings: { file: "b", source: "a", bindings } });
const circular: unknown[] = [];
circular.push(circular);
const holes = new Array(2 ** 32 - 1);

const wrong: [call: () => unknown, error: string][] = [
  [() => g.parseBindings(), "TypeError: Cannot read bindings: text is undefined, expected a text"],
  [() => g.parseBindings("", 5), "TypeError: Cannot read bindings: file is 5, expected a text"],
  [
    () => g.parseBindings("[", "a\nb"),
    "SyntaxError: Cannot read a\ufffdb:1: not JSON, expected a value, found the end of the file",
  ],
  [() => g.checkBindings({}, () => []), "TypeError: Cannot check bindings: goldens is not a list"],
  [
    () => g.checkBindings([circular], () => []),
    "TypeError: Cannot check bindings: goldens[0] is not an object",
  ],
  [
    () => g.checkBindings([], null),
    "TypeError: Cannot check bindings: shapeOf is null, expected a function",
  ],
  [
    () => g.checkBindings([first], () => 5),
    "TypeError: Cannot check bindings: the shape of z is 5, expected a list without holes",
  ],
  [
    () => g.shapesOf([null]),
    "TypeError: Cannot find shapes: cases[0] is null, expected a case",
  ],
  [
    () => golden.shapesOf(cases)("x", 1 as Loose),
    "TypeError: Cannot find a shape: tensor is 1, expected a text",
  ],
  [
    () => g.captureNotebook("In [1]:", "a.txt"),
    'TypeError: Cannot capture a notebook: bytes is "In [1]:", ' +
    "expected a Uint8Array that shares its memory with no other thread",
  ],
  [
    () => g.captureNotebook(new Uint8Array(new SharedArrayBuffer(4)), "a.txt"),
    "TypeError: Cannot capture a notebook: bytes is a typed array, " +
    "expected a Uint8Array that shares its memory with no other thread",
  ],
  [
    () => g.captureNotebook(bytes, null),
    "TypeError: Cannot capture a notebook: file is null, expected a file name without folders",
  ],
  [
    () => g.captureNotebook(bytes, "b/a.txt"),
    'RangeError: Cannot capture a notebook: file is "b/a.txt", expected a file name without folders',
  ],
  [
    () => g.captureNotebook(bytes, "a.txt", { binding: {} }),
    'TypeError: Cannot capture a notebook: there is no option "binding", only bindings, warn',
  ],
  [
    () => g.captureNotebook(bytes, "a.txt", { warn: "no" }),
    'TypeError: Cannot capture a notebook: option "warn" is "no", expected a function',
  ],
  [
    () => g.captureNotebook(bytes, "a.txt", given({ ...bound, position: 0 })),
    "TypeError: Cannot capture a notebook: bindings.bindings[0].position is 0, counted from 1",
  ],
  [
    () =>
      g.captureNotebook(bytes, "a.txt", { bindings: { file: "b", source: "a", bindings: holes } }),
    "TypeError: Cannot capture a notebook: bindings.bindings is a list with holes",
  ],
  [() => g.goldenText(null), "TypeError: Cannot write a golden: golden is not an object"],
  [
    () => g.goldenText({ ...first, extra: circular }),
    'TypeError: Cannot write a golden: golden has an unknown key "extra"',
  ],
  [
    () => g.goldenHash({ ...first, entries: circular }),
    "TypeError: Cannot hash a golden: golden.entries[0] is not an object",
  ],
  [
    () => g.goldenHash({ ...first, section: 1n }),
    "TypeError: Cannot hash a golden: golden.section is not a text",
  ],
  [
    () => g.checkGolden({}, {}),
    "TypeError: Cannot check a golden file: file is an object, expected a text",
  ],
  [() => g.checkGolden(circular, "a"), "SyntaxError: Cannot read a: the file is not an object"],
  [
    () => g.parseGolden(first, "a"),
    "TypeError: Cannot read a golden file: text is an object, expected a text",
  ],
  [() => g.countNumbers(5), "TypeError: Cannot count numbers: entries is not a list"],
  [
    () => g.countNumbers([{ ...entry, line: "1" }]),
    "TypeError: Cannot count numbers: entries[0].line is not a whole number",
  ],
  [() => g.readNotebook(5, "a"), "TypeError: Cannot read a notebook: text is 5, expected a text"],
  [
    () => g.readNotebook("x"),
    "TypeError: Cannot read a notebook: file is undefined, expected a text",
  ],
  [
    () => g.distanceToPrinted("1", "1.", "array"),
    'TypeError: Cannot measure a distance: value is "1", expected a number',
  ],
  [
    () => g.distanceToPrinted(1, "1.", "list"),
    'RangeError: Cannot read a printed number: format is "list", ' +
    'expected "array" or "array-exponent" or "scalar"',
  ],
  [() => g.printedSet(1), "TypeError: Cannot read a printed number: text is 1, expected a text"],
  [
    () => g.printedSet("1.x", "array"),
    'SyntaxError: Cannot read a printed number: no float32 value prints as "1.x" in an array',
  ],
  [
    () => g.blockText({}, block),
    "TypeError: Cannot give a block's text: entry.position is missing",
  ],
  [
    () => g.blockText(entry, { ...block, start: [9, 1] }),
    "TypeError: Cannot give a block's text: block.start is not a place in the entry's text",
  ],
  [
    () => g.fillTemplate(entry, "x"),
    'TypeError: Cannot fill a template: textOf is "x", expected a function',
  ],
  [
    () => g.fillTemplate(entry, () => 5),
    "TypeError: Cannot fill a template: the text of block 1 is 5, expected a text",
  ],
  [
    () => g.listText(5, block),
    "TypeError: Cannot write a value of a list: text is 5, expected a text",
  ],
  [
    () => g.listText("5", { ...block, list: { index: 1, length: 1 } }),
    "TypeError: Cannot write a value of a list: block.list has an index beyond its length",
  ],
  [() => g.goldenFor(7), "TypeError: Cannot find golden values: caseId is 7, expected a text"],
  [() => g.goldenFor("x", first), "TypeError: Cannot find golden values: from is not a list"],
  [
    () => g.goldenFor("x", [{ ...first, entries: null }]),
    "TypeError: Cannot find golden values: from[0].entries is not a list",
  ],
  [
    () => g.blockKey({ sha256: 5 }),
    "TypeError: Cannot make a key: source.sha256 is not a text",
  ],
  [
    () => runContractCase(null as Loose),
    "TypeError: Cannot run a contract case: contractCase is not an object",
  ],
  [
    () => runContractCase({ ...golden.contractCases[0]!, calls: [{ ys: 5, xs: [] }] } as Loose),
    "TypeError: Cannot run a contract case: contractCase.calls[0].ys is not a list",
  ],
  [
    () => runContractCase(golden.contractCases[0]!, {} as Loose),
    "TypeError: Cannot run a contract case: differentiate is an object, expected a function",
  ],
];

for (const [call, expected] of wrong) {
  Deno.test(`refused at the door: ${expected}`, async () => {
    const error = await assertRejects(async () => await call()) as Error;
    assertEquals(`${error.name}: ${error.message}`, expected);
  });
}

Deno.test("every public function has a wrong call here", () => {
  const functions = Object.keys(g).filter((name) => typeof g[name] === "function");
  const source = wrong.map(([call]) => String(call)).join();
  assertEquals(
    functions.filter((name) => !source.includes(`${name}(`)),
    ["goldens"], // it takes nothing
  );
});
