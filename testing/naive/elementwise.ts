/**
 * Naive definitions of elementwise ops.
 *
 * @module
 */
import { type Definition, stretched } from "./definition.ts";

const unary: Definition = ({ op, inputs: [x], scalars }) => (index) =>
  scalars.unary[op as "neg"](x!.at(index));

const binary: Definition = ({ op, inputs: [a, b], scalars }) => (index) =>
  scalars.binary[op as "add"](stretched(a!, index), stretched(b!, index));

export const elementwise: Readonly<Record<string, Definition>> = {
  neg: unary,
  square: unary,
  exp: unary,
  sigmoid: unary,
  add: binary,
  sub: binary,
  mul: binary,
  div: binary,
};
