import hard from "../testdata/math_rsqrt_hard.json" with { type: "json" };
import { rsqrt } from "./rsqrt.ts";
import { checkHard, checkValues } from "../../testing/functions.ts";

Deno.test("rsqrt is correctly rounded on the hardest inputs", () => checkHard(rsqrt, hard));

Deno.test("rsqrt of special values is as in C23, Annex F", () => {
  checkValues(rsqrt, [
    [0, Infinity],
    [-0, -Infinity],
    [Infinity, 0],
    [-Infinity, NaN],
    [-1, NaN],
    [NaN, NaN],
    [4, 0.5],
    [0.0625, 4],
    [2 ** -148, 2 ** 74],
    [2 ** -149, 2.671373890628154e22],
    [3.4028234663852886e38, 5.421011023986243e-20],
  ]);
});
