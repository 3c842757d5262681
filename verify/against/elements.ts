/**
 * The elements that a file gives for a case, and what they add up to: tensors, gaps, inputs.
 *
 * @module
 */
import type { Case, Role } from "../../cases/case.ts";
import { type Shape, sizeOf } from "../../core/shape.ts";
import { Tensor } from "../../core/tensor.ts";
import { shapeField } from "../../dataset/table.ts";
import type { ProblemList } from "./problems.ts";

/** Which tensors of a judged case a file must have: all but the inputs, the gradients, or none. */
export type Required = "all" | "gradients" | "none";

/** The values that a file gives for one instance of a case. */
export interface GivenInstance {
  /** The case. */
  readonly case: Case;
  /** The number of the instance; 0 where the file does not say. */
  readonly instance: number;
  /** Tensors to judge, by name: all but the inputs. Made anew each time. */
  readonly values: Readonly<Record<string, Tensor>>;
  /** Inputs that the file gives, by name; the other inputs have the case's own values. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** The names of required tensors that the file does not have. */
  readonly missing: readonly string[];
}

/** Tensors of a case that a file does not have and need not have. */
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
  /** The shape as the column `shape` has it. */
  readonly shapeField: string;
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
    const { shape } = node;
    const place = {
      name,
      role,
      shape,
      shapeField: shapeField(shape),
      start: size,
      size: sizeOf(shape),
    };
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
 * What the elements add up to, instance by instance.
 *
 * A tensor with gaps and an instance that has nothing to judge are problems; a tensor that is not
 * there at all is missing where it is required, and otherwise a warning, unless it is an input.
 */
export function instancesOf(
  elements: CaseElements,
  required: Required,
  problems: ProblemList,
): { instances: GivenInstance[]; warnings: Warning[] } {
  const isRequired = ({ role }: Place) =>
    required === "all" || (required === "gradients" && role === "gradient");
  const absent = new Map<string, number[]>();
  const numbers = [...elements.instances.keys()].sort((a, b) => a - b);
  const instances = numbers.map((instance) => {
    const places = absentPlaces(elements, instance, problems);
    const names = places.filter((place) => !isRequired(place)).map(({ name }) => name).join(", ");
    if (names !== "") {
      if (!absent.has(names)) absent.set(names, []);
      absent.get(names)!.push(instance);
    }
    return givenInstance(elements, instance, places.filter(isRequired).map(({ name }) => name));
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

/** The tensors, not inputs, that an instance does not have; those with gaps are problems. */
function absentPlaces(
  { case: of, places, instances }: CaseElements,
  instance: number,
  problems: ProblemList,
): Place[] {
  const { lines } = instances.get(instance)!;
  const where = `in case "${of.id}", instance ${instance}`;
  const absent: Place[] = [];
  let judged = 0;
  for (const place of places.values()) {
    const { name, role, start, size } = place;
    if (size === 0) continue;
    const gaps: number[] = [];
    for (let i = 0; i < size; i++) if (lines[start + i] === 0) gaps.push(i);
    if (role !== "input" && gaps.length < size) judged++;
    if (gaps.length === size) {
      if (role !== "input") absent.push(place);
    } else if (gaps.length > 0) {
      const which = gaps.length === 1 ? "index" : "indices";
      const line = firstLine(lines.subarray(start, start + size));
      problems.add(line, `"${name}" has no ${which} ${listed(gaps)} ${where}`);
    }
  }
  if (judged === 0) {
    problems.add(firstLine(lines), `there is nothing to judge ${where}: only inputs`);
  }
  return absent;
}

/** An instance whose tensors are made when they are asked for: a file may have millions. */
function givenInstance(
  { case: of, places, instances }: CaseElements,
  instance: number,
  missing: readonly string[],
): GivenInstance {
  const { values, lines } = instances.get(instance)!;
  const tensors = (isWanted: (role: Role) => boolean) => {
    const given = [...places.values()].filter(({ role, start, size }) =>
      isWanted(role) && size > 0 && lines[start]! > 0
    );
    return Object.fromEntries(
      given.map(({ name, shape, start, size }) =>
        [name, new Tensor(values.subarray(start, start + size), shape)] as const
      ),
    );
  };
  return {
    case: of,
    instance,
    get values() {
      return tensors((role) => role !== "input");
    },
    get inputs() {
      return tensors((role) => role === "input");
    },
    missing,
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
