import { assertEquals, assertThrows } from "@std/assert";
import { type Notebook, readNotebook } from "./notebook.ts";
import { printedVersions } from "./section.ts";

const sample = new URL("./testdata/sample", import.meta.url);
const plain = readNotebook(Deno.readTextFileSync(`${sample.pathname}.txt`), "sample.txt");
const ipynb = readNotebook(Deno.readTextFileSync(`${sample.pathname}.ipynb`), "sample.ipynb");

/** Title, and number, code and output of every cell: all but the places in the file. */
function contents({ sections }: Notebook): unknown {
  return sections.map(({ title, cells }) => [
    title,
    cells.map(({ number, code, output }) => [number, code, output.map(({ text }) => text)]),
  ]);
}

/** The output of the only cell of a plain-text notebook. */
function outputOf(body: string): string[] {
  const { sections } = readNotebook(`In [7]:\n${body}`, "a.txt");
  return sections[0]!.cells[0]!.output.map(({ text }) => text);
}

Deno.test("the plain text and the .ipynb of a notebook read alike", () => {
  assertEquals(contents(plain), contents(ipynb));
  assertEquals(
    plain.sections.map(({ title, cells }) => [title, ...cells.map(({ number }) => number)]),
    [
      [""],
      ["Golden sample", 3, 35],
      ["by hand", 30, 38, 39, 40],
      ["by gradients", 29, 430, 433],
    ],
  );
});

Deno.test("cells and their output keep the lines of the plain text", () => {
  const lines = Deno.readTextFileSync(`${sample.pathname}.txt`).split("\n");
  for (const { cells } of plain.sections) {
    for (const { line, number, output } of cells) {
      assertEquals(lines[line - 1], `In [${number}]:`);
      for (const { text, line } of output) assertEquals(lines[line - 1], text);
    }
  }
});

Deno.test("output keeps the lines of the .ipynb", () => {
  const lines = Deno.readTextFileSync(`${sample.pathname}.ipynb`).split("\n");
  const output = ipynb.sections.flatMap(({ cells }) => cells.flatMap(({ output }) => output));
  const arrays = output.filter(({ text }) => text.startsWith(" ["));
  assertEquals(arrays.length > 5, true);
  for (const { text, line } of arrays) assertEquals(lines[line - 1]!.includes(text), true);
});

const split: [what: string, body: string, output: string[]][] = [
  ["has blank lines in its code", "x = 1\n\ny = 2\n\nx\n\n[1.]", ["[1.]"]],
  ["has a line of spaces in its code", "for i in r:\n    f(i)\n        \nprint(g)\n\n[1.]", [
    "[1.]",
  ]],
  ["prints an array of rank 3", "x\n\narray([[[1.]],\n\n       [[2.]]], dtype=float32)", [
    "array([[[1.]],",
    "",
    "       [[2.]]], dtype=float32)",
  ]],
  ["prints labels", 'print("a:\\n", a)\nprint("b:", b)\n\na:\n [1.]\nb: 0.5\n\n', [
    "a:",
    " [1.]",
    "b: 0.5",
  ]],
  ["prints several values in a line", 'print("a:", a, "b:", b)\n\na: 0.5 b: [1.]', [
    "a: 0.5 b: [1.]",
  ]],
  ["prints shapes", "print(x.shape)\n\n(2, 3)\n", ["(2, 3)"]],
  ["prints a version", "print(tf.__version__)\n\n1.8.0\n", ["1.8.0"]],
  ["prints nan", "y\n\nnan", ["nan"]],
  ["starts on the line of its mark", " x\n\n[1.]", ["[1.]"]],
  ["prints nothing", "x = 1\n\ny = 2", []],
  ["prints nothing and has values in its code", "x = [\n\n  1.5, 2.5,\n\n  [3.5]]", []],
  ["prints in a function only", "def f(x):\n\n    print(x)", []],
  ["has a print commented out", "x = 1\n# print(x)", []],
  ["is empty", "\n", []],
];

for (const [what, body, output] of split) {
  Deno.test(`output is told from code where a cell ${what}`, () =>
    assertEquals(outputOf(body), output));
}

Deno.test("lines may end in CR LF", () => {
  const { sections } = readNotebook("## demo\r\n\r\nIn [1]:\r\nx\r\n\r\n[1.]\r\n", "a.txt");
  assertEquals(sections[1]!.title, "demo");
  assertEquals(sections[1]!.cells[0]!.output, [{ text: "[1.]", line: 6 }]);
});

Deno.test("a comment is no heading, unless it stands alone at the end of a cell", () => {
  const text =
    "In [1]:\n# one\nx = 1\n# two\n\nIn [2]:\n\n## head ##\n\n### sub\n\nIn [3]:\n# three\n\nIn [ ]:\n# four";
  assertEquals(
    readNotebook(text, "a.txt").sections.map(({ title, cells }) => [title, cells.length]),
    [
      ["", 2],
      ["head", 0],
      ["sub", 1],
    ],
  );
});

Deno.test("the versions that code prints are known by the names of their modules", () => {
  assertEquals(printedVersions("print(tf.__version__, np.__version__)\n# print(x.__version__)"), [
    "tf",
    "np",
  ]);
});

Deno.test("positions count the code cells of the file, run or not", () => {
  for (const { sections } of [plain, ipynb]) {
    const places = sections.flatMap(({ cells }) =>
      cells.map(({ position, number }) => [position, number])
    );
    assertEquals(places, [[1, 3], [2, 35], [3, 30], [4, 38], [5, 39], [6, 40], [8, 29], [9, 430], [
      10,
      433,
    ]]);
  }
});

const damagedText: [what: string, text: string, message: string][] = [
  ["that is empty", "", "1: the file is empty"],
  ["of blank lines", "\n \n", "1: the file is empty"],
  ["without cells", "hello\n[1.]\n", '1: no line such as "In [1]:" found, this is not a notebook'],
  [
    "cut off in an array",
    "In [7]:\nx\n\narray([[1., 2.],\n       [3.",
    "5 (cell 7): the array begun in line 4 is truncated",
  ],
  [
    "cut off behind a row",
    "In [7]:\nprint(x)\n\nx:\n [[1. 2.]\n",
    "5 (cell 7): the array begun in line 5 is truncated",
  ],
  [
    "cut off in a list",
    "In [7]:\nprint(x)\n\n[array([1.], dtype=float32",
    "4 (cell 7): the array begun in line 4 is truncated",
  ],
  [
    "cut off in a label",
    "In [7]:\nprint(x, y)\n\nx: [1.]\ng_lo",
    '5 (cell 7): "g_lo" is neither a label nor a value that can be read',
  ],
  [
    "cut off behind a label",
    "In [7]:\nprint(x, y)\n\nx: [1.]\ny:",
    '5 (cell 7): "y:" is neither a label nor a value that can be read',
  ],
  [
    "cut off behind code that prints",
    "In [7]:\nprint(x)\n",
    "2 (cell 7): the code prints, and no output that can be read follows it",
  ],
  [
    "cut off behind a bare name",
    "In [7]:\nx = 1\nx\n",
    "3 (cell 7): the code prints, and no output that can be read follows it",
  ],
  [
    "with words for output",
    "In [7]:\nprint(x)\n\nhello\n",
    "4 (cell 7): the code prints, and no output that can be read follows it",
  ],
  [
    "with a summarized array",
    "In [7]:\nx\n\n[1. 2. ... 8. 9.]",
    "4 (cell 7): the array is summarized with ..., print it whole",
  ],
  [
    "with a ragged array below a label",
    "In [7]:\nprint(x)\n\nx:\n [[1. 2.]\n [3.]]",
    "6 (cell 7): the array is ragged, this row has 1 values and the first has 2",
  ],
  [
    "with a float64 array",
    "In [7]:\nx\n\narray([0.5])",
    "4 (cell 7): the array has no dtype=float32",
  ],
  [
    "with more brackets than an array has axes",
    `In [7]:\nx\n\n${"[".repeat(20_000)}`,
    "4 (cell 7): the array has more than 32 axes, NumPy's have not",
  ],
  [
    "with an extent that no array has",
    "In [7]:\nprint(x.shape)\n\n(99999999999999999999,)",
    '4 (cell 7): the shape "99999999999999999999," has an extent that is no whole number',
  ],
  [
    "with a cell number beyond all",
    "In [99999999999999999999]:\nx\n",
    '1: "99999999999999999999" is no number of a cell',
  ],
  [
    "with a stray number",
    "In [7]:\nprint(x)\n\nx: 0.5\n12.5%",
    '5 (cell 7): "12.5%" is not a number as NumPy prints it',
  ],
];

for (const [what, text, message] of damagedText) {
  Deno.test(`a plain text ${what} is refused`, () => {
    assertEquals(
      assertThrows(() => readNotebook(text, "a.txt"), SyntaxError).message,
      `Cannot read a.txt:${message}`,
    );
  });
}

const code = '{"cell_type": "code", "execution_count": 1, "source": "x",\n"outputs": [';
const damagedIpynb: [what: string, text: string, message: string][] = [
  ["that is empty", "", "1: the file is empty"],
  [
    "that is not JSON",
    '{"nbformat": 4,\n',
    "2: not JSON, expected a key, found the end of the file",
  ],
  [
    "of nbformat 3",
    '{\n"worksheets": [],\n"nbformat": 3}',
    "3: nbformat 3 is not read, only nbformat 4",
  ],
  ["of nbformat 5", '{"nbformat": 5, "cells": []}', "1: nbformat 5 is not read, only nbformat 4"],
  ["that is other JSON", "[1]", "1: a file without nbformat is not read, only nbformat 4"],
  ["without cells", '{"nbformat": 4}', "1: cells is missing or not a list"],
  [
    "with a cell without source",
    '{"nbformat": 4, "cells": [\n{"cell_type": "code"}]}',
    "2: source is missing or not a text",
  ],
  [
    "with a source that is no text",
    '{"nbformat": 4, "cells": [{"source": ["x",\n1]}]}',
    "2: source is missing or not a text",
  ],
  [
    "without outputs",
    '{"nbformat": 4, "cells": [{"cell_type": "code", "source": ""}]}',
    "1: outputs is missing or not a list",
  ],
  [
    "with output of a cell that was not run",
    `{"nbformat": 4, "cells": [\n${
      code.replace("1", "null")
    }{"output_type": "stream", "text": "1.5"}]}]}`,
    "2: a cell has output and no execution_count",
  ],
  [
    "with a fractional number of a cell",
    `{"nbformat": 4, "cells": [\n${code.replace("1", "1.5")}]}]}`,
    "2: execution_count is 1.5, not a whole number",
  ],
  [
    "that is nested too deep",
    `{"nbformat": 4,\n"cells": ${"[".repeat(200_000)}`,
    "2: the JSON is nested deeper than 500 levels",
  ],
  [
    "with an unknown output",
    `{"nbformat": 4, "cells": [${code}\n{"output_type": "pyout"}]}]}`,
    '3: output_type "pyout" is not of nbformat 4',
  ],
  [
    "with an output of no type",
    `{"nbformat": 4, "cells": [${code}{}]}]}`,
    "2: output_type is missing",
  ],
];

for (const [what, text, message] of damagedIpynb) {
  Deno.test(`a .ipynb ${what} is refused`, () => {
    const error = assertThrows(() => readNotebook(text, "a.ipynb"), SyntaxError);
    assertEquals(error.message, `Cannot read a.ipynb:${message}`);
  });
}
