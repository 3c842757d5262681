/**
 * What cases there are, for people and for programs.
 *
 * @module
 */
import type { Case } from "../cases/case.ts";
import { shapeText } from "../core/shape.ts";
import { writable } from "../report/json.ts";
import { sourceValue } from "../core/functions/sources.ts";

/** Lists cases for people: the id, and below it the description, parameters and inputs. */
export function caseListText(cases: readonly Case[]): string {
  const blocks = cases.map((c) => {
    const { id, description, parameters, inputs } = describeCase(c);
    const lines = [
      description,
      Object.entries(parameters).map(([name, value]) => `${name}=${value}`).join(", "),
      inputs.map(({ name, shape }) => `${name} ${shapeText(shape)}`).join(", "),
    ];
    const labels = ["", "parameters: ", "inputs: "];
    return [
      id,
      ...lines.flatMap((line, i) => line === "" ? [] : [`  ${labels[i]}${line}`]),
    ].join("\n");
  });
  return [...blocks, `${cases.length} ${cases.length === 1 ? "case" : "cases"}`].join("\n\n");
}

/**
 * Lists cases as JSON, with the values of their inputs in row-major order; numbers that JSON lacks
 * are the strings `NaN`, `Infinity`, `-Infinity` and `-0`.
 */
export function caseListJson(cases: readonly Case[]): string {
  return JSON.stringify({ cases: cases.map(describeCase) }, writable, 2);
}

function describeCase(c: Case) {
  const { id, description, parameters } = c;
  const tensors = c.build();
  const inputs = tensors.filter(({ role }) => role === "input").map(({ name, node }) => ({
    name,
    shape: node.shape,
    values: [...sourceValue(node)!.data],
  }));
  const outputs = tensors.filter(({ role }) => role !== "input").map(({ name, role, node }) => ({
    name,
    role,
    shape: node.shape,
  }));
  return { id, description, parameters, inputs, outputs };
}
