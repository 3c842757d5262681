/**
 * The campaign of wrong calls: every public function is called with the arguments of a valid call,
 * one to three parts of which are damaged. It must answer with a result or with an error of the
 * right class, of one line that begins with `Cannot`.
 *
 * `deno run testing/wrong_calls.ts SEED I I+1` makes try I again.
 *
 * @module
 */
import fc from "fast-check";
import { Node, run } from "../mod.ts";
import { postorder } from "../core/graph.ts";
import { sizeOf } from "../core/shape.ts";
import { campaign, type Try } from "./campaign.ts";
import { caseSubjects } from "./calls/cases.ts";
import { coreSubjects } from "./calls/core.ts";
import { datasetSubjects } from "./calls/dataset.ts";
import { goldenSubjects } from "./calls/golden.ts";
import type { Subject } from "./calls/subject.ts";
import { verifySubjects } from "./calls/verify.ts";
import { type Damage, damaged } from "./damaged_calls.ts";

/** All that is called, by room; reports are with the judge. */
export async function allSubjects(): Promise<Readonly<Record<string, readonly Subject[]>>> {
  return {
    core: coreSubjects,
    cases: caseSubjects,
    dataset: datasetSubjects,
    golden: await goldenSubjects(),
    verify: verifySubjects,
  };
}

const damages: fc.Arbitrary<Damage[]> = fc.array(
  fc.record({ place: fc.nat(), way: fc.nat(), choice: fc.nat() }),
  { minLength: 1, maxLength: 3 },
);

/** Makes one wrong call of one of the subjects. */
export async function attempt(
  subjects: readonly Subject[],
  seed: number,
  i: number,
): Promise<Try> {
  const subject = subjects[i % subjects.length]!;
  const valid = subject.valid[Math.floor(i / subjects.length) % subject.valid.length]!();
  const [chosen] = fc.sample(damages, { seed: seed ^ i, numRuns: 1 });
  const { args, done } = damaged(valid, chosen!);
  const what = `${subject.name} with ${done.join(", ")}`;
  const passed = sameKinds(valid, args) ? ["passed the first check"] : [];
  try {
    await settled(await subject.call(...args));
  } catch (error) {
    const wrong = faultOf(error, subject.outcome);
    if (wrong !== null) {
      return { failure: `${what}: ${wrong}`, counts: [`failed: ${subject.name}`] };
    }
    return { counts: ["refused", ...passed] };
  }
  return { counts: ["result", "passed the first check"] };
}

/** The most elements of a graph's tensors that are computed to see what a result is worth. */
const COMPUTED = 1e5;

/** Sees a result through: nodes that were made are run, if that is not too much work. */
function settled(result: unknown): void {
  const nodes = (Array.isArray(result) ? result : [result]).filter((node) => node instanceof Node);
  const order = postorder(nodes);
  const size = order.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (size <= COMPUTED && order.every(({ op }) => op !== "placeholder")) run(nodes);
}

/**
 * Whether arguments are of the kinds of those of a valid call: what a function looks at first. What
 * is wrong lies deeper then: in an element, an option, a size, or how two arguments fit.
 */
function sameKinds(valid: readonly unknown[], args: readonly unknown[]): boolean {
  return valid.length === args.length && valid.every((value, i) => kind(value) === kind(args[i]));
}

function kind(value: unknown): unknown {
  return typeof value === "object" && value !== null ? Object.getPrototypeOf(value) : typeof value;
}

/** What is wrong with an error as the answer to a wrong call; `null` if nothing is. */
export function faultOf(error: unknown, outcome?: RegExp): string | null {
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  const { message } = error;
  if (outcome?.test(message)) return null;
  const said = `${error.constructor.name}: ${message.slice(0, 300)}`;
  if (![TypeError, RangeError, SyntaxError].includes(error.constructor as never)) return said;
  // JavaScript's own messages begin with "Cannot" as well, but have no colon behind the action.
  if (!/^Cannot [^\n\r]+?: [^\n\r]*[^.\n\r]$/.test(message)) return said;
  return message.length <= LONGEST_MESSAGE ? null : `a message of ${message.length} characters`;
}

/**
 * The longest message, in characters. A file's name, which the caller gave, stands in it whole, and
 * the longest text that is tried has 5,000.
 */
const LONGEST_MESSAGE = 6000;

if (import.meta.main) {
  const rooms = Object.entries(await allSubjects());
  const subjects = rooms.flatMap(([, list]) => list);
  await campaign((seed, i) => attempt(subjects, seed, i));
}
