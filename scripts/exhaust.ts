/**
 * `deno task exhaust`: compares the elementary functions with MPFR over all 2³² float32 inputs.
 *
 * @module
 */
import { functions } from "../core/math/functions.ts";
import { type Arguments, integerOption, UsageError } from "./cli.ts";
import { pairAt, pairFunctions, PAIRS } from "./maintain/math_pairs.ts";
import { withWitness } from "./maintain/math_witness.ts";
import { complain, print } from "./output.ts";
import { durationText, progress } from "./progress.ts";
import { interruptible, runner } from "./run.ts";

const ALL = 2 ** 32;
/** The wrong results that are printed one by one, at most. */
const SHOWN = 100;
const NAN_BITS = 0x7fc00000;
/**
 * The results that are read and compared at once: what the witness goes on with meanwhile fits in
 * its pipe.
 */
const BATCH = 1 << 15;

const allNames = [...Object.keys(functions), ...Object.keys(pairFunctions)];

const command = {
  options: {
    function: {
      value: "NAME",
      help: "The function to run, or all",
      default: "all",
      choices: ["all", ...allNames],
    },
    stride: { value: "N", help: "Try every N-th bit pattern or pair only", default: "1" },
  },
  notes: [
    "Builds the witness scripts/maintain/math_exhaust.c in a temporary folder: needs gcc, glibc's libmvec and libmpfr-dev,\n" +
    "on x86-64 with AVX2. A function takes minutes; pow and atan2 are tried on 2^27 pairs.",
  ],
  failure: "a result is wrong",
  examples: [
    ["", "Every function on every input"],
    ["--function tanh --stride 997", "tanh on four million inputs, in a second"],
  ],
} as const;

async function exhaust({ options }: Arguments<typeof command>): Promise<number> {
  const stride = integerOption("stride", options.stride);
  if (stride < 1 || stride >= ALL) {
    throw new UsageError(`option --stride must be from 1 to 2^32 - 1, not "${options.stride}"`);
  }
  const names = options.function === "all" ? allNames : [options.function];
  let wrong = 0;
  await interruptible((signal) =>
    withWitness(async (program) => {
      for (const name of names) wrong += await compare(program, name, stride, signal);
    }, signal)
  );
  return wrong === 0 ? 0 : 1;
}

/**
 * Runs one function against the witness's stream, prints a line and returns the number of wrong
 * results.
 */
async function compare(
  program: string,
  name: string,
  stride: number,
  signal: AbortSignal,
): Promise<number> {
  const ofPairs = pairFunctions[name];
  const count = Math.ceil((ofPairs === undefined ? ALL : PAIRS) / stride);
  const start = performance.now();
  const witness = new Deno.Command(program, {
    args: ofPairs === undefined
      ? ["expect", name, "0", String(count), String(stride)]
      : ["pairs", name, String(count), String(stride)],
    stdout: "piped",
    stderr: "piped",
    signal,
  }).spawn();
  const remarks = new Response(witness.stderr).text();
  const bar = progress({ total: count, label: name });

  const run = ofPairs === undefined
    ? comparison(functions[name]!, stride)
    : pairComparison(ofPairs, stride);
  const buffer = new Uint32Array(BATCH);
  const bytes = new Uint8Array(buffer.buffer);
  let filled = 0;
  let tried = 0;
  let wrong = 0;
  for await (let chunk of witness.stdout) {
    while (chunk.length > 0) {
      const taken = Math.min(chunk.length, bytes.length - filled);
      bytes.set(chunk.subarray(0, taken), filled);
      chunk = chunk.subarray(taken);
      filled += taken;
      if (filled < bytes.length && tried + filled / 4 < count) continue;
      wrong += run(buffer, tried, filled >>> 2, wrong);
      tried += filled >>> 2;
      filled = 0;
      bar.update(tried);
    }
  }
  bar.finish();
  const { success } = await witness.status;
  signal.throwIfAborted();
  const remark = (await remarks).trim();
  if (!success || tried !== count) {
    throw new Error(
      `Cannot compare ${name}: the witness stopped after ${tried} of ${count} inputs: ${remark}`,
    );
  }
  const time = durationText(performance.now() - start);
  print(`${name}: ${tried} inputs, ${wrong} wrong, ${remark}, ${time}`);
  return wrong;
}

/**
 * Counts differing bits in a block that starts at the input of index
 * `start`; prints some, after `before` others.
 */
type Comparison = (expected: Uint32Array, start: number, length: number, before: number) => number;

/** Makes the loop for one function of one argument. */
function comparison(f: (x: number) => number, stride: number): Comparison {
  const x = new Float32Array(BATCH);
  const inputs = new Uint32Array(x.buffer);
  const y = new Float32Array(BATCH);
  const found = new Uint32Array(y.buffer);
  // Loops apart: one loop for all takes twice the time.
  return (expected, start, length, before) => {
    let wrong = 0;
    // Exact: every index times the stride is below 2^53, every input below 2^32.
    for (let i = 0; i < length; i++) inputs[i] = (start + i) * stride;
    for (let i = 0; i < length; i++) y[i] = f(x[i]!);
    for (let i = 0; i < length; i++) {
      if (found[i] === expected[i] || (expected[i] === NAN_BITS && y[i] !== y[i])) continue;
      if (before + ++wrong <= SHOWN) {
        const facts = `expected ${hex(expected[i]!)}, found ${hex(found[i]!)}`;
        complain(`input ${hex(inputs[i]!)}: ${facts}`);
      }
    }
    return wrong;
  };
}

/** Makes the loop for one function of two arguments. */
function pairComparison(f: (a: number, b: number) => number, stride: number): Comparison {
  const pair = new Float64Array(2);
  const y = new Float32Array(BATCH);
  const found = new Uint32Array(y.buffer);
  return (expected, start, length, before) => {
    let wrong = 0;
    for (let i = 0; i < length; i++) {
      pairAt((start + i) * stride, pair);
      y[i] = f(pair[0]!, pair[1]!);
      if (found[i] === expected[i] || (expected[i] === NAN_BITS && y[i] !== y[i])) continue;
      if (before + ++wrong <= SHOWN) {
        const facts = `expected ${hex(expected[i]!)}, found ${hex(found[i]!)}`;
        complain(`inputs ${pair[0]}, ${pair[1]}: ${facts}`);
      }
    }
    return wrong;
  };
}

function hex(bits: number): string {
  return "0x" + bits.toString(16).padStart(8, "0");
}

export default runner(command, exhaust);
