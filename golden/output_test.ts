import { assertEquals, assertThrows } from "@std/assert";
import { readOutput } from "./output.ts";
import { SourceText, splitLines } from "./source_text.ts";

/** What is found: each block's kind, shape and text. */
function found(text: string, versions = 0): string[] {
  const source = new SourceText(splitLines(text), "a.txt", "cell 3");
  return readOutput(source, { versions }).map((block) => {
    const list = block.list === undefined ? "" : ` ${block.list.index + 1} of ${block.list.length}`;
    return `${block.kind}${list} [${block.shape}] ${text.slice(block.start, block.end)}`;
  });
}

const outputs: [what: string, text: string, blocks: string[]][] = [
  ["an array behind a label", "y: [[0.5 0.25]]", ["array [1,2] [[0.5 0.25]]"]],
  ["an array below its label", "g: \n [[0.5]\n [0.25]]", ["array [2,1] [[0.5]\n [0.25]]"]],
  ["a scalar", "y_sum: 1.1603864", ["scalar [] 1.1603864"]],
  ["several scalars in a line", "loss 0.5, rate=1e-05 nan", [
    "scalar [] 0.5",
    "scalar [] 1e-05",
    "scalar [] nan",
  ]],
  ["a negative scalar", "-0.5\n-inf", ["scalar [] -0.5", "scalar [] -inf"]],
  ["shapes", "(2, 3)\n(3,)\n()", ["shape [2,3] (2, 3)", "shape [3] (3,)", "shape [] ()"]],
  ["a tensor without a value", "<tf.Tensor 'a:0' shape=(1, 2) dtype=float32>", [
    "tensor [1,2] <tf.Tensor 'a:0' shape=(1, 2) dtype=float32>",
  ]],
  ["a scalar tensor without a value", "<tf.Tensor 'a:0' shape=() dtype=float32>", [
    "tensor [] <tf.Tensor 'a:0' shape=() dtype=float32>",
  ]],
  ["a list of one array", "g: [array([0.5], dtype=float32)]", [
    "array 1 of 1 [1] [array([0.5], dtype=float32)]",
  ]],
  ["a list of two arrays", "[array([0.5], dtype=float32), array([1.], dtype=float32)]", [
    "array 1 of 2 [1] [array([0.5], dtype=float32)",
    "array 2 of 2 [1] , array([1.], dtype=float32)]",
  ]],
  ["a list of scalars", "[0.5, 1.0]", ["scalar 1 of 2 [] [0.5", "scalar 2 of 2 [] , 1.0]"]],
  ["a list of an array and a scalar", "[array([0.5], dtype=float32), 1.0]", [
    "array 1 of 2 [1] [array([0.5], dtype=float32)",
    "scalar 2 of 2 [] , 1.0]",
  ]],
  ["a list of one scalar that no array prints", "[1.0] [0.123456789]", [
    "scalar 1 of 1 [] [1.0]",
    "scalar 1 of 1 [] [0.123456789]",
  ]],
  ["a value in brackets, as an array", "[0.5]", ["array [1] [0.5]"]],
  ["an empty array", "[]", ["array [0] []"]],
  ["an eager tensor", "<tf.Tensor: numpy=array([0.5], dtype=float32)>", [
    "array [1] array([0.5], dtype=float32)",
  ]],
  ["nothing in words", "Epoch 1 of 10: done [INFO] x[0] f(1, 2) took-2018-05-01 infinite nano", []],
  ["nothing in a version that was not asked for", "Python 3.6.5 |Anaconda|", []],
];

for (const [what, text, blocks] of outputs) {
  Deno.test(`output reads as ${what}`, () => assertEquals(found(text), blocks));
}

Deno.test("words are versions where the code prints as many", () => {
  assertEquals(found("1.8.0\n2.4\n0.5", 2), [
    "version [] 1.8.0",
    "version [] 2.4",
    "scalar [] 0.5",
  ]);
  assertEquals(found("1.14.0-rc1", 1), ["version [] 1.14.0-rc1"]);
});

const refused: [what: string, text: string, message: string][] = [
  ["a number with a unit", "a\n12.5%", '2 (cell 3): "12.5%" is not a number as NumPy prints it'],
  ["a number within a word", "a-0.5", '1 (cell 3): "a-0.5" is not a number as NumPy prints it'],
  ["a range", "0.5-0.7", '1 (cell 3): "0.5-0.7" is not a number as NumPy prints it'],
  [
    "a tuple of arrays",
    "(array([0.5], dtype=float32),)",
    "1 (cell 3): a tuple of arrays is not read",
  ],
  [
    "a list of lists",
    "[0.5, [0.5]]",
    '1 (cell 3): "[0.5" in a list is neither an array nor a number',
  ],
  [
    "a list cut off",
    "[array([0.5], dtype=float32)",
    '1 (cell 3): the list is truncated, expected ", " or "]" behind a value',
  ],
  [
    "a nested Python list",
    "[[0.5, 0.5]]",
    '1 (cell 3): found "," in an array printed by str, such a list of numbers is not read',
  ],
  ["a bracket cut off", "y: [", "1 (cell 3): the array begun in line 1 is truncated"],
];

for (const [what, text, message] of refused) {
  Deno.test(`${what} is refused`, () => {
    assertEquals(
      assertThrows(() => found(text), SyntaxError).message,
      `Cannot read a.txt:${message}`,
    );
  });
}

Deno.test("a bracket that none opens is what is left of an array that was cut off", () => {
  for (const text of ["[0.5 0.25]]", "y: [[0.5 0.25]] ]"]) {
    assertThrows(() => found(text), SyntaxError, "a bracket is closed that none opens");
  }
  assertEquals(found("[0.5 0.25]\n[1.]"), ["array [2] [0.5 0.25]", "array [1] [1.]"]);
});
