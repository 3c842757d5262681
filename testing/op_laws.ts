/**
 * Laws that every op keeps, checked from its row alone: whatever is added to the table is tried on
 * what its `sample` draws.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import * as core from "../mod.ts";
import { toBits } from "../core/float32.ts";
import { apply, type Node } from "../core/graph.ts";
import { graphFromJson, type GraphJson, graphToJson } from "../core/graph_json.ts";
import { type OpName, ops } from "../core/ops/table.ts";
import { run } from "../core/plan.ts";
import { sameShape } from "../core/shape.ts";
import { gradientLaw } from "./op_gradients.ts";
import { honestyLaw, spreadLaw } from "./op_bounds.ts";
import { calledWith, drawSample, type Trial, trials, variableOf } from "./op_trials.ts";
import { RandomStream } from "../core/random.ts";

/** What each law says, and how it is checked: throws an error for an op that breaks it. */
export const laws: Readonly<Record<string, (name: OpName) => void>> = {
  "the sample fits": sampleLaw,
  "the example prints what it says": exampleLaw,
  "an exact result moves no further than the bound says": spreadLaw,
  "honest engines stay within the bound": honestyLaw,
  "reverse mode, forward mode and differences agree, twice": gradientLaw,
  "JSON keeps op, attributes and bits": jsonLaw,
  "wrong numbers, dtypes, shapes and attributes are refused by name": refusalLaw,
};

/** Checks all laws of an op; the error names the law that is broken. */
export function checkLaws(name: OpName): void {
  for (const [law, check] of Object.entries(laws)) {
    try {
      check(name);
    } catch (error) {
      throw new Error(`${name}: ${law}: ${(error as Error).message}`, { cause: error });
    }
  }
}

const isSource = (name: OpName) => ops[name].kernel === "source";

/** A sample begins with the shape that it was drawn for and makes a node. */
function sampleLaw(name: OpName): void {
  if (isSource(name)) return;
  const { arity, takes } = ops[name];
  let fitting = 0;
  for (let seed = 0; seed < 300; seed++) {
    const drawn = drawSample(name, new RandomStream(seed));
    if (drawn === null) continue;
    const { x, sample: { shapes, below = [] }, node } = drawn;
    assert(sameShape(shapes[0]!, x), `[${shapes[0]}] is not [${x}]`);
    assert(arity === "any" || shapes.length === arity, `${shapes.length} operands`);
    below.forEach((limit, i) => {
      const taken = takes[Math.min(i, takes.length - 1)];
      assert(limit === undefined || taken === "int32", `operand ${i} has a limit, but is ${taken}`);
    });
    assertEquals(node().op, name);
    fitting++;
  }
  assert(fitting >= 20, `of 300 samples ${fitting} fit`);
}

function exampleLaw(name: OpName): void {
  const [code, prints] = ops[name].example;
  assert(new RegExp(`\\b${name}\\(`).test(code), `${code} does not call ${name}`);
  assertEquals(printed(code), prints);
}

/** What a call prints: a node its value, gradients that of the first. */
function printed(code: string): string {
  const value = new Function(...Object.keys(core), `return ${code}`)(...Object.values(core));
  const first = Array.isArray(value) ? value[0] : value;
  return String(first instanceof core.Node ? run([first])[0] : first);
}

function jsonLaw(name: OpName): void {
  if (isSource(name)) return;
  const bits = (node: Node) => Array.from(run([node])[0].data, toBits);
  for (const { y } of trials(name)) {
    const { y: read } = graphFromJson(JSON.parse(JSON.stringify(graphToJson({ y }))));
    assertEquals(
      [read!.op, read!.shape, read!.dtype, read!.attributes],
      [name, y.shape, y.dtype, y.attributes],
    );
    assertEquals(bits(read!), bits(y));
  }
}

function refusalLaw(name: OpName): void {
  if (isSource(name)) return;
  const { infer, form, arity } = ops[name];
  let refusedShapes = 0;
  for (const trial of trials(name)) {
    refuseNumbers(name, trial);
    refuseDtypes(name, trial);
    refuseAttributes(name, trial);
    refusedShapes += countRefusedShapes(name, trial);
  }
  // A row whose shapes always fit has no use for `refuse`.
  const refuses = infer.length >= 3 && !(form.name === "elementwise" && arity === 1);
  assert(!refuses || refusedShapes > 0, "no wrong shape was refused");
}

/** No operands, or one more and one less: a graph from outside may have any number. */
function refuseNumbers(name: OpName, { y }: Trial): void {
  if (ops[name].arity === "any") {
    assert(isRefused(name, () => apply(ops, name, [], { ...y.attributes })), "takes no operands");
    return;
  }
  const written = graphToJson({ y }) as GraphJson;
  const node = written.nodes.at(-1)!;
  for (const inputs of [node.inputs.slice(1), [...node.inputs, node.inputs[0]!]]) {
    const nodes = written.nodes.with(-1, { ...node, inputs });
    const error = assertThrows(() => graphFromJson({ ...written, nodes }), SyntaxError);
    assert(new RegExp(`\\b${name}\\b`).test(error.message), error.message);
  }
}

function refuseDtypes(name: OpName, { y, inputs }: Trial): void {
  const { takes } = ops[name];
  const takesOf = (i: number) => takes[Math.min(i, takes.length - 1)]!;
  const isShared = (i: number) => takesOf(i) === "any" || takesOf(i) === "number";
  inputs.forEach((input, i) => {
    const alone = !inputs.some((_, other) => other !== i && isShared(other));
    for (const dtype of ["float32", "int32", "bool"] as const) {
      if (dtype === input.dtype) continue;
      if (isShared(i) && alone && (takesOf(i) === "any" || dtype !== "bool")) continue;
      const others = inputs.with(i, variableOf(input.shape, () => 0, dtype));
      const made = () => apply(ops, name, others, { ...y.attributes });
      assertThrows(made, TypeError, `Cannot compute ${name}: operand`);
    }
  });
}

/** How many of some shapes other than the sample's are refused. */
function countRefusedShapes(name: OpName, { y, inputs }: Trial): number {
  const wrong = inputs.flatMap(({ shape, dtype }, i) =>
    [[...shape, 7], [7, ...shape], shape.map((extent) => extent + 4), shape.slice(1)].map((other) =>
      inputs.with(i, variableOf(other, () => 0, dtype))
    )
  );
  const refused = wrong.filter((others) =>
    isRefused(name, () => calledWith(name, others, y.attributes))
  );
  return refused.length;
}

/** What may stand where an attribute is given. */
const JUNK: readonly unknown[] = [null, "x", -99, 1.5, NaN, [0, 0], [-7], [[1]], {}, 2 ** 40, true];

function refuseAttributes(name: OpName, { y, inputs }: Trial): void {
  for (const attribute of Object.keys(ops[name].attributes)) {
    for (const junk of JUNK) {
      isRefused(name, () => calledWith(name, inputs, { ...y.attributes, [attribute]: junk }));
    }
  }
}

/** Whether a call is refused; an error of another class, or that does not name the op, fails. */
function isRefused(name: OpName, call: () => Node): boolean {
  try {
    call();
    return false;
  } catch (error) {
    assert(error instanceof TypeError || error instanceof RangeError, String(error));
    assert(error.message.startsWith(`Cannot compute ${name}: `), error.message);
    assert(!/[\n\r]|\.$/.test(error.message), error.message);
    return true;
  }
}
