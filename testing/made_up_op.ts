/**
 * Ops that are not: a row in the table of ops for as long as a test lasts.
 *
 * @module
 */
import { gradientRules } from "../core/gradients.ts";
import type { Op } from "../core/op.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import { tangentRules } from "../verify/tangents.ts";

/** Runs `body` while the table has one more row; gives it the op's name. */
export function withOp<T>(name: string, row: Op, body: (op: OpName) => T): T {
  const [rows, gradients, tangents]: Record<string, unknown>[] = [ops, gradientRules, tangentRules];
  if (Object.hasOwn(ops, name)) throw new RangeError(`Cannot make up ${name}: it is an op`);
  Object.assign(rows!, { [name]: row });
  Object.assign(gradients!, { [name]: row.gradient });
  Object.assign(tangents!, { [name]: row.tangent });
  try {
    return body(name as OpName);
  } finally {
    for (const record of [rows, gradients, tangents]) delete record![name];
  }
}
