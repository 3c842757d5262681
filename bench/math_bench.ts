/**
 * The elementary functions beside `Math.*`, on 4,000 float32 values of each function's common
 * range.
 *
 * Divide a time by 4,000: at most 15 ns per element is asked of each. Run:
 * `deno bench bench/math_bench.ts`
 *
 * @module
 */
import { atan2 } from "../core/math/atan2.ts";
import { functions } from "../core/math/functions.ts";
import { pow } from "../core/math/pow.ts";

const COUNT = 4000;

/** The common range of each function, [-10, 10] where missing. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  log: [0, 100],
  log1p: [-1, 10],
  sin: [-100, 100],
  cos: [-100, 100],
  tan: [-100, 100],
  asin: [-1, 1],
  acos: [-1, 1],
  acosh: [1, 100],
  atanh: [-1, 1],
  erf: [-4, 4],
  erfc: [-4, 10],
  rsqrt: [0, 100],
};

/** JavaScript's own function where it has one, rounded to float32. */
const builtins: Readonly<Record<string, (x: number) => number>> = {
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  logSigmoid: (x) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))),
  rsqrt: (x) => 1 / Math.sqrt(x),
  ...Object.fromEntries(
    Object.getOwnPropertyNames(Math).map((name) => [name, Math[name as "exp"]]),
  ),
};

/** Values spread evenly over a range but out of order (steps of the golden ratio). */
function spread([low, high]: readonly [number, number], phase = 0): Float32Array {
  return Float32Array.from(
    { length: COUNT },
    (_, i) => low + (high - low) * ((phase + i * 0.6180339887498949) % 1),
  );
}

/** A loop of its own for each function, so that V8 compiles it for that function alone. */
function loop(
  name: string,
  f: (x: number, y: number) => number,
  x: Float32Array,
  y: Float32Array,
): () => void {
  const results = new Float32Array(COUNT);
  return new Function(
    "f",
    "x",
    "y",
    "results",
    `// ${name}: its own text, so that V8 shares no feedback with the other loops\n` +
      `return () => { for (let i = 0; i < ${COUNT}; i++) results[i] = f(x[i], y[i]); };`,
  )(f, x, y, results);
}

const all = { ...functions, pow, atan2 };
for (const [name, f] of Object.entries(all)) {
  const range = name === "pow" ? [0.1, 10] as const : ranges[name] ?? [-10, 10] as const;
  const x = spread(range);
  const y = spread([-10, 10], 0.5);
  Deno.bench(name, { group: name, baseline: true }, loop(name, f, x, y));
  const builtin = builtins[name];
  if (builtin === undefined) continue;
  const title = `Math, ${name}`;
  Deno.bench(title, { group: name }, loop(title, builtin, x, y));
}
