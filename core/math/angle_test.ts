import acosHard from "../testdata/math_acos_hard.json" with { type: "json" };
import asinHard from "../testdata/math_asin_hard.json" with { type: "json" };
import atanHard from "../testdata/math_atan_hard.json" with { type: "json" };
import { acos, asin, atan } from "./angle.ts";
import { checkHard, checkValues, stepsFrom } from "../../testing/functions.ts";

Deno.test("asin is correctly rounded on the hardest inputs", () =>
  checkHard(asin, asinHard, (y) => -y));
Deno.test("acos is correctly rounded on the hardest inputs", () => checkHard(acos, acosHard));
Deno.test("atan is correctly rounded on the hardest inputs", () =>
  checkHard(atan, atanHard, (y) => -y));

const beyond = [stepsFrom(1, 1), -2, Infinity, -Infinity, NaN];

Deno.test("asin of special values is as in C23, Annex F", () => {
  checkValues(asin, [[0, 0], [-0, -0], [1, Math.PI / 2], [-1, -Math.PI / 2]]);
  checkValues(asin, [[2 ** -149, 2 ** -149], [0.5, Math.PI / 6]]);
  checkValues(asin, beyond.map((x) => [x, NaN]));
});

Deno.test("acos of special values is as in C23, Annex F", () => {
  checkValues(acos, [[1, 0], [-1, Math.PI], [0, Math.PI / 2], [-0, Math.PI / 2]]);
  checkValues(acos, [[2 ** -149, Math.PI / 2], [0.5, Math.PI / 3]]);
  checkValues(acos, beyond.map((x) => [x, NaN]));
});

Deno.test("atan of special values is as in C23, Annex F", () => {
  checkValues(atan, [[0, 0], [-0, -0], [Infinity, Math.PI / 2], [-Infinity, -Math.PI / 2]]);
  checkValues(atan, [[2 ** -149, 2 ** -149], [1, Math.PI / 4], [NaN, NaN]]);
  checkValues(atan, [[3.4028234663852886e38, Math.PI / 2], [-3.4028234663852886e38, -Math.PI / 2]]);
});
