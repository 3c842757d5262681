/**
 * What judging costs: every case, and every planted bug on every case or on graphs of its op.
 *
 * `deno task verify` is to take under 10 s in all, `deno task mutants` under 20 s. Run:
 * `deno task bench`
 *
 * @module
 */
import { cases, smallCases } from "../cases/mod.ts";
import { judgeOwn } from "../verify/judge.ts";
import { tryOpMutants } from "../verify/mutants/forms.ts";
import { killMatrix } from "../verify/mutants/matrix.ts";

Deno.bench("verify: judge every case", { group: "judge", n: 5, warmup: 1 }, () => {
  cases.map(judgeOwn);
});
Deno.bench("mutants: every bug on every case", { group: "judge", n: 3, warmup: 1 }, () => {
  killMatrix(smallCases);
});
Deno.bench("mutants: every bug of every op", { group: "judge", n: 3, warmup: 1 }, () => {
  tryOpMutants();
});
