import hard from "../testdata/math_expm1_hard.json" with { type: "json" };
import { fromBits } from "../float32.ts";
import { expm1 } from "./expm1.ts";
import { checkHard, checkValues } from "../../testing/functions.ts";

Deno.test("expm1 is correctly rounded on the hardest inputs", () => checkHard(expm1, hard));

Deno.test("expm1 of special values is as in C23, Annex F", () => {
  checkValues(expm1, [
    [0, 0],
    [-0, -0],
    [Infinity, Infinity],
    [-Infinity, -1],
    [NaN, NaN],
    [2 ** -149, 2 ** -149],
    [-(2 ** -149), -(2 ** -149)],
    [-104, -1],
    [fromBits(0x42b17217), fromBits(0x7f7fff84)],
    [fromBits(0x42b17218), Infinity],
    [-17, -0.9999999586006244],
    [-18, -1],
  ]);
});
