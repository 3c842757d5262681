/**
 * A user's own cases: a module that exports them, loaded and checked.
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import type { Case, CaseTensor, Role } from "../cases/case.ts";
import { didYouMean } from "../cases/suggest.ts";
import { shown as shownValue } from "../core/check.ts";
import { Node, postorder } from "../core/graph.ts";
import { reasonOf } from "./attempt.ts";
import { sourceValue } from "../core/functions/sources.ts";

const roles: readonly Role[] = ["input", "forward", "gradient"];

/** What the worker of a trial says: which case it builds, or how the trial ended. */
export type TrialMessage = { readonly building: string } | { readonly failure: string | null };

/**
 * Imports a module, from a file or a URL, and gives the cases that it exports as default or as
 * `cases`.
 *
 * First a worker does it on trial, for at most so many seconds. Rejects with an `Error` of one line
 * that names the module and what is wrong with it or its cases. Where the trial does not return,
 * its worker goes on until the process ends.
 */
export async function loadCases(module: string, seconds: number): Promise<readonly Case[]> {
  await tryCases(module, seconds);
  return (await importCases(module)).map((c) => ({
    id: c.id,
    description: c.description ?? "", // a module in JavaScript may lack both
    parameters: c.parameters ?? {},
    undecidable: c.undecidable ?? [],
    signs: c.signs ?? [],
    build(engine) {
      try {
        return c.build(engine);
      } catch (error) {
        throw new Error(`Cannot build case "${c.id}" of ${module}: ${reasonOf(error)}`);
      }
    },
  }));
}

function tryCases(module: string, seconds: number): Promise<void> {
  const worker = new Worker(new URL("case_trial.ts", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    let doing = "it";
    const timer = setTimeout(
      () => fail(`Cannot load ${module}: ${doing} did not return within ${seconds} s`),
      1000 * seconds,
    );
    const fail = (message: string) => {
      clearTimeout(timer);
      reject(new Error(message));
    };
    worker.onmessage = ({ data }: MessageEvent<TrialMessage>) => {
      if ("building" in data) {
        doing = `building case "${data.building}"`;
        return;
      }
      // Only now, since it would wait for a worker that is busy.
      worker.terminate();
      if (data.failure !== null) return fail(data.failure);
      clearTimeout(timer);
      resolve();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      fail(`Cannot load ${module}: ${reasonOf(event.message)}`);
    };
    worker.postMessage(module);
  });
}

/** Imports a module and gives its cases, like {@linkcode loadCases}, but without a trial. */
export async function importCases(
  module: string,
  onBuild?: (id: string) => void,
): Promise<readonly Case[]> {
  const url = /^(https?|file|data):/.test(module) ? module : pathToFileURL(module).href;
  let namespace: Record<string, unknown>;
  try {
    namespace = await import(url);
  } catch (error) {
    throw new Error(`Cannot load ${module}: ${reasonOf(error)}`, { cause: error });
  }
  const exported = namespace.default ?? namespace.cases;
  if (exported === undefined) {
    throw new TypeError(
      `Cannot use ${module}: it has neither a default export nor one named "cases"`,
    );
  }
  return checkCases(exported, module, onBuild);
}

/**
 * Checks that a value is a list or a record of cases that can be built; `module` stands in
 * messages, `onBuild` is told which case is built next.
 *
 * Throws an `Error` of one line for the first thing that is wrong.
 */
export function checkCases(
  exported: unknown,
  module: string,
  onBuild: (id: string) => void = () => {},
): readonly Case[] {
  const fail = (facts: string): never => {
    throw new Misuse(`Cannot use ${module}: ${facts}`);
  };
  try {
    return checkedCases(exported, fail, onBuild);
  } catch (error) {
    if (error instanceof Misuse) throw error;
    // Such as a getter that throws.
    return fail(`what it exports can't be read: ${reasonOf(error)}`);
  }
}

/** Something is wrong with a module's cases; any other error comes out of the module itself. */
class Misuse extends TypeError {}

function checkedCases(
  exported: unknown,
  fail: (facts: string) => never,
  onBuild: (id: string) => void,
): readonly Case[] {
  if (!isObject(exported)) return fail(`it exports ${kindOf(exported)}, expected a list of cases`);
  if (typeof exported.build === "function") {
    return fail("it exports one case, expected a list of cases");
  }
  const entries = Object.entries(exported);
  if (entries.length === 0) return fail("it exports no cases");
  const ids = new Set<unknown>();
  return entries.map(([key, c]) => {
    const at = Array.isArray(exported) ? `case ${Number(key) + 1}` : `case "${key}"`;
    if (!isObject(c)) return fail(`${at} is ${kindOf(c)}, expected an object`);
    if (typeof c.id !== "string") return fail(`${at} has no id`);
    if (!isLine(c.id)) {
      return fail(`${at} has the id ${JSON.stringify(c.id)}, expected one line of text`);
    }
    if (typeof c.description === "string" && !isLine(c.description)) {
      const shown = JSON.stringify(c.description);
      return fail(`case "${c.id}" has the description ${shown}, expected one line of text`);
    }
    if (ids.has(c.id)) return fail(`two cases have the id "${c.id}"`);
    ids.add(c.id);
    const { id, build, description, parameters } = c;
    if (typeof build !== "function") return fail(`case "${id}" has no function "build"`);
    if (description !== undefined && typeof description !== "string") {
      return fail(`case "${id}" has ${kindOf(description)} as description, expected a text`);
    }
    if (parameters !== undefined && !areParameters(parameters)) {
      return fail(`case "${id}" has parameters that are not an object of texts and numbers`);
    }
    onBuild(id);
    let tensors: unknown;
    try {
      tensors = (c as { build(): unknown }).build();
    } catch (error) {
      return fail(`case "${id}" can't be built: ${reasonOf(error)}`);
    }
    checkTensors(tensors, c, (facts) => fail(`case "${id}" ${facts}`));
    return c as unknown as Case;
  });
}

function areParameters(value: unknown): boolean {
  return isObject(value) && !Array.isArray(value) &&
    Object.values(value).every((each) => typeof each === "string" || typeof each === "number");
}

/**
 * The cases without gradients, and the gradients that name no derivative: only their own graph
 * speaks for them.
 */
export function unwitnessed(
  cases: readonly Case[],
): { id: string; gradients: number; tensors: string[] }[] {
  return cases.map((c) => {
    const gradients = c.build().filter(({ role }) => role === "gradient");
    const tensors = gradients.filter(({ derivative }) => derivative === undefined);
    return { id: c.id, gradients: gradients.length, tensors: tensors.map(({ name }) => name) };
  }).filter(({ gradients, tensors }) => gradients === 0 || tensors.length > 0);
}

/** Whether a value is text of one line without control characters, which would move a terminal. */
function isLine(value: unknown): boolean {
  return typeof value === "string" && /^\S(.*\S)?$/u.test(value) && !/\p{Cc}/u.test(value);
}

function checkTensors(
  tensors: unknown,
  { undecidable, signs }: Readonly<Record<string, unknown>>,
  fail: (facts: string) => never,
): void {
  if (!Array.isArray(tensors)) return fail(`builds ${kindOf(tensors)}, expected a list of tensors`);
  if (tensors.length === 0) return fail("has no tensors");
  const names: string[] = [];
  tensors.forEach((tensor: unknown, i) => {
    if (!isObject(tensor)) return fail(`has ${kindOf(tensor)} as tensor ${i + 1}`);
    const { name, role, node } = tensor;
    if (typeof name !== "string") return fail(`has no name for tensor ${i + 1}`);
    const shown = JSON.stringify(name);
    if (!/^[^\s/,"]+$/.test(name)) {
      return fail(`has a tensor named ${shown}, expected no blank, slash, comma or quote`);
    }
    if (names.includes(name)) return fail(`has two tensors named ${shown}`);
    names.push(name);
    if (!roles.includes(role as Role)) {
      const expected = 'expected "input", "forward" or "gradient"';
      return fail(`gives tensor ${shown} the role ${JSON.stringify(role)}, ${expected}`);
    }
    if (!(node instanceof Node)) {
      return fail(
        `gives tensor ${shown} ${shownValue(node)} as its node, expected a node made by mod.ts`,
      );
    }
    if (tensor.derivative !== undefined && !isDerivative(tensor.derivative)) {
      return fail(`gives tensor ${shown} a derivative that lacks ys, x, gradYs or stopGradients`);
    }
    if (role === "input" && sourceValue((tensor as unknown as CaseTensor).node) === null) {
      return fail(`has an input ${shown} without a value, expected a variable`);
    }
  });
  const nodes = tensors.map((tensor) => (tensor as CaseTensor).node);
  const unfed = postorder(nodes).find(({ op }) => op === "placeholder");
  if (unfed !== undefined) fail(`needs ${unfed} to be fed, expected variables as inputs`);
  for (const [field, list] of Object.entries({ undecidable, signs })) {
    if (list === undefined) continue;
    if (!Array.isArray(list)) {
      return fail(`has ${kindOf(list)} as "${field}", expected a list of names`);
    }
    const unknown = list.find((name) => !names.includes(name));
    if (unknown === undefined) continue;
    const near = didYouMean(`${unknown}`, names);
    fail(`names a tensor in "${field}" that it lacks: "${unknown}"${near}`);
  }
}

function isDerivative(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { ys, x, gradYs, stopGradients } = value;
  const isList = (list: unknown, test: (item: unknown) => boolean): list is unknown[] =>
    Array.isArray(list) && list.every(test);
  const isNode = (item: unknown) => item instanceof Node;
  return isList(ys, isNode) && isNode(x) && isList(stopGradients, isNode) &&
    isList(gradYs, (item) => item === null || isNode(item)) && gradYs.length === ys.length;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
