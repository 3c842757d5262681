/**
 * The elements that a file gives for a case, and what they add up to: tensors, gaps, inputs.
 *
 * @module
 */
import type { Case, Role } from "../../cases/case.ts";
import { type Shape, sizeOf } from "../../core/shape.ts";
import { Tensor } from "../../core/tensor.ts";
import type { ProblemList } from "./problems.ts";

/** The values that a file gives for one instance of a case. */
export interface GivenInstance {
  /** The case. */
  readonly case: Case;
  /** The number of the instance; 0 where the file does not say. */
  readonly instance: number;
  /** Tensors to judge, by name: all but the inputs. */
  readonly values: Readonly<Record<string, Tensor>>;
  /** Inputs that the file gives, by name; the other inputs have the case's own values. */
  readonly inputs: Readonly<Record<string, Tensor>>;
}

/** Tensors of a case that a file does not have. */
export interface Warning {
  /** The id of the case. */
  readonly id: string;
  /** What is not there, in one line without a full stop. */
  readonly message: string;
}

/** Where the elements of a tensor lie among those of its case. */
export interface Place {
  readonly name: string;
  readonly role: Role;
  readonly shape: Shape;
  readonly start: number;
  readonly size: number;
}

/**
 * The elements of one instance; `lines` says where each was read, 0 for those that are not there.
 */
export interface Elements {
  readonly values: Float32Array;
  readonly lines: Float64Array;
}

/** The elements of a case that were read so far, by instance. */
export interface CaseElements {
  readonly case: Case;
  readonly places: ReadonlyMap<string, Place>;
  readonly size: number;
  readonly instances: Map<number, Elements>;
}

/** No elements of a case yet. */
export function noElements(of: Case): CaseElements {
  const places = new Map<string, Place>();
  let size = 0;
  for (const { name, role, node } of of.build()) {
    const place = { name, role, shape: node.shape, start: size, size: sizeOf(node.shape) };
    places.set(name, place);
    size += place.size;
  }
  return { case: of, places, size, instances: new Map() };
}

/** The elements of an instance, made when they are first asked for. */
export function elementsOf({ size, instances }: CaseElements, instance: number): Elements {
  let elements = instances.get(instance);
  if (elements === undefined) {
    elements = { values: new Float32Array(size), lines: new Float64Array(size) };
    instances.set(instance, elements);
  }
  return elements;
}

/**
 * Makes tensors of the elements, instance by instance.
 *
 * A tensor with gaps and an instance without any gradient are problems; a tensor that is not there
 * at all is a warning, unless it is an input.
 */
export function instancesOf(
  elements: CaseElements,
  problems: ProblemList,
): { instances: GivenInstance[]; warnings: Warning[] } {
  const absent = new Map<string, number[]>();
  const numbers = [...elements.instances.keys()].sort((a, b) => a - b);
  const instances = numbers.map((instance) => {
    const { given, missing } = instanceOf(elements, instance, problems);
    if (missing.length > 0) {
      const names = missing.join(", ");
      if (!absent.has(names)) absent.set(names, []);
      absent.get(names)!.push(instance);
    }
    return given;
  });
  const warnings = [...absent].map(([names, of]) => {
    const some = numbers.length === 1
      ? ""
      : of.length === 1
      ? `, instance ${of[0]}`
      : `, ${of.length} of ${numbers.length} instances`;
    const message = `case "${elements.case.id}"${some} is judged without ${names}: not in the file`;
    return { id: elements.case.id, message };
  });
  return { instances, warnings };
}

function instanceOf(
  { case: of, places, instances }: CaseElements,
  instance: number,
  problems: ProblemList,
): { given: GivenInstance; missing: string[] } {
  const { values, lines } = instances.get(instance)!;
  const where = `in case "${of.id}", instance ${instance}`;
  const tensors: Record<Role, Record<string, Tensor>> = { input: {}, forward: {}, gradient: {} };
  const missing: Place[] = [];
  for (const place of places.values()) {
    const { name, role, shape, start, size } = place;
    if (size === 0) continue;
    const gaps: number[] = [];
    for (let i = 0; i < size; i++) if (lines[start + i] === 0) gaps.push(i);
    if (gaps.length === size) {
      if (role !== "input") missing.push(place);
      continue;
    }
    if (gaps.length > 0) {
      const which = gaps.length === 1 ? "index" : "indices";
      const line = firstLine(lines.subarray(start, start + size));
      problems.add(line, `"${name}" has no ${which} ${listed(gaps)} ${where}`);
    }
    tensors[role][name] = new Tensor(values.subarray(start, start + size), shape);
  }
  const gradients = missing.filter(({ role }) => role === "gradient").map(({ name }) => name);
  if (gradients.length > 0 && Object.keys(tensors.gradient).length === 0) {
    problems.add(firstLine(lines), `there are no gradients ${where}: ${listed(gradients)}`);
  }
  return {
    given: {
      case: of,
      instance,
      values: { ...tensors.forward, ...tensors.gradient },
      inputs: tensors.input,
    },
    missing: missing.map(({ name }) => name),
  };
}

function firstLine(lines: Float64Array): number {
  return lines.reduce((first, line) => line > 0 ? Math.min(first, line) : first, Infinity);
}

/** The first items of a list, and how many more there are. */
function listed(items: readonly (string | number)[]): string {
  const rest = items.length - 10;
  return items.slice(0, 10).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
