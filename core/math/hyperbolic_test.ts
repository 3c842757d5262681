import coshHard from "../testdata/math_cosh_hard.json" with { type: "json" };
import sinhHard from "../testdata/math_sinh_hard.json" with { type: "json" };
import tanhHard from "../testdata/math_tanh_hard.json" with { type: "json" };
import { fromBits } from "../float32.ts";
import { cosh, sinh, tanh } from "./hyperbolic.ts";
import { checkHard, checkValues } from "../../testing/functions.ts";

Deno.test("sinh is correctly rounded on the hardest inputs", () =>
  checkHard(sinh, sinhHard, (y) => -y));
Deno.test("cosh is correctly rounded on the hardest inputs", () =>
  checkHard(cosh, coshHard, (y) => y));
Deno.test("tanh is correctly rounded on the hardest inputs", () =>
  checkHard(tanh, tanhHard, (y) => -y));

/** The last input below overflow of sinh and cosh, and the next. */
const LAST = fromBits(0x42b2d4fc);
const NEXT = fromBits(0x42b2d4fd);

Deno.test("sinh of special values is as in C23, Annex F", () => {
  checkValues(sinh, [
    [0, 0],
    [-0, -0],
    [Infinity, Infinity],
    [-Infinity, -Infinity],
    [NaN, NaN],
    [2 ** -149, 2 ** -149],
    [LAST, 3.4028196375086208e38],
    [NEXT, Infinity],
    [-NEXT, -Infinity],
    [1000, Infinity],
  ]);
});

Deno.test("cosh of special values is as in C23, Annex F", () => {
  checkValues(cosh, [
    [0, 1],
    [-0, 1],
    [Infinity, Infinity],
    [-Infinity, Infinity],
    [NaN, NaN],
    [2 ** -149, 1],
    [2 ** -12, 1],
    [-LAST, 3.4028196375086208e38],
    [NEXT, Infinity],
    [-1000, Infinity],
  ]);
});

Deno.test("tanh of special values is as in C23, Annex F", () => {
  checkValues(tanh, [
    [0, 0],
    [-0, -0],
    [Infinity, 1],
    [-Infinity, -1],
    [NaN, NaN],
    [2 ** -149, 2 ** -149],
    [9, 1 - 2 ** -24],
    [-10, -1],
    [100, 1],
  ]);
});
