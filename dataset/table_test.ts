import { assertEquals, assertThrows } from "@std/assert";
import { parse } from "@std/csv";
import fc from "fast-check";
import { compileCase } from "../cases/case.ts";
import { fromBits, toBits } from "../core/float32.ts";
import { type Tensor, tensor } from "../core/tensor.ts";
import { elementNames, longTable, shapeField, type Table, wideTable } from "./table.ts";
import { givenCase } from "../testing/datasets.ts";
import { LONGEST_LINE, TextBuffer } from "./text.ts";

/**
 * A bit pattern of every class: zeros, subnormal, normal, infinite, NaN of any payload, near a
 * power of two, any at all.
 */
const bitPattern = fc.tuple(
  fc.boolean(),
  fc.oneof(
    fc.constantFrom(
      0,
      1,
      0x007fffff,
      0x00800000,
      0x7f7fffff,
      0x7f800000,
      0x7f800001,
      0x7fc00000,
      0x15ae43fd,
    ),
    fc.integer({ min: 1, max: 0x007fffff }),
    fc.integer({ min: 0x7f800001, max: 0x7fffffff }),
    fc.tuple(fc.integer({ min: 1, max: 254 }), fc.integer({ min: -2, max: 2 })).map(([e, d]) =>
      e * 0x800000 + d
    ),
    fc.integer({ min: 0, max: 0x7fffffff }),
  ),
).map(([negative, bits]) => (negative ? bits + 0x80000000 : bits));

/** The records of a table of one instance. */
function records(table: Table, values: readonly Tensor[], instance = 0): Record<string, string>[] {
  const out = new TextBuffer();
  table.header(out);
  table.append(out, instance, values);
  const [header, ...lines] = parse(new TextDecoder().decode(out.take()));
  return lines.map((line) => Object.fromEntries(line.map((field, i) => [header![i]!, field])));
}

/**
 * The float32 bits that another program reads from a value: parsed to a double, rounded to float32.
 */
function readBits(text: string): number {
  return toBits(Number(text.replace("INF", "Infinity")));
}

Deno.test("a value of any bits reads back from both tables to the same bits, NaN to the one NaN", () => {
  fc.assert(
    fc.property(fc.array(bitPattern, { minLength: 1 }), (patterns) => {
      const x = tensor(new Float32Array(Uint32Array.from(patterns).buffer));
      const c = compileCase(givenCase("bits", [["x", "input", x]]));
      const expected = patterns.map((bits) =>
        (bits & 0x7fffffff) > 0x7f800000 ? 0x7fc00000 : toBits(fromBits(bits))
      );
      const long = records(longTable(c), [x]);
      assertEquals(long.map(({ value }) => readBits(value!)), expected);
      assertEquals(long.map(({ bits }) => Number(bits)), expected);
      const [{ instance: _, ...wide }] = records(wideTable(c), [x]) as [Record<string, string>];
      assertEquals(Object.values(wide).map(readBits), expected);
    }),
    { numRuns: 300 },
  );
});

const odd = [
  ["x", "input", tensor([[1, 2, 3], [4, 5, 6]])],
  ["empty", "forward", tensor(new Float32Array(0), [0, 3])],
  ["y_sum", "forward", tensor(-0)],
  ["dx", "gradient", tensor([[[NaN]], [[0.1]]])],
] as const;

Deno.test("a long table has a line per element, in row-major order", () => {
  const c = compileCase(givenCase("odd/n=1", odd));
  const table = longTable(c);
  const out = new TextBuffer();
  table.header(out);
  table.append(out, 7, odd.map(([, , value]) => value));
  assertEquals(
    new TextDecoder().decode(out.take()),
    `case,instance,role,tensor,shape,index,value,bits
odd/n=1,7,input,x,2x3,0,1,0x3f800000
odd/n=1,7,input,x,2x3,1,2,0x40000000
odd/n=1,7,input,x,2x3,2,3,0x40400000
odd/n=1,7,input,x,2x3,3,4,0x40800000
odd/n=1,7,input,x,2x3,4,5,0x40a00000
odd/n=1,7,input,x,2x3,5,6,0x40c00000
odd/n=1,7,forward,y_sum,,0,-0,0x80000000
odd/n=1,7,gradient,dx,2x1x1,0,NaN,0x7fc00000
odd/n=1,7,gradient,dx,2x1x1,1,0.1,0x3dcccccd
`,
  );
  assertEquals([table.lines, table.values], [9, 9]);
});

Deno.test("a wide table has a line per instance and a column per element", () => {
  const c = compileCase(givenCase("odd/n=1", odd));
  const table = wideTable(c);
  const out = new TextBuffer();
  table.header(out);
  table.append(out, 2 ** 53 - 1, odd.map(([, , value]) => value));
  assertEquals(
    new TextDecoder().decode(out.take()),
    `instance,x_0_0,x_0_1,x_0_2,x_1_0,x_1_1,x_1_2,y_sum,dx_0_0_0,dx_1_0_0
9007199254740991,1,2,3,4,5,6,-0,NaN,0.1
`,
  );
  assertEquals([table.lines, table.values], [1, 9]);
});

Deno.test("names that need it are quoted", () => {
  const x = tensor([1]);
  const c = compileCase(givenCase('a,"b"', [["x,y", "input", x]]));
  assertEquals(records(longTable(c), [x])[0]!.case, 'a,"b"');
  assertEquals(records(longTable(c), [x])[0]!.tensor, "x,y");
  assertEquals(Object.keys(records(wideTable(c), [x])[0]!), ["instance", "x,y_0"]);
});

Deno.test("a wide table with two columns of one name is refused", () => {
  for (const names of [["x", "x_0"], ["instance"]] as const) {
    const tensors = names.map((name, i) =>
      [name, "input", i === 0 && names.length > 1 ? tensor([1]) : tensor(1)] as const
    );
    const c = compileCase(givenCase("twice", tensors));
    assertThrows(
      () => wideTable(c),
      RangeError,
      `Cannot lay out twice as a wide table: two columns are named ${names.at(-1)}`,
    );
  }
});

Deno.test("a table that could have a line longer than LONGEST_LINE is refused; what it allows is exact", () => {
  const longest = -Math.fround(3.4028235e20);
  const x = tensor([longest, longest, longest]);
  const out = new TextBuffer();
  wideTable(compileCase(givenCase("wide", [["x", "input", x]]))).append(out, 2 ** 53 - 1, [x]);
  assertEquals(out.length, 16 + 3 * 23 + 1); // the width that the limit counts with, and a line end
  const refused = (name: string, id: string, elements: number, table: typeof wideTable) => {
    const value = tensor(new Float32Array(elements));
    const c = compileCase(givenCase(id, [[name, "input", value]]));
    assertThrows(() => table(c), RangeError, `more than ${LONGEST_LINE}`);
  };
  const most = Math.floor((LONGEST_LINE - 16) / 23);
  refused("x", "values", most + 1, wideTable);
  refused("x".repeat(2 ** 20), "names", 64, wideTable);
  refused("x", "i".repeat(LONGEST_LINE), 1, longTable);
  refused("x".repeat(LONGEST_LINE), "name", 1, longTable);
});

Deno.test("elements and shapes are named as the columns show them", () => {
  assertEquals(elementNames("W", [2, 2]), ["W_0_0", "W_0_1", "W_1_0", "W_1_1"]);
  assertEquals([elementNames("s", []), elementNames("e", [2, 0])], [["s"], []]);
  assertEquals([[2, 3], [], [1], [0, 3]].map(shapeField), ["2x3", "", "1", "0x3"]);
});
