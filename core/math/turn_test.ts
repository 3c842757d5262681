import cosHard from "../testdata/math_cos_hard.json" with { type: "json" };
import sinHard from "../testdata/math_sin_hard.json" with { type: "json" };
import tanHard from "../testdata/math_tan_hard.json" with { type: "json" };
import { cos, sin, tan } from "./turn.ts";
import { checkHard, checkValues } from "../../testing/functions.ts";

Deno.test("sin is correctly rounded on the hardest inputs", () =>
  checkHard(sin, sinHard, (y) => -y));
Deno.test("cos is correctly rounded on the hardest inputs", () =>
  checkHard(cos, cosHard, (y) => y));
Deno.test("tan is correctly rounded on the hardest inputs", () =>
  checkHard(tan, tanHard, (y) => -y));

Deno.test("sin, cos and tan of special values are as in C23, Annex F", () => {
  for (const f of [sin, tan]) {
    checkValues(f, [[0, 0], [-0, -0], [2 ** -149, 2 ** -149], [-(2 ** -149), -(2 ** -149)]]);
  }
  for (const f of [sin, cos, tan]) checkValues(f, [[Infinity, NaN], [-Infinity, NaN], [NaN, NaN]]);
  checkValues(cos, [[0, 1], [-0, 1], [2 ** -149, 1], [2 ** -13, 1]]);
});

Deno.test("arguments are reduced exactly next to multiples of π/2", () => {
  // The float32 values nearest to π/2 and π; values of mpmath at 600 bits.
  checkValues(sin, [
    [1.5707963705062866, 1],
    [3.1415927410125732, -8.742278000372475e-8],
    [-3.1415927410125732, 8.742278000372475e-8],
  ]);
  checkValues(cos, [[1.5707963705062866, -4.371139000186241e-8], [3.1415927410125732, -1]]);
  checkValues(tan, [[1.5707963705062866, -22877332.42885646]]);
});

Deno.test("the float32 value nearest to a multiple of π/2 keeps its precision", () => {
  // 16367173·2⁷² (J.-M. Muller, "Elementary Functions", 2016); values of mpmath at 600 bits.
  checkValues(sin, [[16367173 * 2 ** 72, 1.0]]);
  checkValues(cos, [[16367173 * 2 ** 72, -1.6147697982476211e-09]]);
});

Deno.test("large arguments are reduced exactly", () => {
  // From the first value beyond the three-part reduction to the largest; values of mpmath at 600
  // bits.
  checkValues(sin, [
    [1048577.0, 0.9727535843134413],
    [16367173.0, 0.07914680734231885],
    [9.999999778196308e+21, -0.7340815352961015],
    [1.7014118346046923e+38, 0.6233855129558702],
    [3.4028234663852886e+38, -0.5218765233336585],
  ]);
  checkValues(cos, [
    [1048577.0, 0.23184146351624124],
    [16367173.0, -0.9968629709681857],
    [9.999999778196308e+21, 0.679061337095051],
    [1.7014118346046923e+38, 0.78191463871496],
    [3.4028234663852886e+38, 0.8530210398303042],
  ]);
});
