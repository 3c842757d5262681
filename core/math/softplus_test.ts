import hard from "../testdata/math_softplus_hard.json" with { type: "json" };
import { fromBits } from "../float32.ts";
import { logSigmoid, softplus } from "./softplus.ts";
import { checkBits, checkHard, checkValues, wordsOf } from "../../testing/functions.ts";

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
