/**
 * Judging: the values of a case against its golden values and against exact arithmetic.
 *
 * @module
 */
import { builtTensors, caseKind, type CaseTensor } from "../cases/case.ts";
import { type Case, cases as allCases, compileCase } from "../cases/mod.ts";
import { didYouMean } from "../cases/suggest.ts";
import { check, checkOptions, dictionary, listOf, oneOf, shown, text } from "../core/check.ts";
import { checkValues } from "../core/dtype.ts";
import { sameShape, shapeText } from "../core/shape.ts";
import { type NestedBooleans, type NestedNumbers, Tensor, tensorFrom } from "../core/tensor.ts";
import type { Profile } from "./allowance.ts";
import { type CaseVerdict, judgeTensors } from "./case_verdict.ts";
import { describe } from "./describe.ts";

/** Values to judge, by tensor name. */
export type JudgedValues = Readonly<Record<string, Tensor | NestedNumbers | NestedBooleans>>;

/** Options of {@linkcode judge}. */
export interface JudgeOptions {
  /**
   * What the judged engine may do:
   * `any` honest float32 engine (default), or a bit-faithful port (`own`).
   */
  profile?: Profile;
  /**
   * Where the id is looked up; the project's own cases by default. Golden values are known for
   * these only.
   */
  cases?: readonly Case[];
  /** The inputs that the values were computed from, by name; the case's own where missing. */
  inputs?: JudgedValues;
}

/**
 * Judges the values that some engine computed for a case, on the case's own inputs or on given
 * ones.
 *
 * `values` holds tensors of the case by name, as many as wanted; nested arrays are rounded to
 * float32. Every element is compared with each golden value captured for it, if the inputs are the
 * case's own, and with a float64 evaluation of the case.
 *
 * Throws a `RangeError` for an id or a name that does not exist and for an input that its dtype does
 * not have, and a `TypeError` for a tensor of the wrong shape.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { judge } from "./mod.ts";
 * const id = "notebook/n=1/target=y/upstream=none/auto";
 * const { verdict } = judge(id, { y: [[0.8263534, 0.33403307]] });
 * assertEquals(verdict, "bits");
 * assertEquals(judge(id, { y: [[0.8263534, 0.334]] }).verdict, "fail");
 * ```
 */
export function judge(id: string, values: JudgedValues, options: JudgeOptions = {}): CaseVerdict {
  checkCall(id, values, options);
  const { profile = "any", cases = allCases, inputs = {} } = options;
  const found = findCase(id, cases);
  const all = builtTensors(`judge ${shown(id)}`, found);
  const tensors = named(id, all, values);
  if (tensors.length === 0) {
    throw new RangeError(`Cannot judge ${shown(id)}: there are no tensors to judge`);
  }
  const feeds = named(id, all.filter(({ role }) => role === "input"), inputs, "input");
  return judgeTensors(
    found,
    tensors,
    tensors.map((t) => checkedTensor(id, t, values[t.name]!)),
    profile,
    new Map(feeds.map((t) => [t.node, checkedInput(id, t, inputs[t.name]!)])),
  );
}

/** The tensors that `values` has by name. */
function named(
  id: string,
  tensors: readonly CaseTensor[],
  values: JudgedValues,
  kind = "tensor",
): CaseTensor[] {
  const names = tensors.map(({ name }) => name);
  for (const name of Object.keys(values)) {
    if (names.includes(name)) continue;
    throw new RangeError(
      `Cannot judge ${shown(id)}: it has no ${kind} ${shown(name)}${didYouMean(name, names)}`,
    );
  }
  return tensors.filter(({ name }) => Object.hasOwn(values, name));
}

/**
 * Throws an `Error` with the report unless every gradient of a case is there and right.
 *
 * Like {@linkcode judge}, but for tests: all tensors of role `gradient` must be among the values,
 * and no element may fail, nor be undecidable where the case does not list it.
 *
 * @example
 * ```ts
 * import { compileCase, selectCases } from "../cases/mod.ts";
 * import { assertGradients } from "./mod.ts";
 * const id = "notebook/n=2/target=y_mean/upstream=none/auto";
 * const compiled = compileCase(selectCases(id)[0]!);
 * const values = compiled.run().map((value, i) => [compiled.tensors[i]!.name, value]);
 * assertGradients(id, Object.fromEntries(values));
 * ```
 */
export function assertGradients(
  id: string,
  values: JudgedValues,
  options: JudgeOptions = {},
): void {
  checkCall(id, values, options);
  const found = findCase(id, options.cases ?? allCases);
  const gradients = builtTensors(`judge ${shown(id)}`, found)
    .filter(({ role }) => role === "gradient");
  const missing = gradients.filter(({ name }) => !Object.hasOwn(values, name)).map(({ name }) =>
    name
  );
  if (missing.length > 0) {
    throw new Error(`Gradients of ${shown(id)} are missing: ${missing.join(", ")}`);
  }
  const result = judge(id, values, options);
  if (result.right) return;
  const wrong = result.tensors.filter(({ right }) => !right);
  throw new Error(
    [`Gradients of ${shown(id)} are wrong:`, ...wrong.map((t) => `  ${describe(t)}`)].join("\n"),
  );
}

/** Runs a case on the core and judges what it computes. */
export function judgeOwn(c: Case): CaseVerdict {
  const compiled = compileCase(c);
  return judgeTensors(c, compiled.tensors, compiled.run(), "own");
}

/** Throws unless the arguments of a call are an id, values by name, and options. */
function checkCall(id: unknown, values: unknown, options: unknown): void {
  check("judge", "the id", id, text);
  const action = `judge ${shown(id)}`;
  check(action, "what is to be judged", values, dictionary);
  checkOptions(action, options, {
    profile: oneOf(["own", "any"]),
    cases: listOf(caseKind, "cases"),
    inputs: dictionary,
  });
}

function findCase(id: string, cases: readonly Case[]): Case {
  const found = cases.find((c) => c.id === id);
  if (found !== undefined) return found;
  throw new RangeError(
    `Cannot judge ${shown(id)}: no case has this id${didYouMean(id, cases.map((c) => c.id))}`,
  );
}

/** A tensor to judge with; what is judged may be wrong, but an input must have its dtype. */
function checkedInput(
  id: string,
  t: CaseTensor,
  value: Tensor | NestedNumbers | NestedBooleans,
): Tensor {
  const given = checkedTensor(id, t, value);
  checkValues(`judge ${shown(id)}, ${shown(t.name)}`, given.data, t.node.dtype);
  return given;
}

function checkedTensor(
  id: string,
  { name, node }: CaseTensor,
  value: Tensor | NestedNumbers | NestedBooleans,
): Tensor {
  const given = value instanceof Tensor
    ? value
    : tensorFrom(`judge ${shown(id)}, ${shown(name)}`, value, undefined, {
      booleans: node.dtype === "bool",
    });
  if (sameShape(given.shape, node.shape)) return given;
  throw new TypeError(
    `Cannot judge ${shown(id)}: ${shown(name)} has shape ${shapeText(given.shape)}, expected ${
      shapeText(node.shape)
    }`,
  );
}
