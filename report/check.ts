/**
 * The door of the reporters: whether what they are given is verdicts.
 *
 * @module
 */
import {
  anything,
  boolean,
  check,
  checkOptions,
  checkParts,
  type Kind,
  list,
  listOf,
  number,
  oneOf,
  record,
  shown,
  text,
  textOrNumber,
  wholeNumber,
} from "../core/check.ts";
import { verdicts } from "../verify/verdict.ts";

/** Throws a `TypeError` or `RangeError` unless a reporter is given verdicts and its options. */
export function checkReport(results: unknown, options: unknown): void {
  const action = "write a report";
  check(action, "the verdicts", results, list);
  (results as readonly unknown[]).forEach((result, i) =>
    checkCase(action, `verdicts[${i}]`, result)
  );
  checkOptions(action, options, { color: boolean, command: text });
}

function checkCase(action: string, what: string, value: unknown): void {
  const names = listOf(text, "names");
  checkAll(action, what, value, {
    id: text,
    inputs: oneOf(["own", "given"]),
    instance: optional(wholeNumber()),
    profile: oneOf(["own", "any"]),
    verdict: oneOf(verdicts),
    right: boolean,
    missing: optional(names),
    tensors: list,
  });
  const { tensors, missing } = value as { tensors: readonly unknown[]; missing?: unknown };
  if (missing !== undefined) check(action, `"missing" of ${what}`, missing, names);
  tensors.forEach((tensor, i) => checkTensor(action, `${what}.tensors[${i}]`, tensor));
}

function checkTensor(action: string, what: string, value: unknown): void {
  checkAll(action, what, value, {
    tensor: text,
    role: oneOf(["input", "forward", "gradient"]),
    witness: oneOf(["golden", "float64", "forward", "own"]),
    verdict: oneOf(verdicts),
    right: boolean,
    counts: record,
    worst: anything,
    source: anything,
    cause: optional(text),
  });
  const { counts, worst, source } = value as Readonly<Record<string, unknown>>;
  const count = wholeNumber();
  checkAll(action, `${what}.counts`, counts, Object.fromEntries(verdicts.map((v) => [v, count])));
  if (source !== null) {
    checkAll(action, `${what}.source`, source, {
      file: text,
      sha256: text,
      position: count,
      cell: count,
      occurrence: count,
    });
  }
  if (worst === null) return;
  checkAll(action, `${what}.worst`, worst, {
    verdict: oneOf(verdicts),
    value: number,
    expected: textOrNumber,
    distance: number,
    budget: number,
    index: listOf(count, "whole numbers"),
  });
}

/** Throws unless a value has the parts that `kinds` names, and no others: they would be written. */
function checkAll(
  action: string,
  what: string,
  value: unknown,
  kinds: Readonly<Record<string, Kind>>,
): void {
  checkParts(action, what, value, kinds);
  const unknown = Object.keys(value as object).find((key) => !Object.hasOwn(kinds, key));
  if (unknown === undefined) return;
  throw new TypeError(`Cannot ${action}: ${what} has the unknown part ${shown(unknown)}`);
}

/** A kind, or `undefined`. */
function optional({ expected, isType, inRange }: Kind): Kind {
  return {
    expected,
    isType: (value) => value === undefined || isType(value),
    inRange: (value: never) => value === undefined || (inRange?.(value) ?? true),
  };
}
