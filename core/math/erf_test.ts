import erfHard from "../testdata/math_erf_hard.json" with { type: "json" };
import erfcHard from "../testdata/math_erfc_hard.json" with { type: "json" };
import { erf, erfc } from "./erf.ts";
import { checkHard, checkValues } from "../../testing/functions.ts";

Deno.test("erf is correctly rounded on the hardest inputs", () =>
  checkHard(erf, erfHard, (y) => -y));
Deno.test("erfc is correctly rounded on the hardest inputs", () => checkHard(erfc, erfcHard));

Deno.test("erf of special values is as in C23, Annex F", () => {
  checkValues(erf, [
    [0, 0],
    [-0, -0],
    [Infinity, 1],
    [-Infinity, -1],
    [NaN, NaN],
    [2 ** -149, 2 ** -149],
    [-(2 ** -149), -(2 ** -149)],
    [0.5, 0.5204998778130465],
    [3.9, 1 - 2 ** -24],
    [4, 1],
    [-100, -1],
  ]);
});

Deno.test("erfc of special values is as in C23, Annex F", () => {
  checkValues(erfc, [
    [0, 1],
    [-0, 1],
    [Infinity, 0],
    [-Infinity, 2],
    [NaN, NaN],
    [2 ** -149, 1],
    [-10, 2],
    [5, 1.5374597944280347e-12],
    [10, 2.088487583762545e-45],
    [10.0625, 0],
    [11, 0],
  ]);
});
