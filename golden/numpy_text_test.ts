import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { fromBits, toBits } from "../core/float32.ts";
import { formatTensor } from "../core/format.ts";
import { sizeOf } from "../core/shape.ts";
import { Tensor } from "../core/tensor.ts";
import { readArray } from "./numpy_text.ts";
import { readOutput } from "./output.ts";
import { distanceToPrinted, printedSet, type PrintFormat } from "./printed.ts";
import { SourceText, splitLines } from "./source_text.ts";
import numpy from "./testdata/numpy_text.json" with { type: "json" };

function source(text: string, firstLine = 1): SourceText {
  return new SourceText(splitLines(text, firstLine), "a.txt");
}

function read(text: string): { shape: readonly number[]; numbers: string[] } {
  const { shape, numbers, end } = readArray(source(text), 0);
  assertEquals(end, text.length);
  return { shape, numbers: numbers.map((number) => number.text) };
}

function formatOf(kind: string, numbers: readonly string[]): PrintFormat {
  if (kind === "scalar") return "scalar";
  return numbers.some((text) => text.includes("e")) ? "array-exponent" : "array";
}

Deno.test("an array printed by str is read with its shape", () => {
  assertEquals(read("[[ 1.56 -0.69]\n [ 0.6  -0.26]]"), {
    shape: [2, 2],
    numbers: ["1.56", "-0.69", "0.6", "-0.26"],
  });
  assertEquals(read("[3.]"), { shape: [1], numbers: ["3."] });
  assertEquals(read("[]"), { shape: [0], numbers: [] });
});

Deno.test("an array printed by repr is read with its shape", () => {
  const text = "array([[[1., 2.]],\n\n       [[3., 4.]]], dtype=float32)";
  assertEquals(read(text), { shape: [2, 1, 2], numbers: ["1.", "2.", "3.", "4."] });
  assertEquals(read("array([0.1, 0.2],\n      dtype=float32)").shape, [2]);
  assertEquals(read("array(1.5, dtype=float32)"), { shape: [], numbers: ["1.5"] });
});

Deno.test("an empty array has the shape that its text states", () => {
  assertEquals(read("array([], dtype=float32)").shape, [0]);
  assertEquals(read("array([], shape=(0, 3), dtype=float32)").shape, [0, 3]);
  assertEquals(read("array([], shape=(2, 0, 1), dtype=float32)").shape, [2, 0, 1]);
});

Deno.test("nan, inf, negative zero and exponents are read as they stand", () => {
  assertEquals(read("[nan inf -inf -0.]").numbers, ["nan", "inf", "-inf", "-0."]);
  assertEquals(read("[1.00e-10      nan 0.00e+00]").numbers, ["1.00e-10", "nan", "0.00e+00"]);
});

Deno.test("every number has its line and column", () => {
  const { numbers } = readArray(source("array([[1., 2.],\n       [3., 4.]], dtype=float32)", 7), 0);
  assertEquals(numbers.map(({ line, column }) => [line, column]), [[1, 9], [1, 13], [2, 9], [
    2,
    13,
  ]]);
});

const refused: [what: string, text: string, message: string][] = [
  [
    "a summarized array",
    "[1. 2. 3. ... 7. 8. 9.]",
    "1: the array is summarized with ..., print it whole",
  ],
  [
    "a summarized matrix",
    "[[1. 2.]\n ...\n [3. 4.]]",
    "2: the array is summarized with ..., print it whole",
  ],
  [
    "a short row",
    "[[1. 2.]\n [3.]]",
    "2: the array is ragged, this row has 1 values and the first has 2",
  ],
  [
    "a long row",
    "[[1.]\n [3. 4.]]",
    "2: the array is ragged, this row has 2 values and the first has 1",
  ],
  [
    "ragged matrices",
    "[[[1.]]\n\n [[2.] [3.]]]",
    "3: the array is ragged, this row has 2x1 values and the first has 1x1",
  ],
  ["a number among rows", "[[1.]\n 2.]", "2: the array is ragged, a row stands beside a number"],
  ["a row among numbers", "[1.\n [2.]]", "2: the array is ragged, a row stands beside a number"],
  ["an array cut off", "[[1. 2.]\n [3. 4", "2: the array begun in line 1 is truncated"],
  [
    "an array cut off at a number",
    "[[1. 2.]\n [3. 4.",
    "2: the array begun in line 1 is truncated",
  ],
  ["an array cut off at a row", "array([[1., 2.],\n", "2: the array begun in line 1 is truncated"],
  [
    "an array cut off at its dtype",
    "array([1., 2.], dtype=flo",
    "1: the array begun in line 1 is truncated",
  ],
  [
    "a comma in str",
    "[1., 2.]",
    '1: found "," in an array printed by str, such a list of numbers is not read',
  ],
  [
    "no comma in repr",
    "array([1. 2.], dtype=float32)",
    '1: expected "," in an array printed by repr, found "2."',
  ],
  ["whole numbers", "[1 2]", '1: "1" is not a float32 number as NumPy prints it in an array'],
  ["a word", "[1. two]", '1: "two" is not a float32 number as NumPy prints it in an array'],
  [
    "a complex number",
    "[1.+2.j]",
    '1: "1.+2.j" is not a float32 number as NumPy prints it in an array',
  ],
  ["a round bracket", "[1. (2.)]", '1: "(" is not a float32 number as NumPy prints it in an array'],
  ["no dtype", "array([1., 2.])", "1: the array has no dtype=float32"],
  [
    "another dtype",
    "array([1., 2.], dtype=float16)",
    "1: the array has dtype float16, only float32 is read",
  ],
  [
    "other attributes",
    "array([1.], order='C')",
    "1: expected dtype=float32 behind the array, found \"order='C'\"",
  ],
  [
    "a full shape of an empty array",
    "array([], shape=(2, 3), dtype=float32)",
    "1: the array is empty and its shape=(2, 3) is not",
  ],
];

for (const [what, text, message] of refused) {
  Deno.test(`${what} is refused`, () => {
    const error = assertThrows(() => readArray(source(text), 0), SyntaxError);
    assertEquals(error.message, `Cannot read a.txt:${message}`);
  });
}

Deno.test("what NumPy printed is read back to the same bits", () => {
  assertEquals(numpy.cases.length, numpy.count);
  for (const { kind, shape, bits, text } of numpy.cases) {
    const label = text.join("\n");
    const [block, ...others] = readOutput(source(label));
    assertEquals(others, [], label);
    assertEquals([block!.start, block!.end, block!.shape], [0, label.length, shape], label);
    const numbers = block!.numbers.map((number) => number.text);
    const format = formatOf(block!.kind, numbers);
    bits.forEach((hex, i) => {
      const value = fromBits(parseInt(hex, 16));
      const { lowest, highest, count } = printedSet(numbers[i]!, format);
      assertEquals(distanceToPrinted(value, numbers[i]!, format), 0, label);
      if (count === 1) {
        assertEquals([toBits(lowest), toBits(highest)], [toBits(value), toBits(value)], label);
      }
      if (kind === "scalar" || format === "array-exponent") assertEquals(count, 1, label);
    });
  }
});

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const anyFloat = fc.integer({ min: 0, max: 0xffffffff }).map(fromBits);
const plainFloat = fc.float({ min: -8, max: 8, noNaN: true }).map((x) =>
  Math.abs(x) < 0.01 ? 0 : x
);

Deno.test("text to numbers to text gives the same text", () => {
  const values = fc.oneof(
    ...[anyFloat, plainFloat].map((element) =>
      shapes.chain((shape) =>
        fc.array(element, { minLength: sizeOf(shape), maxLength: sizeOf(shape) }).map((data) => ({
          shape,
          data,
        }))
      )
    ),
  );
  fc.assert(
    fc.property(
      values,
      fc.constantFrom("str" as const, "repr" as const),
      ({ shape, data }, style) => {
        const text = formatTensor(new Tensor(Float32Array.from(data), shape), { style });
        const read = readArray(source(text), 0);
        assertEquals([read.style, read.shape, read.end], [style, shape, text.length]);
        const numbers = read.numbers.map((number) => number.text);
        const format = formatOf("array", numbers);
        const representatives = numbers.map((number, i) => {
          assertEquals(distanceToPrinted(data[i]!, number, format), 0);
          return printedSet(number, format).lowest;
        });
        assertEquals(
          formatTensor(new Tensor(Float32Array.from(representatives), shape), { style }),
          text,
        );
      },
    ),
  );
});
