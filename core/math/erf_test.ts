import erfHard from "../testdata/math_erf_hard.json" with { type: "json" };
import erfcHard from "../testdata/math_erfc_hard.json" with { type: "json" };
import { erf, erfc, erfcFloat64, erfFloat64 } from "./erf.ts";
import { checkFloat64, checkHard, checkValues } from "../../testing/functions.ts";

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

Deno.test("erf in float64 is within its bound of mpmath's values", () => {
  checkFloat64(erfFloat64, 4, [
    [0, 0],
    [-0, -0],
    [Infinity, 1],
    [-Infinity, -1],
    [NaN, NaN],
    [1e-300, 1.1283791670955126e-300],
    [1e-9, 1.1283791670955127e-9],
    [0.015625, 0.017629489782642005],
    [0.1, 0.1124629160182849],
    [0.3, 0.3286267594591274],
    [0.8125, 0.749464025586362],
    [1.7, 0.9837904585907745],
    [-2.9, -0.9999589021219005],
    [3.99, 0.9999999832607886],
    [4.5, 0.9999999998033839],
    [-5.5, -0.9999999999999927],
  ]);
});

Deno.test("erfc in float64 is within its bound of mpmath's values, in both tails", () => {
  checkFloat64(erfcFloat64, 5, [
    [0, 1],
    [Infinity, 0],
    [-Infinity, 2],
    [NaN, NaN],
    [-6.5, 2],
    [-3.9, 1.9999999652077514],
    [-0.7, 1.6778011938374184],
    [1e-9, 0.9999999988716208],
    [0.1, 0.887537083981715],
    [1.05, 0.13756389390990328],
    [2.71828, 0.00012093231511031904],
    [5.1, 5.49382021755532e-13],
    [9.99, 2.553157649309535e-45],
    [10.01, 1.7080466437831632e-45],
    [15.5, 1.6632016400488723e-106],
    [26.5, 2.2109076642637343e-307],
    [30, 0],
  ]);
});
