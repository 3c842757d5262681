/**
 * What the table of ops says of an op: everything that the core and the judge know of it.
 *
 * Rows are written in the terms of a form (`forms/`), which makes the rest of it.
 *
 * @module
 */
import type { AttributeKind, AttributeKinds } from "./attributes.ts";
import type { DType } from "./dtype.ts";
import type { Layout } from "./forms/layout.ts";
import type { Direction } from "./forms/shares.ts";
import type { Candidates } from "./forms/winners.ts";
import type { Node } from "./graph.ts";
import type { RandomStream } from "./random.ts";
import type { Shape } from "./shape.ts";

/** The public functions of all ops, by name: what gradient rules make nodes with. */
export type Functions = typeof import("./functions/mod.ts");

/**
 * What an operand may be: one dtype; `number`, float32 or int32; or `any`. Operands of one op that
 * are `number` or `any` share a dtype.
 */
export type Takes = DType | "number" | "any";

/**
 * The gradient rule of an op, its vector-Jacobian product.
 *
 * Maps a node and the gradient of the target with respect to it (the upstream gradient) to the
 * gradients with respect to its inputs, as nodes of the inputs' shapes, made by the public
 * functions. `null` says that nothing flows to that input.
 */
export type GradientRule<A extends object = never> = (
  node: Node<A>,
  upstream: Node,
  functions: Functions,
) => readonly (Node | null)[];

/**
 * What a float32 engine may do and still be honest: the error of its steps, given the largest size
 * of the exact result.
 */
export interface Allowance {
  /** Of reading a given value. */
  source(value: number): number;
  /** Of one rounded operation. */
  rounding(magnitude: number): number;
  /** Of one division, whose exact result is at most `magnitude`. */
  division(magnitude: number): number;
  /** Of one elementary function such as `exp`. */
  elementary(magnitude: number): number;
  /**
   * Of a sum of `terms` terms whose magnitudes add up to `magnitude`, each term the result of
   * `roundings` roundings.
   */
  summation(terms: number, roundings: number, magnitude: number): number;
  /**
   * Of a mean of `terms` terms whose magnitudes add up to `magnitude`, before the mean itself is
   * rounded.
   */
  mean(terms: number, magnitude: number): number;
}

/**
 * What an op's `bound` is given: exact values, and the radii within which the engine's values lie
 * around them.
 */
export interface BoundContext {
  /** The exact values of the inputs, in float64. */
  readonly values: readonly Float64Array[];
  /** The radius around each of them; `Infinity` where nothing can be said. */
  readonly radii: readonly Float64Array[];
  /** The exact values of the output. */
  readonly output: Float64Array;
  /** What the judged engine may do. */
  readonly allowance: Allowance;
}

/** What an op's `noise` is given: values in float64. */
export type NoiseContext = Omit<BoundContext, "radii">;

/** How an honest engine rounds an elementwise op. */
export type Rounding = "none" | "operation" | "division" | "function";

/** An elementwise op as functions of numbers: one element of each operand gives one of the result. */
export interface Scalars {
  /** In float64. */
  readonly exact: (...x: number[]) => number;
  /** The nearest float32 value, for values of float32. */
  readonly float32: (...x: number[]) => number;
}

/** What honest engines know of an op: its form. */
export type Form =
  | { readonly name: "source" }
  | {
    readonly name: "elementwise";
    /** The functions of a node. */
    scalars(node: Node): Scalars;
    readonly rounding: Rounding;
  }
  | {
    readonly name: "multilinear";
    /** Where the terms of each element lie; what several say is added up. */
    layouts(node: Node): readonly Layout[];
    /** What each sum is divided by; `null` for nearly all ops. */
    divisor(node: Node): number | null;
    /** Whether every element is a copy of one other, and never rounded. */
    readonly copies: boolean;
  }
  | {
    readonly name: "selection";
    /**
     * Whether several winners may share what there is, which rounds. Else the op only chooses: its
     * float64 reference is exact.
     */
    readonly rounds: boolean;
    /** What each element of the output, or of `g`, is chosen among: elements of operand 0. */
    candidates(node: Node): Candidates;
    /** What is done with the winners. */
    readonly gives: "value" | "index" | Direction;
  };

/** Shapes and attributes that an op can be tried on. */
export interface Sample {
  /** The shapes of the operands. */
  readonly shapes: readonly Shape[];
  /** The op's attributes; `{}` if missing. */
  readonly attributes?: object;
  /** By operand of dtype int32: its values are whole numbers from 0 to one less than this. */
  readonly below?: readonly (number | undefined)[];
}

/** What people read of an op. */
export interface OpText {
  /** One sentence. */
  readonly summary: string;
  /** More sentences: conventions, errors, source. */
  readonly details?: string;
  /** A call as one writes it, and what its result prints. */
  readonly example: readonly [call: string, prints: string];
  /** The names of the operands; `x`, `a` and `b`, or `a`, `b` and `c` if missing. */
  readonly operands?: readonly string[];
}

/**
 * One row of the table of ops, complete: all that the core and the judge know of an op.
 *
 * `A` is the type of the op's attributes.
 */
export interface Op<A extends object = never> extends OpText {
  readonly form: Form;
  /** How many inputs the op takes. */
  readonly arity: number | "any";
  /**
   * What each attribute is, so that a graph can be read from outside; `{}` for an op that has none.
   */
  readonly attributes: AttributeKinds<A>;
  /** What the operands may be; the last stands for all further ones. */
  readonly takes: readonly Takes[];
  /** The dtype of the output: `same` as that of the operands that share one. */
  readonly gives: DType | "same" | ((attributes: A) => DType);
  /**
   * Checks the inputs' shapes and gives the output's; `refuse` throws a `TypeError` that says the
   * given facts, such as which shapes do not fit.
   */
  infer(shapes: readonly Shape[], attributes: A, refuse: (facts: string) => never): Shape;
  /**
   * Binds the float32 kernel to its buffers; the result computes `output` from `inputs`. Sources
   * have none.
   */
  readonly kernel:
    | ((node: Node<A>, output: Float32Array, inputs: readonly Float32Array[]) => () => void)
    | "source";
  /** The same in float64, for the judge. */
  readonly reference: ((node: Node<A>, inputs: readonly Float64Array[]) => Float64Array) | "source";
  /** The radius of the output's error from those of the inputs; see `verify/README.md`. */
  readonly bound: ((node: Node<A>, context: BoundContext) => Float64Array) | "source";
  /**
   * How far an honest engine's own rounding in this op typically takes each element, as the largest
   * size of a random error; 0 where it computes exactly.
   */
  readonly noise: ((node: Node<A>, context: NoiseContext) => Float64Array) | "source";
  /** The change of the output, given the values and the changes of the inputs: forward mode. */
  readonly tangent: TangentRule;
  /**
   * The gradient rule, or `"none"` for an op that has no gradient and must not be differentiated.
   */
  readonly gradient: GradientRule<A> | "none";
  /**
   * Draws what the op can be tried on, around a first operand of shape `x`; `null` where that does
   * not fit. Sources have none.
   */
  readonly sample: ((random: RandomStream, x: Shape) => Sample | null) | "source";
}

/** The change of an op's output, given the values and the changes of its inputs. */
export type TangentRule = (
  node: Node,
  values: readonly Float64Array[],
  tangents: readonly Float64Array[],
  output: Float64Array,
) => Float64Array;

/** Rows by op name: what each family file of `core/ops/` exports as its default. */
export type OpRows = Readonly<Record<string, Op>>;

/** The kinds of an op's attributes by name. */
export type Kinds = Readonly<Record<string, AttributeKind<unknown>>>;
