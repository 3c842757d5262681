import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { fromBits, fromOrdinal, toBits } from "./float32.ts";
import {
  elementExponentText,
  elementText,
  type FormatOptions,
  formatScalar,
  formatTensor,
} from "./format.ts";
import fixture from "./testdata/numpy_print.json" with { type: "json" };

interface PrintedArray {
  shape: number[];
  bits: string;
  str: string;
  repr: string;
  options?: FormatOptions;
}

const printedArrays: PrintedArray[] = fixture.arrays;

function valuesOf(bits: string): Float32Array {
  return Float32Array.from(bits.match(/.{8}/g) ?? [], (word) => fromBits(parseInt(word, 16)));
}

function vector(...values: number[]): { shape: number[]; data: Float32Array } {
  return { shape: [values.length], data: Float32Array.from(values) };
}

Deno.test("the fixture is whole", () => {
  assertEquals({ arrays: fixture.arrays.length, scalars: fixture.scalars.length }, fixture.count);
});

for (const style of ["str", "repr"] as const) {
  Deno.test(`arrays print as NumPy's ${style} prints them`, () => {
    for (const { shape, bits, options, ...printed } of printedArrays) {
      const text = formatTensor({ shape, data: valuesOf(bits) }, { ...options, style });
      assertEquals(text, printed[style], `shape [${shape}] bits ${bits.slice(0, 160)}`);
    }
  });
}

Deno.test("scalars print as NumPy prints them", () => {
  for (const { bits, str } of fixture.scalars) {
    assertEquals(formatScalar(fromBits(parseInt(bits, 16))), str, bits);
  }
});

Deno.test("an array without exponents aligns its points", () => {
  assertEquals(formatTensor(vector(1.56, -0.69, 100)), "[  1.56  -0.69 100.  ]");
  assertEquals(formatTensor(vector(-0, NaN)), "[-0. nan]");
  assertEquals(formatTensor(vector(1, -Infinity)), "[  1. -inf]");
  assertEquals(formatTensor(vector(NaN, Infinity)), "[nan inf]");
});

Deno.test("very large, very small or far apart elements switch the array to exponents", () => {
  assertEquals(formatTensor(vector(1e8, 99999992)), "[1.000000e+08 9.999999e+07]");
  assertEquals(formatTensor(vector(99999992)), "[99999992.]");
  assertEquals(formatTensor(vector(0.0001)), "[1.e-04]"); // Its float32 is below the double 0.0001.
  assertEquals(formatTensor(vector(fromBits(toBits(0.0001) + 1))), "[0.0001]");
  assertEquals(formatTensor(vector(1, 1000)), "[   1. 1000.]");
  // The quotient is 1000.0000029 in double, 1000 in float32.
  assertEquals(
    formatTensor(vector(1 + 2 ** -23, 1000 + 2 ** -13)),
    "[   1.0000001 1000.0001   ]",
  );
  assertEquals(formatTensor(vector(1, 1000.1, 0)), "[1.0000e+00 1.0001e+03 0.0000e+00]");
});

Deno.test("with exponents every element has the digits of its exact value to the common length", () => {
  assertEquals(formatTensor(vector(0.3, 1.2345678e10)), "[3.0000001e-01 1.2345678e+10]");
});

Deno.test("rows wrap at the line width and planes are set apart by blank lines", () => {
  const t = { shape: [2, 2, 3], data: Float32Array.from({ length: 12 }, (_, i) => i / 2) };
  assertEquals(
    formatTensor(t, { style: "repr", lineWidth: 16 }),
    `array([[[0. ,
         0.5,
         1. ],
        [1.5,
         2. ,
         2.5]],

       [[3. ,
         3.5,
         4. ],
        [4.5,
         5. ,
         5.5]]],
      dtype=float32)`,
  );
});

Deno.test("an array above the threshold shows its edges only", () => {
  const data = Float32Array.from({ length: 1001 }, (_, i) => i);
  assertEquals(
    formatTensor({ shape: [1001], data }),
    "[   0.    1.    2. ...  998.  999. 1000.]",
  );
  assertEquals(formatTensor({ shape: [1001], data }, { threshold: 1001 }).includes("..."), false);
});

Deno.test("values that a summary hides don't change how the others print", () => {
  const data = new Float32Array(2000).fill(1);
  data[1000] = 1e30;
  assertEquals(formatTensor({ shape: [2000], data }), "[1. 1. 1. ... 1. 1. 1.]");
});

Deno.test("empty arrays and scalars have their own forms", () => {
  const empty = new Float32Array();
  assertEquals(formatTensor({ shape: [0, 3], data: empty }), "[]");
  assertEquals(
    formatTensor({ shape: [0], data: empty }, { style: "repr" }),
    "array([], dtype=float32)",
  );
  assertEquals(
    formatTensor({ shape: [0, 3], data: empty }, { style: "repr" }),
    "array([], shape=(0, 3), dtype=float32)",
  );
  const scalar = { shape: [], data: Float32Array.of(1.1603864) };
  assertEquals(formatTensor(scalar), "1.1603864");
  assertEquals(formatTensor(scalar, { style: "repr" }), "array(1.1603864, dtype=float32)");
});

Deno.test("options out of range and data that do not fill the shape are refused", () => {
  for (const name of ["precision", "threshold", "lineWidth", "edgeItems"] as const) {
    for (const value of [-1, 0.5, NaN]) {
      assertThrows(
        () => formatTensor(vector(1), { [name]: value }),
        RangeError,
        `Cannot print a tensor: option "${name}" is ${value}, expected a whole number from`,
      );
    }
  }
  assertThrows(() => formatTensor(vector(1), { edgeItems: 0 }), RangeError);
  assertThrows(
    () => formatTensor({ shape: [2, 2], data: new Float32Array(3) }),
    TypeError,
    "Cannot print a tensor: shape [2,2] does not hold 3 values",
  );
});

Deno.test("an infinite threshold and line width print everything on one line", () => {
  const data = new Float32Array(1500);
  const text = formatTensor({ shape: [1500], data }, { threshold: Infinity, lineWidth: Infinity });
  assertEquals(text, `[${Array(1500).fill("0.").join(" ")}]`);
});

Deno.test("an element is cut at 8 fractional digits of its exact value, not of its shortest decimal", () => {
  assertEquals([0.6, 1.56, 3, -0, 16777216].map((x) => elementText(x)), [
    "0.6",
    "1.56",
    "3.",
    "-0.",
    "16777216.",
  ]);
  assertEquals(formatScalar(0.024860615), "0.024860615");
  assertEquals(elementText(0.024860615), "0.02486061"); // 0.02486061492… exactly
  assertEquals(elementText(0.117891885), "0.11789189"); // 0.11789188534… exactly
});

Deno.test("an exact tie at the cut goes to the even digit", () => {
  assertEquals([0.5, 1.5, 2.5].map((x) => elementText(x, 0)), ["0.", "2.", "2."]);
  assertEquals([0.125, 0.375].map((x) => elementText(x, 2)), ["0.12", "0.38"]);
  assertEquals([2 ** -9, 3 * 2 ** -9].map((x) => elementText(x)), ["0.00195312", "0.00585938"]);
});

Deno.test("the exponent form carries into the next power of ten", () => {
  assertEquals(elementExponentText(9.96e9, 1), "1.e+10");
  assertEquals(elementExponentText(9.96e9, 2), "9.96e+09");
  assertEquals(elementExponentText(1e-10), "1.e-10");
  assertEquals(elementExponentText(-1.2345678e10), "-1.2345678e+10");
  assertEquals(elementExponentText(0, 8, 3), "0.000e+00");
});

Deno.test("more digits than the shortest start from the exact value, even below its power of ten", () => {
  // The float32 nearest to 1e-8 is 9.99999993922529e-9; 1e10 is a float32, 1e11 is 99999997952.
  assertEquals(elementExponentText(1e-8, 8, 8), "9.99999994e-09");
  assertEquals(elementExponentText(1e-8, 7, 7), "9.9999999e-09");
  assertEquals(elementExponentText(1e11, 8, 8), "9.99999980e+10");
  assertEquals(elementExponentText(1e11, 5, 5), "1.00000e+11");
});

Deno.test("what is not finite has no digits", () => {
  for (const text of [formatScalar, elementText, elementExponentText]) {
    assertEquals([NaN, Infinity, -Infinity].map((x) => text(x)), ["nan", "inf", "-inf"]);
  }
});

/** Reads what `formatTensor` prints, brackets and words only; the shape is the caller's. */
function numbersIn(text: string): number[] {
  const words = text.match(/-?(inf|nan|\d+\.\d*(e[+-]\d\d)?)/g) ?? [];
  return words.map((word) => Number(word.replace("inf", "Infinity").replace("nan", "NaN")));
}

const finite = fc.integer({ min: -0x7f7fffff, max: 0x7f7fffff }).map(fromOrdinal);
const special = fc.constantFrom(NaN, Infinity, -Infinity, -0);
const matrix = fc.tuple(fc.nat(3), fc.nat(4)).chain(([rows, columns]) => {
  const size = { minLength: rows * columns, maxLength: rows * columns };
  return fc.array(fc.oneof({ weight: 5, arbitrary: finite }, special), size).map((values) => ({
    shape: [rows, columns],
    data: Float32Array.from(values),
  }));
});

Deno.test("the text of a tensor reads back to the same bits when no digit is cut", () => {
  fc.assert(
    fc.property(matrix, fc.constantFrom("str" as const, "repr" as const), (t, style) => {
      // Apart from the one value that goes wrong by way of a double, see core/float32.ts.
      fc.pre(!t.data.some((x) => (toBits(x) & 0x7fffffff) === 0x15ae43fd));
      const text = formatTensor(t, { style, precision: 150 }).replace(/shape=\(.*?\)/, "");
      assertEquals([...numbersIn(text)].map(toBits), [...t.data].map(toBits));
    }),
    { numRuns: 500 },
  );
});

Deno.test("an element read back is within half a unit of the last digit printed", () => {
  fc.assert(fc.property(fc.float({ min: -1000, max: 1000, noNaN: true }), (x) => {
    assert(Math.abs(Number(elementText(x)) - x) <= 0.5000001e-8 + Math.abs(x) * 2 ** -24);
  }));
});

Deno.test("no line of a printed matrix is longer than the line width when one element fits", () => {
  fc.assert(fc.property(matrix, fc.integer({ min: 40, max: 100 }), (t, lineWidth) => {
    for (const style of ["str", "repr"] as const) {
      const lines = formatTensor(t, { style, lineWidth }).split("\n");
      assert(lines.every((line) => line.length <= lineWidth));
    }
  }));
});
