import acoshHard from "../testdata/math_acosh_hard.json" with { type: "json" };
import asinhHard from "../testdata/math_asinh_hard.json" with { type: "json" };
import atanhHard from "../testdata/math_atanh_hard.json" with { type: "json" };
import { acosh, asinh, atanh } from "./inverse_hyperbolic.ts";
import { checkHard, checkValues, stepsFrom } from "../../testing/functions.ts";

Deno.test("asinh is correctly rounded on the hardest inputs", () =>
  checkHard(asinh, asinhHard, (y) => -y));
Deno.test("acosh is correctly rounded on the hardest inputs", () => checkHard(acosh, acoshHard));
Deno.test("atanh is correctly rounded on the hardest inputs", () =>
  checkHard(atanh, atanhHard, (y) => -y));

Deno.test("asinh of special values is as in C23, Annex F", () => {
  checkValues(asinh, [
    [0, 0],
    [-0, -0],
    [Infinity, Infinity],
    [-Infinity, -Infinity],
    [NaN, NaN],
    [2 ** -149, 2 ** -149],
    [3.4028234663852886e38, 89.4159862326283],
  ]);
});

Deno.test("acosh of special values is as in C23, Annex F", () => {
  checkValues(acosh, [
    [1, 0],
    [stepsFrom(1, -1), NaN],
    [0, NaN],
    [-1, NaN],
    [-Infinity, NaN],
    [Infinity, Infinity],
    [NaN, NaN],
    [stepsFrom(1, 1), 0.0004882812451492157],
    [3.4028234663852886e38, 89.4159862326283],
  ]);
});

Deno.test("atanh of special values is as in C23, Annex F", () => {
  checkValues(atanh, [
    [0, 0],
    [-0, -0],
    [1, Infinity],
    [-1, -Infinity],
    [stepsFrom(1, 1), NaN],
    [-2, NaN],
    [Infinity, NaN],
    [NaN, NaN],
    [2 ** -149, 2 ** -149],
    [stepsFrom(1, -1), 8.664339742098154],
  ]);
});
