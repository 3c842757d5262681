/**
 * Valid calls of what `verify/mod.ts` and `report/mod.ts` export.
 *
 * @module
 */
import { tensor } from "../../mod.ts";
import { reporters } from "../../report/mod.ts";
import { assertGradients, judge, judgeOwn, outcomeOf, strictly } from "../../verify/mod.ts";
import { smallCase } from "./cases.ts";
import { type Subject, subject } from "./subject.ts";

const id = "mine/square";
const values = () => ({ y: [0.5, 2], dx: tensor([1, 2]) });
const options = () => ({ profile: "own", cases: [smallCase()], inputs: { x: [1, 2] } });

const verdict = () => judge(id, values(), { cases: [smallCase()] });

export const verifySubjects: readonly Subject[] = [
  subject(
    "judge",
    judge,
    () => [id, values(), options()],
    () => ["notebook/n=1/target=z/upstream=given/auto", { z: [[4.2, 5.7]] }],
  ),
  {
    ...subject("assertGradients", assertGradients, () => [id, values(), options()]),
    outcome: /^Gradients of .* are (missing|wrong):/,
  },
  subject("judgeOwn", judgeOwn, () => [smallCase()]),
  subject("outcomeOf", outcomeOf, () => [verdict()], () => [{ right: false, verdict: "fail" }]),
  subject("strictly", strictly, () => [verdict()]),
  ...Object.entries(reporters).map(([name, reporter]) =>
    subject(`reporters.${name}`, reporter, () => [[verdict()], {}], () => [
      [verdict(), verdict()],
      { color: true, command: "deno task verify" },
    ])
  ),
];
