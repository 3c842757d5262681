/**
 * Whether what golden values are bound to exists.
 *
 * @module
 */
import type { Case, CaseTensor } from "../cases/mod.ts";
import { callable, check, type Kind, list, listOf, text } from "../core/check.ts";
import { sameShape, shapeText } from "../core/shape.ts";
import type { Golden } from "./format.ts";
import { checkGoldensArgument } from "./golden_check.ts";
import { oneLine } from "./source_text.ts";

/**
 * Checks that everything the goldens are bound to exists: every case, its tensor, and the tensor's
 * shape.
 *
 * `shapeOf` returns the shape of a tensor of a case, or `undefined` where there is none. Throws a
 * `RangeError` that names the first binding that does not fit.
 */
export function checkBindings(
  goldens: readonly Golden[],
  shapeOf: (caseId: string, tensor: string) => readonly number[] | undefined,
): void {
  const action = "check bindings";
  checkGoldensArgument(action, "goldens", goldens);
  check(action, "shapeOf", shapeOf, callable);
  for (const { source, entries } of goldens) {
    for (const { cell, line, blocks } of entries) {
      for (const block of blocks) {
        if (!("binding" in block) || block.binding === undefined) continue;
        const { tensor, cases, index = [] } = block.binding;
        for (const caseId of cases) {
          const misfit = (facts: string) => {
            const place = `${source.file}:${line + block.start[0] - 1}`;
            const where = `${place} (cell ${cell}, occurrence ${block.occurrence})`;
            return new RangeError(oneLine(`Cannot use the binding of ${where}: ${facts}`));
          };
          const shape = shapeOf(caseId, tensor);
          if (shape === undefined) throw misfit(`case ${caseId} has no tensor ${tensor}`);
          check(action, `the shape of ${tensor}`, shape, list);
          const part = shape.slice(index.length);
          if (index.some((i, axis) => !(i < (shape[axis] ?? 0))) || !sameShape(part, block.shape)) {
            const printed = shapeText(block.shape);
            throw misfit(
              `the printed shape is ${printed}, ${tensor} of ${caseId} has ${shapeText(shape)}`,
            );
          }
        }
      }
    }
  }
}

/** The shape of a tensor of one of the cases, by id and name; for {@linkcode checkBindings}. */
export function shapesOf(
  cases: readonly Case[],
): (caseId: string, tensor: string) => readonly number[] | undefined {
  check("find shapes", "cases", cases, listOf(buildable, "cases"));
  const byId = new Map(cases.map((c) => [c.id, c]));
  const built = new Map<string, readonly CaseTensor[] | undefined>(); // those asked for
  return (id, tensor) => {
    check("find a shape", "caseId", id, text);
    check("find a shape", "tensor", tensor, text);
    if (!built.has(id)) built.set(id, byId.get(id)?.build());
    return built.get(id)?.find(({ name }) => name === tensor)?.node.shape;
  };
}

const buildable: Kind = {
  expected: "a case",
  isType: (value) => typeof (value as Partial<Case> | null)?.build === "function",
};
