/**
 * One checksum per op and per elementary function, over fixed inputs: equal wherever the bits are.
 *
 * Uses nothing but the language, so that a bundle of it runs in every JavaScript engine.
 *
 * @module
 */
import { gradients } from "../core/gradients.ts";
import { apply } from "../core/graph.ts";
import { atan2 } from "../core/math/atan2.ts";
import { functions } from "../core/math/functions.ts";
import { pow } from "../core/math/pow.ts";
import { constant, variable } from "../core/functions/mod.ts";
import type { Sample } from "../core/op.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import { run } from "../core/plan.ts";
import { RandomStream } from "../core/random.ts";
import { type Shape, sizeOf } from "../core/shape.ts";
import { tensor } from "../core/tensor.ts";

/**
 * The distance of the inputs' bits: a prime, so that exponents and low bits are all met; 1,047,809
 * inputs a function.
 */
const STRIDE = 4099;
const ALL = 4294967296;
/** Pairs for the functions of two arguments. */
const PAIRS = 1000000;

/** Checksums by name: `core/math` of each function, `core/ops` of each op. */
export interface Checksums {
  /**
   * Per function, of its results on every input whose bits are a multiple of the stride, or on
   * fixed pairs.
   */
  readonly functions: Readonly<Record<string, string>>;
  /** Per op that is no source, of its value and gradients on fixed tensors. */
  readonly ops: Readonly<Record<string, string>>;
}

/**
 * Computes the checksums of all ops and functions; `onProgress` is told how many are done, and of
 * how many.
 */
export function checksums(onProgress?: (done: number, total: number) => void): Checksums {
  const result = { functions: {} as Record<string, string>, ops: {} as Record<string, string> };
  const opNames = (Object.keys(ops) as OpName[]).filter((name) => ops[name].kernel !== "source");
  const total = Object.keys(functions).length + 2 + opNames.length;
  let done = 0;
  for (const [name, f] of Object.entries(functions)) {
    result.functions[name] = checksumOfFunction(f);
    onProgress?.(++done, total);
  }
  for (const [name, f] of [["pow", pow], ["atan2", atan2]] as const) {
    result.functions[name] = checksumOfPairs(f);
    onProgress?.(++done, total);
  }
  for (const name of opNames) {
    result.ops[name] = checksumOfOp(name);
    onProgress?.(++done, total);
  }
  return result;
}

/** Collects words into 64 bits: the mixing steps of MurmurHash3 (A. Appleby), with two seeds. */
class Hash {
  #a = 0x12345678;
  #b = 0x9e3779b9 | 0;

  add(words: Int32Array): void {
    let a = this.#a;
    let b = this.#b;
    for (let i = 0; i < words.length; i++) {
      let word = Math.imul(words[i]!, 0xcc9e2d51);
      word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
      a ^= word;
      a = Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64 | 0;
      b ^= Math.imul(word, 0x85ebca6b);
      b = Math.imul((b << 11) | (b >>> 21), 5) + 0x38495ab5 | 0;
    }
    this.#a = a;
    this.#b = b;
  }

  /** 16 hexadecimal digits. */
  text(): string {
    return [this.#a, this.#b].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }
}

const BATCH = 4096;

/** The bits of float32 values, where every NaN is 0x7fc00000. */
function canonicalBits(values: Float32Array): Int32Array {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < values.length; i++) if (values[i] !== values[i]) bits[i] = 0x7fc00000;
  return bits;
}

function checksumOfFunction(f: (x: number) => number): string {
  const hash = new Hash();
  const x = new Float32Array(BATCH);
  const inputs = new Uint32Array(x.buffer);
  const y = new Float32Array(BATCH);
  for (let bits = 0; bits < ALL;) {
    let count = 0;
    for (; count < BATCH && bits < ALL; count++, bits += STRIDE) inputs[count] = bits;
    for (let i = 0; i < count; i++) y[i] = f(x[i]!);
    hash.add(canonicalBits(y.subarray(0, count)));
  }
  return hash.text();
}

/** Half of the pairs have any bits, half lie within ±8. */
function checksumOfPairs(f: (x: number, y: number) => number): string {
  const hash = new Hash();
  const words = new Words();
  const results = new Float32Array(PAIRS);
  for (let i = 0; i < PAIRS; i++) {
    results[i] = i % 2 === 0
      ? f(words.anyFloat32(), words.anyFloat32())
      : f(words.float32(8), words.float32(8));
  }
  hash.add(canonicalBits(results));
  return hash.text();
}

/** The xorshift generator of G. Marsaglia (J. Stat. Software 8, 2003). */
class Words {
  #word = 2463534242 | 0;
  readonly #value = new Float32Array(1);
  readonly #bits = new Int32Array(this.#value.buffer);

  next(): number {
    this.#word ^= this.#word << 13;
    this.#word ^= this.#word >>> 17;
    this.#word ^= this.#word << 5;
    return this.#word;
  }

  /** A float32 value of any bits. */
  anyFloat32(): number {
    this.#bits[0] = this.next();
    return this.#value[0]!;
  }

  /** A float32 value within ±size. */
  float32(size: number): number {
    return Math.fround(size * (this.next() / 2147483648));
  }
}

/** Shapes that elementwise ops are run on. */
const elementwise: readonly Shape[] = [[60, 70], [70], [60, 1]];
const ofOperands = (count: number) => [{ shapes: elementwise.slice(0, count) }];
const [one, two] = [ofOperands(1), ofOperands(2)];

/** Where the ops of the first table are run: kept, so that their checksums stay comparable. */
const fixedSamples: Readonly<Record<string, readonly Sample[]>> = {
  addN: [{ shapes: Array.from({ length: 11 }, () => [40]) }],
  reshape: [{ shapes: [[6, 35]], attributes: { shape: [14, 15] } }],
  transpose: [{ shapes: [[5, 6, 7]], attributes: { permutation: [2, 0, 1] } }],
  broadcastTo: [{ shapes: [[37, 1]], attributes: { shape: [5, 37, 11] } }],
  reduceSum: [
    { shapes: [[3000]], attributes: { axes: [0], keepDims: false } },
    { shapes: [[9, 130, 7]], attributes: { axes: [1], keepDims: true } },
  ],
  reduceMean: [{ shapes: [[9, 130, 7]], attributes: { axes: [0, 2], keepDims: false } }],
  matmul: [
    { shapes: [[17, 700], [700, 19]], attributes: { transposeA: false, transposeB: false } },
    { shapes: [[33, 5], [9, 33]], attributes: { transposeA: true, transposeB: true } },
  ],
  ...{ add: two, sub: two, mul: two, div: two },
  ...{ neg: one, square: one, exp: one, sigmoid: one, stopGradient: one },
};

/** Shapes of the first operand of other ops, of which their rows draw the rest. */
const firstShapes: readonly Shape[] = [[5, 6, 7], [17, 40], [130], [3, 9, 8, 4], [2, 2, 3, 2, 2]];

/** How often each of them is drawn for. */
const DRAWS = 4;

function samplesOf(name: OpName): readonly Sample[] {
  const { form, arity, attributes, sample } = ops[name];
  if (Object.hasOwn(fixedSamples, name)) return fixedSamples[name]!;
  const plain = Object.keys(attributes).length === 0;
  if (form.name === "elementwise" && plain) return ofOperands(Number(arity));
  if (sample === "source") return [];
  const random = new RandomStream(1);
  const draws = firstShapes.flatMap((shape) => Array.from({ length: DRAWS }, () => shape));
  return draws.flatMap((shape) => sample(random, shape) ?? []);
}

function checksumOfOp(name: OpName): string {
  const op = ops[name];
  const hash = new Hash();
  const words = new Words();
  const values = (shape: Shape, value: () => number) => {
    return tensor(Float32Array.from({ length: sizeOf(shape) }, value), shape);
  };
  const any = () => words.float32(2);
  /** Half of the values are multiples of a quarter, so that there are ties and zeros. */
  const tied = () => words.next() & 256 ? any() : Math.round(4 * any()) / 4;
  const float32 = Object.hasOwn(fixedSamples, name) ? any : tied;
  for (const { shapes, attributes = {}, below } of samplesOf(name)) {
    const inputs = shapes.map((shape, i) => {
      const taken = op.takes[Math.min(i, op.takes.length - 1)];
      if (taken !== "int32" && taken !== "bool") return variable(values(shape, float32));
      const end = taken === "bool" ? 2 : below?.[i] ?? 9;
      return variable(values(shape, () => (words.next() >>> 8) % end), { dtype: taken });
    });
    const y = apply(ops, name, inputs, attributes);
    const xs = inputs.filter(({ dtype }) => dtype === "float32");
    const smooth = op.gradient !== "none" && y.dtype === "float32" && xs.length > 0;
    const found = smooth
      ? gradients(y, xs, { gradYs: constant(values(y.shape, float32)), unconnected: "zero" })
      : [];
    for (const { data } of run([y, ...found])) hash.add(canonicalBits(data.slice()));
  }
  return hash.text();
}
