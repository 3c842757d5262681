/**
 * Finite differences in float64: a witness of gradients that knows no derivative of any op.
 *
 * Central differences, extrapolated to step 0 (Ridders, *Accurate computation of F'(x) and
 * F'(x)F''(x)*, Advances in Engineering Software 4, 1982), go wrong in three ways, and say nothing
 * where one of them can't be excluded:
 *
 * - The step is larger than what the function does near x: a pole or a step of a sigmoid lies
 *   between, and far from it the function looks flat. So a step counts only if it moves no value
 *   of the graph by more than a quarter of itself.
 * - The values are rounded, and differences of nearby values magnify that. So the rounding errors
 *   of every op are carried along, as the judge carries those of float32.
 * - The estimate of the error is itself wrong. So two estimates, from steps of different sizes that
 *   share no point, must both be within the tolerance and agree.
 *
 * @module
 */
import type { Derivative } from "../cases/mod.ts";
import { type Node, postorder } from "../core/graph.ts";
import { rowOf } from "../core/ops/table.ts";
import { doubleRounding, OVERFLOW } from "./allowance.ts";
import { type Enclosure, evaluateFloat64 } from "./exact.ts";

/**
 * The derivative with respect to element `i`, off by at most `tolerance`; `null` where differences
 * can't tell.
 */
export type Differences = (i: number, tolerance: number) => number | null;

/** The part of a value by which a step may move it, lest something lies within the step. */
const LOCAL = 1 / 4;
/** How many steps an estimate may take, each half as long as the one before. */
const LEVELS = 7;
/** How many times shorter the second estimate's first step is: no power of 2, nor near 1. */
const APART = 16 / 3;
/** How often the first step may be shortened. */
const ATTEMPTS = 100;

/** Makes the differences of a derivative at exact values, which are those of all its nodes. */
export function differencesOf(
  derivative: Derivative,
  exact: ReadonlyMap<Node, Enclosure>,
): Differences {
  const line = new Line(derivative, exact);
  return (i, tolerance) => {
    if (!(tolerance > 0 && tolerance < Infinity)) return null;
    const at = line.at(i);
    if (!Number.isFinite(at)) return null;
    const error = line.error(i);
    // Powers of 2, so that x ± step is exact.
    let step = 2 ** (Math.floor(Math.log2(Math.max(1, Math.abs(at)))) - 3);
    for (let attempt = 0; attempt < ATTEMPTS && noiseOf(error, step) < tolerance; attempt++) {
      const moved = line.move(i, step).largest;
      if (moved > LOCAL) {
        step = shortened(step, LOCAL / moved);
        continue;
      }
      const slope = estimate(line, i, step, tolerance, error);
      if (slope !== null) {
        const second = estimate(line, i, step / APART, tolerance, error);
        if (second !== null && Math.abs(slope - second) < tolerance) return slope;
      }
      step /= 8;
    }
    return null;
  };
}

/** A step of about `share` of its length, at most half and at least 2⁻¹⁰ of it. */
function shortened(step: number, share: number): number {
  return step * 2 ** Math.min(-1, Math.max(-10, Math.floor(Math.log2(share)) - 1));
}

/**
 * The limit of central differences at step 0, from steps that halve, or `null` where the estimate
 * of its error stays above `tolerance`.
 */
function estimate(
  line: Line,
  i: number,
  first: number,
  tolerance: number,
  error: number,
): number | null {
  let above: number[] = [];
  for (let level = 0, step = first; level < LEVELS; level++, step /= 2) {
    const { slope, largest } = line.move(i, step);
    if (!(largest <= LOCAL)) return null;
    const noise = noiseOf(error, step);
    const row = [slope];
    // Each column removes one more even power of the step from the error.
    for (let k = 0, power = 4; k < level; k++, power *= 4) {
      const next = row[k]! + (row[k]! - above[k]!) / (power - 1);
      const doubt = Math.max(Math.abs(next - row[k]!), Math.abs(next - above[k]!)) + noise;
      if (doubt < tolerance) return next;
      row.push(next);
    }
    above = row;
  }
  return null;
}

/**
 * How far rounding may move a slope taken with a step, where it moves the target by `error`: both
 * ends are off, their values may be larger than those at x, and extrapolation doubles all that.
 */
function noiseOf(error: number, step: number): number {
  return 4 * error / step;
}

/** A step along one element of x, and what it does. */
interface Move {
  /** The central difference of the target. */
  readonly slope: number;
  /** The largest part of itself by which a value in the graph is moved. */
  readonly largest: number;
}

/** The weighted sum of the targets in float64, along the elements of x. */
class Line {
  readonly #derivative: Derivative;
  readonly #values: (node: Node) => Float64Array;
  /** The nodes that x moves, each after its inputs. */
  readonly #moved: readonly Node[];
  /** How far the elements of the targets may be off, since every op rounds to float64. */
  readonly #rounded: ReadonlyMap<Node, Enclosure>;

  constructor(derivative: Derivative, exact: ReadonlyMap<Node, Enclosure>) {
    const { ys, x, stopGradients } = derivative;
    this.#derivative = derivative;
    this.#values = (node) => exact.get(node)!.values;
    const order = postorder(ys);
    const moved = new Set([x]);
    for (const node of order) {
      // What counts as a constant stays where it is.
      if (node.op === "stopGradient" || stopGradients.includes(node)) continue;
      if (node.inputs.some((input) => moved.has(input))) moved.add(node);
    }
    const still = order.filter((node) => node === x || !moved.has(node));
    moved.delete(x);
    this.#moved = [...moved];
    const feeds = new Map(still.map((node) => [node, this.#values(node)]));
    this.#rounded = evaluateFloat64(ys, doubleRounding, feeds);
  }

  /** Element `i` of x. */
  at(i: number): number {
    return this.#values(this.#derivative.x)[i]!;
  }

  /**
   * How far the weighted sum of the elements that element `i` of x reaches may be off; it reaches
   * those that a NaN there reaches. One that is NaN anyway may be among them: there is no telling.
   */
  error(i: number): number {
    const { ys, gradYs } = this.#derivative;
    const reached = this.#evaluate(i, NaN);
    let error = 0;
    ys.forEach((y, n) => {
      const [weights, { radii }] = [this.#weights(gradYs[n]), this.#rounded.get(y)!];
      reached.get(y)?.forEach((value, e) => {
        if (!Number.isNaN(value)) return;
        if (Number.isNaN(this.#values(y)[e]!)) error = Infinity;
        else if (radii[e] !== 0) error += radii[e]! * Math.abs(weights(e));
      });
    });
    return error;
  }

  /** Moves element `i` of x by `step` to both sides. */
  move(i: number, step: number): Move {
    const { ys, gradYs } = this.#derivative;
    const [up, down] = [this.#evaluate(i, step), this.#evaluate(i, -step)];
    let largest = 0;
    for (const node of this.#moved) {
      const [here, above, below] = [this.#values(node), up.get(node)!, down.get(node)!];
      for (let e = 0; e < here.length; e++) {
        largest = Math.max(largest, partMoved(here[e]!, above[e]!), partMoved(here[e]!, below[e]!));
      }
    }
    let change = 0;
    ys.forEach((y, n) => {
      const [above, below] = [up.get(y), down.get(y)];
      if (above === undefined || below === undefined) return;
      const weights = this.#weights(gradYs[n]);
      for (let e = 0; e < above.length; e++) {
        if (!Object.is(above[e], below[e])) change += weights(e) * (above[e]! - below[e]!);
      }
    });
    return { slope: change / (2 * step), largest };
  }

  /** The values of x and of all that it moves, with its element `i` moved by `step`. */
  #evaluate(i: number, step: number): Map<Node, Float64Array> {
    const { x } = this.#derivative;
    const at = this.#values(x);
    const results = new Map<Node, Float64Array>([[x, at.with(i, at[i]! + step)]]);
    for (const node of this.#moved) {
      const { reference } = rowOf(node);
      if (reference === "source") continue;
      const inputs = node.inputs.map((input) => results.get(input) ?? this.#values(input));
      results.set(node, reference(node as never, inputs));
    }
    return results;
  }

  #weights(gradY: Node | null | undefined): (e: number) => number {
    if (gradY == null) return () => 1;
    const weights = this.#values(gradY);
    return (e) => weights[e]!;
  }
}

/**
 * By which part of itself a value is moved. One that is 0 has no size to compare with: what divides
 * by it or bends at it is itself moved.
 */
function partMoved(here: number, there: number): number {
  if (Object.is(here, there)) return 0;
  if (!(Math.abs(there) < OVERFLOW)) return Infinity;
  const part = here === 0 ? 0 : Math.abs(there - here) / Math.abs(here);
  return Number.isNaN(part) ? Infinity : part;
}
