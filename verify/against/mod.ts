/**
 * Judging another program by a CSV that it wrote: the
 * `long` layout of a dataset, or just its columns `case`, `tensor`, `index` and `value` or `bits`.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { cases } from "../../cases/mod.ts";
 * import { judgeInstance, ValuesReader } from "./mod.ts";
 *
 * const reader = new ValuesReader(cases, "none");
 * reader.push(`case,tensor,index,value
 * notebook/n=1/target=y/upstream=none/auto,dlogits,0,0.1434935
 * notebook/n=1/target=y/upstream=none/auto,dlogits,1,0.2224550
 * `);
 * const { instances, problems } = reader.end();
 * assertEquals(problems.length, 0);
 * assert(judgeInstance(instances[0]!).right);
 * ```
 *
 * @module
 */
import type { Profile } from "../allowance.ts";
import type { CaseVerdict } from "../case_verdict.ts";
import { judge } from "../judge.ts";
import type { GivenInstance } from "./elements.ts";

export { utf8Text } from "./encoding.ts";
export type { GivenInstance, Required, Warning } from "./elements.ts";
export type { Problem } from "./problems.ts";
export { type GivenValues, ValuesReader } from "./values.ts";

/**
 * Judges the values of one instance at its inputs, by default as those of any honest float32
 * engine; one that lacks required tensors is not right.
 */
export function judgeInstance(given: GivenInstance, profile: Profile = "any"): CaseVerdict {
  const { case: of, instance, values, inputs, missing } = given;
  const result = { ...judge(of.id, values, { cases: [of], inputs, profile }), instance };
  return missing.length === 0 ? result : { ...result, verdict: "fail", right: false, missing };
}
