/**
 * Valid calls of what `cases/mod.ts` exports.
 *
 * @module
 */
import * as casesRoom from "../../cases/mod.ts";
import { gradients, mul, square, variable } from "../../mod.ts";
import { uniformInputs } from "../../cases/random.ts";
import { tensor } from "../../mod.ts";
import { type Subject, subject } from "./subject.ts";

const { cases, compileCase, gradientTensors, selectCases, tensorsOf } = casesRoom;

/** A small case as a user writes it. */
export function smallCase(): casesRoom.Case {
  return {
    id: "mine/square",
    description: "A square",
    parameters: { power: 2 },
    build(by = { gradients }) {
      const x = variable([1, 2]);
      const y = mul(square(x), 0.5);
      return [
        ...tensorsOf("input", { x }),
        ...tensorsOf("forward", { y }),
        ...gradientTensors(by, { ys: [y], xs: { x } }),
      ];
    },
  };
}

export const caseSubjects: readonly Subject[] = [
  subject("selectCases", selectCases, () => ["notebook/*"], () => ["mine/?quare", [smallCase()]]),
  subject("compileCase", compileCase, () => [smallCase()], () => [cases[0]]),
  subject(
    "CompiledCase.run",
    (inputs: never) => compileCase(smallCase()).run(inputs),
    () => [[tensor([3, 4])]],
  ),
  subject("tensorsOf", tensorsOf, () => ["forward", { y: square(2), z: square(3) }]),
  subject("gradientTensors", gradientTensors, () => {
    const x = variable([1, 2]);
    const [y, z] = [square(x), mul(x, 2)];
    return [{ gradients }, {
      ys: [y, z],
      xs: { x },
      gradYs: [variable([1, 1]), null],
      stopGradients: [z],
    }];
  }),
  subject("uniformInputs", uniformInputs, () => [[tensor([1, 2]), tensor(3)], 42, 7]),
];
