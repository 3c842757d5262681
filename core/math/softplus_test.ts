import hard from "../testdata/math_softplus_hard.json" with { type: "json" };
import { fromBits } from "../float32.ts";
import { logSigmoid, logSigmoidFloat64, softplus, softplusFloat64 } from "./softplus.ts";
import {
  checkBits,
  checkFloat64,
  checkHard,
  checkValues,
  wordsOf,
} from "../../testing/functions.ts";

Deno.test("softplus is correctly rounded on the hardest inputs", () => checkHard(softplus, hard));

Deno.test("logSigmoid is correctly rounded on the hardest inputs", () => {
  const results = wordsOf(hard.expected).map(fromBits);
  const inputs = wordsOf(hard.inputs).map((bits) => (bits ^ 0x80000000) >>> 0);
  checkBits(logSigmoid, inputs, (_, index) => -results[index]!);
});

Deno.test("softplus of special values", () => {
  checkValues(softplus, [
    [0, Math.LN2],
    [-0, Math.LN2],
    [Infinity, Infinity],
    [-Infinity, 0],
    [NaN, NaN],
    [3.4028234663852886e38, 3.4028234663852886e38],
    [-100, 3.720075976020836e-44],
    [-103.97207641601562, 2 ** -149],
    [-103.97208404541016, 0],
    [20, 20.000000002061153],
    [1e-30, Math.LN2],
  ]);
});

Deno.test("logSigmoid of special values", () => {
  checkValues(logSigmoid, [
    [0, -Math.LN2],
    [Infinity, -0],
    [-Infinity, -Infinity],
    [NaN, NaN],
    [-3.4028234663852886e38, -3.4028234663852886e38],
    [100, -3.720075976020836e-44],
    [104, -0],
  ]);
});

Deno.test("softplus in float64 is within its bound of mpmath's values", () => {
  const table = [
    [Infinity, Infinity],
    [-Infinity, 0],
    [NaN, NaN],
    [-600, 2.6503965530043108e-261],
    [-80.5, 1.0946977029531417e-35],
    [-30.1, 8.467127406078964e-14],
    [-1.5, 0.2014132779827524],
    [-0.1, 0.6443966600735709],
    [0.1, 0.7443966600735709],
    [1.5, 1.7014132779827524],
    [30.1, 30.100000000000087],
    [800, 800],
  ] as const;
  checkFloat64(softplusFloat64, 3, table);
  checkFloat64(logSigmoidFloat64, 3, table.map(([x, y]) => [-x, -y]));
});
