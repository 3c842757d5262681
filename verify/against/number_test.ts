import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { fromBits, fromOrdinal, ordinal, shortestText, toBits } from "../../core/float32.ts";
import { parseBits, parseFloat32 } from "./number.ts";

/** The exact decimal of a multiple of 2^-200 below 2^200, in `digits` and a power of ten. */
function exactDecimal(x: number): { digits: bigint; power: number } {
  return { digits: BigInt(x * 2 ** 200) * 5n ** 200n, power: -200 };
}

function assertReads(text: string, expected: number | undefined): void {
  const value = parseFloat32(text);
  const bits = (x: number | undefined) => x === undefined ? x : toBits(x);
  assertEquals(bits(value), bits(expected), `${text} reads as ${value}, expected ${expected}`);
}

Deno.test("decimals, zeros, NaN and infinities are read, whoever wrote them", () => {
  const read: Record<string, number> = {
    "0": 0,
    "-0": -0,
    "-0.0e5": -0,
    "+1.5": 1.5,
    ".5": 0.5,
    "5.": 5,
    "1e3": 1000,
    "1E-3": Math.fround(0.001),
    "1.4e-45": 2 ** -149,
    "1e-400": 0,
    "-1e-400": -0,
    "0e99999999999": 0,
    "1e99999999999": Infinity,
    "-1e39": -Infinity,
    "3.4028235e38": fromBits(0x7f7fffff),
    "NaN": NaN,
    "nan": NaN,
    "-nan": NaN,
    "INF": Infinity,
    "-inf": -Infinity,
    "+Infinity": Infinity,
  };
  for (const [text, value] of Object.entries(read)) assertReads(text, value);
});

Deno.test("text that is no number is not read", () => {
  for (
    const text of [
      "",
      " ",
      ".",
      "-",
      "e5",
      "1e",
      "0,5",
      "1_000",
      "0x10",
      "1.2.3",
      "--1",
      "1 2",
      "infinit",
      "nano",
      "null",
      "1f",
      "１",
    ]
  ) {
    assertEquals(parseFloat32(text), undefined, text);
  }
});

Deno.test("a decimal just beside a tie is rounded once, not by way of a double", () => {
  for (
    const [low, high] of [
      [1, 1 + 2 ** -23],
      [1 - 2 ** -24, 1],
      [2 ** -149, 2 ** -148],
      [0, 2 ** -149],
      [2 ** -126 - 2 ** -149, 2 ** -126],
      [2 ** 24, 2 ** 24 + 2],
      [2 ** 128 - 2 ** 104, 2 ** 128],
    ] as const
  ) {
    const { digits, power } = exactDecimal((low + high) / 2);
    const nearest = Math.fround((low + high) / 2);
    const upper = high === 2 ** 128 ? Infinity : high;
    for (const sign of ["", "-"]) {
      const flip = sign === "" ? 1 : -1;
      assertReads(`${sign}${digits}e${power}`, flip * nearest);
      assertReads(`${sign}${digits}${"0".repeat(50)}e${power - 50}`, flip * nearest);
      assertReads(`${sign}${digits}${"0".repeat(50)}1e${power - 51}`, flip * upper);
      assertReads(`${sign}${digits - 1n}${"9".repeat(50)}e${power - 50}`, flip * low);
    }
  }
});

Deno.test("any decimal beside a tie goes to its own side", () => {
  const finite = fc.integer({ min: 0, max: ordinal(Infinity) - 2 });
  fc.assert(fc.property(finite, fc.boolean(), (rank, above) => {
    const [low, high] = [fromOrdinal(rank), fromOrdinal(rank + 1)];
    const { digits, power } = exactDecimal(low + (high - low) / 2);
    const text = above ? `${digits}0001e${power - 4}` : `${digits - 1n}9999e${power - 4}`;
    assertReads(text, above ? high : low);
  }));
});

Deno.test("the shortest text and the double's text of every float32 value read back to it", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (bits) => {
    const value = fromBits(bits);
    assertReads(shortestText(value), value);
    assertReads(String(value).toLowerCase(), value === 0 ? 0 : value); // String(-0) is "0"
  }));
});

Deno.test("a million digits are read in the end", () => {
  assertReads(`1.00000005960464477539062${"0".repeat(1e6)}1`, 1);
  assertReads(`1.000000059604644775390625${"0".repeat(1e6)}1`, 1 + 2 ** -23);
  assertReads(`0.${"0".repeat(1e6)}1e1000001`, 1);
});

Deno.test("bits are read from hexadecimal, every NaN as NaN", () => {
  const read: Record<string, number | undefined> = {
    "0x3f538be5": fromBits(0x3f538be5),
    "0X3F538BE5": fromBits(0x3f538be5),
    "0x00000000": 0,
    "0x3f538b": undefined,
    "0x80000000": -0,
    "0x7f800000": Infinity,
    "0xffc00001": NaN,
    "3f538be5": undefined,
    "0x": undefined,
    "0x3f538be55": undefined,
    "0xg": undefined,
    "": undefined,
  };
  for (const [text, value] of Object.entries(read)) {
    const found = parseBits(text);
    assertEquals(
      found === undefined ? found : toBits(found),
      value === undefined ? value : toBits(value),
      text,
    );
  }
});
