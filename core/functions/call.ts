/**
 * Calls of the table of ops: what every public function of an op does.
 *
 * @module
 */
import { anything, check, checkOptions, list } from "../check.ts";
import type { DType } from "../dtype.ts";
import { apply, Node } from "../graph.ts";
import type { Op, Takes } from "../op.ts";
import { type OpName, ops } from "../ops/table.ts";
import { type Operand, toNode } from "./sources.ts";

/** What a public function was given beside operands: `undefined` where that is nothing. */
type Given = Readonly<Record<string, unknown>>;

/**
 * Makes a node of an op from what its public function was given.
 *
 * Numbers, nested arrays and tensors become constants of the dtype that the op takes there.
 * `positional` are the arguments after the operands, `options` the last one. Throws a `TypeError`
 * for an unknown option, wrong types, shapes or dtypes, and a `RangeError` for values out of range.
 */
export function call(
  op: OpName,
  operands: readonly Operand[],
  positional: Given = {},
  options: Given = {},
): Node {
  const row = ops[op] as Op;
  const action = `compute ${op}`;
  if (row.arity === "any") {
    check(action, "operands", operands, list);
    if (operands.length === 0) throw new TypeError(`Cannot ${action}: there are no operands`);
  }
  const shared = operands.find((operand, i) =>
    operand instanceof Node && isShared(takesOf(row, i))
  );
  const inputs = operands.map((operand, i) =>
    toNode(operand, dtypeFor(takesOf(row, i), shared as Node))
  );
  const kinds = Object.entries(row.attributes);
  const asOption = kinds.filter(([, { parameter }]) => !parameter.positional);
  checkOptions(
    action,
    options,
    Object.fromEntries(asOption.map(([name, { parameter }]) => [parameter.key ?? name, anything])),
  );
  const shapes = inputs.map(({ shape }) => shape);
  const attributes = kinds.map(([name, kind]) => {
    const { key = name } = kind.parameter;
    const resolved = kind.parameter.positional
      ? kind.resolve(positional[name], action, shapes, name)
      : kind.resolve(options[key], action, shapes, `option "${key}"`);
    return [name, resolved];
  });
  return apply(ops, op, inputs, Object.fromEntries(attributes));
}

function takesOf({ takes }: Op, operand: number): Takes {
  return takes[Math.min(operand, takes.length - 1)]!;
}

/** Whether operands so taken share a dtype. */
function isShared(takes: Takes): boolean {
  return takes === "any" || takes === "number";
}

/** The dtype of a constant made for an operand; `shared` is a node that shares it. */
function dtypeFor(takes: Takes, shared: Node | undefined): DType {
  return takes === "any" || takes === "number" ? shared?.dtype ?? "float32" : takes;
}
