/**
 * Bugs in the plan: the graph is right, it is run wrong. Shown by a second run with other inputs.
 *
 * @module
 */
import { type Case, type CaseTensor, compileCase } from "../../cases/mod.ts";
import { uniformInputs } from "../../cases/random.ts";
import { type Node, postorder } from "../../core/graph.ts";
import { rowOf } from "../../core/ops/table.ts";
import { sizeOf } from "../../core/shape.ts";
import { Tensor } from "../../core/tensor.ts";
import { collect, gradientsOf, type Mutant } from "./mutant.ts";
import { sourceValue } from "../../core/functions/sources.ts";

/** What a faulty plan does wrong. */
interface Fault {
  /** A step that is skipped from the second run on. */
  readonly stale?: (steps: readonly Node[]) => Node | undefined;
  /**
   * A buffer is given to the next step that fits as soon as one step has read it, though another
   * one still will.
   */
  readonly early?: true;
  /** An input that keeps the value of the first run. */
  readonly ignored?: (inputs: readonly Node[]) => Node | undefined;
  /** How many outputs, in the order of the case's tensors, get the one NaN; all where missing. */
  readonly canonical?: number;
}

/**
 * Runs a case with a fault, first on random inputs, then on its own: what the second run gives, in
 * both precisions.
 */
function runTwice(c: Case, fault: Fault) {
  const compiled = compileCase(c);
  const tensors = gradientsOf(compiled.tensors);
  const inputs = compiled.inputs.map(({ node }) => node);
  const own = inputs.map((input) => sourceValue(input)!);
  const random = inputs.map(({ shape }) => new Tensor(new Float32Array(sizeOf(shape)), shape));
  uniformInputs(random, 1, 0);
  const feeds = [random, own].map((values) =>
    new Map(inputs.map((node, i) => [node, values[i]!.data]))
  );

  const order = postorder(tensors.map(({ node }) => node));
  const steps = order.filter((node) => node.inputs.length > 0);
  const slots = slotsOf(order, tensors, fault.early === true);
  const stale = fault.stale?.(steps);
  const ignored = fault.ignored?.(inputs);

  const run = <T extends Float32Array | Float64Array>(
    make: (from: ArrayLike<number>) => T,
    step: (node: Node, inputs: readonly T[]) => T,
  ): Map<Node, T> => {
    const buffers = new Map<number, T>();
    const outputs = new Map<Node, T>();
    feeds.forEach((feed, round) => {
      for (const node of order) {
        const slot = slots.get(node)!;
        if (round > 0 && (node === stale || node === ignored)) continue;
        if (node.inputs.length === 0) {
          buffers.set(slot, make(feed.get(node) ?? sourceValue(node)!.data));
        } else {buffers.set(
            slot,
            step(node, node.inputs.map((input) => buffers.get(slots.get(input)!)!)),
          );}
      }
      for (const { node } of tensors) outputs.set(node, buffers.get(slots.get(node)!)!);
    });
    return outputs;
  };
  const float32 = run((from) => Float32Array.from(from), kernelStep);
  compiled.tensors.forEach(({ node }, place) => {
    const data = float32.get(node);
    if (data !== undefined) writeNaN(data, place < (fault.canonical ?? Infinity));
  });
  return {
    tensors,
    float32,
    float64: run((from) => Float64Array.from(from), referenceStep),
  };
}

/** Gives every NaN the bits of the numeric contract, or those that x86 gives one it makes. */
function writeNaN(data: Float32Array, canonical: boolean): void {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  data.forEach((value, i) => {
    if (Number.isNaN(value)) bits[i] = canonical ? 0x7fc00000 : 0xffc00000;
  });
}

function kernelStep(node: Node, inputs: readonly Float32Array[]): Float32Array {
  const { kernel } = rowOf(node);
  const output = new Float32Array(sizeOf(node.shape));
  if (kernel !== "source") kernel(node as never, output, inputs)();
  return output;
}

function referenceStep(node: Node, inputs: readonly Float64Array[]): Float64Array {
  const { reference } = rowOf(node);
  return reference === "source" ? new Float64Array(0) : reference(node as never, inputs);
}

/**
 * The buffer of every node: its own, or, shared too early, that of a node of the same size that was
 * read once.
 */
function slotsOf(
  order: readonly Node[],
  tensors: readonly CaseTensor[],
  early: boolean,
): Map<Node, number> {
  const slots = new Map<Node, number>();
  const free: { size: number; slot: number }[] = [];
  const kept = new Set(tensors.map(({ node }) => node));
  const released = new Set<Node>();
  for (const node of order) {
    const size = sizeOf(node.shape);
    const found = early && node.inputs.length > 0
      ? free.findIndex((buffer) => buffer.size === size)
      : -1;
    slots.set(node, found < 0 ? slots.size : free.splice(found, 1)[0]!.slot);
    for (const input of node.inputs) {
      if (input.inputs.length === 0 || kept.has(input) || released.has(input)) continue;
      released.add(input);
      free.push({ size: sizeOf(input.shape), slot: slots.get(input)! });
    }
  }
  return slots;
}

function wrongPlan(name: string, fault: Fault): Mutant {
  return {
    name,
    kind: "plan",
    compute(c) {
      const { tensors, float32, float64 } = runTwice(c, fault);
      return collect(
        tensors,
        (node) => float32.get(node)!,
        (node) => float64.get(node)!,
      );
    },
  };
}

/** All mutants of this kind. */
export const planMutants: readonly Mutant[] = [
  wrongPlan("first step stale after the first run", { stale: (steps) => steps[0] }),
  wrongPlan("last step stale after the first run", { stale: (steps) => steps.at(-1) }),
  wrongPlan("buffer shared too early", { early: true }),
  wrongPlan("first feed ignored after the first run", { ignored: (inputs) => inputs[0] }),
  wrongPlan("last feed ignored after the first run", { ignored: (inputs) => inputs.at(-1) }),
  wrongPlan("NaN canonical in the first four outputs only", { canonical: 4 }),
];

/** No fault: must agree with the core on every case. */
export const faultlessPlan: Mutant = wrongPlan("no fault", {});
