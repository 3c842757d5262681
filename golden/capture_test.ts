import { assertEquals, assertRejects } from "@std/assert";
import type { Bindings, BlockBinding } from "./bindings.ts";
import { captureNotebook, goldenText } from "./capture.ts";
import type { GoldenBlock } from "./format.ts";
import { parseGolden } from "./golden_check.ts";

const folder = new URL("./testdata/", import.meta.url);
const cases = ["demo"];

async function capture(text: string, ...bindings: BlockBinding[]) {
  const bound: Bindings | undefined = bindings.length === 0
    ? undefined
    : { file: "b.json", source: "a.txt", bindings };
  return await captureNotebook(
    new TextEncoder().encode(text),
    "a.txt",
    bound && { bindings: bound },
  );
}

async function onlyBlocks(text: string): Promise<readonly GoldenBlock[]> {
  const [file] = await capture(text);
  return file!.golden.entries[0]!.blocks;
}

Deno.test("both exports of a notebook give the same entries, save for the lines", async () => {
  const [plain, ipynb] = await Promise.all(["sample.txt", "sample.ipynb"].map(async (name) => {
    const files = await captureNotebook(Deno.readFileSync(new URL(name, folder)), name);
    return files.map(({ name, golden }) => [
      name,
      golden.section,
      golden.libraries,
      golden.numbers,
      golden.entries.map(({ line: _, ...entry }) => entry),
    ]);
  }));
  assertEquals(plain, ipynb);
  assertEquals(plain!.map(([name, section]) => [name, section]), [
    ["02_by_hand.json", "by hand"],
    ["03_by_gradients.json", "by gradients"],
  ]);
});

Deno.test("capturing twice gives the same text, which reads back", async () => {
  const bytes = Deno.readFileSync(new URL("sample.ipynb", folder));
  const [once, twice] = [
    await captureNotebook(bytes, "a.ipynb"),
    await captureNotebook(bytes, "a.ipynb"),
  ];
  assertEquals(
    once.map(({ golden }) => goldenText(golden)),
    twice.map(({ golden }) => goldenText(golden)),
  );
  for (const { name, golden } of once) {
    assertEquals(await parseGolden(goldenText(golden), name), golden);
  }
});

Deno.test("the header names the source, the libraries and the count", async () => {
  const [file] = await capture(
    "In [1]:\nimport tensorflow as tf\nprint(tf.__version__)\nprint(y)\n\n1.8.0\n[0.5 0.25]",
  );
  const { format, formatVersion, section, source, libraries, printFormat, numbers } = file!.golden;
  assertEquals([format, formatVersion, section, printFormat, numbers], [
    "goldengrad-golden",
    2,
    "",
    "numpy-1.14",
    2,
  ]);
  assertEquals(source.file, "a.txt");
  assertEquals(source.sha256, "b5500c5696f3445e1e45459b93f2c334dca58be6d6a2263661bdac44a955e3dd");
  assertEquals(libraries, [{ name: "tensorflow", version: "1.8.0" }, {
    name: "numpy",
    version: null,
  }]);
  assertEquals(file!.name, "00_preamble.json");
});

Deno.test("a printed numpy version is known", async () => {
  const [file] = await capture(
    "In [1]:\nimport numpy as np\nprint(np.__version__)\nprint(y)\n\n1.14.3\n[0.5]",
  );
  assertEquals(file!.golden.libraries, [{ name: "numpy", version: "1.14.3" }]);
});

Deno.test("every block has its place, its shape and its format", async () => {
  assertEquals(await onlyBlocks("In [1]:\nprint(a, b, c)\n\na: [[0.5]\n [1. ]] b: 0.25\n(2, 1)"), [
    {
      kind: "array",
      occurrence: 1,
      start: [1, 4],
      end: [2, 8],
      style: "str",
      shape: [2, 1],
      format: "array",
      numbers: ["0.5", "1."],
    },
    {
      kind: "scalar",
      occurrence: 2,
      start: [2, 12],
      end: [2, 16],
      style: "str",
      shape: [],
      format: "scalar",
      numbers: ["0.25"],
    },
    { kind: "shape", occurrence: 3, start: [3, 1], end: [3, 7], shape: [2, 1] },
  ]);
  const [exponents] = await onlyBlocks(
    "In [1]:\ny\n\narray([1.00e-10,      nan, 1.25e-10], dtype=float32)",
  );
  assertEquals("format" in exponents! && exponents.format, "array-exponent");
});

Deno.test("sections without numbers have no file, and their number is kept", async () => {
  const files = await capture(
    "## One\n\nIn [1]:\nx = 1\n\n## Zwei: größer!\n\nIn [2]:\nx\n\n[0.5]\n\n## 三\n\nIn [3]:\nx\n\n[0.5]",
  );
  assertEquals(files.map(({ name }) => name), ["02_zwei_gro_er.json", "03_section.json"]);
});

const twice = "## a\n\nIn [1]:\nx\n\n[0.5]\n\n## b\n\nIn [1]:\ny\n\n[0.25]";

Deno.test("a binding says which tensor of which cases a block is", async () => {
  const [a, b] = await capture(
    twice,
    { position: 1, cell: 1, occurrence: 1, tensor: "x", cases, echo: true },
    { position: 2, cell: 1, occurrence: 1, tensor: "y", cases },
  );
  const bound = [a, b].map((file) => {
    const block = file!.golden.entries[0]!.blocks[0]!;
    return "binding" in block && block.binding;
  });
  assertEquals(bound, [{ tensor: "x", cases, echo: true }, { tensor: "y", cases }]);
});

const x: BlockBinding = { position: 1, cell: 1, occurrence: 1, tensor: "x", cases };
const text = "In [1]:\nprint(x, y)\n\n[0.5]\n(2,)";
const refused: [what: string, text: string, bindings: BlockBinding[], message: string][] = [
  [
    "an unbound shape",
    text,
    [x],
    "Cannot read a.txt:5 (cell 1): printed value 2 is bound to no tensor",
  ],
  [
    "an unbound array",
    text,
    [{ ...x, occurrence: 2 }],
    "Cannot read a.txt:4 (cell 1): printed value 1 is bound to no tensor",
  ],
  [
    "a binding of nothing",
    text,
    [x, { ...x, occurrence: 2 }, { ...x, occurrence: 3 }],
    "Cannot use b.json: position 1, cell 1, occurrence 3 (x): a.txt prints no such value",
  ],
  [
    "a binding of a version",
    "In [1]:\nprint(tf.__version__)\n\n1.8.0",
    [x],
    "Cannot use b.json: position 1, cell 1, occurrence 1 (x): a.txt prints no such value",
  ],
  [
    "a binding of one of two cells with the same number",
    twice,
    [x],
    "Cannot read a.txt:13 (cell 1): printed value 1 is bound to no tensor",
  ],
  [
    "a binding to a cell of another number",
    text,
    [{ ...x, cell: 2, line: 7 }, { ...x, occurrence: 2 }],
    "Cannot use b.json:7: position 1, cell 2, occurrence 1 (x): the cell at position 1 is In [1]",
  ],
  [
    "a block bound twice",
    text,
    [x, x],
    "Cannot use b.json: position 1, cell 1, occurrence 1 (x): the block is bound twice",
  ],
  [
    "a number that no float32 prints as",
    "In [1]:\nx\n\n[0.5\n 0.3000000001]",
    [],
    'Cannot read a.txt:5 (cell 1): no float32 value prints as "0.3000000001" in an array',
  ],
  [
    "a Python float",
    "In [1]:\nx\n\n0.30000000000000004",
    [],
    'Cannot read a.txt:4 (cell 1): no float32 value prints as "0.30000000000000004" as a scalar',
  ],
  [
    "a number without exponent among others",
    "In [1]:\nx\n\n[1.e-10\n 0.5]",
    [],
    'Cannot read a.txt:5 (cell 1): "0.5" stands in an array with exponents and has none',
  ],
];

for (const [what, text, bindings, message] of refused) {
  Deno.test(`${what} is refused`, async () => {
    assertEquals(
      (await assertRejects(() => capture(text, ...bindings), SyntaxError)).message,
      message,
    );
  });
}

Deno.test("bytes that are not UTF-8 are refused with their line", async () => {
  const bytes = new Uint8Array([...new TextEncoder().encode("In [1]:\nx\n\n[0.5]\n"), 0xff, 0x0a]);
  const error = await assertRejects(() => captureNotebook(bytes, "a.txt"), SyntaxError);
  assertEquals(error.message, "Cannot read a.txt:5: the text is not UTF-8");
  const utf16 = new Uint8Array([0xff, 0xfe, 0x49, 0x00]);
  assertEquals(
    (await assertRejects(() => captureNotebook(utf16, "a.ipynb"), SyntaxError)).message,
    "Cannot read a.ipynb:1: the text is not UTF-8",
  );
});
