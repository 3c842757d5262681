/**
 * What judging costs: every case, and every planted bug on every case or on graphs of its op.
 *
 * `deno task verify` is to take under 10 s in all, `deno task mutants` under 20 s, a network of four
 * layers of 64 under 1 s. Run:
 * `deno task bench`
 *
 * @module
 */
import { cases, compileCase, smallCases } from "../cases/mod.ts";
import { deepCase } from "../testing/deep_case.ts";
import { judge, judgeOwn } from "../verify/judge.ts";
import { tryOpMutants } from "../verify/mutants/forms.ts";
import { killMatrix } from "../verify/mutants/matrix.ts";

Deno.bench("verify: judge every case", { group: "judge", n: 5, warmup: 1 }, () => {
  cases.map(judgeOwn);
});
const deep = deepCase({ layers: 4, width: 64, batch: 4 });
const compiled = compileCase(deep);
const values = Object.fromEntries(
  compiled.run().map((value, i) => [compiled.tensors[i]!.name, value]),
);
Deno.bench("judge: four layers of 64, batch 4", { group: "judge", n: 5, warmup: 1 }, () => {
  judge(deep.id, values, { cases: [deep] });
});
Deno.bench("mutants: every bug on every case", { group: "judge", n: 3, warmup: 1 }, () => {
  killMatrix(smallCases);
});
Deno.bench("mutants: every bug of every op", { group: "judge", n: 3, warmup: 1 }, () => {
  tryOpMutants();
});
