import logHard from "../testdata/math_log_hard.json" with { type: "json" };
import log1pHard from "../testdata/math_log1p_hard.json" with { type: "json" };
import { log, log1p } from "./log.ts";
import { checkHard, checkValues, stepsFrom } from "../../testing/functions.ts";

Deno.test("log is correctly rounded on the hardest inputs", () => checkHard(log, logHard));
Deno.test("log1p is correctly rounded on the hardest inputs", () => checkHard(log1p, log1pHard));

Deno.test("log of special values is as in C23, Annex F", () => {
  checkValues(log, [
    [0, -Infinity],
    [-0, -Infinity],
    [1, 0],
    [Infinity, Infinity],
    [-Infinity, NaN],
    [-(2 ** -149), NaN],
    [NaN, NaN],
    [2 ** -149, -103.27892990343184],
    [3.4028234663852886e38, 88.72283905206835],
    [stepsFrom(1, 1), 1.1920928244535446e-7],
    [stepsFrom(1, -1), -5.9604646551233845e-8],
  ]);
});

Deno.test("log1p of special values is as in C23, Annex F", () => {
  checkValues(log1p, [
    [0, 0],
    [-0, -0],
    [-1, -Infinity],
    [stepsFrom(-1, 1), NaN],
    [-Infinity, NaN],
    [Infinity, Infinity],
    [NaN, NaN],
    [2 ** -149, 2 ** -149],
    [-(2 ** -149), -(2 ** -149)],
    [stepsFrom(-1, -1), -16.635532333438687],
    [3.4028234663852886e38, 88.72283905206835],
  ]);
});

Deno.test("where x - x²/2 is a midpoint, the cubic term of log1p decides", () => {
  // The result lies above the midpoint x·(1 − 2⁻²⁵) by x³/3.
  checkValues(log1p, [[2 ** -24, 2 ** -24], [-(2 ** -24), -(2 ** -24)]]);
});
