/**
 * The judge: are these gradients right?
 *
 * Import it to check the values that your own engine computes for a case.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { assertGradients, judge } from "./mod.ts";
 *
 * const id = "notebook/n=1/target=z/upstream=given/auto";
 * const verdict = judge(id, { z: [[4.2, 5.7]] });
 * assert(verdict.right);
 *
 * let message = "";
 * try {
 *   assertGradients(id, { z: [[4.2, 5.7]] });
 * } catch (error) {
 *   message = (error as Error).message;
 * }
 * assert(message.endsWith("are missing: dlogits, dz, dW_A, dW_B"));
 * ```
 *
 * @module
 */
export { type Profile } from "./allowance.ts";
export { type CaseVerdict, strictly, type TensorVerdict, type Witness } from "./case_verdict.ts";
export { assertGradients, judge, type JudgedValues, type JudgeOptions, judgeOwn } from "./judge.ts";
export { type Comparison, type Outcome, outcomeOf, type Verdict, verdicts } from "./verdict.ts";
