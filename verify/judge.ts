/**
 * Judging: the values of a case against its golden values and against exact arithmetic.
 *
 * @module
 */
import { type Case, cases as allCases, compileCase } from "../cases/mod.ts";
import { didYouMean } from "../cases/suggest.ts";
import type { CaseTensor, Role } from "../cases/case.ts";
import { toBits } from "../core/float32.ts";
import type { Node } from "../core/graph.ts";
import { sourceValue } from "../core/ops/sources.ts";
import { sameShape, type Shape, shapeText } from "../core/shape.ts";
import { type NestedNumbers, Tensor, tensor } from "../core/tensor.ts";
import { goldenFor, type GoldenTensor } from "../golden/mod.ts";
import { printedSet } from "../golden/printed.ts";
import { allowances, type Profile } from "./allowance.ts";
import { describe } from "./describe.ts";
import { evaluateExactly, type Exact } from "./exact.ts";
import {
  compareExact,
  comparePrinted,
  type Comparison,
  shareOf,
  type Verdict,
  verdicts,
  weakest,
} from "./verdict.ts";

/** What a tensor was compared with: captured text, or a float64 evaluation of the same graph. */
export type Witness = "golden" | "float64";

/** The outcome for one tensor of a case against one witness. */
export interface TensorVerdict {
  /** The tensor's name. */
  readonly tensor: string;
  /** What the tensor is in its case. */
  readonly role: Role;
  /** What it was compared with. */
  readonly witness: Witness;
  /** The printed block a golden value was captured from; `null` for `float64`. */
  readonly source: { readonly cell: number; readonly occurrence: number } | null;
  /**
   * Whether every element's verdict is good enough: at least `within`, or `printed` against a golden value under the profile
   * `own`; `undecidable` only where the case allows it.
   */
  readonly right: boolean;
  /** The weakest verdict of its elements. */
  readonly verdict: Verdict;
  /** How many elements have each verdict. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** The element with the weakest verdict, and among those the largest share of its budget; `null` if there is none. */
  readonly worst: Comparison & { readonly index: readonly number[] } | null;
}

/** The outcome for a case. */
export interface CaseVerdict {
  /** The id of the case. */
  readonly id: string;
  /** The number of the instance, where the values are those of one among others. */
  readonly instance?: number;
  /** Whether the case was judged at its own inputs or at others; golden values are known for its own only. */
  readonly inputs: "own" | "given";
  /** What the judged engine was allowed to do. */
  readonly profile: Profile;
  /** The weakest verdict of its tensors. */
  readonly verdict: Verdict;
  /** Whether all its tensors are right. */
  readonly right: boolean;
  /** One verdict per tensor and witness. */
  readonly tensors: readonly TensorVerdict[];
}

/** Values to judge, by tensor name. */
export type JudgedValues = Readonly<Record<string, Tensor | NestedNumbers>>;

/** Options of {@linkcode judge}. */
export interface JudgeOptions {
  /** What the judged engine may do: `any` honest float32 engine (default), or a bit-faithful port (`own`). */
  profile?: Profile;
  /** Where the id is looked up; the project's own cases by default. Golden values are known for these only. */
  cases?: readonly Case[];
  /** The inputs that the values were computed from, by name; the case's own where missing. */
  inputs?: JudgedValues;
}

/**
 * Judges the values that some engine computed for a case, on the case's own inputs or on given ones.
 *
 * `values` holds tensors of the case by name, as many as wanted; nested arrays are rounded to float32. Every element is compared
 * with each golden value captured for it, if the inputs are the case's own, and with a float64 evaluation of the case.
 *
 * Throws a `RangeError` for an id or a name that does not exist, and a `TypeError` for a tensor of the wrong shape.
 *
 * @example
 * ```ts
 * import { judge } from "./mod.ts";
 * const id = "notebook/n=1/target=y/upstream=none/auto";
 * const { verdict } = judge(id, { y: [[0.8263534, 0.33403307]] });
 * console.assert(verdict === "bits");
 * console.assert(judge(id, { y: [[0.8263534, 0.334]] }).verdict === "fail");
 * ```
 */
export function judge(id: string, values: JudgedValues, options: JudgeOptions = {}): CaseVerdict {
  const { profile = "any", cases = allCases, inputs = {} } = options;
  const found = findCase(id, cases);
  const all = found.build();
  const tensors = named(id, all, values);
  const feeds = named(id, all.filter(({ role }) => role === "input"), inputs, "input");
  return judgeTensors(
    found,
    tensors,
    tensors.map((t) => checkedTensor(id, t, values[t.name]!)),
    profile,
    new Map(feeds.map((t) => [t.node, checkedTensor(id, t, inputs[t.name]!)])),
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
      `Cannot judge "${id}": it has no ${kind} "${name}"${didYouMean(name, names)}`,
    );
  }
  return tensors.filter(({ name }) => Object.hasOwn(values, name));
}

/**
 * Throws an `Error` with the report unless every gradient of a case is there and right.
 *
 * Like {@linkcode judge}, but for tests: all tensors of role `gradient` must be among the values, and no element may fail or be
 * undecidable.
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
  const gradients = findCase(id, options.cases ?? allCases).build().filter(({ role }) =>
    role === "gradient"
  );
  const missing = gradients.filter(({ name }) => !Object.hasOwn(values, name)).map(({ name }) =>
    name
  );
  if (missing.length > 0) {
    throw new Error(`Gradients of "${id}" are missing: ${missing.join(", ")}`);
  }
  const result = judge(id, values, options);
  if (result.right) return;
  const wrong = result.tensors.filter(({ right }) => !right);
  throw new Error(
    [`Gradients of "${id}" are wrong:`, ...wrong.map((t) => `  ${describe(t)}`)].join("\n"),
  );
}

/** Runs a case on this engine and judges what it computes. */
export function judgeOwn(c: Case): CaseVerdict {
  const compiled = compileCase(c);
  return judgeTensors(c, compiled.tensors, compiled.run(), "own");
}

function judgeTensors(
  c: Case,
  tensors: readonly CaseTensor[],
  values: readonly Tensor[],
  profile: Profile,
  inputs: ReadonlyMap<Node, Tensor> = new Map(),
): CaseVerdict {
  const nodes = tensors.map(({ node }) => node);
  const feeds = new Map([...inputs].map(([node, { data }]) => [node, data]));
  const own = [...inputs].every(([node, { data }]) => sameBits(data, sourceValue(node)!.data));
  const exact = evaluateExactly(nodes, allowances[profile], feeds);
  const goldens = own && allCases.includes(c) ? goldenFor(c.id) : [];
  const captured = profile === "any" || goldens.length === 0
    ? exact
    : evaluateExactly(nodes, allowances.any);
  const results = tensors.flatMap((t, i) => {
    const undecidable = c.undecidable?.includes(t.name) ?? false;
    return [
      ...goldens.filter((golden) => golden.tensor === t.name).map((golden) =>
        againstGolden(t, values[i]!, golden, exact, captured, profile, undecidable)
      ),
      againstExact(t, values[i]!, exact.get(t.node)!, undecidable),
    ];
  });
  return {
    id: c.id,
    inputs: own ? "own" : "given",
    profile,
    verdict: weakest(results.map((result) => result.verdict)),
    right: results.every(({ right }) => right),
    tensors: results,
  };
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  return a.every((value, i) => toBits(value) === toBits(b[i]!));
}

function againstExact(
  { name, role, node }: CaseTensor,
  value: Tensor,
  exact: Exact,
  undecidable: boolean,
): TensorVerdict {
  const comparisons = Array.from(
    value.data,
    (element, i) => compareExact(element, exact.values[i]!, exact.radii[i]!),
  );
  return summarize(
    { tensor: name, role, witness: "float64", source: null },
    node.shape,
    comparisons,
    "within",
    undecidable,
  );
}

/**
 * The captured engine had its own error: the budget is the sum of the judged engine's and that of any honest engine.
 *
 * A bit-faithful engine must reproduce every printed digit all the same.
 */
function againstGolden(
  { name, role, node }: CaseTensor,
  value: Tensor,
  golden: GoldenTensor,
  exact: ReadonlyMap<Node, Exact>,
  captured: ReadonlyMap<Node, Exact>,
  profile: Profile,
  undecidable: boolean,
): TensorVerdict {
  const comparisons = Array.from(value.data, (element, i) => {
    const text = golden.numbers[i]!;
    const set = printedSet(text, golden.format);
    const radius = exact.get(node)!.radii[i]! + captured.get(node)!.radii[i]!;
    return comparePrinted(element, text, set, radius);
  });
  const source = { cell: golden.cell, occurrence: golden.occurrence };
  const needed = profile === "own" ? "printed" : "within";
  return summarize(
    { tensor: name, role, witness: "golden", source },
    node.shape,
    comparisons,
    needed,
    undecidable,
  );
}

function summarize(
  about: Pick<TensorVerdict, "tensor" | "role" | "witness" | "source">,
  shape: Shape,
  comparisons: readonly Comparison[],
  needed: Verdict,
  undecidable: boolean,
): TensorVerdict {
  const counts = { bits: 0, printed: 0, within: 0, undecidable: 0, fail: 0 };
  for (const { verdict } of comparisons) counts[verdict]++;
  const verdict = weakest(comparisons.map((comparison) => comparison.verdict));
  let worst = -1;
  comparisons.forEach((comparison, i) => {
    if (comparison.verdict !== verdict) return;
    if (worst < 0 || shareOf(comparison) > shareOf(comparisons[worst]!)) worst = i;
  });
  return {
    ...about,
    verdict,
    right: verdicts.every((each) =>
      counts[each] === 0 || verdicts.indexOf(each) <= verdicts.indexOf(needed) ||
      (undecidable && each === "undecidable")
    ),
    counts,
    worst: worst < 0 ? null : { ...comparisons[worst]!, index: indexOf(worst, shape) },
  };
}

/** The index along each axis of an element given by its row-major position. */
function indexOf(position: number, shape: Shape): number[] {
  const index = new Array<number>(shape.length);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = position % shape[axis]!;
    position = Math.floor(position / shape[axis]!);
  }
  return index;
}

function findCase(id: string, cases: readonly Case[]): Case {
  const found = cases.find((c) => c.id === id);
  if (found !== undefined) return found;
  throw new RangeError(
    `Cannot judge "${id}": no case has this id${didYouMean(id, cases.map((c) => c.id))}`,
  );
}

function checkedTensor(
  id: string,
  { name, node }: CaseTensor,
  value: Tensor | NestedNumbers,
): Tensor {
  const given = value instanceof Tensor ? value : tensor(value);
  if (sameShape(given.shape, node.shape)) return given;
  throw new TypeError(
    `Cannot judge "${id}": "${name}" has shape ${shapeText(given.shape)}, expected ${
      shapeText(node.shape)
    }`,
  );
}
