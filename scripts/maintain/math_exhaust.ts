/**
 * Compares the elementary functions with MPFR over all 2³² float32 inputs (or every N-th with `--stride N`).
 *
 *     deno run --allow-run --allow-read --allow-write scripts/maintain/math_exhaust.ts [--function exp] [--stride N]
 *
 * Prints inputs tried, wrong results, inputs that MPFR decided, and time; exits 1 when a result is wrong.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { FUNCTIONS, namesFor, withWitness } from "./math_witness.ts";

const ALL = 2 ** 32;
const SHOWN = 10;

/** Runs one function against the witness's stream and returns the number of wrong results. */
async function compare(program: string, name: string, stride: number): Promise<number> {
  const count = Math.ceil(ALL / stride);
  const started = performance.now();
  const witness = new Deno.Command(program, {
    args: ["expect", name, "0", String(count), String(stride)],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const remarks = new Response(witness.stderr).text();

  const run = comparison(FUNCTIONS[name]!, stride);
  const buffer = new Uint32Array(1 << 20);
  const bytes = new Uint8Array(buffer.buffer);
  let filled = 0;
  let tried = 0;
  let wrong = 0;
  let shown = 0;
  for await (let chunk of witness.stdout) {
    while (chunk.length > 0) {
      const taken = Math.min(chunk.length, bytes.length - filled);
      bytes.set(chunk.subarray(0, taken), filled);
      chunk = chunk.subarray(taken);
      filled += taken;
      if (filled < bytes.length && tried + filled / 4 < count) continue;
      wrong += run(buffer, tried, filled >>> 2);
      tried += filled >>> 2;
      filled = 0;
      if (Deno.stderr.isTerminal() && tried / count >= shown) {
        Deno.stderr.writeSync(
          new TextEncoder().encode(`\r${name} ${(100 * tried / count).toFixed(0)} %`),
        );
        shown += 0.01;
      }
    }
  }
  const { success } = await witness.status;
  if (!success || tried !== count) {
    throw new Error(
      `Cannot compare ${name}: the witness stopped after ${tried} of ${count} inputs`,
    );
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${name}: ${tried} inputs, ${wrong} wrong, ${(await remarks).trim()}, ${seconds} s`);
  return wrong;
}

/** Makes the loop for one function: counts differing bits in a block that starts at the input of index `start`. */
function comparison(
  f: (x: number) => number,
  stride: number,
): (expected: Uint32Array, start: number, length: number) => number {
  const value = new Float32Array(1);
  const bits = new Uint32Array(value.buffer);
  return (expected, start, length) => {
    let wrong = 0;
    let input = (start * stride) >>> 0;
    for (let i = 0; i < length; i++, input = (input + stride) >>> 0) {
      bits[0] = input;
      const y = f(value[0]!);
      value[0] = y;
      const found = y !== y ? 0x7fc00000 : bits[0]!;
      if (found === expected[i]) continue;
      if (++wrong <= SHOWN) {
        console.error(`input ${hex(input)}: expected ${hex(expected[i]!)}, found ${hex(found)}`);
      }
    }
    return wrong;
  };
}

function hex(bits: number): string {
  return bits.toString(16).padStart(8, "0");
}

const args = parseArgs(Deno.args, { string: ["function", "stride"], default: { stride: "1" } });
const stride = Number(args.stride);
if (!Number.isSafeInteger(stride) || stride < 1 || stride > ALL) {
  throw new RangeError(
    `Cannot walk the inputs: stride ${args.stride} is not a whole number from 1`,
  );
}
const names = namesFor(args.function);
let wrong = 0;
await withWitness(async (program) => {
  for (const name of names) wrong += await compare(program, name, stride);
});
Deno.exit(wrong === 0 ? 0 : 1);
